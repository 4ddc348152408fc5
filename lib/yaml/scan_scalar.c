/*
 * yaml/scan_scalar.c: the texts of scalars in all five styles; see scanner.h.
 *
 * s->value takes the text, s->breaks the line breaks and s->blanks the white space that may still belong to it.
 */
#include "yaml/scan_cursor.h"

/* --- block scalars ----------------------------------------------------------------------------------------------- */

typedef struct block_header {
    char chomping;  /* '+', '-' or ' ' */
    long increment; /* 0: the first line with content says it */
} block_header;

static bool scan_increment(scanner *s, yaml_mark scalar, block_header *out) {
    unsigned char c = scan_byte(s, 0);
    if (c < '0' || c > '9') return true;
    if (c == '0') return scan_refuse(s, scalar, "a block scalar can't be indented by 0");
    out->increment = c - '0';
    scan_skip(s);
    return true;
}

static void scan_chomping(scanner *s, block_header *out) {
    if (scan_byte(s, 0) != '+' && scan_byte(s, 0) != '-') return;
    out->chomping = (char)scan_byte(s, 0);
    scan_skip(s);
}

static bool scan_block_header(scanner *s, yaml_mark scalar, block_header *out) {
    *out = (block_header){.chomping = ' '};
    scan_chomping(s, out);
    if (!scan_increment(s, scalar, out)) return false;
    if (out->chomping == ' ') scan_chomping(s, out);
    scan_skip_blanks(s);
    if (scan_byte(s, 0) == '#') {
        if (!scan_line_comment(s, scalar)) return false;
        while (!scan_is_break_or_end(s, 0))
            scan_skip(s);
    }
    if (!scan_is_break_or_end(s, 0))
        return scan_refuse(s, scalar, "nothing but a comment may follow the header of a block scalar on its line");
    scan_skip_break(s);
    return true;
}

/* Indentation and empty lines before the next line of text. An *indent of 0 becomes that of this line. */
static bool scan_block_breaks(scanner *s, long *indent, yaml_mark *end) {
    long deepest = 0;
    *end = s->mark;
    for (;;) {
        while ((*indent == 0 || s->mark.column < *indent) && scan_byte(s, 0) == ' ')
            scan_skip(s);
        if (s->mark.column > deepest) deepest = s->mark.column;
        if ((*indent == 0 || s->mark.column < *indent) && scan_byte(s, 0) == '\t')
            return scan_refuse(s, s->mark, "a tab in the indentation of a block scalar");
        if (scan_break_size(s, 0) == 0) break;
        scan_take_break(s, &s->breaks);
        *end = s->mark;
    }
    if (*indent == 0) {
        *indent = deepest < s->indent + 1 ? s->indent + 1 : deepest;
        if (*indent < 1) *indent = 1;
    }
    return true;
}

/* The lines; s->blanks holds the break that ends the last one. */
static bool scan_block_lines(scanner *s, bool literal, long indent, yaml_mark *end) {
    buffer_clear(&s->breaks);
    if (!scan_block_breaks(s, &indent, end)) return false;
    bool after_blank = false;
    while (s->mark.column == indent && !scan_is_end(s, 0)) {
        bool blank = scan_is_blank(s, 0);
        bool folds = !literal && !after_blank && !blank && s->blanks.size && s->blanks.data[0] == '\n';
        if (!folds)
            buffer_add_text(&s->value, buffer_text(&s->blanks));
        else if (s->breaks.size == 0)
            buffer_add_char(&s->value, ' ');
        buffer_clear(&s->blanks);
        buffer_add_text(&s->value, buffer_text(&s->breaks));
        buffer_clear(&s->breaks);
        after_blank = blank;
        if (blank && !literal) s->odd = true;
        while (!scan_is_break_or_end(s, 0))
            scan_take(s, &s->value);
        if (!scan_is_end(s, 0)) scan_take_break(s, &s->blanks);
        if (!scan_block_breaks(s, &indent, end)) return false;
    }
    return true;
}

