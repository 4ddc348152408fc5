/* core/base64.c: see base64.h. */
#include "core/base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void encode_three(const unsigned char *in, size_t size, char out[4]) {
    unsigned second = size > 1 ? in[1] : 0, third = size > 2 ? in[2] : 0;
    out[0] = alphabet[in[0] >> 2];
    out[1] = alphabet[((in[0] & 3u) << 4) | (second >> 4)];
    out[2] = size > 1 ? alphabet[((second & 15u) << 2) | (third >> 6)] : '=';
    out[3] = size > 2 ? alphabet[third & 63u] : '=';
}

text base64_encode(arena *a, text bytes, size_t line) {
    if (bytes.size > SIZE_MAX / 4) return text_of(NULL, 0);
    size_t encoded = (bytes.size + 2) / 3 * 4;
    bool in_lines = line && encoded > line;
    size_t breaks = in_lines ? (encoded + line - 1) / line : 0;
    char *out = arena_chars(a, encoded + breaks + 1);
    if (!out) return text_of(NULL, 0);
    size_t at = 0, column = 0;
    for (size_t i = 0; i < bytes.size; i += 3) {
        char group[4];
        encode_three((const unsigned char *)bytes.data + i, bytes.size - i, group);
        for (size_t j = 0; j < 4; j++) {
            if (in_lines && column == line) {
                out[at++] = '\n';
                column = 0;
            }
            out[at++] = group[j];
            column++;
        }
    }
    if (in_lines) out[at++] = '\n';
    out[at] = '\0';
    return text_of(out, at);
}

static int digit_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool base64_decode(arena *a, text in, text *out) {
    char *bytes = arena_chars(a, in.size + 3);
    uint32_t bits = 0;
    size_t count = 0, padding = 0, n = 0;
    *out = text_of(NULL, 0);
    if (!bytes) return true;
    for (size_t i = 0; i < in.size; i++) {
        char c = in.data[i];
        if (c == '\n' || c == '\r') continue;
        int digit = c == '=' ? 0 : digit_of(c);
        if (digit < 0 || (padding && c != '=') || (c == '=' && count % 4 < 2)) return false;
        if (c == '=' && ++padding > 2) return false;
        bits = bits << 6 | (uint32_t)digit;
        if (++count % 4) continue;
        for (size_t k = 0; k < 3 - padding; k++)
            bytes[n++] = (char)(bits >> (16 - 8 * k));
    }
    *out = text_of(bytes, n);
    return count % 4 == 0;
}
