/* model/kustomization_fields.c: see kustomization_fields.h; after the json tags of kustomize's api/types. */
#include "model/kustomization_fields.h"

#define ROW(type_, key_, kind_, member_)                                                                               \
    { .key = (key_), .type = (kind_), .offset = offsetof(type_, member_) }
/* The same for a field that Go promotes from an embedded struct. */
#define PROMOTED(type_, key_, kind_, member_)                                                                          \
    { .key = (key_), .type = (kind_), .offset = offsetof(type_, member_), .promoted = true }
#define NESTED(type_, key_, kind_, member_, nested_)                                                                   \
    { .key = (key_), .type = (kind_), .offset = offsetof(type_, member_), .nested = &(nested_) }
#define STRUCT(variable_, name_, type_, rows_, has_place_)                                                             \
    const struct_type variable_ = {(name_), (rows_), sizeof(rows_) / sizeof *(rows_), sizeof(type_), (has_place_)}

/* --- selectors, patches ------------------------------------------------------------------------------------------ */

static const field_row selector_rows[] = {
    PROMOTED(selector, "group", FIELD_TEXT, type.group),
    PROMOTED(selector, "version", FIELD_TEXT, type.version),
    PROMOTED(selector, "kind", FIELD_TEXT, type.kind),
    PROMOTED(selector, "name", FIELD_TEXT, name),
    PROMOTED(selector, "namespace", FIELD_TEXT, name_space),
    ROW(selector, "annotationSelector", FIELD_TEXT, annotation_selector),
    ROW(selector, "labelSelector", FIELD_TEXT, label_selector),
};
STRUCT(selector_type, "a target", selector, selector_rows, true);

static const field_row patch_option_rows[] = {
    ROW(patch, "allowNameChange", FIELD_BOOL, allow_name_change),
    ROW(patch, "allowKindChange", FIELD_BOOL, allow_kind_change),
};
/* The options are members of the patch itself. */
static STRUCT(patch_options_type, "the options of a patch", patch, patch_option_rows, false);

static const field_row patch_rows[] = {
    ROW(patch, "path", FIELD_LOCATED, path),
    ROW(patch, "patch", FIELD_LOCATED, inline_text),
    NESTED(patch, "target", FIELD_STRUCT_NEW, target, selector_type),
    {.key = "options", .type = FIELD_STRUCT, .offset = 0, .nested = &patch_options_type},
};
STRUCT(patch_type, "a patch", patch, patch_rows, true);

/* --- images, replicas, labels ------------------------------------------------------------------------------------ */

static const field_row image_rows[] = {
    ROW(image, "name", FIELD_TEXT, name),
    ROW(image, "newName", FIELD_TEXT, new_name),
    ROW(image, "tagSuffix", FIELD_TEXT, tag_suffix),
    ROW(image, "newTag", FIELD_TEXT, new_tag),
    ROW(image, "digest", FIELD_TEXT, digest),
};
STRUCT(image_type, "an image", image, image_rows, true);

static const field_row replica_rows[] = {
    ROW(replica, "name", FIELD_TEXT, name),
    ROW(replica, "count", FIELD_INTEGER, count),
};
STRUCT(replica_type, "a replica", replica, replica_rows, true);

static const field_row field_spec_rows[] = {
    PROMOTED(field_spec, "group", FIELD_TEXT, group), PROMOTED(field_spec, "version", FIELD_TEXT, version),
    PROMOTED(field_spec, "kind", FIELD_TEXT, kind),   ROW(field_spec, "path", FIELD_TEXT, path),
    ROW(field_spec, "create", FIELD_BOOL, create),
};
STRUCT(field_spec_type, "a field spec", field_spec, field_spec_rows, false);

static const field_row label_rows[] = {
    ROW(label, "pairs", FIELD_TEXT_MAP, pairs),
    ROW(label, "includeSelectors", FIELD_BOOL, include_selectors),
    ROW(label, "includeTemplates", FIELD_BOOL, include_templates),
    ROW(label, "includeVolumeClaimTemplates", FIELD_BOOL, include_volume_claim_templates),
    NESTED(label, "fields", FIELD_STRUCTS, fields, field_spec_type),
};
STRUCT(label_type, "a label", label, label_rows, true);

