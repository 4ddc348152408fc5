/*
 * strata/overrides.h: changes to a target's kustomization for one build, without touching a file.
 *
 * A deployment tool lets its users set a namespace, an image or a patch beside the repository that it deploys. Here
 * such settings are applied in memory, as if they were written in the kustomization file of the target: what they mean,
 * and in which order they act, is what the field of that name means there. Argo CD's `kustomize` settings and the spec
 * of a Flux Kustomization can all be said this way (docs/embedding.md has the table).
 *
 *     strata_overrides *overrides = strata_overrides_new();
 *     strata_overrides_set_namespace(overrides, "production", error);
 *     strata_overrides_set_image(overrides, "nginx=registry.example/nginx:1.27", error);
 *     options.overrides = overrides;                       (strata_build_options, strata/build.h)
 *     ... strata_build_run_with(&result, renderer, target, &options, error) ...
 *     strata_overrides_free(overrides);
 *
 * Every string is copied. Each function fails with STRATA_USAGE when a pointer that it needs is NULL, with
 * STRATA_NO_MEMORY, and as it says itself; the overrides are then as before. `error` may be NULL.
 * Threads: builds only read overrides, so any number of them may share some; nobody may change them meanwhile.
 */
#ifndef STRATA_OVERRIDES_H
#define STRATA_OVERRIDES_H

#include <stddef.h>
#include <stdint.h>

#include "strata/error.h"
#include "strata/export.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_overrides strata_overrides;

/* Overrides that change nothing; NULL when memory is out. Free them with strata_overrides_free. */
STRATA_API strata_overrides *strata_overrides_new(void);
/* No build may be using them. NULL is fine. */
STRATA_API void strata_overrides_free(strata_overrides *overrides);

/* --- names ------------------------------------------------------------------------------------------------------- */

/*
 * `namespace`, `namePrefix` and `nameSuffix`: the value takes the place of the file's; "" takes the file's away, NULL
 * leaves the file's again.
 */
STRATA_API strata_status strata_overrides_set_namespace(strata_overrides *overrides, const char *value,
                                                        strata_error *error);
STRATA_API strata_status strata_overrides_set_name_prefix(strata_overrides *overrides, const char *value,
                                                          strata_error *error);
STRATA_API strata_status strata_overrides_set_name_suffix(strata_overrides *overrides, const char *value,
                                                          strata_error *error);

/* --- labels and annotations -------------------------------------------------------------------------------------- */

/* Flags of a label or annotation. */
enum {
    STRATA_METADATA_PLAIN = 0,     /* in metadata only; an entry of that key in the file is overwritten */
    STRATA_METADATA_SELECTORS = 1, /* labels: in selectors and templates too, as `commonLabels` are */
    STRATA_METADATA_TEMPLATES = 2, /* labels: in templates too (`includeTemplates`) */
    STRATA_METADATA_KEEP = 4       /* the build fails (STRATA_CONFLICT) when the file has an entry of that key */
};

/*
 * A label for all resources, like `kustomize edit add label`: with STRATA_METADATA_SELECTORS an entry of
 * `commonLabels`, else one of `labels` whose switches are the same. A key that was given before is replaced.
 * Fails with STRATA_USAGE for unknown flags.
 */
STRATA_API strata_status strata_overrides_set_label(strata_overrides *overrides, const char *key, const char *value,
                                                    unsigned flags, strata_error *error);
/* An annotation for all resources and templates, an entry of `commonAnnotations`. The one flag is
 * STRATA_METADATA_KEEP. */
STRATA_API strata_status strata_overrides_set_annotation(strata_overrides *overrides, const char *key,
                                                         const char *value, unsigned flags, strata_error *error);

/* --- images and replicas ----------------------------------------------------------------------------------------- */

/*
 * An image as `kustomize edit set image` takes it: "NAME=NEWNAME", "NAME=NEWNAME:TAG", "NAME=NEWNAME@DIGEST",
 * "NAME=NEWNAME:TAG@DIGEST", "NAME:TAG", "NAME@DIGEST"; "*" for the new name, tag or digest keeps what the file says.
 * It takes the place of the file's entries of that name, and `images` is then in the order of names. A name that was
 * given before is replaced. Fails with STRATA_INVALID when there is nothing to set.
 */
STRATA_API strata_status strata_overrides_set_image(strata_overrides *overrides, const char *image,
                                                    strata_error *error);
/*
 * An entry of `images` in parts; NULL or "" for those that it does not have. It takes the place of the file's first
 * entry of that name, or is added at the end. A name that was given before is replaced.
 */
STRATA_API strata_status strata_overrides_set_image_parts(strata_overrides *overrides, const char *name,
                                                          const char *new_name, const char *new_tag, const char *digest,
                                                          strata_error *error);
/*
 * How many replicas the resource of that name has: an entry of `replicas`, in the place of the file's entries of that
 * name. A name that was given before is replaced.
 */
STRATA_API strata_status strata_overrides_set_replicas(strata_overrides *overrides, const char *name, int64_t count,
                                                       strata_error *error);

/* --- patches and components -------------------------------------------------------------------------------------- */

/* An entry of `patches`; NULL for what it does not have. */
typedef struct strata_patch {
    size_t size;       /* sizeof(strata_patch), set by strata_patch_init */
    const char *patch; /* the patch itself, a strategic merge or a JSON patch, as YAML or JSON ... */
    const char *path;  /* ... or its file, relative to the target */
    /* The target. Without any of it the patch itself names its resource. */
    const char *group;
    const char *version;
    const char *kind;
    const char *name; /* names and namespaces are regular expressions */
    const char *name_space;
    const char *label_selector;
    const char *annotation_selector;
    /* Its options. */
    int allow_name_change;
    int allow_kind_change;
} strata_patch;

/* Fills in a patch without anything; the second for callers that can't call inline functions. NULL is fine. */
STRATA_API void strata_patch_init_size(strata_patch *out, size_t size);
static inline void strata_patch_init(strata_patch *out) { strata_patch_init_size(out, sizeof *out); }

/*
 * Adds a patch behind those of the file and those that were added before. A mistake in it shows when a build applies
 * it; messages name the file of an inline patch "overrides, patch N". Fails with STRATA_USAGE when `size` is not what
 * _init wrote, and with STRATA_INVALID unless exactly one of `patch` and `path` is there.
 */
STRATA_API strata_status strata_overrides_add_patch(strata_overrides *overrides, const strata_patch *patch,
                                                    strata_error *error);

/* Flags of a component. */
enum { STRATA_COMPONENT_OPTIONAL = 1 /* left out when its directory doesn't exist */ };

/*
 * Adds a component behind those of the file, unless it is among them: a directory relative to the target, or the URL of
 * a repository. Fails with STRATA_USAGE for unknown flags.
 */
STRATA_API strata_status strata_overrides_add_component(strata_overrides *overrides, const char *path, unsigned flags,
                                                        strata_error *error);

#ifdef __cplusplus
}
#endif
#endif