bool scan_block_scalar(scanner *s, token *out) {
    bool literal = scan_byte(s, 0) == '|';
    block_header header;
    *out = (token){.type = TOKEN_SCALAR, .style = literal ? STYLE_LITERAL : STYLE_FOLDED, .start = s->mark};
    scan_skip(s);
    if (!scan_block_header(s, out->start, &header)) return false;
    long around = s->indent >= 0 ? s->indent : 0;
    buffer_clear(&s->value);
    buffer_clear(&s->blanks);
    if (!scan_block_lines(s, literal, header.increment ? around + header.increment : 0, &out->end)) return false;
    if (header.increment || header.chomping == '+' || s->indent < 0 || s->blanks.size == 0) s->odd = true;
    if (header.chomping != '-') buffer_add_text(&s->value, buffer_text(&s->blanks));
    if (header.chomping == '+') buffer_add_text(&s->value, buffer_text(&s->breaks));
    return scan_keep(s, &s->value, &out->value);
}

/* --- folding in quoted and plain scalars ------------------------------------------------------------------------- */

typedef struct folding {
    bool on_next_line; /* a line break has been passed since the last text; s->blanks holds it, or else the blanks */
} folding;

/*
 * White space and line breaks. Blanks before the first break are dropped, as those after it; the first break is a
 * space unless more follow. s->blanks holds blanks, or the first break.
 */
static void pass_break(scanner *s, folding *f) {
    if (f->on_next_line) {
        scan_take_break(s, &s->breaks);
        return;
    }
    buffer_clear(&s->blanks);
    scan_take_break(s, &s->blanks);
    f->on_next_line = true;
}

/* Adds what the white space that has been passed comes to. */
static void fold(scanner *s, folding *f) {
    bool folds = f->on_next_line && s->blanks.size && s->blanks.data[0] == '\n';
    if (!folds)
        buffer_add_text(&s->value, buffer_text(&s->blanks));
    else if (s->breaks.size == 0)
        buffer_add_char(&s->value, ' ');
    buffer_add_text(&s->value, buffer_text(&s->breaks));
    buffer_clear(&s->blanks);
    buffer_clear(&s->breaks);
    f->on_next_line = false;
}

static void begin_folding(scanner *s, folding *f) {
    *f = (folding){.on_next_line = false};
    buffer_clear(&s->value);
    buffer_clear(&s->blanks);
    buffer_clear(&s->breaks);
}

/* --- quoted scalars ---------------------------------------------------------------------------------------------- */

/* What a letter after a backslash stands for; 0: not one character, see the callers. */
static uint32_t escaped(unsigned char c) {
    switch (c) {
    case 'a': return 0x07;
    case 'b': return 0x08;
    case 't':
    case '\t': return '\t';
    case 'n': return '\n';
    case 'v': return 0x0B;
    case 'f': return 0x0C;
    case 'r': return '\r';
    case 'e': return 0x1B;
    case ' ':
    case '"':
    case '\'':
    case '\\': return c;
    case 'N': return 0x85;
    case '_': return 0xA0;
    case 'L': return 0x2028;
    case 'P': return 0x2029;
    default: return 0;
    }
}

