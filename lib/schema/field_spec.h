/*
 * schema/field_spec.h: which fields of which kinds a transformer changes, and the builtin lists of them.
 *
 * After kustomize's types.FieldSpec and its builtin configuration (api/internal/konfig/builtinpluginconsts). The lists
 * are constant data in their order; a kustomization's `configurations` and `crds` add to them (transformer_config).
 */
#ifndef SCHEMA_FIELD_SPEC_H
#define SCHEMA_FIELD_SPEC_H

#include "core/scope.h"

typedef struct field_spec {
    text group;
    text version;
    text kind;
    text path; /* "spec/template/metadata/labels", "spec/containers[]/image"; "\/" is a slash inside a key */
    bool create;
} field_spec;

typedef struct field_spec_list {
    const field_spec *items;
    size_t count;
} field_spec_list;

/* A kind that can be referred to, and the fields that refer to it (NameBackReferences). */
typedef struct name_reference {
    text group;
    text version;
    text kind;
    field_spec_list referrers;
} name_reference;

typedef struct name_reference_list {
    const name_reference *items;
    size_t count;
} name_reference_list;

/* kustomize's builtinconfig.TransformerConfig. */
typedef struct transformer_config {
    field_spec_list name_prefix;
    field_spec_list name_suffix;
    field_spec_list name_space;
    field_spec_list common_labels;
    field_spec_list labels; /* `labels` entries without selectors: metadata/labels and what configurations add */
    field_spec_list template_labels;
    field_spec_list volume_claim_template_labels;
    field_spec_list common_annotations;
    field_spec_list var_reference;
    field_spec_list images;
    field_spec_list replicas;
    name_reference_list name_references;
} transformer_config;

/* The builtin configuration, constant, sorted as MakeDefaultConfig leaves it. */
extern const transformer_config transformer_config_builtin;

/* Whether the spec is for that kind: empty parts of the spec match anything. */
bool field_spec_selects(const field_spec *spec, text group, text version, text kind);

/*
 * Merges `from` into `into` (TransformerConfig.Merge): entries that are there already are left out, the same fields
 * with another `create` fail, lists are sorted as the reference sorts them. The lists of `into` are replaced, never
 * changed in place, so an `into` may begin as a copy of transformer_config_builtin. Merging a configuration into
 * itself, and the builtin one into itself, costs nothing; else the cost is linear.
 */
strata_status transformer_config_merge(scope *sc, transformer_config *into, const transformer_config *from);

/*
 * Adds the specs of a list that has none twice (FsSlice.MergeAll), unsorted: those that are there already are left out,
 * the same field with another `create` fails. `into` is replaced, never changed in place.
 */
strata_status field_spec_list_merge(scope *sc, field_spec_list *into, field_spec_list from);

/* Sorts the lists in place as the reference sorts them; they must be the caller's own. */
strata_status transformer_config_sort(scope *sc, transformer_config *config);

/* The lists of a configuration by the keys that they have in a `configurations` file. */
typedef struct transformer_config_list {
    text key;
    size_t offset; /* of the field_spec_list in transformer_config */
} transformer_config_list;
extern const transformer_config_list transformer_config_lists[];
extern const size_t transformer_config_list_count;
field_spec_list *transformer_config_list_at(transformer_config *config, const transformer_config_list *list);

/* A `configurations` file: unknown and repeated fields are refused. */
strata_status transformer_config_read(scope *sc, text name, text bytes, origin named_at, transformer_config *out);

/* A `crds` file: field specs from the x-kubernetes-* members of its OpenAPI definitions. */
strata_status transformer_config_read_crds(scope *sc, text name, text bytes, origin named_at, transformer_config *out);

#endif
