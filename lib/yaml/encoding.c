/* yaml/encoding.c: see encoding.h. */
#include "yaml/encoding.h"

#include "core/buffer.h"
#include "core/utf8.h"

enum { BLOCK = 64, READ_AT_ONCE = 512 };

/* --- UTF-16 ------------------------------------------------------------------------------------------------------ */

static uint32_t unit_at(text bytes, size_t at, bool big) {
    uint32_t first = (unsigned char)bytes.data[at], second = (unsigned char)bytes.data[at + 1];
    return big ? first << 8 | second : second << 8 | first;
}

/* What can't be decoded becomes U+FFFE, which encoding_first_bad refuses. */
static size_t add_utf16(buffer *out, text bytes, size_t at, bool big) {
    enum { NO_CHARACTER = 0xFFFE };
    if (bytes.size - at < 2) {
        buffer_add_utf8(out, NO_CHARACTER);
        return bytes.size;
    }
    uint32_t code = unit_at(bytes, at, big);
    at += 2;
    if ((code & 0xFC00) == 0xD800) {
        uint32_t low = bytes.size - at >= 2 ? unit_at(bytes, at, big) : 0;
        at += bytes.size - at >= 2 ? 2 : 0;
        code = (low & 0xFC00) == 0xDC00 ? 0x10000 + ((code & 0x3FF) << 10 | (low & 0x3FF)) : NO_CHARACTER;
    } else if ((code & 0xFC00) == 0xDC00) {
        code = NO_CHARACTER;
    }
    buffer_add_utf8(out, code);
    return at;
}

static text from_utf16(arena *a, text bytes, bool big) {
    buffer out;
    buffer_init(&out, a->from, 0);
    for (size_t at = 2; at < bytes.size;)
        at = add_utf16(&out, bytes, at, big);
    text copy = buffer_failed(&out) ? text_of(NULL, 0) : text_copy(a, buffer_text(&out));
    buffer_free(&out);
    return copy;
}

text encoding_to_utf8(arena *a, text bytes) {
    if (text_starts(bytes, TEXT("\xFF\xFE"))) return from_utf16(a, bytes, false);
    if (text_starts(bytes, TEXT("\xFE\xFF"))) return from_utf16(a, bytes, true);
    return text_starts(bytes, TEXT("\xEF\xBB\xBF")) ? text_after(bytes, 3) : bytes;
}

/* --- what may stand in a document -------------------------------------------------------------------------------- */

static bool is_plain_ascii(unsigned char c) { return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t' || c == '\r'; }

/* Written so that compilers turn it into vector instructions. */
static bool block_is_plain_ascii(const char *bytes) {
    unsigned odd = 0;
    for (size_t i = 0; i < BLOCK; i++) {
        unsigned char c = (unsigned char)bytes[i];
        odd |= (unsigned)((unsigned char)(c - 0x20) >= 0x5F) & (unsigned)(c != '\n') & (unsigned)(c != '\t') &
               (unsigned)(c != '\r');
    }
    return odd == 0;
}

static bool is_allowed(uint32_t code) {
    return code == 0x85 || (code >= 0xA0 && code <= 0xD7FF) || (code >= 0xE000 && code <= 0xFFFD) || code >= 0x10000;
}

/* The length of the character, 0 when it is not allowed. */
static size_t check_character(text t, size_t at, const char **problem) {
    if (is_plain_ascii((unsigned char)t.data[at])) return 1;
    size_t length;
    uint32_t code = utf8_decode(t.data + at, t.size - at, &length);
    if (code == 0xFFFD && length == 1) {
        *problem = "the text is not valid UTF-8";
        return 0;
    }
    if (length > 1 && is_allowed(code)) return length;
    *problem = "control characters are not allowed";
    return 0;
}

size_t encoding_first_bad(text t, const char **problem) {
    size_t at = 0;
    while (at < t.size) {
        if (t.size - at >= BLOCK && block_is_plain_ascii(t.data + at)) {
            at += BLOCK;
            continue;
        }
        size_t end = t.size - at >= BLOCK ? at + BLOCK : t.size;
        while (at < end) {
            size_t length = check_character(t, at, problem);
            if (length == 0) return at;
            at += length;
        }
    }
    return SIZE_MAX;
}

bool encoding_is_met(text t, size_t bad, size_t end) {
    size_t read = 0;
    while (read < t.size && read <= end + 3) {
        read = t.size - read > READ_AT_ONCE ? read + READ_AT_ONCE : t.size;
        /* A character that the block cuts in two waits for the next one. */
        size_t cut = read;
        while (read < t.size && cut > 0 && ((unsigned char)t.data[cut] & 0xC0) == 0x80)
            cut--;
        read = cut;
    }
    return bad < read;
}
