/* function/plugin_output.c: see plugin_output.h. */
#include "function/plugin_output.h"

#include "yaml/writer.h"

static const text id_key = TEXT_INIT("kustomize.config.k8s.io/id");
static const text hash_key = TEXT_INIT("kustomize.config.k8s.io/needs-hash");
static const text behavior_key = TEXT_INIT("kustomize.config.k8s.io/behavior");

/* --- input ------------------------------------------------------------------------------------------------------- */

static bool add_field(arena *a, node *map, text key, text value) {
    return text_empty(value) || node_add(a, map, node_new_string(a, key), node_new_string(a, value));
}

/* The id as a small YAML document, with the fields that are not empty. */
static strata_status write_id(scope *sc, const resource_id *id, text *out) {
    arena *a = sc->arena;
    node *map = node_new_mapping(a);
    if (!map || !add_field(a, map, TEXT("group"), id->type.group) ||
        !add_field(a, map, TEXT("version"), id->type.version) || !add_field(a, map, TEXT("kind"), id->type.kind) ||
        !add_field(a, map, TEXT("name"), id->name) || !add_field(a, map, TEXT("namespace"), id->name_space))
        return scope_no_memory(sc);
    buffer b;
    buffer_init(&b, sc->from, 0);
    strata_status status = yaml_write(sc, map, YAML_TO_STREAM, &b);
    if (status == STRATA_OK && !(*out = text_copy(a, buffer_text(&b))).data) status = scope_no_memory(sc);
    buffer_free(&b);
    return status;
}

strata_status plugin_input_write(scope *sc, const resource *r, const schema *s, buffer *out) {
    text_map annotations;
    text id_text;
    resource_id id = resource_current_id(r, s);
    resource *copy = resource_copy(sc->arena, r);
    if (!copy) return scope_no_memory(sc);
    TRY(write_id(sc, &id, &id_text));
    TRY(resource_export_history(sc, copy));
    TRY(resource_annotations(sc, copy, &annotations));
    if (!text_map_set(sc->arena, &annotations, id_key, id_text)) return scope_no_memory(sc);
    TRY(resource_set_annotations(sc, copy, &annotations));
    return yaml_write(sc, copy->root, YAML_TO_STREAM, out);
}

/* --- generators -------------------------------------------------------------------------------------------------- */

static void remove_key(text_map *map, text key) {
    size_t kept = 0;
    for (size_t i = 0; i < map->count; i++)
        if (!text_equal(map->items[i].key, key)) map->items[kept++] = map->items[i];
    map->count = kept;
}

/* strconv.ParseBool. */
static bool parse_bool(text t, bool *out) {
    static const char *const words[] = {"0", "f", "F", "false", "FALSE", "False",
                                        "1", "t", "T", "true",  "TRUE",  "True"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_is(t, words[i])) {
            *out = i >= 6;
            return true;
        }
    return false;
}

static strata_status take_options(scope *sc, resource *r) {
    text_map annotations;
    TRY(resource_annotations(sc, r, &annotations));
    const text *hash = text_map_get(&annotations, hash_key), *behavior = text_map_get(&annotations, behavior_key);
    bool needs_hash = false;
    if (hash && !parse_bool(*hash, &needs_hash))
        return scope_fail(sc, DIAGNOSTIC_FUNCTION_OUTPUT, r->root->where,
                          "the annotation %.*s must be true or false, not \"%.*s\"", TEXT_ARG(hash_key),
                          TEXT_ARG(*hash));
    if (needs_hash) r->needs_hash = true;
    r->behavior = generation_behavior_of(behavior ? *behavior : TEXT_EMPTY);
    remove_key(&annotations, hash_key);
    remove_key(&annotations, behavior_key);
    return resource_set_annotations(sc, r, &annotations);
}

strata_status plugin_output_generated(scope *sc, resource_list *printed, resource_set *set) {
    for (size_t i = 0; i < printed->count; i++)
        TRY(resource_set_append(sc, set, printed->items[i]));
    for (size_t i = 0; i < printed->count; i++)
        TRY(take_options(sc, printed->items[i]));
    return STRATA_OK;
}

/* --- transformers ------------------------------------------------------------------------------------------------ */

/* The document and its history; what no annotation says stays. */
static void take_over(resource *old, const resource *printed) {
    resource before = *old;
    *old = *printed;
    old->var_names = before.var_names;
    old->position = before.position;
}

static strata_status fail_twice(scope *sc, text label, origin where, const resource_id *id) {
    text name = resource_id_format(sc->arena, id);
    return scope_fail(sc, DIAGNOSTIC_FUNCTION_OUTPUT, where, "%.*s printed %.*s twice", TEXT_ARG(label),
                      TEXT_ARG(name));
}

/* Puts one resource where it belongs; *position is its place in the set. */
static strata_status place(scope *sc, origin where, resource *r, resource_set *set, size_t *position) {
    text_map annotations;
    resource_list found;
    TRY(resource_annotations(sc, r, &annotations));
    remove_key(&annotations, id_key);
    TRY(resource_set_annotations(sc, r, &annotations));
    resource_id id = resource_current_id(r, set->schema);
    TRY(resource_set_find(sc, set, &id, true, &found));
    if (found.count > 1) {
        text name = resource_id_format(sc->arena, &id);
        return scope_fail(sc, DIAGNOSTIC_FUNCTION_OUTPUT, where, "%zu resources have become %.*s", found.count,
                          TEXT_ARG(name));
    }
    if (found.count == 1) {
        take_over(found.items[0], r);
        *position = found.items[0]->position;
        return STRATA_OK;
    }
    *position = set->count;
    return resource_set_append(sc, set, r);
}

strata_status plugin_output_transformed(scope *sc, text label, origin where, resource_list *printed,
                                        resource_set *set) {
    bool *keep = ARENA_ARRAY(sc->arena, bool, set->count + printed->count + 1);
    if (!keep) return scope_no_memory(sc);
    for (size_t i = 0; i < printed->count; i++) {
        size_t position = 0;
        TRY(place(sc, where, printed->items[i], set, &position));
        if (keep[position]) {
            resource_id id = resource_current_id(printed->items[i], set->schema);
            return fail_twice(sc, label, where, &id);
        }
        keep[position] = true;
    }
    resource_set_keep(set, keep);
    resource_set_changed(set);
    return STRATA_OK;
}
