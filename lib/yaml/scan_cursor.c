/* yaml/scan_cursor.c: see scan_cursor.h. */
#include "yaml/scan_cursor.h"

bool scan_is_word(const scanner *s) {
    unsigned char c = scan_byte(s, 0);
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

bool scan_is_document_marker(const scanner *s) {
    unsigned char c = scan_byte(s, 0);
    return s->mark.column == 0 && (c == '-' || c == '.') && scan_byte(s, 1) == c && scan_byte(s, 2) == c &&
           scan_is_space_or_end(s, 3);
}

static long width(unsigned char c) { return c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4; }

/* Moves by some bytes, which count as `characters`; never past the end, where a malformed last character may lead. */
static void advance(scanner *s, size_t bytes, long characters) {
    size_t at = (size_t)s->mark.at + bytes;
    s->mark.at = (long)(at < s->bytes.size ? at : s->bytes.size);
    s->mark.index += characters;
}

void scan_skip(scanner *s) {
    if (!scan_is_blank(s, 0)) s->newlines = 0;
    advance(s, (size_t)width(scan_byte(s, 0)), 1);
    s->mark.column++;
}

void scan_skip_break(scanner *s) {
    size_t size = scan_break_size(s, 0);
    if (size == 0) return;
    advance(s, size, scan_byte(s, 0) == '\r' ? (long)size : 1);
    s->mark.column = 0;
    s->mark.line++;
    s->newlines++;
}

void scan_skip_blanks(scanner *s) {
    while (scan_is_blank(s, 0))
        scan_skip(s);
}

void scan_take(scanner *s, buffer *out) {
    long from = s->mark.at;
    scan_skip(s);
    buffer_add(out, s->bytes.data + from, (size_t)(s->mark.at - from));
}

void scan_take_break(scanner *s, buffer *out) {
    if (scan_byte(s, 0) == 0xE2)
        buffer_add(out, s->bytes.data + s->mark.at, 3);
    else
        buffer_add_char(out, '\n');
    scan_skip_break(s);
}

bool scan_keep(scanner *s, const buffer *b, text *out) {
    *out = TEXT_EMPTY;
    if (!buffer_failed(b) && b->size == 0) return true;
    if (!buffer_failed(b)) *out = text_copy(s->arena, buffer_text(b));
    if (buffer_failed(b) || !out->data) s->no_memory = true;
    return !s->no_memory;
}

text scan_since(const scanner *s, yaml_mark from) {
    return text_of(s->bytes.data + from.at, (size_t)(s->mark.at - from.at));
}

bool scan_refuse(scanner *s, yaml_mark where, const char *problem) {
    s->problem = problem;
    s->problem_at = (size_t)where.at;
    return false;
}