/* --- generators -------------------------------------------------------------------------------------------------- */

static const field_row generator_option_rows[] = {
    {.key = "labels",
     .type = FIELD_TEXT_MAP,
     .offset = offsetof(generator_options, labels),
     .given = offsetof(generator_options, has_labels)},
    {.key = "annotations",
     .type = FIELD_TEXT_MAP,
     .offset = offsetof(generator_options, annotations),
     .given = offsetof(generator_options, has_annotations)},
    ROW(generator_options, "disableNameSuffixHash", FIELD_BOOL, disable_name_suffix_hash),
    ROW(generator_options, "immutable", FIELD_BOOL, immutable),
};
static STRUCT(generator_options_type, "the options of a generator", generator_options, generator_option_rows, true);

#define GENERATOR_ROWS                                                                                                 \
    PROMOTED(generator_args, "namespace", FIELD_TEXT, name_space), PROMOTED(generator_args, "name", FIELD_TEXT, name), \
        PROMOTED(generator_args, "behavior", FIELD_TEXT, behavior),                                                    \
        PROMOTED(generator_args, "literals", FIELD_TEXTS, literals),                                                   \
        PROMOTED(generator_args, "files", FIELD_TEXTS, files), PROMOTED(generator_args, "envs", FIELD_TEXTS, envs),    \
        PROMOTED(generator_args, "env", FIELD_LOCATED, env), {                                                         \
        .key = "options", .type = FIELD_STRUCT_NEW, .offset = offsetof(generator_args, options), .promoted = true,     \
        .nested = &generator_options_type                                                                              \
    }

static const field_row config_map_rows[] = {GENERATOR_ROWS};
STRUCT(config_map_type, "a configMapGenerator entry", generator_args, config_map_rows, true);

static const field_row secret_rows[] = {GENERATOR_ROWS, PROMOTED(generator_args, "type", FIELD_TEXT, secret_type)};
STRUCT(secret_type, "a secretGenerator entry", generator_args, secret_rows, true);

/* --- replacements, vars ------------------------------------------------------------------------------------------ */

static const field_row field_option_rows[] = {
    ROW(field_options, "delimiter", FIELD_TEXT, delimiter),
    ROW(field_options, "index", FIELD_INTEGER, index),
    ROW(field_options, "encoding", FIELD_TEXT, encoding),
    ROW(field_options, "create", FIELD_BOOL, create),
};
static STRUCT(field_options_type, "the options of a replacement", field_options, field_option_rows, false);

static const field_row source_rows[] = {
    PROMOTED(replacement_source, "group", FIELD_TEXT, type.group),
    PROMOTED(replacement_source, "version", FIELD_TEXT, type.version),
    PROMOTED(replacement_source, "kind", FIELD_TEXT, type.kind),
    PROMOTED(replacement_source, "name", FIELD_TEXT, name),
    PROMOTED(replacement_source, "namespace", FIELD_TEXT, name_space),
    ROW(replacement_source, "fieldPath", FIELD_TEXT, field_path),
    NESTED(replacement_source, "options", FIELD_STRUCT_NEW, options, field_options_type),
};
static STRUCT(source_type, "the source of a replacement", replacement_source, source_rows, true);

static const field_row replacement_target_rows[] = {
    NESTED(replacement_target, "select", FIELD_STRUCT_NEW, select, selector_type),
    {.key = "reject",
     .type = FIELD_STRUCTS,
     .offset = offsetof(replacement_target, reject),
     .no_null_items = true,
     .nested = &selector_type},
    ROW(replacement_target, "fieldPaths", FIELD_TEXTS, field_paths),
    NESTED(replacement_target, "options", FIELD_STRUCT_NEW, options, field_options_type),
};
static STRUCT(target_type, "the target of a replacement", replacement_target, replacement_target_rows, true);

static const field_row replacement_rows[] = {
    ROW(replacement, "path", FIELD_LOCATED, path),
    {.key = "source",
     .type = FIELD_STRUCT_NEW,
     .offset = offsetof(replacement, source),
     .promoted = true,
     .nested = &source_type},
    PROMOTED(replacement, "sourceValue", FIELD_LOCATED_NEW, source_value),
    {.key = "targets",
     .type = FIELD_STRUCTS,
     .offset = offsetof(replacement, targets),
     .promoted = true,
     .no_null_items = true,
     .nested = &target_type},
};
STRUCT(replacement_type, "a replacement", replacement, replacement_rows, true);

