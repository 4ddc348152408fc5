/*
 * yaml/scan_cursor.h: characters of the scanner: what class the one at the cursor is of, and how to pass it.
 *
 * Offsets count bytes from the cursor and may lie beyond the end, where every byte is 0.
 */
#ifndef YAML_SCAN_CURSOR_H
#define YAML_SCAN_CURSOR_H

#include "yaml/scanner.h"

static inline unsigned char scan_byte(const scanner *s, size_t offset) {
    size_t at = (size_t)s->mark.at + offset;
    return at < s->bytes.size ? (unsigned char)s->bytes.data[at] : 0;
}

/* The bytes of a line break, 0 when there is none: U+0085, U+2028 and U+2029 are some to go-yaml. */
static inline size_t scan_break_size(const scanner *s, size_t offset) {
    switch (scan_byte(s, offset)) {
    case '\n': return 1;
    case '\r': return scan_byte(s, offset + 1) == '\n' ? 2 : 1;
    case 0xC2: return scan_byte(s, offset + 1) == 0x85 ? 2 : 0;
    case 0xE2: return scan_byte(s, offset + 1) == 0x80 && (scan_byte(s, offset + 2) | 1) == 0xA9 ? 3 : 0;
    default: return 0;
    }
}

static inline bool scan_is_blank(const scanner *s, size_t offset) {
    return scan_byte(s, offset) == ' ' || scan_byte(s, offset) == '\t';
}
static inline bool scan_is_end(const scanner *s, size_t offset) { return scan_byte(s, offset) == 0; }
static inline bool scan_is_break_or_end(const scanner *s, size_t offset) {
    return scan_is_end(s, offset) || scan_break_size(s, offset) > 0;
}
static inline bool scan_is_space_or_end(const scanner *s, size_t offset) {
    return scan_is_blank(s, offset) || scan_is_break_or_end(s, offset);
}

/* Letters, digits, '-' and '_': what names of anchors and handles of tags consist of. */
bool scan_is_word(const scanner *s);
/* "---" or "..." alone at the start of a line. */
bool scan_is_document_marker(const scanner *s);

/* Passes one character that is no line break. */
void scan_skip(scanner *s);
/* Passes a line break, if there is one. */
void scan_skip_break(scanner *s);
void scan_skip_blanks(scanner *s);
/* The same, adding what go-yaml makes of it to `out`. */
void scan_take(scanner *s, buffer *out);
void scan_take_break(scanner *s, buffer *out);

/* The text at hand as a slice that lives as long as the arena; false when memory is out. */
bool scan_keep(scanner *s, const buffer *b, text *out);
/* What is between a mark and the cursor. */
text scan_since(const scanner *s, yaml_mark from);
/* Says why the text is refused, and where; false. */
bool scan_refuse(scanner *s, yaml_mark where, const char *problem);

#endif