static int hex_digit(unsigned char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* \xXX, \uXXXX or \UXXXXXXXX; the cursor is behind the letter. Halves of surrogate pairs are no characters. */
static bool take_code_point(scanner *s, int digits) {
    yaml_mark start = s->mark;
    uint32_t code = 0;
    for (int i = 0; i < digits; i++) {
        int digit = hex_digit(scan_byte(s, 0));
        if (digit < 0) return scan_refuse(s, start, "a malformed escape in a quoted text");
        code = code << 4 | (uint32_t)digit;
        scan_skip(s);
    }
    if ((code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF)
        return scan_refuse(s, start, "an escape in a quoted text that is no character");
    if (code == 0)
        buffer_add_char(&s->value, '\0');
    else
        buffer_add_utf8(&s->value, code);
    return true;
}

static bool take_escape(scanner *s) {
    yaml_mark start = s->mark;
    unsigned char letter = scan_byte(s, 1);
    uint32_t code = escaped(letter);
    if (code == 0 && (letter == 0 || !memchr("0xuU", letter, 4)))
        return scan_refuse(s, start, "an unknown escape in a quoted text");
    if (!memchr("ntr\"\\", letter, 5)) s->odd = true;
    scan_skip(s);
    scan_skip(s);
    if (letter == 'x') return take_code_point(s, 2);
    if (letter == 'u') return take_code_point(s, 4);
    if (letter == 'U') return take_code_point(s, 8);
    if (letter == '0')
        buffer_add_char(&s->value, '\0');
    else
        buffer_add_utf8(&s->value, code);
    return true;
}

/* Text up to white space, a break or the closing quote. */
static bool take_quoted_word(scanner *s, bool single, folding *f) {
    while (!scan_is_space_or_end(s, 0)) {
        unsigned char c = scan_byte(s, 0);
        if (c == (single ? '\'' : '"')) {
            if (!single || scan_byte(s, 1) != '\'') return true;
            s->odd = true; /* libfyaml loses the end of a text in which such pairs follow each other */
            scan_skip(s);
            scan_take(s, &s->value);
        } else if (single || c != '\\') {
            scan_take(s, &s->value);
        } else if (scan_break_size(s, 1)) {
            /* An escaped break is none, but white space and breaks after it count as after one. */
            scan_skip(s);
            scan_skip_break(s);
            f->on_next_line = s->odd = true;
            return true;
        } else if (!take_escape(s)) {
            return false;
        }
    }
    return true;
}

static void pass_quoted_space(scanner *s, folding *f) {
    for (;;) {
        if (scan_is_blank(s, 0)) {
            if (f->on_next_line)
                scan_skip(s);
            else
                scan_take(s, &s->blanks);
        } else if (scan_break_size(s, 0)) {
            pass_break(s, f);
        } else {
            return;
        }
    }
}

bool scan_quoted_scalar(scanner *s, token *out) {
    unsigned char quote = scan_byte(s, 0);
    bool single = quote == '\'';
    folding f;
    *out = (token){.type = TOKEN_SCALAR, .style = single ? STYLE_SINGLE_QUOTED : STYLE_DOUBLE_QUOTED, .start = s->mark};
    scan_skip(s);
    begin_folding(s, &f);
    for (;;) {
        if (scan_is_document_marker(s)) return scan_refuse(s, s->mark, "a document marker inside a quoted text");
        if (scan_is_end(s, 0)) return scan_refuse(s, out->start, "a quoted text that does not end");
        if (!take_quoted_word(s, single, &f)) return false;
        if (scan_byte(s, 0) == quote) break;
        pass_quoted_space(s, &f);
        if (f.on_next_line) s->odd = true;
        fold(s, &f);
    }
    scan_skip(s);
    out->end = s->mark;
    return scan_keep(s, &s->value, &out->value);
}

/* --- plain scalars ----------------------------------------------------------------------------------------------- */

static bool ends_plain_word(const scanner *s) {
    unsigned char c = scan_byte(s, 0);
    if (c == ':' && scan_is_space_or_end(s, 1)) return true;
    return s->flow_level > 0 && memchr(",?[]{}", c, 6);
}

/* White space after a word, on this line and the next ones. */
static bool pass_plain_space(scanner *s, folding *f) {
    for (;;) {
        if (scan_is_blank(s, 0)) {
            if (f->on_next_line && s->mark.column < s->indent + 1 && scan_byte(s, 0) == '\t')
                return scan_refuse(s, s->mark, "a tab in the indentation of a text");
            if (f->on_next_line)
                scan_skip(s);
            else
                scan_take(s, &s->blanks);
        } else if (scan_break_size(s, 0)) {
            pass_break(s, f);
        } else {
            return true;
        }
    }
}

bool scan_plain_scalar(scanner *s, token *out) {
    folding f;
    bool one_line = true;
    *out = (token){.type = TOKEN_SCALAR, .style = STYLE_PLAIN, .start = s->mark, .end = s->mark};
    begin_folding(s, &f);
    while (!scan_is_document_marker(s) && scan_byte(s, 0) != '#') {
        bool any = false;
        while (!scan_is_space_or_end(s, 0) && !ends_plain_word(s)) {
            if (!any) {
                one_line = one_line && !f.on_next_line;
                if (f.on_next_line) s->odd = true;
                fold(s, &f);
            }
            any = true;
            if (s->flow_level && scan_byte(s, 0) == ':') s->odd = true;
            scan_take(s, &s->value);
            out->end = s->mark;
        }
        if (!scan_is_blank(s, 0) && scan_break_size(s, 0) == 0) break;
        if (!pass_plain_space(s, &f)) return false;
        if (s->flow_level == 0 && s->mark.column < s->indent + 1) break;
    }
    if (f.on_next_line) s->key_allowed = true;
    if (!one_line) return scan_keep(s, &s->value, &out->value);
    out->value = text_of(s->bytes.data + out->start.at, (size_t)(out->end.at - out->start.at));
    return true;
}