/* In a file of its own: nothing is promoted, and there is no path. */
static const field_row file_replacement_rows[] = {
    NESTED(replacement, "source", FIELD_STRUCT_NEW, source, source_type),
    ROW(replacement, "sourceValue", FIELD_LOCATED_NEW, source_value),
    {.key = "targets",
     .type = FIELD_STRUCTS,
     .offset = offsetof(replacement, targets),
     .no_null_items = true,
     .nested = &target_type},
};
STRUCT(file_replacement_type, "a replacement", replacement, file_replacement_rows, true);

static const field_row object_rows[] = {
    ROW(variable, "apiVersion", FIELD_TEXT, object_api_version),
    ROW(variable, "group", FIELD_TEXT, type.group),
    ROW(variable, "version", FIELD_TEXT, type.version),
    ROW(variable, "kind", FIELD_TEXT, type.kind),
    ROW(variable, "name", FIELD_TEXT, object_name),
    ROW(variable, "namespace", FIELD_TEXT, object_namespace),
};
static STRUCT(object_type, "the objref of a var", variable, object_rows, false);

static const field_row field_reference_rows[] = {ROW(variable, "fieldPath", FIELD_TEXT, field_path)};
static STRUCT(field_reference_type, "the fieldref of a var", variable, field_reference_rows, false);

static const field_row variable_rows[] = {
    ROW(variable, "name", FIELD_TEXT, name),
    {.key = "objref", .type = FIELD_STRUCT, .offset = 0, .nested = &object_type},
    {.key = "fieldref", .type = FIELD_STRUCT, .offset = 0, .nested = &field_reference_type},
};
static STRUCT(variable_type, "a var", variable, variable_rows, true);

/* --- Helm -------------------------------------------------------------------------------------------------------- */

static const field_row helm_global_rows[] = {
    PROMOTED(helm_globals, "chartHome", FIELD_TEXT, chart_home),
    PROMOTED(helm_globals, "configHome", FIELD_TEXT, config_home),
};
static STRUCT(helm_globals_type, "helmGlobals", helm_globals, helm_global_rows, false);

static const field_row helm_chart_rows[] = {
    PROMOTED(helm_chart, "name", FIELD_TEXT, name),
    PROMOTED(helm_chart, "version", FIELD_TEXT, version),
    PROMOTED(helm_chart, "repo", FIELD_TEXT, repo),
    PROMOTED(helm_chart, "releaseName", FIELD_TEXT, release_name),
    PROMOTED(helm_chart, "namespace", FIELD_TEXT, name_space),
    PROMOTED(helm_chart, "additionalValuesFiles", FIELD_TEXTS, additional_values_files),
    PROMOTED(helm_chart, "valuesFile", FIELD_LOCATED, values_file),
    PROMOTED(helm_chart, "valuesInline", FIELD_MAPPING, values_inline),
    PROMOTED(helm_chart, "valuesMerge", FIELD_TEXT, values_merge),
    PROMOTED(helm_chart, "includeCRDs", FIELD_BOOL, include_crds),
    PROMOTED(helm_chart, "skipHooks", FIELD_BOOL, skip_hooks),
    {.key = "apiVersions",
     .type = FIELD_TEXTS,
     .offset = offsetof(helm_chart, api_versions),
     .given = offsetof(helm_chart, has_api_versions),
     .promoted = true},
    PROMOTED(helm_chart, "kubeVersion", FIELD_TEXT, kube_version),
    PROMOTED(helm_chart, "nameTemplate", FIELD_TEXT, name_template),
    PROMOTED(helm_chart, "skipTests", FIELD_BOOL, skip_tests),
    PROMOTED(helm_chart, "debug", FIELD_BOOL, debug),
    PROMOTED(helm_chart, "devel", FIELD_BOOL, devel),
};
STRUCT(helm_chart_type, "a helm chart", helm_chart, helm_chart_rows, true);

