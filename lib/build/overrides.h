/*
 * build/overrides.h: the inside of strata_overrides (strata/overrides.h), and how they are applied.
 *
 * The target's kustomization is read and completed first; then its struct is changed as the commands of `kustomize
 * edit` would have changed the file (commands/edit/set, commands/edit/add). Cost: linear in the overrides, times the
 * number of entries of the same list of the kustomization for those that look for one.
 */
#ifndef BUILD_OVERRIDES_H
#define BUILD_OVERRIDES_H

#include "model/kustomization.h"
#include "source/loader.h"
#include "strata/overrides.h"

typedef struct override_text {
    bool given;
    text value;
} override_text;

typedef struct override_metadata {
    text key;
    text value;
    unsigned flags; /* STRATA_METADATA_... */
} override_metadata;

typedef struct override_image {
    image entry;
    bool edited; /* as `kustomize edit set image` sets it: "*" keeps a part, and the list is sorted afterwards */
} override_image;

typedef struct override_component {
    text path;
    unsigned flags; /* STRATA_COMPONENT_... */
} override_component;

#define OVERRIDE_LIST(type, name)                                                                                      \
    typedef struct name {                                                                                              \
        type *items;                                                                                                   \
        size_t count;                                                                                                  \
        size_t capacity;                                                                                               \
    } name
OVERRIDE_LIST(override_metadata, override_metadata_list);
OVERRIDE_LIST(override_image, override_image_list);
OVERRIDE_LIST(replica, override_replica_list);
OVERRIDE_LIST(patch, override_patch_list);
OVERRIDE_LIST(override_component, override_component_list);

struct strata_overrides {
    arena memory;
    override_text name_space, name_prefix, name_suffix;
    override_metadata_list labels, annotations;
    override_image_list images;
    override_replica_list replicas;
    override_patch_list patches; /* their places are unknown */
    override_component_list components;
};

/* Whether they change nothing, whatever the kustomization. NULL is fine. */
bool overrides_are_empty(const strata_overrides *o);
/* Changes the target's kustomization, which lies at `from`. NULL changes nothing. */
strata_status overrides_apply(scope *sc, const strata_overrides *given, const loader *from, kustomization *k);

#endif
