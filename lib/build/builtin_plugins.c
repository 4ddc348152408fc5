/*
 * build/builtin_plugins.c: the builtin generators and transformers as plugin configurations, a row each.
 *
 * To add one: a struct with its fields, their table, a function that decodes and applies it, and a row. Fields that a
 * configuration has beyond those are ignored. After the Config functions of kustomize's api/internal/builtins.
 */
#include "build/patch_files.h"
#include "build/plugins.h"
#include "core/suggest.h"
#include "model/kustomization_fields.h"
#include "source/path.h"
#include "strata/build.h"
#include "transform/transform.h"
#include "yaml/reader.h"

#define ROWS(rows_, type_, name_)                                                                                      \
    { (name_), (rows_), sizeof(rows_) / sizeof *(rows_), sizeof(type_), false }

/* --- fields of several kinds ------------------------------------------------------------------------------------- */

typedef struct metadata_fields {
    text name, name_space;
    text_map labels, annotations; /* read to be checked only */
} metadata_fields;
static const field_row metadata_rows[] = {
    {.key = "name", .type = FIELD_TEXT, .offset = offsetof(metadata_fields, name)},
    {.key = "namespace", .type = FIELD_TEXT, .offset = offsetof(metadata_fields, name_space)},
    {.key = "labels", .type = FIELD_TEXT_MAP, .offset = offsetof(metadata_fields, labels)},
    {.key = "annotations", .type = FIELD_TEXT_MAP, .offset = offsetof(metadata_fields, annotations)},
};
static const struct_type metadata_type = ROWS(metadata_rows, metadata_fields, "metadata");

/* Every transformer with field specs takes some of these, each only its own. */
typedef struct transformer_fields {
    metadata_fields metadata;
    text_map annotations, labels;
    text prefix, suffix, subjects;
    bool unset_only, has_specs;
    image image;
    replica replica;
    field_spec_list specs;
} transformer_fields;

#define AT(member_) offsetof(transformer_fields, member_)
#define FIELD_SPECS                                                                                                    \
    {                                                                                                                  \
        .key = "fieldSpecs", .type = FIELD_STRUCTS, .offset = AT(specs), .given = AT(has_specs),                       \
        .nested = &field_spec_type                                                                                     \
    }
static const field_row annotations_rows[] = {FIELD_SPECS,
                                             {.key = "annotations", .type = FIELD_TEXT_MAP, .offset = AT(annotations)}};
static const field_row labels_rows[] = {FIELD_SPECS, {.key = "labels", .type = FIELD_TEXT_MAP, .offset = AT(labels)}};
static const field_row prefix_rows[] = {FIELD_SPECS, {.key = "prefix", .type = FIELD_TEXT, .offset = AT(prefix)}};
static const field_row suffix_rows[] = {FIELD_SPECS, {.key = "suffix", .type = FIELD_TEXT, .offset = AT(suffix)}};
static const field_row image_rows[] = {
    FIELD_SPECS, {.key = "imageTag", .type = FIELD_STRUCT, .offset = AT(image), .nested = &image_type}};
static const field_row replica_rows[] = {
    FIELD_SPECS, {.key = "replica", .type = FIELD_STRUCT, .offset = AT(replica), .nested = &replica_type}};
static const field_row namespace_rows[] = {
    FIELD_SPECS,
    {.key = "metadata", .type = FIELD_STRUCT, .offset = AT(metadata), .nested = &metadata_type},
    {.key = "setRoleBindingSubjects", .type = FIELD_TEXT, .offset = AT(subjects)},
    {.key = "unsetOnly", .type = FIELD_BOOL, .offset = AT(unset_only)},
};
static const struct_type annotations_type = ROWS(annotations_rows, transformer_fields, "an AnnotationsTransformer");
static const struct_type labels_type = ROWS(labels_rows, transformer_fields, "a LabelTransformer");
static const struct_type prefix_type = ROWS(prefix_rows, transformer_fields, "a PrefixTransformer");
static const struct_type suffix_type = ROWS(suffix_rows, transformer_fields, "a SuffixTransformer");
static const struct_type image_tag_type = ROWS(image_rows, transformer_fields, "an ImageTagTransformer");
static const struct_type replicas_type = ROWS(replica_rows, transformer_fields, "a ReplicaCountTransformer");
static const struct_type namespace_type = ROWS(namespace_rows, transformer_fields, "a NamespaceTransformer");