static const field_row legacy_chart_rows[] = {
    ROW(legacy_chart, "chartName", FIELD_TEXT, chart_name),
    ROW(legacy_chart, "chartVersion", FIELD_TEXT, chart_version),
    ROW(legacy_chart, "chartRepoUrl", FIELD_TEXT, chart_repo_url),
    ROW(legacy_chart, "chartHome", FIELD_TEXT, chart_home),
    ROW(legacy_chart, "helmHome", FIELD_TEXT, helm_home),
    ROW(legacy_chart, "values", FIELD_LOCATED, values),
    ROW(legacy_chart, "valuesLocal", FIELD_MAPPING, values_local),
    ROW(legacy_chart, "valuesMerge", FIELD_TEXT, values_merge),
    ROW(legacy_chart, "releaseName", FIELD_TEXT, release_name),
    ROW(legacy_chart, "chartRepoName", FIELD_TEXT, chart_repo_name),
    ROW(legacy_chart, "helmBin", FIELD_TEXT, helm_bin),
    ROW(legacy_chart, "releaseNamespace", FIELD_TEXT, release_namespace),
    ROW(legacy_chart, "extraArgs", FIELD_TEXTS, extra_arguments),
};
static STRUCT(legacy_chart_type, "a helmChartInflationGenerator entry", legacy_chart, legacy_chart_rows, true);

/* --- the order of the output ------------------------------------------------------------------------------------- */

static const field_row legacy_order_rows[] = {
    ROW(sort_options, "orderFirst", FIELD_TEXTS, order_first),
    ROW(sort_options, "orderLast", FIELD_TEXTS, order_last),
};
static STRUCT(legacy_order_type, "legacySortOptions", sort_options, legacy_order_rows, false);

static const field_row sort_option_rows[] = {
    ROW(sort_options, "order", FIELD_TEXT, order_text),
    {.key = "legacySortOptions",
     .type = FIELD_STRUCT,
     .offset = 0,
     .given = offsetof(sort_options, has_legacy),
     .nested = &legacy_order_type},
};
STRUCT(sort_options_type, "sortOptions", sort_options, sort_option_rows, true);

/* --- the file ---------------------------------------------------------------------------------------------------- */

typedef struct metadata {
    text name, name_space;
    text_map labels, annotations;
} metadata;
static const field_row metadata_rows[] = {
    ROW(metadata, "name", FIELD_TEXT, name),
    ROW(metadata, "namespace", FIELD_TEXT, name_space),
    ROW(metadata, "labels", FIELD_TEXT_MAP, labels),
    ROW(metadata, "annotations", FIELD_TEXT_MAP, annotations),
};
static STRUCT(metadata_type, "metadata", metadata, metadata_rows, false);

#define IN(member_) offsetof(kustomization_file, member_)
#define TOP(key_, kind_, member_, text_)                                                                               \
    { .key = (key_), .type = (kind_), .offset = IN(member_), .text = (text_) }
#define TOP_AT(key_, kind_, member_, place_, text_)                                                                    \
    { .key = (key_), .type = (kind_), .offset = IN(member_), .place = IN(place_), .text = (text_) }
#define TOP_NESTED(key_, kind_, member_, nested_, text_)                                                               \
    { .key = (key_), .type = (kind_), .offset = IN(member_), .nested = &(nested_), .text = (text_) }
#define OLD(key_, kind_, member_, successor_, text_)                                                                   \
    { .key = (key_), .type = (kind_), .offset = IN(member_), .successor = (successor_), .text = (text_) }
#define OLD_NESTED(key_, kind_, member_, nested_, successor_, text_)                                                   \
    {                                                                                                                  \
        .key = (key_), .type = (kind_), .offset = IN(member_), .nested = &(nested_), .successor = (successor_),        \
        .text = (text_)                                                                                                \
    }

