/*
 * model/kustomization.c: reads a kustomization file: decoded by the tables of kustomization_fields.h, its deprecated
 * fields moved to their successors, checked; after kustomize's api/types/kustomization.go. See kustomization.h.
 */
#include "model/kustomization_fields.h"

#include "yaml/reader.h"
#include "yaml/through_json.h"

const text kustomization_file_names[KUSTOMIZATION_FILE_NAMES] = {
    TEXT_INIT("kustomization.yaml"), TEXT_INIT("kustomization.yml"), TEXT_INIT("Kustomization")};

bool kustomization_is_file_name(text name) {
    for (size_t i = 0; i < KUSTOMIZATION_FILE_NAMES; i++)
        if (text_equal(name, kustomization_file_names[i])) return true;
    return false;
}

/* All lists have this layout. */
typedef struct raw_list {
    void *items;
    size_t count;
} raw_list;

/* --- what the file has ------------------------------------------------------------------------------------------- */

/* An empty text is as good as none, and an empty list too when it only fills up another one. */
static bool is_content(const field_row *row, const field_seen *seen, const void *member) {
    if (strcmp(row->key, "apiVersion") == 0 || strcmp(row->key, "kind") == 0) return false;
    if (row->type == FIELD_TEXT) return !text_empty(*(const text *)member);
    if (!seen->given) return false;
    bool moved = strcmp(row->key, "bases") == 0 || strcmp(row->key, "imageTags") == 0 ||
                 strcmp(row->key, "helmChartInflationGenerator") == 0;
    raw_list list;
    if (!moved) return true;
    memcpy(&list, member, sizeof list);
    return list.count > 0;
}

static bool is_empty(const kustomization_file *file, const field_seen *seen) {
    for (size_t i = 0; i < kustomization_type.count; i++) {
        const field_row *row = &kustomization_type.rows[i];
        if (is_content(row, &seen[i], (const char *)file + row->offset)) return false;
    }
    return true;
}

static strata_status warn_deprecated(scope *sc, const field_seen *seen) {
    for (size_t i = 0; i < kustomization_type.count; i++) {
        const field_row *row = &kustomization_type.rows[i];
        /* The reference has no warning for helmChartInflationGenerator. */
        if (!row->successor || !seen[i].given || strcmp(row->key, "helmChartInflationGenerator") == 0) continue;
        TRY(scope_warn(sc, DIAGNOSTIC_DEPRECATED_FIELD, seen[i].key->where, "%s is deprecated; use %s instead",
                       row->key, row->successor));
    }
    return STRATA_OK;
}

/* --- deprecated fields moved ---------------------------------------------------------------------------------------
 */

/* Appends a list of one of the list types to another one of the same. */
static strata_status append_list(scope *sc, void *list, const void *more, size_t size) {
    raw_list first, second, joined;
    memcpy(&first, list, sizeof first);
    memcpy(&second, more, sizeof second);
    if (second.count == 0) return STRATA_OK;
    joined.count = first.count + second.count;
    joined.items = arena_array(sc->arena, joined.count, size);
    if (!joined.items) return scope_no_memory(sc);
    if (first.count) memcpy(joined.items, first.items, first.count * size);
    memcpy((char *)joined.items + first.count * size, second.items, second.count * size);
    memcpy(list, &joined, sizeof joined);
    return STRATA_OK;
}

static strata_status move_env(scope *sc, generator_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        generator_args *args = &list->items[i];
        if (text_empty(args->env.value)) continue;
        located_list one = {&args->env, 1};
        TRY(append_list(sc, &args->envs, &one, sizeof(located)));
    }
    return STRATA_OK;
}

/* SplitHelmParameters: what concerns one chart, and what concerns all: there the last one that is given counts. */
static strata_status move_charts(scope *sc, kustomization_file *file) {
    helm_globals globals = {TEXT_EMPTY, TEXT_EMPTY};
    for (size_t i = 0; i < file->legacy_charts.count; i++) {
        const legacy_chart *old = &file->legacy_charts.items[i];
        helm_chart chart = {.where = old->where,
                            .name = old->chart_name,
                            .version = old->chart_version,
                            .repo = old->chart_repo_url,
                            .values_file = old->values,
                            .values_inline = old->values_local,
                            .values_merge = old->values_merge,
                            .release_name = old->release_name};
        helm_chart_list one = {&chart, 1};
        TRY(append_list(sc, &file->k.helm_charts, &one, sizeof chart));
        if (!text_empty(old->helm_home)) globals.config_home = old->helm_home;
        if (!text_empty(old->chart_home)) globals.chart_home = old->chart_home;
    }
    if (file->k.helm_globals || (text_empty(globals.chart_home) && text_empty(globals.config_home))) return STRATA_OK;
    helm_globals *made = ARENA_NEW(sc->arena, helm_globals);
    if (!made) return scope_no_memory(sc);
    *made = globals;
    file->k.helm_globals = made;
    return STRATA_OK;
}

