/* build/api_kustomization.c: strata_kustomization (strata/kustomization.h). */
#include "build/api.h"

#include "model/kustomization.h"
#include "yaml/json.h"
#include "yaml/reader.h"

#include <stdlib.h>

typedef struct reference_list {
    strata_reference *items;
    size_t count;
    size_t capacity;
} reference_list;

struct strata_kustomization {
    arena memory;
    origin_table origins;
    kustomization inside;
    text name;
    text bytes;
    reference_list references;
    api_text json;
};

static scope scope_of(strata_kustomization *k, strata_error *error) {
    if (error) error_clear(error);
    return (scope){.arena = &k->memory,
                   .from = &allocator_libc,
                   .limits = &limits_default,
                   .origins = &k->origins,
                   .error = error};
}

/* --- references -------------------------------------------------------------------------------------------------- */

static strata_status add(scope *sc, reference_list *list, const char *field, text path, origin where) {
    origin_place place = {.file = TEXT_EMPTY};
    if (text_empty(path)) return STRATA_OK;
    if (!origin_resolve(sc->origins, where, &place)) place.line = place.column = 0;
    strata_reference *items = arena_grow(sc->arena, list->items, &list->capacity, list->count + 1, sizeof *items);
    const char *copy = items ? text_c_string(sc->arena, path) : NULL;
    if (!copy) return scope_no_memory(sc);
    list->items = items;
    items[list->count++] = (strata_reference){field, copy, place.line, place.column};
    return STRATA_OK;
}

static strata_status add_all(scope *sc, reference_list *list, const char *field, const located_list *paths) {
    for (size_t i = 0; i < paths->count; i++)
        TRY(add(sc, list, field, paths->items[i].value, paths->items[i].where));
    return STRATA_OK;
}

/* Entries that may be a text of their own: those have several lines, or a key and its value. */
static strata_status add_files(scope *sc, reference_list *list, const char *field, const located_list *entries) {
    for (size_t i = 0; i < entries->count; i++) {
        text entry = entries->items[i].value;
        if (text_find_char(entry, '\n') == SIZE_MAX && text_find(entry, TEXT(": ")) == SIZE_MAX)
            TRY(add(sc, list, field, entry, entries->items[i].where));
    }
    return STRATA_OK;
}

static strata_status add_patches(scope *sc, reference_list *list, const char *field, const patch_list *patches) {
    for (size_t i = 0; i < patches->count; i++)
        TRY(add(sc, list, field, patches->items[i].path.value, patches->items[i].path.where));
    return STRATA_OK;
}

static strata_status add_generators(scope *sc, reference_list *list, const char *field,
                                    const generator_list *generators) {
    for (size_t i = 0; i < generators->count; i++) {
        const generator_args *args = &generators->items[i];
        for (size_t j = 0; j < args->files.count; j++) { /* PATH or KEY=PATH */
            text path = args->files.items[j].value, key;
            if (!text_cut(&path, '=', &key)) path = key;
            TRY(add(sc, list, field, path, args->files.items[j].where));
        }
        TRY(add_all(sc, list, field, &args->envs));
    }
    return STRATA_OK;
}

static strata_status add_charts(scope *sc, reference_list *list, const helm_chart_list *charts) {
    for (size_t i = 0; i < charts->count; i++) {
        const helm_chart *chart = &charts->items[i];
        TRY(add(sc, list, "helmCharts", chart->values_file.value, chart->values_file.where));
        TRY(add_all(sc, list, "helmCharts", &chart->additional_values_files));
    }
    return STRATA_OK;
}

