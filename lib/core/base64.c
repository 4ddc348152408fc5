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
