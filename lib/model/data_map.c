/* model/data_map.c: see data_map.h. */
#include "model/data_map.h"

#include "core/base64.h"
#include "core/utf8.h"

enum { LINE = 70 };

text data_map_encode(arena *a, text bytes) { return base64_encode(a, bytes, LINE); }

/* SetField: replaces the value of the key or adds it at the end, in a mapping that is made when it is missing. */
static strata_status set(scope *sc, resource *r, text field, text key, text value) {
    node *map = node_get(r->root, field);
    if (node_is_null(map)) {
        map = node_new_mapping(sc->arena);
        if (!map || !node_set(sc->arena, r->root, field, map)) return scope_no_memory(sc);
    }
    if (map->kind != NODE_MAPPING)
        return scope_fail(sc, DIAGNOSTIC_RESOURCE_METADATA, map->where, "%.*s is not a mapping", TEXT_ARG(field));
    bool lines = text_find_char(value, '\n') != SIZE_MAX;
    node *scalar = node_new_scalar(sc->arena, value, TAG_STR, lines ? STYLE_LITERAL : STYLE_PLAIN);
    if (!scalar || !node_set(sc->arena, map, key, scalar)) return scope_no_memory(sc);
    return STRATA_OK;
}

static strata_status sorted_copy(scope *sc, const text_map *values, text_map *out) {
    *out = *values;
    if (values->count == 0) return STRATA_OK;
    out->items = arena_alloc(sc->arena, values->count * sizeof *out->items);
    if (!out->items) return scope_no_memory(sc);
    memcpy(out->items, values->items, values->count * sizeof *out->items);
    text_map_sort(out);
    return STRATA_OK;
}

strata_status data_map_add_config_map(scope *sc, resource *r, const text_map *values) {
    text_map sorted;
    TRY(sorted_copy(sc, values, &sorted));
    for (size_t i = 0; i < sorted.count; i++) {
        text value = sorted.items[i].value, field = TEXT("data");
        if (!utf8_is_valid(value)) {
            field = TEXT("binaryData");
            value = data_map_encode(sc->arena, value);
            if (!value.data) return scope_no_memory(sc);
        }
        TRY(set(sc, r, field, sorted.items[i].key, value));
    }
    return STRATA_OK;
}

strata_status data_map_add_binary(scope *sc, resource *r, const text_map *values) {
    text_map sorted;
    TRY(sorted_copy(sc, values, &sorted));
    for (size_t i = 0; i < sorted.count; i++)
        TRY(set(sc, r, TEXT("binaryData"), sorted.items[i].key, sorted.items[i].value));
    return STRATA_OK;
}

strata_status data_map_add_secret(scope *sc, resource *r, const text_map *values) {
    text_map sorted;
    TRY(sorted_copy(sc, values, &sorted));
    for (size_t i = 0; i < sorted.count; i++) {
        text value = data_map_encode(sc->arena, sorted.items[i].value);
        if (!value.data) return scope_no_memory(sc);
        TRY(set(sc, r, TEXT("data"), sorted.items[i].key, value));
    }
    return STRATA_OK;
}

/* A null is an empty text here, whatever it is written as (GetValue). */
strata_status data_map_read(scope *sc, const resource *r, text field, text_map *out) {
    *out = (text_map){NULL, 0, 0};
    const node *data = node_get(r->root, field);
    for (uint32_t i = 0; node_is_mapping(data) && i < data->count; i++) {
        const node *value = data->pairs[i].value;
        text content = node_is_null(value) ? TEXT_EMPTY : node_text(value);
        if (!text_map_set(sc->arena, out, node_text(data->pairs[i].key), content)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}
