/* yaml/value.c: see value.h. */
#include "yaml/value.h"

#include "core/base64.h"
#include "core/utf8.h"
#include "yaml/refold.h"
#include "yaml/resolve.h"
#include "yaml/shape.h"

#include <math.h>

static void set_string(value *out, text t) {
    out->type = VALUE_STRING;
    out->string = t;
    out->any_bytes = false;
}

static const char *tag_name(const node *n) {
    static const char *const names[] = {"",         "!!str",   "!!int", "!!float", "!!bool", "!!null", "!!timestamp",
                                        "!!binary", "!!merge", "!!map", "!!seq",   "a tag"};
    return n->tag < sizeof names / sizeof *names ? names[n->tag] : "a tag";
}

/* --- scalars -------------------------------------------------------------------------------------------------- */

static strata_status set_real(double real, value *out) {
    out->type = VALUE_FLOAT;
    out->real = real;
    return STRATA_OK;
}

static strata_status set_resolved(scope *sc, const node *n, text t, const scalar_value *v, value *out) {
    switch (v->type) {
    case SCALAR_NULL: out->type = VALUE_NULL; return STRATA_OK;
    case SCALAR_BOOL:
        out->type = VALUE_BOOL;
        out->boolean = v->boolean;
        return STRATA_OK;
    case SCALAR_INT:
        out->type = VALUE_INT;
        out->integer = v->integer;
        return STRATA_OK;
    case SCALAR_UINT:
        out->type = VALUE_UINT;
        out->unsigned_integer = v->unsigned_integer;
        return STRATA_OK;
    case SCALAR_FLOAT: return set_real(v->real, out);
    case SCALAR_TIMESTAMP: {
        size_t size;
        if (!resolve_timestamp(t, out->storage, &size))
            return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, n->where, "the time can't be written as RFC 3339");
        set_string(out, text_of(out->storage, size));
        return STRATA_OK;
    }
    case SCALAR_STRING:
    case SCALAR_MERGE: set_string(out, t); return STRATA_OK;
    }
    return STRATA_OK;
}

static strata_status set_binary(scope *sc, const node *n, text t, value *out) {
    text bytes;
    if (!base64_decode(sc->arena, t, &bytes))
        return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, n->where, "the !!binary value is not valid base64");
    if (!bytes.data) return scope_no_memory(sc);
    set_string(out, bytes);
    out->any_bytes = true;
    return STRATA_OK;
}

/* The value of a text whose tag stands beside it, as in `!!int 12`. */
static strata_status set_tagged(scope *sc, const node *n, text t, value *out) {
    node_tag tag = (node_tag)n->tag;
    if (tag == TAG_BINARY) return set_binary(sc, n, t, out);
    if (tag != TAG_INT && tag != TAG_FLOAT && tag != TAG_BOOL && tag != TAG_NULL && tag != TAG_TIMESTAMP) {
        set_string(out, t);
        return STRATA_OK;
    }
    scalar_value v = resolve_v3(t);
    bool agrees = (tag == TAG_INT && (v.type == SCALAR_INT || v.type == SCALAR_UINT)) ||
                  (tag == TAG_FLOAT && v.type == SCALAR_FLOAT) || (tag == TAG_BOOL && v.type == SCALAR_BOOL) ||
                  (tag == TAG_NULL && v.type == SCALAR_NULL) || (tag == TAG_TIMESTAMP && v.type == SCALAR_TIMESTAMP);
    if (tag == TAG_FLOAT && v.type == SCALAR_INT) return set_real((double)v.integer, out);
    if (!agrees)
        return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, n->where, "the value can't be written: it is no %s", tag_name(n));
    return set_resolved(sc, n, t, &v, out);
}