static strata_status decode(scope *sc, const plugin_config *config, const struct_type *type, transformer_fields *out) {
    memset(out, 0, sizeof *out);
    return decode_struct(sc, type, config->fields, DECODE_LENIENT, out);
}

/* --- transformers ------------------------------------------------------------------------------------------------ */

static strata_status transform_annotations(scope *sc, const plugin_config *config, resource_set *set) {
    transformer_fields f;
    TRY(decode(sc, config, &annotations_type, &f));
    return f.annotations.count ? annotations_apply(sc, set, &f.annotations, f.specs) : STRATA_OK;
}

static strata_status transform_labels(scope *sc, const plugin_config *config, resource_set *set) {
    transformer_fields f;
    TRY(decode(sc, config, &labels_type, &f));
    return f.labels.count ? labels_apply(sc, set, &f.labels, f.specs) : STRATA_OK;
}

static strata_status subject_mode_of(scope *sc, const plugin_config *config, text name, subject_mode *out) {
    static const char *const names[] = {"defaultOnly", "allServiceAccounts", "none"};
    *out = SUBJECTS_DEFAULT_ONLY;
    if (text_empty(name)) return STRATA_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_is(name, names[i])) {
            *out = (subject_mode)i;
            return STRATA_OK;
        }
    return scope_fail(sc, DIAGNOSTIC_PLUGIN_CONFIG, config->r->root->where,
                      "setRoleBindingSubjects must be defaultOnly, allServiceAccounts or none, not \"%.*s\"",
                      TEXT_ARG(name));
}

static strata_status transform_namespace(scope *sc, const plugin_config *config, resource_set *set) {
    transformer_fields f;
    namespace_args args = {.where = config->r->root->where};
    TRY(decode(sc, config, &namespace_type, &f));
    TRY(subject_mode_of(sc, config, f.subjects, &args.subjects));
    args.name_space = f.metadata.name_space;
    args.specs = f.specs;
    args.unset_only = f.unset_only;
    return text_empty(args.name_space) ? STRATA_OK : namespace_apply(sc, set, &args);
}

/* The reference reads these two with another YAML library than the others. */
static strata_status decode_affix(scope *sc, const plugin_config *config, const struct_type *type,
                                  transformer_fields *out) {
    memset(out, 0, sizeof *out);
    TRY(decode_struct(sc, type, config->fields, DECODE_EXACT, out));
    if (out->has_specs) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_PLUGIN_CONFIG, config->r->root->where, "a %.*s needs fieldSpecs",
                      TEXT_ARG(resource_kind(config->r)));
}

static strata_status transform_prefix(scope *sc, const plugin_config *config, resource_set *set) {
    transformer_fields f;
    TRY(decode_affix(sc, config, &prefix_type, &f));
    return name_prefix_apply(sc, set, f.prefix, f.specs);
}

static strata_status transform_suffix(scope *sc, const plugin_config *config, resource_set *set) {
    transformer_fields f;
    TRY(decode_affix(sc, config, &suffix_type, &f));
    return name_suffix_apply(sc, set, f.suffix, f.specs);
}

static strata_status transform_prefix_and_suffix(scope *sc, const plugin_config *config, resource_set *set) {
    TRY(transform_prefix(sc, config, set));
    return transform_suffix(sc, config, set);
}

static strata_status transform_image(scope *sc, const plugin_config *config, resource_set *set) {
    transformer_fields f;
    TRY(decode(sc, config, &image_tag_type, &f));
    return image_apply(sc, set, &f.image, f.specs);
}

