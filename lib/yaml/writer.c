/*
 * yaml/writer.c: the walk from nodes to the stream; see writer.h.
 *
 * One pass: each value is judged (value.h), taken through JSON (through_json.h) and written (emit_v2.h) at once; the
 * fields of a mapping are sorted (key_order.h) on a stack that all levels share. Follows kyaml's MarshalJSON,
 * sigs.k8s.io/yaml's JSONToYAML and go-yaml v2's emitterc.go. Cost: linear, but for sorting the keys of a mapping.
 */
#include "yaml/writer.h"

#include "yaml/emit_v2.h"
#include "yaml/key_order.h"
#include "yaml/merge_key.h"
#include "yaml/number.h"
#include "yaml/resolve.h"
#include "yaml/through_json.h"
#include "yaml/value.h"

enum { INDENT = 2 };

/* Where a value stands: it decides whether a collection begins on the same line and how far it is indented. */
typedef enum position { AT_ROOT, AFTER_KEY, AFTER_INDICATOR /* "- ", or ": " below "? " */ } position;

typedef struct writer {
    scope *sc;
    yaml_path_out path;
    emitter_v2 emit;
    buffer fields; /* value_field: those of the mappings being written, and room to sort the innermost */
    uint32_t depth;
} writer;

static strata_status write_node(writer *w, const node *n, size_t indent, position at, bool flow);

/* --- scalars -------------------------------------------------------------------------------------------------- */

static strata_status write_string(writer *w, const node *n, text t, bool any_bytes, size_t indent) {
    unsigned classes = text_classes(t);
    if (classes & (CLASS_HIGH | CLASS_DELETE)) {
        TRY(string_through_json(w->sc, n->where, t, any_bytes, &t));
        classes = text_classes(t);
    }
    string_form form = emit_v2_form(t, classes);
    emit_v2_string(&w->emit, t, &form, indent, false);
    return STRATA_OK;
}

/* v2 reads the number that JSON has as an integer when it fits one, and otherwise writes the float its own way. */
static void write_float(writer *w, double real) {
    char digits[40];
    size_t size = format_float_json(real, digits);
    if (!integer_fits(digits, size))
        size = format_float_go(real, digits);
    else if (real == 0)
        digits[0] = '0', size = 1;
    emit_v2_raw(&w->emit, digits, size);
}

static void write_integer(writer *w, bool negative, uint64_t size) {
    char digits[24];
    size_t begin = sizeof digits;
    do {
        digits[--begin] = (char)('0' + size % 10);
        size /= 10;
    } while (size);
    if (negative) digits[--begin] = '-';
    emit_v2_raw(&w->emit, digits + begin, sizeof digits - begin);
}

static strata_status write_scalar(writer *w, const node *n, size_t indent, bool flow) {
    value v;
    TRY(value_of(w->sc, n, w->path, flow, &v));
    switch (v.type) {
    case VALUE_NULL: emit_v2_raw(&w->emit, "null", 4); break;
    case VALUE_BOOL: emit_v2_raw(&w->emit, v.boolean ? "true" : "false", v.boolean ? 4 : 5); break;
    case VALUE_INT:
        write_integer(w, v.integer < 0, v.integer < 0 ? 0 - (uint64_t)v.integer : (uint64_t)v.integer);
        break;
    case VALUE_UINT: write_integer(w, false, v.unsigned_integer); break;
    case VALUE_FLOAT: write_float(w, v.real); break;
    case VALUE_STRING: return write_string(w, n, v.string, v.any_bytes, indent);
    }
    return STRATA_OK;
}

/* --- collections ---------------------------------------------------------------------------------------------- */

/* The indentation of a collection's entries. */
static size_t entry_indent(const node *n, size_t indent, position at) {
    if (at == AT_ROOT) return 0;
    return n->kind == NODE_SEQUENCE && at == AFTER_KEY ? indent : indent + INDENT;
}

/* Goes to where an entry begins: the first one of a collection after an indicator stays on its line. */
static void begin_entry(writer *w, bool first, size_t indent, position at) {
    if (first && at == AFTER_INDICATOR)
        emit_v2_raw(&w->emit, " ", 1);
    else
        emit_v2_line(&w->emit, indent);
}

static strata_status write_key(writer *w, const value_field *field, size_t indent, bool *simple) {
    text key = field->key;
    if ((field->classes & (CLASS_HIGH | CLASS_DELETE)) || key.size > 128)
        TRY(key_through_json(w->sc, field->key_node->where, key, &key));
    string_form form = emit_v2_form(key, field->classes);
    *simple = form.simple_key;
    if (!*simple) emit_v2_raw(&w->emit, "? ", 2);
    emit_v2_string(&w->emit, key, &form, indent + INDENT, *simple);
    if (!*simple) emit_v2_line(&w->emit, indent);
    emit_v2_raw(&w->emit, ":", 1);
    return STRATA_OK;
}