/* A text that goes out in quotes or as a block, so that it is a string again; block styles have their own ways. */
static strata_status written_text(scope *sc, const node *n, bool flow, bool key, text *out) {
    text t = node_text(n);
    *out = t;
    bool breaks = n->style == STYLE_PLAIN && t.size && memchr(t.data, '\n', t.size);
    bool literal = n->style == STYLE_LITERAL || breaks;
    bool folded = n->style == STYLE_FOLDED;
    if (flow || t.size == 0 || !(folded || (literal && t.data[0] == '\t'))) return STRATA_OK;
    scalar_shape shape = shape_of(t);
    if (!shape.block || (key && shape_is_simple_key(&shape, t, 0))) return STRATA_OK;
    if (t.data[0] == '\t')
        return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, n->where,
                          "a block of text that begins with a tab can't be written; put it in double quotes");
    if (folded && !(*out = refold(sc->arena, t)).data) return scope_no_memory(sc);
    return STRATA_OK;
}

static node_tag tag_of_type(scalar_type type) {
    static const node_tag tags[] = {[SCALAR_STRING] = TAG_STR,
                                    [SCALAR_NULL] = TAG_NULL,
                                    [SCALAR_BOOL] = TAG_BOOL,
                                    [SCALAR_INT] = TAG_INT,
                                    [SCALAR_UINT] = TAG_INT,
                                    [SCALAR_FLOAT] = TAG_FLOAT,
                                    [SCALAR_TIMESTAMP] = TAG_TIMESTAMP,
                                    [SCALAR_MERGE] = TAG_STR};
    return tags[type];
}

/* A plain scalar whose type is in its text: empty ones and times with a colon are quoted in flow style. */
static strata_status set_plain(scope *sc, const node *n, text t, const scalar_value *v, bool flow, bool key,
                               value *out) {
    bool quoted =
        (t.size == 0 && (flow || key)) || (flow && v->type == SCALAR_TIMESTAMP && memchr(t.data, ':', t.size));
    if (!quoted) return set_resolved(sc, n, t, v, out);
    set_string(out, t);
    return STRATA_OK;
}

static strata_status value_in_stream(scope *sc, const node *n, bool flow, bool key, value *out) {
    text t = node_text(n);
    bool tagged = (n->flags & NODE_TAGGED) && n->tag != TAG_UNSET;
    if (n->tag == TAG_UNSET && !utf8_is_valid(t)) {
        set_string(out, t);
        out->any_bytes = true;
        return STRATA_OK;
    }
    if (!tagged && (n->tag == TAG_STR || (n->tag == TAG_UNSET && n->style != STYLE_PLAIN))) {
        TRY(written_text(sc, n, flow, key, &t));
        set_string(out, t);
        return STRATA_OK;
    }
    scalar_value v = tagged ? (scalar_value){.type = SCALAR_STRING} : resolve_v3(t);
    bool implicit = !tagged && (n->tag == TAG_UNSET || tag_of_type(v.type) == n->tag);
    bool plain = n->style == STYLE_PLAIN && !memchr(t.data, '\n', t.size);
    if (implicit && plain) return set_plain(sc, n, t, &v, flow, key, out);
    TRY(written_text(sc, n, flow, key, &t));
    if (!implicit) return set_tagged(sc, n, t, out);
    set_string(out, t);
    return STRATA_OK;
}

/* node.Decode: nothing is written in between. */
static strata_status value_in_file(scope *sc, const node *n, value *out) {
    text t = node_text(n);
    if (n->tag == TAG_STR || (n->tag == TAG_UNSET && n->style != STYLE_PLAIN)) {
        set_string(out, t);
        out->any_bytes = true;
        return STRATA_OK;
    }
    if (n->tag != TAG_UNSET) return set_tagged(sc, n, t, out);
    scalar_value v = resolve_v3(t);
    return set_resolved(sc, n, t, &v, out);
}

strata_status value_of(scope *sc, const node *scalar, yaml_path_out path, bool flow, value *out) {
    if (path == YAML_TO_FILE)
        TRY(value_in_file(sc, scalar, out));
    else
        TRY(value_in_stream(sc, scalar, flow, false, out));
    if (out->type == VALUE_FLOAT && !isfinite(out->real))
        return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, scalar->where,
                          "an infinite number or .nan can't be written: JSON has none; quote it to make it a string");
    return STRATA_OK;
}

