/*
 * model/kustomization.h: a kustomization file as a typed struct.
 *
 * Reading follows the reference: YAML 1.1 types, the first document only, duplicate keys accepted with
 * the last one winning, field names compared without case, unknown fields and wrong types refused. The deprecated
 * fields are moved to their successors as FixKustomization does, and each one that was used is warned about.
 *
 * All texts live as long as the scope's arena. A list that the file does not have is empty; where the difference
 * counts, a field says whether it was given.
 */
#ifndef MODEL_KUSTOMIZATION_H
#define MODEL_KUSTOMIZATION_H

#include "core/scope.h"
#include "model/resource_id.h"
#include "schema/field_spec.h"
#include "yaml/node.h"

/* A text with the place that it came from. */
typedef struct located {
    text value;
    origin where;
} located;

#define LIST_OF(type, name)                                                                                            \
    typedef struct name {                                                                                              \
        type *items;                                                                                                   \
        size_t count;                                                                                                  \
    } name

LIST_OF(located, located_list);

/* types.Selector. Empty parts match anything. */
typedef struct selector {
    origin where;
    gvk type;
    text name;
    text name_space;
    text annotation_selector;
    text label_selector;
} selector;
LIST_OF(selector, selector_list);

typedef struct patch {
    origin where;
    located path;           /* a file ... */
    located inline_text;    /* ... or the patch itself */
    text label;             /* how messages name the latter when it stands in no file; else empty */
    const selector *target; /* NULL: by the patch's own id */
    bool allow_name_change;
    bool allow_kind_change;
} patch;
LIST_OF(patch, patch_list);

typedef struct image {
    origin where;
    text name;
    text new_name;
    text tag_suffix;
    text new_tag;
    text digest;
} image;
LIST_OF(image, image_list);

typedef struct replica {
    origin where;
    text name;
    int64_t count;
} replica;
LIST_OF(replica, replica_list);

typedef struct label {
    origin where;
    text_map pairs; /* sorted by key, as Go ranges over them when it writes */
    bool include_selectors;
    bool include_templates;
    bool include_volume_claim_templates;
    field_spec_list fields;
} label;
LIST_OF(label, label_list);

typedef struct generator_options {
    origin where;
    bool has_labels; /* nil and empty differ when options are merged */
    bool has_annotations;
    text_map labels;
    text_map annotations;
    bool disable_name_suffix_hash;
    bool immutable;
} generator_options;

/* ConfigMapArgs and SecretArgs. */
typedef struct generator_args {
    origin where;
    text name;
    text name_space;
    text behavior;
    text secret_type; /* Secrets only */
    located_list literals;
    located_list files;
    located_list envs;                /* with `env` appended */
    located env;                      /* as the file has it */
    const generator_options *options; /* NULL when absent */
} generator_args;
LIST_OF(generator_args, generator_list);

typedef struct field_options { /* types.FieldOptions */
    text delimiter;
    int64_t index;
    text encoding;
    bool create;
} field_options;

typedef struct replacement_source {
    origin where;
    gvk type;
    text name;
    text name_space;
    text field_path;
    const field_options *options;
} replacement_source;

typedef struct replacement_target {
    origin where;
    const selector *select; /* NULL when absent: an error when applied */
    selector_list reject;
    located_list field_paths;
    const field_options *options;
} replacement_target;
LIST_OF(replacement_target, replacement_target_list);

typedef struct replacement {
    origin where;
    located path; /* a file with replacements; then the rest is ignored */
    const replacement_source *source;
    const located *source_value; /* NULL when absent */
    replacement_target_list targets;
} replacement;
LIST_OF(replacement, replacement_list);

typedef struct variable { /* types.Var, after Defaulting() */
    origin where;
    text name;
    gvk type;
    text object_api_version; /* as written; the type already reflects it */
    text object_name;
    text object_namespace;
    text field_path; /* "metadata.name" when absent */
} variable;
LIST_OF(variable, variable_list);

typedef struct helm_globals {
    text chart_home;
    text config_home;
} helm_globals;

typedef struct helm_chart { /* types.HelmChart */
    origin where;
    text name;
    text version;
    text repo;
    text release_name;
    text name_space;
    located_list additional_values_files;
    located values_file;
    const node *values_inline; /* a mapping in its JSON form (json_from_yaml), NULL when absent */
    text values_merge;
    bool include_crds;
    bool skip_hooks;
    located_list api_versions;
    bool has_api_versions; /* the list is there, though maybe empty */
    text kube_version;
    text name_template;
    bool skip_tests;
    bool debug;
    bool devel;
} helm_chart;
LIST_OF(helm_chart, helm_chart_list);

typedef enum sort_order { SORT_UNSET, SORT_LEGACY, SORT_FIFO, SORT_OTHER } sort_order;

typedef struct sort_options {
    origin where;
    sort_order order;
    text order_text;
    bool has_legacy;
    located_list order_first;
    located_list order_last;
} sort_options;

enum build_metadata { BUILD_METADATA_ORIGIN = 1, BUILD_METADATA_TRANSFORMER = 2, BUILD_METADATA_MANAGED_BY = 4 };

typedef struct kustomization {
    text file_name; /* as messages name it */
    origin where;   /* the start of the file */
    bool is_component;
    text name_prefix, name_suffix, name_space;
    origin name_prefix_at, name_suffix_at, name_space_at;
    text_map common_labels, common_annotations; /* sorted by key */
    origin common_labels_at, common_annotations_at;
    label_list labels;
    patch_list patches, patches_json6902;
    located_list patches_strategic_merge;
    image_list images; /* with `imageTags` appended */
    replacement_list replacements;
    replica_list replicas;
    variable_list vars;
    const sort_options *sort; /* NULL when absent */
    located_list resources;   /* with `bases` appended */
    located_list components;
    located_list crds;
    generator_list config_maps, secrets;
    const generator_options *generator_options; /* NULL when absent */
    const helm_globals *helm_globals;
    helm_chart_list helm_charts; /* with helmChartInflationGenerator's appended */
    located_list configurations, generators, transformers, validators;
    bool has_openapi;
    text_map openapi;
    origin openapi_path_at;
    bool has_build_metadata; /* the list is there and not empty */
    uint32_t build_metadata; /* the flags of enum build_metadata */
} kustomization;

/* The names that the file may have, in the order in which they are looked for; a directory has one of them. */
enum { KUSTOMIZATION_FILE_NAMES = 3 };
extern const text kustomization_file_names[KUSTOMIZATION_FILE_NAMES];
bool kustomization_is_file_name(text name);

/* Reads a kustomization file. `name` is how messages name it; `included_from` the place that named its directory. */
strata_status kustomization_read(scope *sc, text name, text bytes, origin included_from, kustomization *out);

/*
 * For builtin plugins as configuration files: the same structs out of a resource's own fields, unknown fields
 * ignored, Go's encoding/json rules for types. `n` is the mapping that holds the fields; absent fields stay as they
 * are.
 */
strata_status model_decode_patch(scope *sc, const node *n, patch *out);
/* A file of replacements: one, or a list. */
strata_status model_decode_replacements(scope *sc, const node *n, replacement_list *out);
strata_status model_decode_helm_chart(scope *sc, const node *n, helm_chart *out);

#endif
