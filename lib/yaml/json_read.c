/*
 * yaml/json_read.c: one strict JSON text as nodes; see json.h.
 *
 * Cost: linear; strings without escapes point into the input. Duplicate keys are kept, as everywhere in this room.
 */
#include "core/utf8.h"
#include "yaml/json.h"
#include "yaml/resolve.h"

typedef struct json_reader {
    scope *sc;
    text in;
    size_t at;
    origin first; /* of the text's first byte; 0 when `where` stands for all of it */
    origin where;
    uint32_t depth;
} json_reader;

static strata_status read_value(json_reader *r, node **out);

static origin place(const json_reader *r, size_t at) { return r->first ? r->first + (origin)at : r->where; }

static strata_status fail(json_reader *r, size_t at, const char *what) {
    if (at >= r->in.size) what = "unexpected end of JSON";
    return scope_fail(r->sc, DIAGNOSTIC_JSON_SYNTAX, place(r, at), "%s", what);
}

static void skip_space(json_reader *r) {
    while (r->at < r->in.size && r->in.data[r->at] && strchr(" \t\r\n", r->in.data[r->at]))
        r->at++;
}

static bool take(json_reader *r, char c) {
    if (r->at >= r->in.size || r->in.data[r->at] != c) return false;
    r->at++;
    return true;
}

static bool has(const json_reader *r, size_t at, char first, char last) {
    return at < r->in.size && r->in.data[at] >= first && r->in.data[at] <= last;
}

/* --- strings -------------------------------------------------------------------------------------------------- */

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') return (c | 0x20) - 'a' + 10;
    return -1;
}

/* The four digits at `at`; -1 when there aren't any. */
static int32_t read_hex(const json_reader *r, size_t at) {
    int32_t code = 0;
    for (size_t i = at; i < at + 4; i++) {
        int digit = i < r->in.size ? hex_digit(r->in.data[i]) : -1;
        if (digit < 0) return -1;
        code = code * 16 + digit;
    }
    return code;
}

/* The escape whose backslash stands at r->at. Halves of surrogate pairs become U+FFFD, as in Go. */
static strata_status read_escape(json_reader *r, uint32_t *code) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    size_t begin = r->at++;
    if (r->at >= r->in.size) return fail(r, r->at, "");
    const char *known = r->in.data[r->at] ? strchr(from, r->in.data[r->at]) : NULL;
    if (known) {
        *code = (unsigned char)to[known - from];
        r->at++;
        return STRATA_OK;
    }
    int32_t unit = r->in.data[r->at] == 'u' ? read_hex(r, r->at + 1) : -1;
    if (unit < 0) return fail(r, begin, "invalid escape in a JSON string");
    r->at += 5;
    *code = (uint32_t)unit;
    if (unit < 0xD800 || unit > 0xDFFF) return STRATA_OK;
    bool pair = unit < 0xDC00 && r->at + 1 < r->in.size && r->in.data[r->at] == '\\' && r->in.data[r->at + 1] == 'u';
    int32_t second = pair ? read_hex(r, r->at + 2) : -1;
    *code = 0xFFFD;
    if (second < 0xDC00 || second > 0xDFFF) return STRATA_OK;
    r->at += 6;
    *code = 0x10000 + ((uint32_t)(unit - 0xD800) << 10) + (uint32_t)(second - 0xDC00);
    return STRATA_OK;
}

/* Reads on from the first character that isn't copied as it is. */
static strata_status read_odd_string(json_reader *r, size_t begin, buffer *out) {
    buffer_add(out, r->in.data + begin, r->at - begin);
    while (r->at < r->in.size && r->in.data[r->at] != '"') {
        unsigned char c = (unsigned char)r->in.data[r->at];
        if (c < 0x20) return fail(r, r->at, "invalid control character in a JSON string");
        uint32_t code = 0;
        size_t length = 0;
        if (c == '\\')
            TRY(read_escape(r, &code));
        else
            code = utf8_decode(r->in.data + r->at, r->in.size - r->at, &length);
        r->at += length;
        buffer_add_utf8(out, code);
    }
    return STRATA_OK;
}

static strata_status read_string(json_reader *r, text *out) {
    size_t begin = ++r->at;
    while (r->at < r->in.size) {
        unsigned char c = (unsigned char)r->in.data[r->at];
        if (c == '"') {
            *out = text_of(r->in.data + begin, r->at++ - begin);
            return STRATA_OK;
        }
        if (c == '\\' || c < 0x20 || c >= 0x80) break;
        r->at++;
    }
    buffer plain;
    buffer_init(&plain, r->sc->from, 0);
    strata_status status = read_odd_string(r, begin, &plain);
    if (status == STRATA_OK && r->at >= r->in.size) status = fail(r, r->at, "");
    if (status == STRATA_OK) {
        *out = text_copy(r->sc->arena, buffer_text(&plain));
        if (buffer_failed(&plain) || !out->data) status = scope_no_memory(r->sc);
    }
    buffer_free(&plain);
    r->at++;
    return status;
}

/* --- numbers and words ---------------------------------------------------------------------------------------- */

static bool skip_digits(json_reader *r) {
    size_t begin = r->at;
    while (has(r, r->at, '0', '9'))
        r->at++;
    return r->at > begin;
}

