/* yaml/pieces.c: see pieces.h. */
#include "yaml/pieces.h"

/* Where the next line break before a "---" is, from `from` on, or SIZE_MAX. Looking for one byte is many times quicker
 * than looking for four. */
static size_t find_dashes(text bytes, size_t from) {
    for (size_t at; (at = text_find_char(text_after(bytes, from), '\n')) != SIZE_MAX;) {
        from += at + 1;
        if (text_starts(text_after(bytes, from), TEXT("---"))) return from - 1;
    }
    return SIZE_MAX;
}

text pieces_normalize(arena *a, text bytes) {
    if (text_find_char(bytes, '\r') == SIZE_MAX || text_find(bytes, TEXT("\r\n")) == SIZE_MAX) return bytes;
    char *copy = arena_chars(a, bytes.size + 1);
    if (!copy) return text_of(NULL, 0);
    size_t size = 0;
    for (size_t i = 0; i < bytes.size; i++)
        if (bytes.data[i] != '\r' || i + 1 == bytes.size || bytes.data[i + 1] != '\n') copy[size++] = bytes.data[i];
    copy[size] = '\0';
    return text_of(copy, size);
}

void pieces_begin(pieces *p, text bytes) { *p = (pieces){bytes, bytes.size == 0}; }

bool pieces_next(pieces *p, text *out, const char **bad) {
    *bad = NULL;
    if (p->done) return false;
    size_t from = 0;
    for (;;) {
        size_t at = find_dashes(p->rest, from);
        if (at == SIZE_MAX) break;
        text line = text_after(p->rest, at + 4);
        size_t end = text_find_char(line, '\n');
        if (end == SIZE_MAX) break; /* the last line of the file is no separator */
        text trimmed = text_trim(text_slice(line, 0, end));
        if (!text_empty(trimmed) && trimmed.data[0] != '#') *bad = p->rest.data + at + 1;
        *out = text_slice(p->rest, 0, at + 1);
        p->rest = text_after(p->rest, at + 4 + end + 1);
        return true;
    }
    *out = p->rest;
    p->done = true;
    return true;
}

/* A separator right behind another line that begins with "---" may be the first line of a piece, which separates
 * nothing. */
static bool follows_dashes(text bytes, size_t line_end) {
    size_t start = line_end;
    while (start > 0 && bytes.data[start - 1] != '\n')
        start--;
    return text_starts(text_slice(bytes, start, line_end), TEXT("---"));
}

size_t pieces_cut(text bytes, size_t from) {
    for (;;) {
        size_t at = find_dashes(bytes, from);
        if (at == SIZE_MAX) return bytes.size;
        size_t end = text_find_char(text_after(bytes, at + 1), '\n');
        if (end == SIZE_MAX) return bytes.size;
        if (!follows_dashes(bytes, at)) return at + 1 + end + 1;
        from = at + 1;
    }
}
