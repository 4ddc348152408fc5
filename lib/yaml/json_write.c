/*
 * yaml/json_write.c: documents and strings as encoding/json writes them; see json.h.
 *
 * One walk like writer.c's, with keys in byte order. Follows kyaml's RNode.MarshalJSON. Cost: linear, but for sorting
 * the keys of a mapping.
 */
#include "core/utf8.h"
#include "yaml/json.h"
#include "yaml/key_order.h"
#include "yaml/merge_key.h"
#include "yaml/number.h"
#include "yaml/value.h"

typedef struct json_writer {
    scope *sc;
    buffer *out;
    buffer fields; /* value_field: those of the mappings being written, and room to sort the innermost */
    uint32_t depth;
} json_writer;

/* --- strings -------------------------------------------------------------------------------------------------- */

static void write_escape(buffer *out, uint32_t code) {
    static const char short_forms[128] = {
        ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't', ['"'] = '"', ['\\'] = '\\'};
    if (code < 128 && short_forms[code])
        buffer_add(out, (char[]){'\\', short_forms[code]}, 2);
    else
        buffer_add_format(out, "\\u%04x", (unsigned)code);
}

/* Whether the character at `bytes` needs an escape; *length is its size. */
static bool is_escaped(const char *bytes, size_t size, uint32_t *code, size_t *length) {
    unsigned char c = (unsigned char)*bytes;
    *code = c;
    *length = 1;
    if (c < 0x80) return c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&';
    *code = utf8_decode(bytes, size, length);
    return *code == 0x2028 || *code == 0x2029 || (*code == 0xFFFD && *length == 1);
}

void json_write_string(buffer *out, text string) {
    buffer_add_char(out, '"');
    size_t begin = 0; /* of what goes out as it is */
    for (size_t i = 0; i < string.size;) {
        uint32_t code;
        size_t length;
        if (is_escaped(string.data + i, string.size - i, &code, &length)) {
            buffer_add(out, string.data + begin, i - begin);
            write_escape(out, code);
            begin = i + length;
        }
        i += length;
    }
    buffer_add(out, string.data + begin, string.size - begin);
    buffer_add_char(out, '"');
}

/* --- values --------------------------------------------------------------------------------------------------- */

static strata_status write_node(json_writer *w, const node *n, bool top, bool flow);

static strata_status write_scalar(json_writer *w, const node *n, bool flow) {
    value v;
    TRY(value_of(w->sc, n, YAML_TO_STREAM, flow, &v));
    char digits[40];
    switch (v.type) {
    case VALUE_NULL: buffer_add_text(w->out, TEXT("null")); break;
    case VALUE_BOOL: buffer_add_text(w->out, v.boolean ? TEXT("true") : TEXT("false")); break;
    case VALUE_INT: buffer_add_format(w->out, "%lld", (long long)v.integer); break;
    case VALUE_UINT: buffer_add_format(w->out, "%llu", (unsigned long long)v.unsigned_integer); break;
    case VALUE_FLOAT: buffer_add(w->out, digits, format_float_json(v.real, digits)); break;
    case VALUE_STRING:
        if (!v.any_bytes && !utf8_is_valid(v.string))
            return scope_fail(w->sc, DIAGNOSTIC_YAML_VALUE, n->where,
                              "the text can't be written: it is not valid UTF-8");
        json_write_string(w->out, v.string);
        break;
    }
    return STRATA_OK;
}

static strata_status write_mapping(json_writer *w, const node *n, bool top, bool flow) {
    size_t first = w->fields.size, count = 0;
    TRY(merge_key_resolve(w->sc, &n));
    if (!buffer_reserve(&w->fields, 2 * sizeof(value_field) * n->count)) return scope_no_memory(w->sc);
    value_field *fields = (value_field *)(void *)(w->fields.data + first);
    TRY(value_fields(w->sc, n, YAML_TO_STREAM, flow, top, fields, &count));
    TRY(key_order_sort(w->sc, fields, count, KEY_ORDER_BYTES, fields + n->count));
    w->fields.size += count * sizeof(value_field);
    bool inner_flow = value_in_flow(n, flow);
    for (size_t i = 0; i < count; i++) {
        const value_field field = ((const value_field *)(const void *)(w->fields.data + first))[i];
        if (i > 0) buffer_add_char(w->out, ',');
        json_write_string(w->out, field.key);
        buffer_add_char(w->out, ':');
        TRY(write_node(w, field.value, false, inner_flow));
    }
    w->fields.size = first;
    return STRATA_OK;
}

static strata_status write_collection(json_writer *w, const node *n, bool top, bool flow) {
    bool mapping = n->kind == NODE_MAPPING;
    buffer_add_char(w->out, mapping ? '{' : '[');
    if (mapping && n->count > 0) TRY(write_mapping(w, n, top, flow));
    for (uint32_t i = 0; !mapping && i < n->count; i++) {
        if (i > 0) buffer_add_char(w->out, ',');
        TRY(write_node(w, n->items[i], false, value_in_flow(n, flow)));
    }
    buffer_add_char(w->out, mapping ? '}' : ']');
    return STRATA_OK;
}

static strata_status write_node(json_writer *w, const node *n, bool top, bool flow) {
    /* The rest is for nobody: the failure is reported at the end. */
    if (buffer_failed(w->out)) return STRATA_OK;
    if (n->kind == NODE_SCALAR) return write_scalar(w, n, flow);
    if (w->depth >= w->sc->limits->nesting)
        return scope_fail(w->sc, DIAGNOSTIC_LIMIT, n->where, "the document is nested more than %u levels deep",
                          (unsigned)w->sc->limits->nesting);
    w->depth++;
    TRY(write_collection(w, n, top, flow));
    w->depth--;
    return STRATA_OK;
}

strata_status json_write(scope *sc, const node *document, buffer *out) {
    json_writer w = {.sc = sc, .out = out};
    buffer_init(&w.fields, sc->from, 0);
    strata_status status = write_node(&w, document, true, false);
    buffer_free(&w.fields);
    if (status != STRATA_OK) return status;
    if (out->failure == BUFFER_TOO_LARGE)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, document->where, "the JSON text is larger than %zu bytes",
                          out->ceiling);
    return buffer_failed(out) ? scope_no_memory(sc) : STRATA_OK;
}
