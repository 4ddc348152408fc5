/*
 * model/resource_id.h: the identity of a resource, after kyaml's resid.
 */
#ifndef MODEL_RESOURCE_ID_H
#define MODEL_RESOURCE_ID_H

#include "core/scope.h"
#include "schema/schema.h"

typedef struct gvk {
    text group;
    text version;
    text kind;
} gvk;

typedef struct resource_id {
    gvk type;
    text name;
    text name_space;     /* raw: "" when the resource has none */
    bool cluster_scoped; /* certainly so, as the schema in force says */
} resource_id;

/* Splits "apps/v1" into group and version; "v1" has the empty group. */
void gvk_split_api_version(text api_version, text *group, text *version);
bool gvk_equal(gvk a, gvk b);
/* Whether `selector`'s parts that are not empty equal the type's (Gvk.IsSelected). */
bool gvk_selected(gvk type, gvk selector);

/* The namespace to compare by: "_non_namespaceable_", "default" or the namespace itself. */
text resource_id_effective_namespace(const resource_id *id);
bool resource_id_same_namespace(const resource_id *a, const resource_id *b);
bool resource_id_equal(const resource_id *a, const resource_id *b);
/* The id in messages: "Deployment.v1.apps/name.namespace" (ResId.String). data is NULL when memory is out. */
text resource_id_format(arena *a, const resource_id *id);

#endif