/* --- mappings ------------------------------------------------------------------------------------------------- */

/* As much of a key as a message can show: one line, not too long. */
static text shown(text key) {
    size_t size = 0;
    while (size < key.size && size < 80 && (unsigned char)key.data[size] >= 0x20)
        size++;
    return text_slice(key, 0, size);
}

/* Whether v3 sees a string in the key, which decides what kind of Go map it decodes a nested mapping into. */
static bool is_string_key(const node *key, const value *v) {
    bool foreign_tag = key->tag == TAG_BINARY || key->tag == TAG_CUSTOM || key->tag == TAG_MAP || key->tag == TAG_SEQ;
    return v->type == VALUE_STRING && v->string.data != v->storage && !foreign_tag;
}

/*
 * Go drops a null key of the document itself. One with a text fails: kyaml's own look-ups make a second pair of it
 * before.
 */
static bool is_dropped(const node *key, const value *v, bool top) {
    return top && v->type == VALUE_NULL && key->count == 0;
}

/* The fields that stay are checked when they are sorted. */
static strata_status check_dropped(scope *sc, const node *mapping, const node *dropped) {
    for (uint32_t i = 0; i < mapping->count; i++) {
        const node *key = mapping->pairs[i].key;
        if (key != dropped && key->kind == NODE_SCALAR && key->count == 0)
            return value_duplicate_key(sc, &(value_field){.key_node = key}, &(value_field){.key_node = dropped});
    }
    return STRATA_OK;
}

static strata_status key_text(scope *sc, const node *key, yaml_path_out path, bool flow, bool top, text *out,
                              bool *dropped) {
    if (key->kind != NODE_SCALAR)
        return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, key->where, "a mapping has a key that is no scalar");
    value v;
    TRY(path == YAML_TO_FILE ? value_in_file(sc, key, &v) : value_in_stream(sc, key, flow, true, &v));
    *dropped = is_dropped(key, &v, top);
    if (v.type == VALUE_NULL && !*dropped)
        return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, key->where, "a mapping has a null key");
    if (!top && !is_string_key(key, &v))
        return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, key->where,
                          "a mapping has the key %.*s, which is no string; put it in quotes",
                          TEXT_ARG(shown(node_text(key))));
    *out = v.type == VALUE_STRING && v.string.data != v.storage ? v.string : node_text(key);
    return STRATA_OK;
}

static bool is_ordinary_key(const node *key) {
    return key->kind == NODE_SCALAR && key->tag == TAG_STR && key->style <= STYLE_DOUBLE_QUOTED && key->count > 0 &&
           key->data[0] != '\t' && key->data[0] != '<';
}

strata_status value_fields(scope *sc, const node *mapping, yaml_path_out path, bool flow, bool top, value_field *out,
                           size_t *count) {
    bool inner_flow = value_in_flow(mapping, flow);
    *count = 0;
    for (uint32_t i = 0; i < mapping->count; i++) {
        const node *key = mapping->pairs[i].key;
        value_field *field = &out[*count];
        *field = (value_field){.key = node_text(key), .key_node = key, .value = mapping->pairs[i].value};
        bool dropped = false;
        if (!is_ordinary_key(key)) TRY(key_text(sc, key, path, inner_flow, top, &field->key, &dropped));
        field->classes = text_classes(field->key);
        if (dropped)
            TRY(check_dropped(sc, mapping, key));
        else
            ++*count;
    }
    return STRATA_OK;
}

strata_status value_duplicate_key(scope *sc, const value_field *a, const value_field *b) {
    const value_field *later = a->key_node->where > b->key_node->where ? a : b;
    const value_field *earlier = later == a ? b : a;
    strata_status status = scope_fail(sc, DIAGNOSTIC_YAML_DUPLICATE_KEY, later->key_node->where,
                                      "a mapping has the key \"%.*s\" twice", TEXT_ARG(shown(later->key)));
    return scope_note(sc, status, earlier->key_node->where, "it is set here first");
}