static const field_row kustomization_rows[] = {
    TOP("apiVersion", FIELD_LOCATED, api_version, "kustomize.config.k8s.io/v1beta1, v1alpha1 for a Component"),
    TOP("kind", FIELD_LOCATED, kind, "Kustomization or Component"),
    {.key = "metadata",
     .type = FIELD_STRUCT_NEW,
     .offset = IN(metadata),
     .nested = &metadata_type,
     .text = "of the kustomization itself; has no effect"},
    {.key = "openapi",
     .type = FIELD_TEXT_MAP,
     .offset = IN(k.openapi),
     .place = IN(k.openapi_path_at),
     .given = IN(k.has_openapi),
     .text = "the schema to merge by: a path, or a builtin version"},
    TOP_AT("namePrefix", FIELD_TEXT, k.name_prefix, k.name_prefix_at, "goes before the name of every resource"),
    TOP_AT("nameSuffix", FIELD_TEXT, k.name_suffix, k.name_suffix_at, "goes after the name of every resource"),
    TOP_AT("namespace", FIELD_TEXT, k.name_space, k.name_space_at, "of every resource that has one"),
    {.key = "commonLabels",
     .type = FIELD_TEXT_MAP,
     .offset = IN(k.common_labels),
     .place = IN(k.common_labels_at),
     .successor = "labels",
     .text = "labels for all resources and selectors"},
    TOP_NESTED("labels", FIELD_STRUCTS, k.labels, label_type, "labels for all resources, and selectors if asked for"),
    TOP_AT("commonAnnotations", FIELD_TEXT_MAP, k.common_annotations, k.common_annotations_at,
           "annotations for all resources"),
    OLD("patchesStrategicMerge", FIELD_TEXTS, k.patches_strategic_merge, "patches", "strategic merge patches"),
    OLD_NESTED("patchesJson6902", FIELD_STRUCTS, k.patches_json6902, patch_type, "patches", "JSON patches"),
    TOP_NESTED("patches", FIELD_STRUCTS, k.patches, patch_type, "patches of both kinds, inline or from files"),
    TOP_NESTED("images", FIELD_STRUCTS, k.images, image_type, "names, tags and digests of container images"),
    OLD_NESTED("imageTags", FIELD_STRUCTS, image_tags, image_type, "images", "the former name of images"),
    TOP_NESTED("replacements", FIELD_STRUCTS, k.replacements, replacement_type, "values copied between resources"),
    TOP_NESTED("replicas", FIELD_STRUCTS, k.replicas, replica_type, "replica counts by the name of the resource"),
    OLD_NESTED("vars", FIELD_STRUCTS, k.vars, variable_type, "replacements", "values for $(NAME) in fields"),
    TOP_NESTED("sortOptions", FIELD_STRUCT_NEW, k.sort, sort_options_type, "the order of the output"),
    TOP("resources", FIELD_TEXTS, k.resources, "files, directories and repositories to start from"),
    TOP("components", FIELD_TEXTS, k.components, "Components, which change all that was gathered before"),
    TOP("crds", FIELD_TEXTS, k.crds, "OpenAPI files that say which fields of custom resources are references"),
    OLD("bases", FIELD_TEXTS, bases, "resources", "directories; the former name of resources"),
    TOP_NESTED("configMapGenerator", FIELD_STRUCTS, k.config_maps, config_map_type, "ConfigMaps made from data"),
    TOP_NESTED("secretGenerator", FIELD_STRUCTS, k.secrets, secret_type, "Secrets made from data"),
    TOP_NESTED("helmGlobals", FIELD_STRUCT_NEW, k.helm_globals, helm_globals_type, "what all Helm charts share"),
    TOP_NESTED("helmCharts", FIELD_STRUCTS, k.helm_charts, helm_chart_type, "Helm charts to inflate"),
    OLD_NESTED("helmChartInflationGenerator", FIELD_STRUCTS, legacy_charts, legacy_chart_type, "helmCharts",
               "the former name of helmCharts"),
    TOP_NESTED("generatorOptions", FIELD_STRUCT_NEW, k.generator_options, generator_options_type,
               "options of all ConfigMap and Secret generators"),
    TOP("configurations", FIELD_TEXTS, k.configurations, "files that say which fields transformers change"),
    TOP("generators", FIELD_TEXTS, k.generators, "configurations of generators, inline or from files"),
    TOP("transformers", FIELD_TEXTS, k.transformers, "configurations of transformers, inline or from files"),
    TOP("validators", FIELD_TEXTS, k.validators, "configurations of validators, inline or from files"),
    TOP("buildMetadata", FIELD_TEXTS, build_metadata, "originAnnotations, transformerAnnotations, managedByLabel"),
};
STRUCT(kustomization_type, "a kustomization", kustomization_file, kustomization_rows, false);
