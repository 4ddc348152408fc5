/*
 * schema/schema.h: what Kubernetes types mean: merge keys, patch strategies, scope.
 *
 * The builtin schema is constant data made from Kubernetes v1.21.2's OpenAPI document (the one that kustomize carries).
 * A kustomization can load another one (`openapi: path`); it counts inside its own build only. A schema is a value of
 * the build: there is no global state.
 */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include "core/scope.h"
#include "yaml/node.h"

typedef struct schema schema; /* the definitions in force in one build; made by schema_new */

/* One type in a schema; schema_type_none is "unknown": everything below it is unknown too. */
typedef struct schema_type {
    const struct schema_definition *definition; /* builtin data; NULL when unknown or loaded */
    const node *loaded;                         /* the node of a loaded OpenAPI document, or of a comment */
} schema_type;

#define SCHEMA_TYPE_NONE ((schema_type){NULL, NULL})

/*
 * A schema as every build starts: with the builtin definitions. Which definitions are in force is settled by the first
 * look-up, as in kustomize, so a look-up changes the inside of a schema: a schema belongs to one build and one thread.
 */
strata_status schema_new(scope *sc, schema **out);

/* The type of a resource by its apiVersion and kind. */
schema_type schema_of_resource(const schema *s, text api_version, text kind);
bool schema_type_known(schema_type t);
/* The type of a field; the element type of a list ("" or any name for maps with additionalProperties). */
schema_type schema_field(const schema *s, schema_type t, text field);
schema_type schema_elements(const schema *s, schema_type t);

/* x-kubernetes-patch-strategy and x-kubernetes-patch-merge-key of a list field's type; "" when there are none. */
text schema_patch_strategy(const schema *s, schema_type t);
text schema_merge_key(const schema *s, schema_type t);
/* x-kubernetes-list-map-keys; empty when there are none. */
strata_status schema_list_map_keys(scope *sc, const schema *s, schema_type t, text_list *out);

/* kyaml's IsNamespaceScoped: *known is false for types that no table or schema knows. */
bool schema_is_namespaced(const schema *s, text api_version, text kind, bool *known);
/* kyaml's IsCertainlyClusterScoped. */
bool schema_is_cluster_scoped(const schema *s, text api_version, text kind);
/* Whether no kustomization of the build has named a schema so far: then scopes are what they always were. */
bool schema_is_builtin(const schema *s);

/*
 * The schema that a field's comment gives: kyaml's fieldmeta reads a head or line comment that is JSON as the OpenAPI
 * schema of the field. SCHEMA_TYPE_NONE when the comment is an ordinary one.
 */
strata_status schema_of_comment(scope *sc, const schema *s, text comment, schema_type *out);

/* --- changing what is in force -------------------------------------------------------------------------------- */

/*
 * kyaml's openapi.SetSchema: `fields` is the kustomization's `openapi` mapping as key and value, `document` the bytes
 * of `path` (data NULL when there is none), `reset` true for the build's top; for the others only the first that sets a
 * schema counts. Definitions only accumulate: what was in force stays under what comes now, and with a document of its
 * own a build reads the builtin definitions only if something asked for a scope before.
 */
strata_status schema_set(scope *sc, schema *s, const text_map *fields, text document, text name, origin named_at,
                         bool reset);

/*
 * Fails when a document had to be read for a look-up and is malformed; look-ups themselves never fail. A malformed
 * document that nothing needed does no harm in kustomize. To be called after merging and at the end of a build.
 */
strata_status schema_check(scope *sc, const schema *s);

#endif