static strata_status transform_replica(scope *sc, const plugin_config *config, resource_set *set) {
    transformer_fields f;
    TRY(decode(sc, config, &replicas_type, &f));
    f.replica.where = config->r->root->where;
    return replica_apply(sc, set, &f.replica, f.specs);
}

static strata_status transform_hash(scope *sc, const plugin_config *config, resource_set *set) {
    (void)config;
    return hash_suffix_apply(sc, set);
}

/* --- patches and replacements ------------------------------------------------------------------------------------ */

/* Each of these transformers has some of them. */
typedef struct patch_fields {
    located path, json_op, patches;
    located_list paths;
    const selector *target;
    replacement_list replacements;
} patch_fields;

#undef AT
#define AT(member_) offsetof(patch_fields, member_)
static const field_row json_patch_rows[] = {
    {.key = "path", .type = FIELD_LOCATED, .offset = AT(path)},
    {.key = "jsonOp", .type = FIELD_LOCATED, .offset = AT(json_op)},
    {.key = "target", .type = FIELD_STRUCT_NEW, .offset = AT(target), .nested = &selector_type},
};
static const field_row strategic_merge_rows[] = {
    {.key = "paths", .type = FIELD_TEXTS, .offset = AT(paths)},
    {.key = "patches", .type = FIELD_LOCATED, .offset = AT(patches)},
};
static const field_row replacements_rows[] = {
    {.key = "replacements", .type = FIELD_STRUCTS, .offset = AT(replacements), .nested = &replacement_type},
};
static const struct_type json_patch_type = ROWS(json_patch_rows, patch_fields, "a PatchJson6902Transformer");
static const struct_type strategic_merge_type =
    ROWS(strategic_merge_rows, patch_fields, "a PatchStrategicMergeTransformer");
static const struct_type replacements_type = ROWS(replacements_rows, patch_fields, "a ReplacementTransformer");

static strata_status decode_patch_fields(scope *sc, const plugin_config *config, const struct_type *type,
                                         patch_fields *out) {
    memset(out, 0, sizeof *out);
    return decode_struct(sc, type, config->fields, DECODE_LENIENT, out);
}

static strata_status transform_patch(scope *sc, const plugin_config *config, resource_set *set) {
    patch p = {0};
    patch_source source;
    TRY(model_decode_patch(sc, config->fields, &p));
    TRY(patch_file_of(config->t, &p, true, &source));
    return patch_apply(sc, set, &p, &source);
}

static strata_status transform_json_patch(scope *sc, const plugin_config *config, resource_set *set) {
    patch_fields f;
    patch_source source;
    TRY(decode_patch_fields(sc, config, &json_patch_type, &f));
    patch p = {.where = config->r->root->where, .path = f.path, .inline_text = f.json_op};
    TRY(patch_file_of(config->t, &p, false, &source));
    return patch_json6902_apply(sc, set, f.target, &source);
}

/* The paths, each a patch itself if it reads as one, then the inline patches. */
static strata_status transform_strategic_merge(scope *sc, const plugin_config *config, resource_set *set) {
    patch_fields f;
    TRY(decode_patch_fields(sc, config, &strategic_merge_type, &f));
    if (f.paths.count == 0 && text_empty(f.patches.value))
        return scope_fail(sc, DIAGNOSTIC_PLUGIN_CONFIG, config->r->root->where,
                          "a PatchStrategicMergeTransformer needs paths or patches");
    patch_source *sources = ARENA_ARRAY(sc->arena, patch_source, f.paths.count + 1);
    if (!sources) return scope_no_memory(sc);
    for (size_t i = 0; i < f.paths.count; i++)
        TRY(patch_file_of_entry(config->t, &f.paths.items[i], &sources[i]));
    size_t count = f.paths.count;
    if (!text_empty(f.patches.value)) sources[count++] = (patch_source){TEXT_EMPTY, f.patches.value, f.patches.where};
    return patch_strategic_merge_apply(sc, set, sources, count);
}

