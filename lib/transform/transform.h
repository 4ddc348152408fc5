/*
 * transform/transform.h: the builtin transformers, one function each; each has a file of its own by its name.
 *
 * A transformer takes its configuration and changes the set in place. build/ calls them for the fields of a
 * kustomization, with the field specs of the configuration in force, and for builtin plugins that are given as
 * configuration files, with the field specs of that file. Each follows the reference's transformer of the same name.
 */
#ifndef TRANSFORM_TRANSFORM_H
#define TRANSFORM_TRANSFORM_H

#include "model/kustomization.h"
#include "model/resource_set.h"
#include "schema/field_spec.h"
#include "transform/go_place.h"

/* name_affix.c: PrefixTransformer and SuffixTransformer. */
strata_status name_prefix_apply(scope *sc, resource_set *set, text prefix, field_spec_list specs);
strata_status name_suffix_apply(scope *sc, resource_set *set, text suffix, field_spec_list specs);

/* namespace.c: NamespaceTransformer. */
typedef enum subject_mode { SUBJECTS_DEFAULT_ONLY, SUBJECTS_ALL_SERVICE_ACCOUNTS, SUBJECTS_NONE } subject_mode;
typedef struct namespace_args {
    origin where;
    text name_space;
    field_spec_list specs;
    subject_mode subjects; /* setRoleBindingSubjects: defaultOnly (""), allServiceAccounts, none */
    bool unset_only;
} namespace_args;
strata_status namespace_apply(scope *sc, resource_set *set, const namespace_args *args);
/* Puts one document into a namespace, without field specs and without a record of where it was. */
strata_status namespace_set(scope *sc, const schema *s, node *root, text name_space);

/* labels.c, annotations.c: LabelTransformer, AnnotationsTransformer. */
strata_status labels_apply(scope *sc, resource_set *set, const text_map *labels, field_spec_list specs);
strata_status annotations_apply(scope *sc, resource_set *set, const text_map *annotations, field_spec_list specs);

/* images.c: ImageTagTransformer. Several images in one call cost one walk over the documents. */
strata_status images_apply(scope *sc, resource_set *set, const image *images, size_t count, field_spec_list specs);
strata_status image_apply(scope *sc, resource_set *set, const image *img, field_spec_list specs);

/* replicas.c: ReplicaCountTransformer. */
strata_status replica_apply(scope *sc, resource_set *set, const replica *rep, field_spec_list specs);

/* patches.c: PatchTransformer, PatchStrategicMergeTransformer, PatchJson6902Transformer.
 * `bytes` is the patch itself; `name` and `where` say where it came from. */
typedef struct patch_source {
    text name; /* file name; "" for an inline patch */
    text bytes;
    origin where; /* the place that named the file, or the inline text */
} patch_source;
strata_status patch_apply(scope *sc, resource_set *set, const patch *p, const patch_source *source);
strata_status patch_strategic_merge_apply(scope *sc, resource_set *set, const patch_source *sources, size_t count);
strata_status patch_json6902_apply(scope *sc, resource_set *set, const selector *target, const patch_source *source);

/* replacements.c: ReplacementTransformer. */
strata_status replacement_apply(scope *sc, resource_set *set, const replacement *r);

/* hash_suffix.c: HashTransformer, and kustomize's content hash. */
strata_status hash_suffix_apply(scope *sc, resource_set *set);
strata_status hash_suffix_of(scope *sc, go_places *places, const resource *r, char out[11]);

/* name_references.c: fixes references to renamed resources. */
strata_status name_references_apply(scope *sc, resource_set *set, name_reference_list references);

/* vars.c: $(VAR) in the fields that varReference names. */
strata_status vars_register(scope *sc, resource_set *set, const variable_list *vars); /* marks the sources */
strata_status vars_apply(scope *sc, resource_set *set, const variable_list *vars, field_spec_list specs);

/* order.c: SortOrderTransformer. */
strata_status order_apply(scope *sc, resource_set *set, const sort_options *options);
strata_status order_apply_legacy(scope *sc, resource_set *set);

/* value_add.c: ValueAddTransformer. */
typedef struct value_add_target {
    const selector *select; /* NULL: all resources */
    text field_path;
    int64_t file_path_position;
} value_add_target;
strata_status value_add_apply(scope *sc, resource_set *set, text value, const value_add_target *targets, size_t count);

#endif
