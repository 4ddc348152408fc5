/*
 * yaml/json_normalize.c: a document that has been through JSON; see json.h.
 *
 * kyaml's UnmarshalJSON decodes JSON into Go maps with float64 numbers, writes these as YAML with go-yaml v3 and parses
 * the text. The nodes that come out are made here at once: sorted keys, numbers as Go prints a float64, and for each
 * string the style in which v3's encoder writes it (encode.go, stringv). Cost: linear, but for sorting keys.
 */
#include "core/utf8.h"
#include "yaml/json.h"
#include "yaml/key_order.h"
#include "yaml/merge_key.h"
#include "yaml/resolve.h"
#include "yaml/shape.h"
#include "yaml/value.h"

typedef struct normalizer {
    scope *sc;
    buffer fields; /* value_field: those of the mappings being made, and room to sort the innermost */
    uint32_t depth;
} normalizer;

static strata_status normalize(normalizer *z, const node *n, bool top, bool flow, node **out);

/* --- scalars -------------------------------------------------------------------------------------------------- */

/* encoding/json replaces what is no UTF-8. */
static strata_status valid_text(scope *sc, text *t) {
    if (utf8_is_valid(*t)) return STRATA_OK;
    buffer valid;
    buffer_init(&valid, sc->from, 0);
    for (size_t i = 0, length; i < t->size; i += length)
        buffer_add_utf8(&valid, utf8_decode(t->data + i, t->size - i, &length));
    *t = buffer_failed(&valid) ? text_of(NULL, 0) : text_copy(sc->arena, buffer_text(&valid));
    buffer_free(&valid);
    return t->data ? STRATA_OK : scope_no_memory(sc);
}

/* Strings that YAML 1.1 reads as booleans or numbers are quoted too. */
static node_style wanted_style(text t) {
    if (t.size && memchr(t.data, '\n', t.size)) return STYLE_LITERAL;
    bool string = resolve_tag_v3(t) == TAG_STR || text_is(t, "<<");
    bool plain = string && resolve_v2(t).type != SCALAR_BOOL && !yaml_is_sexagesimal(t);
    return plain ? STYLE_PLAIN : STYLE_DOUBLE_QUOTED;
}

static strata_status new_string(normalizer *z, text t, origin where, bool key, node **out) {
    TRY(valid_text(z->sc, &t));
    scalar_shape shape = shape_of(t);
    node_style style = shape_style_v3(&shape, t, wanted_style(t), false, key && shape_is_simple_key(&shape, t, 0));
    if (style == STYLE_LITERAL && t.data[0] == '\t')
        return scope_fail(z->sc, DIAGNOSTIC_YAML_VALUE, where,
                          "a text of several lines that begins with a tab can't go through a JSON patch");
    bool merge = style == STYLE_PLAIN && text_is(t, "<<");
    *out = node_new_scalar(z->sc->arena, t, merge ? TAG_MERGE : TAG_STR, style);
    return *out ? STRATA_OK : scope_no_memory(z->sc);
}

static strata_status new_number(normalizer *z, double real, node **out) {
    char digits[32];
    text t = text_copy(z->sc->arena, text_of(digits, format_float_go(real, digits)));
    *out = t.data ? node_new_scalar(z->sc->arena, t, resolve_tag_v3(t), STYLE_PLAIN) : NULL;
    return *out ? STRATA_OK : scope_no_memory(z->sc);
}

/* The reference takes integers through a float64 without a word; above 2^53 that changes some of them. */
static strata_status new_integer(normalizer *z, const node *n, double real, bool exact, node **out) {
    bool changed = !exact || real >= 9.2e18 || real <= -9.2e18;
    if (changed)
        TRY(scope_warn(z->sc, DIAGNOSTIC_NUMBER_ROUNDED, n->where,
                       "the integer %.*s loses its last digits in the JSON patch of its resource",
                       TEXT_ARG(node_text(n))));
    return new_number(z, real, out);
}

static strata_status new_word(normalizer *z, text word, node_tag tag, node **out) {
    *out = node_new_scalar(z->sc->arena, word, tag, STYLE_PLAIN);
    return *out ? STRATA_OK : scope_no_memory(z->sc);
}