static strata_status transform_replacements(scope *sc, const plugin_config *config, resource_set *set) {
    patch_fields f;
    TRY(decode_patch_fields(sc, config, &replacements_type, &f));
    for (size_t i = 0; i < f.replacements.count; i++) {
        replacement_list list;
        TRY(replacements_of_entry(config->t, &f.replacements.items[i], &list));
        for (size_t k = 0; k < list.count; k++)
            TRY(replacement_apply(sc, set, &list.items[k]));
    }
    return STRATA_OK;
}

/* --- values ------------------------------------------------------------------------------------------------------ */

typedef struct value_fields {
    text value;
    located file;
    struct {
        value_add_target *items;
        size_t count;
    } targets;
} value_fields;

static const field_row value_target_rows[] = {
    {.key = "selector",
     .type = FIELD_STRUCT_NEW,
     .offset = offsetof(value_add_target, select),
     .nested = &selector_type},
    {.key = "fieldPath", .type = FIELD_TEXT, .offset = offsetof(value_add_target, field_path)},
    {.key = "filePathPosition", .type = FIELD_INTEGER, .offset = offsetof(value_add_target, file_path_position)},
};
static const struct_type value_target_type = ROWS(value_target_rows, value_add_target, "a target");
static const field_row value_rows[] = {
    {.key = "value", .type = FIELD_TEXT, .offset = offsetof(value_fields, value)},
    {.key = "targetFilePath", .type = FIELD_LOCATED, .offset = offsetof(value_fields, file)},
    {.key = "targets", .type = FIELD_STRUCTS, .offset = offsetof(value_fields, targets), .nested = &value_target_type},
};
static const struct_type value_type = ROWS(value_rows, value_fields, "a ValueAddTransformer");

static strata_status check_targets(scope *sc, const plugin_config *config, const value_fields *f) {
    for (size_t i = 0; i < f->targets.count; i++)
        if (text_empty(f->targets.items[i].field_path) || f->targets.items[i].file_path_position < 0)
            return scope_fail(sc, DIAGNOSTIC_PLUGIN_CONFIG, config->r->root->where,
                              "a target needs a fieldPath, and its filePathPosition can't be negative");
    return STRATA_OK;
}

/* The targets that a file adds to those of the configuration. */
static strata_status read_target_file(scope *sc, const plugin_config *config, const located *path, value_fields *out) {
    static const yaml_options options = {.dialect = YAML_V2};
    node_list documents = {NULL, 0, 0, false};
    text bytes;
    memset(out, 0, sizeof *out);
    if (text_empty(path->value)) return STRATA_OK;
    TRY(loader_read(sc, config->t->loader, path->value, path->where, &bytes));
    TRY(yaml_read(sc, loader_display(sc, config->t->loader, path->value), bytes, path->where, &options, &documents));
    if (documents.count == 0 || node_is_null(documents.items[0])) return STRATA_OK;
    return decode_struct(sc, &value_type, documents.items[0], DECODE_LENIENT, out);
}

static strata_status transform_value(scope *sc, const plugin_config *config, resource_set *set) {
    value_fields f = {0}, more;
    TRY(decode_struct(sc, &value_type, config->fields, DECODE_LENIENT, &f));
    TRY(read_target_file(sc, config, &f.file, &more));
    f.value = text_trim(f.value);
    if (text_empty(f.value)) f.value = path_base(loader_root(config->t->loader));
    if (f.targets.count + more.targets.count == 0)
        return scope_fail(sc, DIAGNOSTIC_PLUGIN_CONFIG, config->r->root->where,
                          "a ValueAddTransformer needs at least one target");
    TRY(check_targets(sc, config, &f));
    TRY(check_targets(sc, config, &more));
    TRY(value_add_apply(sc, set, f.value, f.targets.items, f.targets.count));
    return value_add_apply(sc, set, f.value, more.targets.items, more.targets.count);
}

/* --- generators -------------------------------------------------------------------------------------------------- */