/* Puts the sorted fields of a mapping on the stack. */
static strata_status push_fields(writer *w, const node *n, position at, bool flow, size_t *count) {
    if (!buffer_reserve(&w->fields, 2 * sizeof(value_field) * n->count)) return scope_no_memory(w->sc);
    value_field *fields = (value_field *)(void *)(w->fields.data + w->fields.size);
    TRY(value_fields(w->sc, n, w->path, flow, at == AT_ROOT, fields, count));
    TRY(key_order_sort(w->sc, fields, *count, KEY_ORDER_V2, fields + n->count));
    w->fields.size += *count * sizeof(value_field);
    return STRATA_OK;
}

static strata_status write_mapping(writer *w, const node *n, size_t indent, position at, bool flow) {
    size_t first = w->fields.size, count = 0;
    TRY(merge_key_resolve(w->sc, &n));
    TRY(push_fields(w, n, at, flow, &count));
    size_t inner = entry_indent(n, indent, at);
    bool inner_flow = value_in_flow(n, flow);
    for (size_t i = 0; i < count; i++) {
        const value_field field = ((const value_field *)(const void *)(w->fields.data + first))[i];
        bool simple;
        begin_entry(w, i == 0, inner, at);
        TRY(write_key(w, &field, inner, &simple));
        TRY(write_node(w, field.value, inner, simple ? AFTER_KEY : AFTER_INDICATOR, inner_flow));
    }
    if (count == 0) emit_v2_raw(&w->emit, "{}", 2);
    w->fields.size = first;
    return STRATA_OK;
}

static strata_status write_sequence(writer *w, const node *n, size_t indent, position at, bool flow) {
    size_t inner = entry_indent(n, indent, at);
    bool inner_flow = value_in_flow(n, flow);
    for (size_t i = 0; i < n->count; i++) {
        begin_entry(w, i == 0, inner, at);
        emit_v2_raw(&w->emit, "-", 1);
        TRY(write_node(w, n->items[i], inner, AFTER_INDICATOR, inner_flow));
    }
    return STRATA_OK;
}

static strata_status write_node(writer *w, const node *n, size_t indent, position at, bool flow) {
    /* The rest is for nobody: the failure is reported at the end. */
    if (buffer_failed(w->emit.out)) return STRATA_OK;
    if (n->kind == NODE_SCALAR || n->count == 0) {
        if (at != AT_ROOT) emit_v2_raw(&w->emit, " ", 1);
        if (n->kind == NODE_SCALAR) return write_scalar(w, n, indent + INDENT, flow);
        emit_v2_raw(&w->emit, n->kind == NODE_MAPPING ? "{}" : "[]", 2);
        return STRATA_OK;
    }
    if (w->depth >= w->sc->limits->nesting)
        return scope_fail(w->sc, DIAGNOSTIC_LIMIT, n->where, "the document is nested more than %u levels deep",
                          (unsigned)w->sc->limits->nesting);
    w->depth++;
    if (n->kind == NODE_MAPPING)
        TRY(write_mapping(w, n, indent, at, flow));
    else
        TRY(write_sequence(w, n, indent, at, flow));
    w->depth--;
    return STRATA_OK;
}

strata_status yaml_write(scope *sc, const node *document, yaml_path_out path, buffer *out) {
    writer w = {.sc = sc, .path = path, .emit = {out, out->size, true}};
    buffer_init(&w.fields, sc->from, 0);
    strata_status status = write_node(&w, document, 0, AT_ROOT, false);
    buffer_free(&w.fields);
    if (status != STRATA_OK) return status;
    if (!w.emit.fresh) buffer_add_char(out, '\n');
    if (out->failure == BUFFER_TOO_LARGE)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, document->where, "the output is larger than %zu bytes", out->ceiling);
    return buffer_failed(out) ? scope_no_memory(sc) : STRATA_OK;
}

strata_status yaml_write_text(scope *sc, const node *document, yaml_path_out path, text *out) {
    buffer b;
    buffer_init(&b, sc->from, sc->limits->output);
    strata_status status = yaml_write(sc, document, path, &b);
    if (status == STRATA_OK && !(*out = text_copy(sc->arena, buffer_text(&b))).data) status = scope_no_memory(sc);
    buffer_free(&b);
    return status;
}