static strata_status read_number(json_reader *r) {
    take(r, '-');
    if (!take(r, '0') && !skip_digits(r)) return fail(r, r->at, "invalid number in JSON");
    if (take(r, '.') && !skip_digits(r)) return fail(r, r->at, "invalid number in JSON");
    if (has(r, r->at, 'E', 'E') || has(r, r->at, 'e', 'e')) {
        r->at++;
        if (!take(r, '+')) take(r, '-');
        if (!skip_digits(r)) return fail(r, r->at, "invalid number in JSON");
    }
    return STRATA_OK;
}

static bool take_word(json_reader *r, text word) {
    if (!text_starts(text_after(r->in, r->at), word)) return false;
    r->at += word.size;
    return true;
}

/* What is too large for a float64 keeps its text and fails when it is written. */
static node_tag number_tag(text number) {
    node_tag tag = resolve_tag_v3(number);
    return tag == TAG_INT ? TAG_INT : TAG_FLOAT;
}

static strata_status read_plain(json_reader *r, node_tag *tag) {
    if (has(r, r->at, '0', '9') || has(r, r->at, '-', '-')) {
        size_t begin = r->at;
        TRY(read_number(r));
        *tag = number_tag(text_slice(r->in, begin, r->at));
        return STRATA_OK;
    }
    *tag = TAG_BOOL;
    if (take_word(r, TEXT("true")) || take_word(r, TEXT("false"))) return STRATA_OK;
    *tag = TAG_NULL;
    if (take_word(r, TEXT("null"))) return STRATA_OK;
    bool closes = has(r, r->at, ']', ']');
    return fail(r, r->at, closes ? "a comma before the end of a JSON array" : "expected a JSON value");
}

static strata_status read_scalar(json_reader *r, node **out) {
    size_t begin = r->at;
    bool string = has(r, begin, '"', '"');
    node_tag tag = TAG_STR;
    text value;
    if (string) {
        TRY(read_string(r, &value));
    } else {
        TRY(read_plain(r, &tag));
        value = text_slice(r->in, begin, r->at);
    }
    *out = node_new_scalar(r->sc->arena, value, tag, string ? STYLE_DOUBLE_QUOTED : STYLE_PLAIN);
    if (!*out) return scope_no_memory(r->sc);
    (*out)->where = place(r, begin);
    return STRATA_OK;
}

/* --- collections ---------------------------------------------------------------------------------------------- */

static strata_status read_member(json_reader *r, node *mapping) {
    node *key, *value;
    if (has(r, r->at, '}', '}')) return fail(r, r->at, "a comma before the end of a JSON object");
    if (!has(r, r->at, '"', '"')) return fail(r, r->at, "expected a string as the key of a JSON object");
    TRY(read_scalar(r, &key));
    skip_space(r);
    if (!take(r, ':')) return fail(r, r->at, "expected ':' after a key of a JSON object");
    TRY(read_value(r, &value));
    return node_add(r->sc->arena, mapping, key, value) ? STRATA_OK : scope_no_memory(r->sc);
}

static strata_status read_item(json_reader *r, node *sequence) {
    node *item;
    TRY(read_value(r, &item));
    return node_append(r->sc->arena, sequence, item) ? STRATA_OK : scope_no_memory(r->sc);
}

static strata_status read_collection(json_reader *r, node **out) {
    bool mapping = has(r, r->at, '{', '{');
    char end = mapping ? '}' : ']';
    *out = mapping ? node_new_mapping(r->sc->arena) : node_new_sequence(r->sc->arena);
    if (!*out) return scope_no_memory(r->sc);
    (*out)->where = place(r, r->at++);
    (*out)->flags |= NODE_FLOW;
    skip_space(r);
    if (take(r, end)) return STRATA_OK;
    for (;;) {
        skip_space(r);
        TRY(mapping ? read_member(r, *out) : read_item(r, *out));
        skip_space(r);
        if (take(r, end)) return STRATA_OK;
        if (!take(r, ','))
            return fail(r, r->at,
                        mapping ? "expected ',' or '}' in a JSON object" : "expected ',' or ']' in a JSON array");
    }
}

static strata_status read_value(json_reader *r, node **out) {
    skip_space(r);
    if (!has(r, r->at, '{', '{') && !has(r, r->at, '[', '[')) return read_scalar(r, out);
    if (r->depth >= r->sc->limits->nesting)
        return scope_fail(r->sc, DIAGNOSTIC_LIMIT, place(r, r->at), "the JSON text is nested more than %u levels deep",
                          (unsigned)r->sc->limits->nesting);
    r->depth++;
    TRY(read_collection(r, out));
    r->depth--;
    return STRATA_OK;
}

static strata_status read_document(json_reader *r, node **out) {
    TRY(read_value(r, out));
    skip_space(r);
    return r->at == r->in.size ? STRATA_OK : fail(r, r->at, "unexpected text after the JSON value");
}

strata_status json_read(scope *sc, text name, text bytes, origin included_from, node **out) {
    json_reader r = {.sc = sc, .in = bytes};
    if (!origin_add(sc->origins, sc->arena, name, bytes, included_from, &r.first)) return scope_no_memory(sc);
    return read_document(&r, out);
}

strata_status json_read_inline(scope *sc, origin where, text bytes, node **out) {
    json_reader r = {.sc = sc, .in = bytes};
    if (!origin_add_inline(sc->origins, sc->arena, bytes, where, &r.first)) return scope_no_memory(sc);
    return read_document(&r, out);
}

strata_status json_read_made(scope *sc, origin where, text bytes, node **out) {
    json_reader r = {.sc = sc, .in = bytes, .where = where};
    return read_document(&r, out);
}