/* What a generator takes when it has no name or namespace of its own. */
typedef struct generator_fields {
    metadata_fields metadata;
} generator_fields;
static const field_row generator_rows[] = {{.key = "metadata",
                                            .type = FIELD_STRUCT,
                                            .offset = offsetof(generator_fields, metadata),
                                            .nested = &metadata_type}};
static const struct_type generator_type = ROWS(generator_rows, generator_fields, "a generator");

static strata_status generate_data(scope *sc, const plugin_config *config, generated_kind kind, resource_set *out) {
    generator_fields common = {0};
    generator_args args = {0};
    resource *r;
    TRY(decode_struct(sc, &generator_type, config->fields, DECODE_LENIENT, &common));
    TRY(decode_struct(sc, kind == GENERATED_SECRET ? &secret_type : &config_map_type, config->fields, DECODE_LENIENT,
                      &args));
    if (text_empty(args.name)) args.name = common.metadata.name;
    if (text_empty(args.name_space)) args.name_space = common.metadata.name_space;
    args.where = config->r->root->where;
    TRY(generate_data_map(sc, config->t->loader, kind, &args, NULL, &r));
    return resource_set_append(sc, out, r);
}

static strata_status generate_config_map(scope *sc, const plugin_config *config, resource_set *out) {
    return generate_data(sc, config, GENERATED_CONFIG_MAP, out);
}

static strata_status generate_secret(scope *sc, const plugin_config *config, resource_set *out) {
    return generate_data(sc, config, GENERATED_SECRET, out);
}

static const field_row service_rows[] = {
    {.key = "name", .type = FIELD_TEXT, .promoted = true, .offset = offsetof(iam_policy_args, service_account)},
    {.key = "namespace", .type = FIELD_TEXT, .promoted = true, .offset = offsetof(iam_policy_args, name_space)},
};
static const struct_type service_type = ROWS(service_rows, iam_policy_args, "kubernetesService");
static const field_row account_rows[] = {
    {.key = "name", .type = FIELD_TEXT, .promoted = true, .offset = offsetof(iam_policy_args, cloud_account)},
    {.key = "projectId", .type = FIELD_TEXT, .promoted = true, .offset = offsetof(iam_policy_args, project)},
};
static const struct_type account_type = ROWS(account_rows, iam_policy_args, "serviceAccount");
static const field_row policy_rows[] = {
    {.key = "cloud", .type = FIELD_TEXT, .promoted = true, .offset = offsetof(iam_policy_args, cloud)},
    {.key = "kubernetesService", .type = FIELD_STRUCT, .offset = 0, .nested = &service_type},
    {.key = "serviceAccount", .type = FIELD_STRUCT, .offset = 0, .nested = &account_type},
};
static const struct_type policy_type = ROWS(policy_rows, iam_policy_args, "an IAMPolicyGenerator");

static strata_status generate_policy(scope *sc, const plugin_config *config, resource_set *out) {
    iam_policy_args args = {.where = config->r->root->where};
    resource *r;
    TRY(decode_struct(sc, &policy_type, config->fields, DECODE_LENIENT, &args));
    TRY(generate_iam_policy(sc, &args, &r));
    return resource_set_append(sc, out, r);
}

static const field_row globals_rows[] = {
    {.key = "chartHome", .type = FIELD_TEXT, .offset = offsetof(helm_globals, chart_home), .promoted = true},
    {.key = "configHome", .type = FIELD_TEXT, .offset = offsetof(helm_globals, config_home), .promoted = true},
};
static const struct_type globals_type = ROWS(globals_rows, helm_globals, "a HelmChartInflationGenerator");

/* Other than the charts of a kustomization it takes no namespace from there. */
static strata_status generate_chart(scope *sc, const plugin_config *config, resource_set *out) {
    helm_globals globals = {TEXT_EMPTY, TEXT_EMPTY};
    helm_chart chart = {0};
    helm_inflation inflation;
    TRY(decode_struct(sc, &globals_type, config->fields, DECODE_LENIENT, &globals));
    TRY(model_decode_helm_chart(sc, config->fields, &chart));
    chart.where = config->r->root->where;
    const helm_place place = helm_place_of(config->t, &globals);
    TRY(helm_chart_prepare(sc, &place, &chart, &inflation));
    return generate_helm_chart(sc, &inflation, out);
}

