/* core/utf8.c: see utf8.h. */
#include "core/utf8.h"

enum { REPLACEMENT = 0xFFFD };

static bool continues(unsigned char byte) { return (byte & 0xC0) == 0x80; }

uint32_t utf8_decode(const char *bytes, size_t size, size_t *out_length) {
    const unsigned char *b = (const unsigned char *)bytes;
    *out_length = 1;
    if (b[0] < 0x80) return b[0];
    size_t length = b[0] >= 0xF0 ? 4 : b[0] >= 0xE0 ? 3 : 2;
    if (b[0] < 0xC2 || b[0] > 0xF4 || size < length) return REPLACEMENT;
    uint32_t code = b[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (!continues(b[i])) return REPLACEMENT;
        code = (code << 6) | (b[i] & 0x3Fu);
    }
    bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return REPLACEMENT;
    *out_length = length;
    return code;
}

/* Eight bytes at a time while they are ASCII. */
static size_t skip_ascii(text t, size_t at) {
    uint64_t word;
    while (at + sizeof word <= t.size) {
        memcpy(&word, t.data + at, sizeof word);
        if (word & 0x8080808080808080u) break;
        at += sizeof word;
    }
    return at;
}

bool utf8_is_valid(text t) {
    for (size_t at = skip_ascii(t, 0); at < t.size;) {
        size_t length;
        uint32_t code = utf8_decode(t.data + at, t.size - at, &length);
        if (code == REPLACEMENT && length == 1) return false;
        at += length;
        if (length == 1) at = skip_ascii(t, at);
    }
    return true;
}

text utf8_replace_invalid(arena *a, text in) {
    if (in.size > SIZE_MAX / 3) return text_of(NULL, 0);
    char *out = arena_chars(a, in.size * 3);
    if (!out) return text_of(NULL, 0);
    size_t n = 0;
    for (size_t i = 0; i < in.size;) {
        size_t length;
        bool invalid = utf8_decode(in.data + i, in.size - i, &length) == REPLACEMENT && length == 1;
        memcpy(out + n, invalid ? "\xEF\xBF\xBD" : in.data + i, invalid ? 3 : length);
        n += invalid ? 3 : length;
        i += length;
    }
    return text_of(out, n);
}
