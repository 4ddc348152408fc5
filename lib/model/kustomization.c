/*
 * model/kustomization.c: reads a kustomization file: decoded by the tables of kustomization_fields.h, its deprecated
 * fields moved to their successors, checked; after kustomize's api/types/kustomization.go. See kustomization.h.
 */
#include "model/kustomization_fields.h"

#include "yaml/reader.h"

/* --- what the file has ------------------------------------------------------------------------------------------- */

/* A field of the file, whatever the case of its key; NULL when it is missing or null. */
static const node_pair *field_of(const node *root, const char *key) {
    for (uint32_t i = 0; i < root->count; i++)
        if (text_equal_ignoring_case(node_text(root->pairs[i].key), text_from(key)) &&
            root->pairs[i].value->tag != TAG_NULL)
            return &root->pairs[i];
    return NULL;
}

/* An empty text is as good as none, and an empty list too when it only fills up another one. */
static bool is_content(const field_row *row, const node *value) {
    if (strcmp(row->key, "apiVersion") == 0 || strcmp(row->key, "kind") == 0) return false;
    if (value->kind == NODE_SCALAR) return value->count > 0;
    bool moved = strcmp(row->key, "bases") == 0 || strcmp(row->key, "imageTags") == 0 ||
                 strcmp(row->key, "helmChartInflationGenerator") == 0;
    return !moved || value->count > 0;
}

static bool is_empty(const node *root) {
    for (size_t i = 0; i < kustomization_type.count; i++) {
        const node_pair *field = field_of(root, kustomization_type.rows[i].key);
        if (field && is_content(&kustomization_type.rows[i], field->value)) return false;
    }
    return true;
}

static strata_status warn_deprecated(scope *sc, const node *root) {
    for (size_t i = 0; i < kustomization_type.count; i++) {
        const field_row *row = &kustomization_type.rows[i];
        const node_pair *field = row->successor ? field_of(root, row->key) : NULL;
        /* The reference has no warning for this one. */
        if (!field || strcmp(row->key, "helmChartInflationGenerator") == 0) continue;
        TRY(scope_warn(sc, DIAGNOSTIC_DEPRECATED_FIELD, field->key->where, "%s is deprecated; use %s instead", row->key,
                       row->successor));
    }
    return STRATA_OK;
}

/* --- deprecated fields moved ---------------------------------------------------------------------------------------
 */

typedef struct raw_list {
    void *items;
    size_t count;
} raw_list;

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
    return scope_fail(sc, DIAGNOSTIC_KUSTOMIZATION_EMPTY, included_from, "%.*s is empty", TEXT_ARG(name));
}

strata_status kustomization_read(scope *sc, text name, text bytes, origin included_from, kustomization *out) {
    node_list documents = {NULL, 0, 0, false};
    kustomization_file *file = ARENA_NEW(sc->arena, kustomization_file);
    if (!file) return scope_no_memory(sc);
    TRY(read_root(sc, name, bytes, included_from, &documents));
    const node *root = documents.items[0];
    TRY(decode_struct(sc, &kustomization_type, root, true, file));
    TRY(warn_deprecated(sc, root));
    file->k.is_component = text_is(file->kind.value, "Component");
    TRY(move_deprecated(sc, file));
    if (is_empty(root))
        return scope_fail(sc, DIAGNOSTIC_KUSTOMIZATION_EMPTY, root->where, "%.*s is empty", TEXT_ARG(name));
    TRY(check_type(sc, file));
    complete(file);
    file->k.file_name = name;
    file->k.where = root->where;
    *out = file->k;
    return STRATA_OK;
}

/* --- parts, for plugin configurations ------------------------------------------------------------------------------
 */

strata_status model_decode_patch(scope *sc, const node *n, patch *out) {
    return decode_struct(sc, &patch_type, n, false, out);
}

strata_status model_decode_replacements(scope *sc, const node *n, bool strict, replacement_list *out) {
    if (n->kind == NODE_SEQUENCE) return decode_structs(sc, &replacement_type, n, strict, out);
    *out = (replacement_list){ARENA_NEW(sc->arena, replacement), 1};
    if (!out->items) return scope_no_memory(sc);
    return decode_struct(sc, &replacement_type, n, strict, out->items);
}

strata_status model_decode_helm_chart(scope *sc, const node *n, helm_chart *out) {
    return decode_struct(sc, &helm_chart_type, n, false, out);
}
