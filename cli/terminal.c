/* cli/terminal.c: see terminal.h. */
#include "terminal.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void terminal_guard_streams(void) {
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) != -1) continue;
        /* The lowest free number is fd. Reading from 0 finds nothing; writing to 1 and 2 fails, as it should. */
        if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd) return;
    }
}

bool terminal_has_colour(FILE *stream) {
    const char *no_colour = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    if (no_colour && *no_colour) return false;
    return isatty(fileno(stream)) && term && strcmp(term, "dumb") != 0;
}

/* The bytes of the UTF-8 character at `data`, 0 when there is none. */
static size_t decode(const unsigned char *data, size_t size, uint32_t *out) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = data[0] < 0x80                      ? 1
                    : data[0] >= 0xc2 && data[0] < 0xe0 ? 2
                    : data[0] >= 0xe0 && data[0] < 0xf0 ? 3
                    : data[0] >= 0xf0 && data[0] < 0xf5 ? 4
                                                        : 0;
    if (length == 0 || length > size) return 0;
    uint32_t c = length == 1 ? data[0] : data[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((data[i] & 0xc0) != 0x80) return 0;
        c = c << 6 | (data[i] & 0x3f);
    }
    if (c < least[length] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return 0;
    *out = c;
    return length;
}

/* Control characters, line and paragraph separators, and the marks that reorder what follows. */
static bool is_unsafe(uint32_t c) {
    return (c < 0x20 && c != '\t') || (c >= 0x7f && c < 0xa0) || c == 0x061c || (c >= 0x200e && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

/* How one character is printed: into `out`, at most 12 bytes; *columns is its width. Gives the bytes it was made of. */
static size_t render(const char *data, size_t size, char out[16], size_t *out_size, size_t *columns) {
    uint32_t c = 0;
    size_t length = decode((const unsigned char *)data, size, &c);
    int printed;
    if (length && !is_unsafe(c)) {
        memcpy(out, data, length);
        *out_size = length;
        *columns = 1;
        return length;
    }
    if (length && c >= 0x80)
        printed = snprintf(out, 16, "\\u{%04x}", (unsigned)c);
    else
        printed = snprintf(out, 16, "\\x%02x", (unsigned)(unsigned char)data[0]);
    *out_size = (size_t)printed;
    *columns = (size_t)printed;
    return length ? length : 1;
}

/* Both functions of the header: without a stream nothing is printed. */
static size_t walk(FILE *stream, const char *data, size_t size) {
    size_t total = 0;
    for (size_t at = 0; at < size;) {
        char piece[16];
        size_t piece_size, columns;
        at += render(data + at, size - at, piece, &piece_size, &columns);
        if (stream) fwrite(piece, 1, piece_size, stream);
        total += columns;
    }
    return total;
}

size_t terminal_print(FILE *stream, const char *data, size_t size) { return walk(stream, data, size); }

size_t terminal_columns(const char *data, size_t size) { return walk(NULL, data, size); }