static strata_status move_deprecated(scope *sc, kustomization_file *file) {
    TRY(append_list(sc, &file->k.resources, &file->bases, sizeof(located)));
    TRY(append_list(sc, &file->k.images, &file->image_tags, sizeof(image)));
    TRY(move_env(sc, &file->k.config_maps));
    TRY(move_env(sc, &file->k.secrets));
    return move_charts(sc, file);
}

/* --- values that follow from others --------------------------------------------------------------------------------
 */

/* Var.Defaulting. An apiVersion with more than one slash leaves the group and version as they are. */
static void complete_var(variable *var) {
    if (text_empty(var->field_path)) var->field_path = TEXT("metadata.name");
    text api_version = var->object_api_version;
    if (text_empty(api_version)) return;
    size_t slash = text_find_char(api_version, '/');
    if (slash == SIZE_MAX) {
        var->type.version = api_version;
    } else if (slash == text_find_last_char(api_version, '/')) {
        var->type.group = text_slice(api_version, 0, slash);
        var->type.version = text_after(api_version, slash + 1);
    }
}

static void complete_sort(sort_options *sort) {
    sort->order = text_is(sort->order_text, "legacy") ? SORT_LEGACY
                  : text_is(sort->order_text, "fifo") ? SORT_FIFO
                                                      : SORT_OTHER;
}

static void complete(kustomization_file *file) {
    kustomization *k = &file->k;
    for (size_t i = 0; i < k->vars.count; i++)
        complete_var(&k->vars.items[i]);
    if (k->sort) complete_sort((sort_options *)(uintptr_t)k->sort);
    k->has_build_metadata = file->build_metadata.count > 0;
    for (size_t i = 0; i < file->build_metadata.count; i++) {
        text option = file->build_metadata.items[i].value;
        if (text_is(option, "originAnnotations")) k->build_metadata |= BUILD_METADATA_ORIGIN;
        if (text_is(option, "transformerAnnotations")) k->build_metadata |= BUILD_METADATA_TRANSFORMER;
        if (text_is(option, "managedByLabel")) k->build_metadata |= BUILD_METADATA_MANAGED_BY;
    }
}

/*
 * The reference writes the arguments of its builtin plugins as JSON and reads that as YAML. For most fields the way to
 * the output does the same once more; for these it counts, as they are encoded, hashed or parsed in between.
 */
static strata_status pass_text(scope *sc, located *t) {
    return string_through_json(sc, t->where, t->value, false, &t->value);
}

static strata_status pass_texts(scope *sc, const located_list *list) {
    for (size_t i = 0; i < list->count; i++)
        TRY(pass_text(sc, &list->items[i]));
    return STRATA_OK;
}

static strata_status pass_literals(scope *sc, const generator_list *list) {
    for (size_t i = 0; i < list->count; i++)
        TRY(pass_texts(sc, &list->items[i].literals));
    return STRATA_OK;
}

static strata_status pass_patches(scope *sc, const patch_list *list) {
    for (size_t i = 0; i < list->count; i++)
        TRY(pass_text(sc, &list->items[i].inline_text));
    return STRATA_OK;
}

static strata_status pass_arguments(scope *sc, kustomization *k) {
    TRY(pass_literals(sc, &k->config_maps));
    TRY(pass_literals(sc, &k->secrets));
    TRY(pass_patches(sc, &k->patches));
    TRY(pass_patches(sc, &k->patches_json6902));
    return pass_texts(sc, &k->patches_strategic_merge);
}

/* --- checks ------------------------------------------------------------------------------------------------------ */

