/*
 * yaml/json_from_yaml.c: what a text read by go-yaml v2 is in JSON; see json.h. After sigs.k8s.io/yaml's YAMLToJSON.
 */
#include "core/table.h"
#include "yaml/json.h"
#include "yaml/number.h"
#include "yaml/resolve.h"

#include <inttypes.h>
#include <math.h>

/* --- keys that are there twice ----------------------------------------------------------------------------------- */

/* Of pairs with equal keys the last one stays, at the place of the first. */
static strata_status keep_last_pairs(scope *sc, node *mapping) {
    table seen = {0};
    uint32_t kept = 0;
    for (uint32_t i = 0; i < mapping->count; i++) {
        text key = node_text(mapping->pairs[i].key);
        const table_entry *before = table_find(&seen, key);
        if (before) {
            mapping->pairs[(uintptr_t)before->value - 1] = mapping->pairs[i];
            continue;
        }
        mapping->pairs[kept++] = mapping->pairs[i];
        if (!table_add(&seen, sc->arena, key, (void *)(uintptr_t)kept)) return scope_no_memory(sc);
    }
    mapping->count = kept;
    return STRATA_OK;
}

strata_status json_drop_repeated_keys(scope *sc, node *n) {
    for (uint32_t i = 0; n->kind != NODE_SCALAR && i < n->count; i++)
        TRY(json_drop_repeated_keys(sc, n->kind == NODE_MAPPING ? n->pairs[i].value : n->items[i]));
    return n->kind == NODE_MAPPING ? keep_last_pairs(sc, n) : STRATA_OK;
}

/* --- YAML to JSON ------------------------------------------------------------------------------------------------ */

static strata_status set_number(scope *sc, node *n, const scalar_value *v) {
    char digits[40];
    text written;
    if (v->type == SCALAR_FLOAT) {
        if (!isfinite(v->real))
            return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, n->where, "%.*s is no number in JSON", TEXT_ARG(node_text(n)));
        written = text_copy(sc->arena, text_of(digits, format_float_json(v->real, digits)));
    } else if (v->type == SCALAR_UINT) {
        written = text_format(sc->arena, "%" PRIu64, v->unsigned_integer);
    } else {
        written = text_format(sc->arena, "%" PRId64, v->integer);
    }
    if (!written.data) return scope_no_memory(sc);
    node_set_text(n, written, resolve_tag_v3(written));
    n->style = STYLE_PLAIN;
    return STRATA_OK;
}

static strata_status scalar_to_json(scope *sc, node *n) {
    scalar_value v = resolve_v2(node_text(n));
    bool is_number = v.type == SCALAR_INT || v.type == SCALAR_UINT || v.type == SCALAR_FLOAT;
    if (n->tag == TAG_NULL) {
        node_set_text(n, TEXT("null"), TAG_NULL);
    } else if (n->tag == TAG_BOOL && v.type == SCALAR_BOOL) {
        node_set_text(n, v.boolean ? TEXT("true") : TEXT("false"), TAG_BOOL);
    } else if ((n->tag == TAG_INT || n->tag == TAG_FLOAT) && is_number) {
        return set_number(sc, n, &v);
    } else {
        node_set_text(n, node_text(n), TAG_STR);
        n->style = STYLE_DOUBLE_QUOTED;
        return STRATA_OK;
    }
    n->style = STYLE_PLAIN;
    return STRATA_OK;
}

static strata_status key_to_json(scope *sc, node *key) {
    if (key->kind != NODE_SCALAR || key->tag == TAG_NULL)
        return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, key->where, "a key must be a string");
    TRY(scalar_to_json(sc, key));
    node_set_text(key, node_text(key), TAG_STR);
    key->style = STYLE_DOUBLE_QUOTED;
    return STRATA_OK;
}

/* Depth is bounded by the reader. */
static strata_status to_json(scope *sc, node *n) {
    n->flags = 0;
    if (n->kind == NODE_SCALAR) return scalar_to_json(sc, n);
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->kind == NODE_MAPPING) TRY(key_to_json(sc, n->pairs[i].key));
        TRY(to_json(sc, n->kind == NODE_MAPPING ? n->pairs[i].value : n->items[i]));
    }
    return STRATA_OK;
}

strata_status json_from_yaml(scope *sc, const node *n, node **out) {
    *out = node_clone(sc->arena, n);
    if (!*out) return scope_no_memory(sc);
    TRY(to_json(sc, *out));
    return json_drop_repeated_keys(sc, *out);
}