static strata_status find_references(scope *sc, const kustomization *k, reference_list *out) {
    const text *openapi = text_map_get(&k->openapi, TEXT("path"));
    TRY(add_all(sc, out, "resources", &k->resources));
    TRY(add_all(sc, out, "components", &k->components));
    TRY(add_all(sc, out, "crds", &k->crds));
    TRY(add_all(sc, out, "configurations", &k->configurations));
    TRY(add_generators(sc, out, "configMapGenerator", &k->config_maps));
    TRY(add_generators(sc, out, "secretGenerator", &k->secrets));
    TRY(add_charts(sc, out, &k->helm_charts));
    TRY(add_files(sc, out, "generators", &k->generators));
    TRY(add_files(sc, out, "patchesStrategicMerge", &k->patches_strategic_merge));
    TRY(add_patches(sc, out, "patches", &k->patches));
    TRY(add_patches(sc, out, "patchesJson6902", &k->patches_json6902));
    for (size_t i = 0; i < k->replacements.count; i++)
        TRY(add(sc, out, "replacements", k->replacements.items[i].path.value, k->replacements.items[i].path.where));
    TRY(add_files(sc, out, "transformers", &k->transformers));
    TRY(add_files(sc, out, "validators", &k->validators));
    return openapi ? add(sc, out, "openapi", *openapi, k->openapi_path_at) : STRATA_OK;
}

size_t strata_kustomization_reference_count(const strata_kustomization *k) { return k ? k->references.count : 0; }

strata_reference strata_kustomization_reference_at(const strata_kustomization *k, size_t index) {
    if (k && index < k->references.count) return k->references.items[index];
    return (strata_reference){"", "", 0, 0};
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static strata_status parse(scope *sc, strata_kustomization *k, text data, const char *name) {
    k->name = text_copy(sc->arena, text_from(name ? name : "kustomization.yaml"));
    k->bytes = text_copy(sc->arena, data);
    if (!k->name.data || !k->bytes.data) return scope_no_memory(sc);
    if (data.size > sc->limits->input_file)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN, "the file '%.*s' is larger than %zu bytes",
                          TEXT_ARG(k->name), sc->limits->input_file);
    TRY(kustomization_read(sc, k->name, k->bytes, ORIGIN_UNKNOWN, &k->inside));
    return find_references(sc, &k->inside, &k->references);
}

strata_status strata_kustomization_parse(strata_kustomization **out, const char *data, size_t size, const char *name,
                                         strata_error *error) {
    if (out) *out = NULL;
    if (!out || (!data && size)) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    strata_kustomization *k = calloc(1, sizeof *k);
    if (!k) return api_fail(error, DIAGNOSTIC_NO_MEMORY, "out of memory");
    arena_init(&k->memory, NULL);
    scope sc = scope_of(k, error);
    strata_status status = parse(&sc, k, text_of(data, size), name);
    if (status == STRATA_OK)
        *out = k;
    else
        strata_kustomization_free(k);
    return status;
}

void strata_kustomization_free(strata_kustomization *k) {
    if (!k) return;
    buffer_free(&k->json.bytes);
    arena_free(&k->memory);
    free(k);
}

bool strata_kustomization_is_component(const strata_kustomization *k) { return k && k->inside.is_component; }

/* --- JSON -------------------------------------------------------------------------------------------------------- */

static strata_status make_json(scope *sc, strata_kustomization *k) {
    static const yaml_options options = {.dialect = YAML_V2};
    node_list documents = {0};
    node *values;
    buffer_free(&k->json.bytes);
    buffer_init(&k->json.bytes, sc->from, sc->limits->output);
    TRY(yaml_read(sc, k->name, k->bytes, ORIGIN_UNKNOWN, &options, &documents));
    TRY(json_from_yaml(sc, documents.items[0], &values));
    TRY(json_write(sc, values, &k->json.bytes));
    return api_text_finish(sc, &k->json);
}

strata_status strata_kustomization_json(const char **out_data, size_t *out_size, strata_kustomization *k,
                                        strata_error *error) {
    if (out_data) *out_data = "";
    if (!out_data || !out_size || !k) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    scope sc = scope_of(k, error);
    *out_data = "";
    *out_size = 0;
    if (!k->json.is_made) TRY(make_json(&sc, k));
    *out_data = k->json.bytes.data;
    *out_size = k->json.bytes.size;
    return STRATA_OK;
}
