/* yaml/through_json.c: see through_json.h. */
#include "yaml/through_json.h"

#include "core/utf8.h"
#include "yaml/json.h"

enum { LONGEST_KEY = 1024, LONGEST_ESCAPE = 6, NEXT_LINE = 0x85 };

static bool is_allowed(uint32_t code) {
    return code < 0x7F || code == NEXT_LINE || (code >= 0xA0 && code != 0xFFFE && code != 0xFFFF);
}

/* Finds out what has to change; fails on what v2 refuses. */
static strata_status examine(scope *sc, origin where, text in, bool any_bytes, bool *invalid, bool *next_line) {
    for (size_t i = 0; i < in.size;) {
        size_t length;
        uint32_t code = utf8_decode(in.data + i, in.size - i, &length);
        if (code == 0xFFFD && length == 1) {
            *invalid = true;
            if (!any_bytes)
                return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, where, "the text can't be written: it is not valid UTF-8");
        }
        if (code == NEXT_LINE) *next_line = true;
        if (!is_allowed(code))
            return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, where, "the control character U+%04X can't be written",
                              (unsigned)code);
        i += length;
    }
    return STRATA_OK;
}

static bool is_next_line(text t, size_t i) { return i + 1 < t.size && memcmp(t.data + i, "\xC2\x85", 2) == 0; }

/* One break becomes a space, of several the first is dropped; spaces around them go. */
static text fold_next_lines(arena *a, text in) {
    char *out = arena_chars(a, in.size);
    if (!out) return text_of(NULL, 0);
    size_t n = 0;
    for (size_t i = 0; i < in.size;) {
        size_t end = i, breaks = 0;
        for (; end < in.size; end++) {
            if (is_next_line(in, end)) {
                breaks++;
                end++;
            } else if (in.data[end] != ' ') {
                break;
            }
        }
        if (end == i) {
            out[n++] = in.data[i++];
            continue;
        }
        size_t count = breaks == 0 ? end - i : breaks == 1 ? 1 : breaks - 1;
        memset(out + n, breaks > 1 ? '\n' : ' ', count);
        n += count;
        i = end;
    }
    return text_of(out, n);
}

strata_status string_through_json(scope *sc, origin where, text in, bool any_bytes, text *out) {
    bool invalid = false, next_line = false;
    TRY(examine(sc, where, in, any_bytes, &invalid, &next_line));
    *out = in;
    if (invalid && !(*out = utf8_replace_invalid(sc->arena, *out)).data) return scope_no_memory(sc);
    if (next_line && !(*out = fold_next_lines(sc->arena, *out)).data) return scope_no_memory(sc);
    return STRATA_OK;
}

/* The characters of the key between and with its quotes. */
static strata_status check_length(scope *sc, origin where, text key) {
    buffer json;
    buffer_init(&json, sc->from, 0);
    json_write_string(&json, key);
    size_t characters = 0;
    for (size_t i = 0; i < json.size; i++)
        characters += ((unsigned char)json.data[i] & 0xC0) != 0x80;
    bool failed = buffer_failed(&json);
    buffer_free(&json);
    if (failed) return scope_no_memory(sc);
    if (characters <= LONGEST_KEY) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, where, "a key of more than %d characters can't be written",
                      LONGEST_KEY - 2);
}

strata_status key_through_json(scope *sc, origin where, text in, text *out) {
    bool invalid = false, next_line = false;
    TRY(examine(sc, where, in, true, &invalid, &next_line));
    *out = in;
    if (next_line)
        return scope_fail(sc, DIAGNOSTIC_YAML_VALUE, where, "a key with the control character U+0085 can't be written");
    if (invalid && !(*out = utf8_replace_invalid(sc->arena, *out)).data) return scope_no_memory(sc);
    return in.size < LONGEST_KEY / LONGEST_ESCAPE ? STRATA_OK : check_length(sc, where, *out);
}
