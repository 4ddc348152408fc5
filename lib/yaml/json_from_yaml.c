/*
 * yaml/json_from_yaml.c: what a text read by go-yaml v2 is in JSON; see json.h. After sigs.k8s.io/yaml's YAMLToJSON.
 */
#include "core/base64.h"
#include "core/table.h"
#include "core/utf8.h"
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

/* Texts of !!binary are decoded; what is no UTF-8 in them becomes U+FFFD. */
static strata_status set_string(scope *sc, node *n) {
    text string = node_text(n);
    if (n->tag == TAG_BINARY && !base64_decode(sc->arena, string, &string))
        return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, n->where, "the !!binary value is not valid base64");
    if (string.data && !utf8_is_valid(string)) string = utf8_replace_invalid(sc->arena, string);
    if (!string.data) return scope_no_memory(sc);
    node_set_text(n, string, TAG_STR);
    n->style = STYLE_DOUBLE_QUOTED;
    return STRATA_OK;
}

/* Whether go-yaml takes a text for what the tag beside it says. */
static bool fits_tag(scalar_type type, node_tag tag) {
    switch (tag) {
    case TAG_NULL: return type == SCALAR_NULL;
    case TAG_BOOL: return type == SCALAR_BOOL;
    case TAG_INT: return type == SCALAR_INT || type == SCALAR_UINT;
    case TAG_FLOAT: return type == SCALAR_INT || type == SCALAR_FLOAT;
    case TAG_TIMESTAMP: return type == SCALAR_TIMESTAMP;
    default: return true;
    }
}

static strata_status scalar_to_json(scope *sc, node *n, bool tagged) {
    scalar_value v = resolve_v2(node_text(n));
    if (tagged && !fits_tag(v.type, (node_tag)n->tag))
        return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, n->where, "the value and its tag disagree");
    switch (n->tag) {
    case TAG_NULL: node_set_text(n, TEXT("null"), TAG_NULL); break;
    case TAG_BOOL: node_set_text(n, v.boolean ? TEXT("true") : TEXT("false"), TAG_BOOL); break;
    case TAG_INT:
    case TAG_FLOAT: return set_number(sc, n, &v);
    default: return set_string(sc, n);
    }
    n->style = STYLE_PLAIN;
    return STRATA_OK;
}

/* sigs.k8s.io/yaml writes keys that are floats in single precision, and knows no unsigned ones. */
static strata_status key_to_json(scope *sc, node *key) {
    bool tagged = key->flags & NODE_TAGGED, is_number = key->tag == TAG_FLOAT;
    scalar_value v = resolve_v2(node_text(key));
    if (key->kind != NODE_SCALAR || key->tag == TAG_NULL || (key->tag == TAG_INT && v.type == SCALAR_UINT))
        return scope_fail_hint(sc, DIAGNOSTIC_YAML_VALUE, key->where,
                               key->kind == NODE_MAPPING ? TEXT("templates ({{ }}) are not rendered here") : TEXT_EMPTY,
                               "a key must be a string");
    if (is_number && v.type == SCALAR_FLOAT) {
        static const char *const names[] = {".nan", ".inf", "-.inf"};
        char digits[32];
        text written = text_of(digits, format_float_single(v.real, digits));
        if (!isfinite(v.real)) written = text_from(names[isnan(v.real) ? 0 : v.real > 0 ? 1 : 2]);
        if (!(written = text_copy(sc->arena, written)).data) return scope_no_memory(sc);
        node_set_text(key, written, TAG_STR);
    }
    TRY(scalar_to_json(sc, key, tagged && !is_number));
    node_set_text(key, node_text(key), TAG_STR);
    key->style = STYLE_DOUBLE_QUOTED;
    return STRATA_OK;
}

/* Depth is bounded by the reader. */
static strata_status to_json(scope *sc, node *n) {
    bool tagged = n->flags & NODE_TAGGED;
    n->flags = 0;
    if (n->kind == NODE_SCALAR) return scalar_to_json(sc, n, tagged);
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