static strata_status normalize_scalar(normalizer *z, const node *n, bool flow, node **out) {
    value v;
    TRY(value_of(z->sc, n, YAML_TO_STREAM, flow, &v));
    switch (v.type) {
    case VALUE_NULL: return new_word(z, TEXT("null"), TAG_NULL, out);
    case VALUE_BOOL: return new_word(z, v.boolean ? TEXT("true") : TEXT("false"), TAG_BOOL, out);
    case VALUE_INT: return new_integer(z, n, (double)v.integer, (int64_t)(double)v.integer == v.integer, out);
    case VALUE_UINT: return new_integer(z, n, (double)v.unsigned_integer, false, out);
    case VALUE_FLOAT: return new_number(z, v.real, out);
    case VALUE_STRING: break;
    }
    text t = v.string;
    if (t.data == v.storage && !(t = text_copy(z->sc->arena, t)).data) return scope_no_memory(z->sc);
    return new_string(z, t, n->where, false, out);
}

/* --- collections ---------------------------------------------------------------------------------------------- */

static strata_status add_fields(normalizer *z, size_t first, size_t count, bool flow, node *out) {
    for (size_t i = 0; i < count; i++) {
        const value_field field = ((const value_field *)(const void *)(z->fields.data + first))[i];
        node *key, *item;
        TRY(new_string(z, field.key, field.key_node->where, true, &key));
        key->where = field.key_node->where;
        TRY(normalize(z, field.value, false, flow, &item));
        if (!node_add(z->sc->arena, out, key, item)) return scope_no_memory(z->sc);
    }
    return STRATA_OK;
}

static strata_status normalize_mapping(normalizer *z, const node *n, bool top, bool flow, node **out) {
    size_t first = z->fields.size, count = 0;
    TRY(merge_key_resolve(z->sc, &n));
    *out = node_new_mapping(z->sc->arena);
    if (!*out || !buffer_reserve(&z->fields, 2 * sizeof(value_field) * n->count + 1)) return scope_no_memory(z->sc);
    value_field *fields = (value_field *)(void *)(z->fields.data + first);
    TRY(value_fields(z->sc, n, YAML_TO_STREAM, flow, top, fields, &count));
    TRY(key_order_sort(z->sc, fields, count, KEY_ORDER_V3, fields + n->count));
    z->fields.size += count * sizeof(value_field);
    TRY(add_fields(z, first, count, value_in_flow(n, flow), *out));
    z->fields.size = first;
    return STRATA_OK;
}

static strata_status normalize_sequence(normalizer *z, const node *n, bool flow, node **out) {
    *out = node_new_sequence(z->sc->arena);
    if (!*out) return scope_no_memory(z->sc);
    for (uint32_t i = 0; i < n->count; i++) {
        node *item;
        TRY(normalize(z, n->items[i], false, value_in_flow(n, flow), &item));
        if (!node_append(z->sc->arena, *out, item)) return scope_no_memory(z->sc);
    }
    return STRATA_OK;
}

static strata_status normalize(normalizer *z, const node *n, bool top, bool flow, node **out) {
    if (n->kind != NODE_SCALAR && z->depth >= z->sc->limits->nesting)
        return scope_fail(z->sc, DIAGNOSTIC_LIMIT, n->where, "the document is nested more than %u levels deep",
                          (unsigned)z->sc->limits->nesting);
    z->depth++;
    if (n->kind == NODE_SCALAR)
        TRY(normalize_scalar(z, n, flow, out));
    else
        TRY(n->kind == NODE_MAPPING ? normalize_mapping(z, n, top, flow, out) : normalize_sequence(z, n, flow, out));
    z->depth--;
    (*out)->where = n->where;
    if (n->kind != NODE_SCALAR && (*out)->count == 0) (*out)->flags |= NODE_FLOW;
    return STRATA_OK;
}

strata_status json_normalize(scope *sc, const node *document, node **out) {
    normalizer z = {.sc = sc};
    buffer_init(&z.fields, sc->from, 0);
    strata_status status = normalize(&z, document, true, false, out);
    buffer_free(&z.fields);
    return status;
}
