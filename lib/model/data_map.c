/* model/data_map.c: see data_map.h. */
#include "model/data_map.h"

#include "core/base64.h"
#include "core/utf8.h"

enum { LINE = 70 };

text data_map_encode(arena *a, text bytes) { return base64_encode(a, bytes, LINE); }

static bool append(arena *a, text_map *map, text key, text value) {
    text_pair *items = arena_grow(a, map->items, &map->capacity, map->count + 1, sizeof *items);
    if (!items) return false;
    map->items = items;
    items[map->count++] = (text_pair){key, value};
    return true;
}

/* SetField for each: replaces the value of the key or adds it at the end, in a mapping that is made when missing. */
static strata_status add(scope *sc, resource *r, text field, const text_map *values) {
    arena *a = sc->arena;
    node *map = node_get(r->root, field);
    if (values->count == 0) return STRATA_OK;
    if (node_is_null(map)) {
        map = node_new_mapping(a);
        if (!map || !node_set(a, r->root, field, map)) return scope_no_memory(sc);
    }
    if (map->kind != NODE_MAPPING)
        return scope_fail(sc, DIAGNOSTIC_RESOURCE_METADATA, map->where, "%.*s is not a mapping", TEXT_ARG(field));
    bool is_new = map->count == 0;
    for (size_t i = 0; i < values->count; i++) {
        text key = values->items[i].key, value = values->items[i].value;
        node_style style = text_find_char(value, '\n') != SIZE_MAX ? STYLE_LITERAL : STYLE_PLAIN;
        node *scalar = node_new_scalar(a, value, TAG_STR, style);
        bool added = is_new ? node_add(a, map, node_new_scalar(a, key, TAG_UNSET, STYLE_PLAIN), scalar)
                            : scalar && node_set(a, map, key, scalar);
        if (!added) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

strata_status data_map_add_config_map(scope *sc, resource *r, const text_map *values) {
    text_map plain = {NULL, 0, 0}, binary = {NULL, 0, 0};
    for (size_t i = 0; i < values->count; i++) {
        text key = values->items[i].key, value = values->items[i].value;
        bool is_text = utf8_is_valid(value);
        if (!is_text && !(value = data_map_encode(sc->arena, value)).data) return scope_no_memory(sc);
        if (!append(sc->arena, is_text ? &plain : &binary, key, value)) return scope_no_memory(sc);
    }
    TRY(add(sc, r, TEXT("data"), &plain));
    return add(sc, r, TEXT("binaryData"), &binary);
}

strata_status data_map_add_binary(scope *sc, resource *r, const text_map *values) {
    return add(sc, r, TEXT("binaryData"), values);
}

strata_status data_map_add_secret(scope *sc, resource *r, const text_map *values) {
    text_map encoded = {NULL, 0, 0};
    for (size_t i = 0; i < values->count; i++) {
        text value = data_map_encode(sc->arena, values->items[i].value);
        if (!value.data || !append(sc->arena, &encoded, values->items[i].key, value)) return scope_no_memory(sc);
    }
    return add(sc, r, TEXT("data"), &encoded);
}

strata_status data_map_read(scope *sc, const resource *r, text field, text_map *out) {
    static const text_map none = {NULL, 0, 0};
    text_map read = none;
    const node *data = node_get(r->root, field);
    /* From the last to the first, as that is the one to stay. */
    for (uint32_t i = node_is_mapping(data) ? data->count : 0; i-- > 0;) {
        const node *key = data->pairs[i].key, *value = data->pairs[i].value;
        if (key->kind != NODE_SCALAR || node_is_null(key))
            return scope_fail(sc, DIAGNOSTIC_RESOURCE_METADATA, key->where, "a key in %.*s is no text",
                              TEXT_ARG(field));
        if (!append(sc->arena, &read, node_text(key), node_is_null(value) ? TEXT_EMPTY : node_text(value)))
            return scope_no_memory(sc);
    }
    return text_map_join(sc->arena, &none, &read, out) ? STRATA_OK : scope_no_memory(sc);
}