/* --- the table --------------------------------------------------------------------------------------------------- */

typedef strata_status (*plugin_function)(scope *sc, const plugin_config *config, resource_set *set);

typedef struct builtin_plugin {
    const char *kind;
    plugin_function generate;  /* NULL: no generator */
    plugin_function transform; /* NULL: no transformer */
} builtin_plugin;

static const builtin_plugin plugins[] = {
    {"AnnotationsTransformer", NULL, transform_annotations},
    {"ConfigMapGenerator", generate_config_map, NULL},
    {"HashTransformer", NULL, transform_hash},
    {"HelmChartInflationGenerator", generate_chart, NULL},
    {"IAMPolicyGenerator", generate_policy, NULL},
    {"ImageTagTransformer", NULL, transform_image},
    {"LabelTransformer", NULL, transform_labels},
    {"NamespaceTransformer", NULL, transform_namespace},
    {"PatchJson6902Transformer", NULL, transform_json_patch},
    {"PatchStrategicMergeTransformer", NULL, transform_strategic_merge},
    {"PatchTransformer", NULL, transform_patch},
    {"PrefixSuffixTransformer", NULL, transform_prefix_and_suffix},
    {"PrefixTransformer", NULL, transform_prefix},
    {"ReplacementTransformer", NULL, transform_replacements},
    {"ReplicaCountTransformer", NULL, transform_replica},
    {"SecretGenerator", generate_secret, NULL},
    {"SuffixTransformer", NULL, transform_suffix},
    {"ValueAddTransformer", NULL, transform_value},
};

const char *strata_builtin_plugin(size_t index) {
    return index < sizeof plugins / sizeof *plugins ? plugins[index].kind : NULL;
}

bool plugin_is_builtin(const resource *r) {
    gvk type = resource_gvk(r);
    return text_empty(type.group) && text_is(type.version, "builtin");
}

static text nearest_kind(scope *sc, text kind) {
    enum { COUNT = sizeof plugins / sizeof *plugins };
    text kinds[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        kinds[i] = text_from(plugins[i].kind);
    text near = suggest_nearest(kind, kinds, COUNT);
    text hint = text_empty(near) ? near : text_format(sc->arena, "did you mean %.*s?", TEXT_ARG(near));
    return hint.data ? hint : TEXT_EMPTY;
}

static strata_status find(scope *sc, const plugin_config *config, const builtin_plugin **out) {
    text kind = resource_kind(config->r);
    for (size_t i = 0; i < sizeof plugins / sizeof *plugins; i++)
        if (text_is(kind, plugins[i].kind)) {
            *out = &plugins[i];
            return STRATA_OK;
        }
    return scope_fail_hint(sc, DIAGNOSTIC_PLUGIN_UNKNOWN, NODE_GET(config->r->root, "kind")->where,
                           nearest_kind(sc, kind), "there is no builtin plugin %.*s", TEXT_ARG(kind));
}

strata_status plugin_generate_builtin(scope *sc, const plugin_config *config, resource_set *out) {
    const builtin_plugin *plugin;
    TRY(find(sc, config, &plugin));
    if (plugin->generate) return plugin->generate(sc, config, out);
    return scope_fail_hint(sc, DIAGNOSTIC_PLUGIN_UNKNOWN, config->r->root->where, TEXT("name it under transformers"),
                           "the plugin %s is no generator", plugin->kind);
}

strata_status plugin_transform_builtin(scope *sc, const plugin_config *config, resource_set *set) {
    const builtin_plugin *plugin;
    TRY(find(sc, config, &plugin));
    if (plugin->transform) return plugin->transform(sc, config, set);
    return scope_fail_hint(sc, DIAGNOSTIC_PLUGIN_UNKNOWN, config->r->root->where, TEXT("name it under generators"),
                           "the plugin %s is no transformer", plugin->kind);
}