static strata_status check_type(scope *sc, const kustomization_file *file) {
    text kind = file->kind.value, version = file->api_version.value;
    bool component = file->k.is_component;
    if (!component && !text_empty(kind) && !text_is(kind, "Kustomization"))
        return scope_fail(sc, DIAGNOSTIC_KUSTOMIZATION_TYPE, file->kind.where,
                          "the kind of a kustomization must be Kustomization or Component, not \"%.*s\"",
                          TEXT_ARG(kind));
    const char *wanted = component ? "kustomize.config.k8s.io/v1alpha1" : "kustomize.config.k8s.io/v1beta1";
    if (!text_empty(version) && !text_is(version, wanted))
        return scope_fail(sc, DIAGNOSTIC_KUSTOMIZATION_TYPE, file->api_version.where,
                          "the apiVersion of a %s must be %s, not \"%.*s\"", component ? "Component" : "Kustomization",
                          wanted, TEXT_ARG(version));
    return STRATA_OK;
}

static strata_status read_root(scope *sc, text name, text bytes, origin included_from, node_list *documents) {
    static const yaml_options options = {.dialect = YAML_V2};
    TRY(yaml_read(sc, name, bytes, included_from, &options, documents));
    if (documents->count && documents->items[0]->tag != TAG_NULL) return STRATA_OK;
    origin start;
    if (!origin_add(sc->origins, sc->arena, name, bytes, included_from, &start)) return scope_no_memory(sc);
    return scope_fail(sc, DIAGNOSTIC_KUSTOMIZATION_EMPTY, start, "%.*s is empty", TEXT_ARG(name));
}

/* What Flux calls by the same name is refused for its `spec` in any case; here it is told what it is. */
static strata_status refuse_flux(scope *sc, const node *root) {
    const node *version = NODE_GET(root, "apiVersion");
    if (!NODE_GET(root, "spec") || !text_contains(node_text(version), TEXT("fluxcd.io/"))) return STRATA_OK;
    return scope_fail_hint(sc, DIAGNOSTIC_KUSTOMIZATION_TYPE, version->where,
                           TEXT("build the directory that its spec.path names"),
                           "this is a Kustomization of Flux, not a kustomization file");
}

strata_status kustomization_read(scope *sc, text name, text bytes, origin included_from, kustomization *out) {
    node_list documents = {NULL, 0, 0, false};
    kustomization_file *file = ARENA_NEW(sc->arena, kustomization_file);
    field_seen *seen = ARENA_ARRAY(sc->arena, field_seen, kustomization_type.count);
    if (!file || !seen) return scope_no_memory(sc);
    TRY(read_root(sc, name, bytes, included_from, &documents));
    const node *root = documents.items[0];
    TRY(refuse_flux(sc, root));
    TRY(decode_struct_seen(sc, &kustomization_type, root, DECODE_STRICT, file, seen));
    TRY(warn_deprecated(sc, seen));
    file->k.is_component = text_is(file->kind.value, "Component");
    TRY(move_deprecated(sc, file));
    if (is_empty(file, seen))
        return scope_fail(sc, DIAGNOSTIC_KUSTOMIZATION_EMPTY, root->where, "%.*s is empty", TEXT_ARG(name));
    TRY(check_type(sc, file));
    complete(file);
    TRY(pass_arguments(sc, &file->k));
    file->k.file_name = name;
    file->k.where = root->where;
    *out = file->k;
    return STRATA_OK;
}

/* --- parts, for plugin configurations ------------------------------------------------------------------------------
 */

strata_status model_decode_patch(scope *sc, const node *n, patch *out) {
    return decode_struct(sc, &patch_type, n, DECODE_LENIENT, out);
}

strata_status model_decode_replacements(scope *sc, const node *n, replacement_list *out) {
    *out = (replacement_list){NULL, 0};
    if (n->kind == NODE_SEQUENCE) return decode_structs(sc, &file_replacement_type, n, DECODE_LENIENT, out);
    *out = (replacement_list){ARENA_NEW(sc->arena, replacement), 1};
    if (!out->items) return scope_no_memory(sc);
    return decode_struct(sc, &file_replacement_type, n, DECODE_LENIENT, out->items);
}

strata_status model_decode_helm_chart(scope *sc, const node *n, helm_chart *out) {
    return decode_struct(sc, &helm_chart_type, n, DECODE_LENIENT, out);
}
