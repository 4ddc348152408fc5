/* yaml/emit_v2.c: see emit_v2.h. */
#include "yaml/emit_v2.h"

#include "yaml/escape.h"
#include "yaml/resolve.h"
#include "yaml/shape.h"

enum { WIDTH = 80, LONGEST_SIMPLE_KEY = 128, INDENT_HINT = '2' };

/* --- what a text is like -------------------------------------------------------------------------------------- */

/* Whether v2 reads the plain text as a string. Only a few first characters lead elsewhere. */
static bool reads_as_string(text t) {
    if (t.size == 0) return false;
    switch (t.data[0]) {
    case 'y':
    case 'Y':
    case 'n':
    case 'N':
    case 't':
    case 'T':
    case 'f':
    case 'F':
    case 'o':
    case 'O':
    case '~': return t.size > 5 || resolve_v2(t).type == SCALAR_STRING;
    case '+':
    case '-':
    case '.':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': return resolve_v2(t).type == SCALAR_STRING && !yaml_is_sexagesimal(t);
    default: return true;
    }
}

/* Whether no `c` of the text has a space on its left, or on its right (where the end of the text counts as one). */
static bool stands_apart(text t, char c, bool left) {
    const char *end = t.data + t.size;
    for (const char *p = t.data; (p = memchr(p, c, (size_t)(end - p))); p++) {
        if (left ? p > t.data && p[-1] == ' ' : p + 1 == end || p[1] == ' ') return false;
    }
    return true;
}

static bool begins_with_indicator(text t) {
    switch (t.data[0]) {
    case '#':
    case ',':
    case '[':
    case ']':
    case '{':
    case '}':
    case '&':
    case '*':
    case '!':
    case '|':
    case '>':
    case '\'':
    case '"':
    case '%':
    case '@':
    case '`': return true;
    case '?':
    case ':': return t.size == 1 || t.data[1] == ' ';
    case '-': return t.size == 1 || t.data[1] == ' ' || (t.size >= 3 && t.data[1] == '-' && t.data[2] == '-');
    case '.': return t.size >= 3 && t.data[1] == '.' && t.data[2] == '.';
    default: return false;
    }
}

static bool is_plain_line(text t, unsigned classes) {
    if (begins_with_indicator(t)) return false;
    if ((classes & CLASS_SPACE) && (t.data[0] == ' ' || t.data[t.size - 1] == ' ')) return false;
    if ((classes & CLASS_COLON) && !stands_apart(t, ':', false)) return false;
    return !(classes & CLASS_HASH) || stands_apart(t, '#', true);
}

static bool is_literal(text t, unsigned classes) {
    return !(classes & CLASS_SPACE) || (t.data[t.size - 1] != ' ' && stands_apart(t, '\n', true));
}

/* The style of a text with other characters than printable ASCII and LF. */
static node_style odd_style(text t, bool plain, bool block, bool *multiline) {
    scalar_shape shape = shape_of(t);
    *multiline = shape.multiline;
    if (block) return shape.block && !shape.tab ? STYLE_LITERAL : STYLE_DOUBLE_QUOTED;
    if (plain && shape.plain_in_block) return STYLE_PLAIN;
    return plain && shape.single_quoted ? STYLE_SINGLE_QUOTED : STYLE_DOUBLE_QUOTED;
}

string_form emit_v2_form(text t, unsigned classes) {
    bool multiline = classes & CLASS_LF;
    node_style style;
    if (classes & (CLASS_CONTROL | CLASS_HIGH | CLASS_DELETE)) {
        style = odd_style(t, reads_as_string(t), classes & CLASS_LF, &multiline);
    } else if (classes & CLASS_LF) {
        style = is_literal(t, classes) ? STYLE_LITERAL : STYLE_DOUBLE_QUOTED;
    } else if (!reads_as_string(t)) {
        style = STYLE_DOUBLE_QUOTED;
    } else {
        style = is_plain_line(t, classes) ? STYLE_PLAIN : STYLE_SINGLE_QUOTED;
    }
    return (string_form){style, classes, !multiline && t.size <= LONGEST_SIMPLE_KEY};
}

/* --- writing -------------------------------------------------------------------------------------------------- */

static void new_line(emitter_v2 *e) {
    buffer_add_char(e->out, '\n');
    e->line = e->out->size;
    e->fresh = true;
}

void emit_v2_line(emitter_v2 *e, size_t indent) {
    if (!e->fresh) new_line(e);
    buffer_add_repeated(e->out, ' ', indent);
    e->fresh = indent == 0;
}

static void continue_on_new_line(emitter_v2 *e, size_t indent) {
    new_line(e);
    buffer_add_repeated(e->out, ' ', indent);
    e->fresh = false;
}

/* The characters that stand on the current line. */
static size_t column_of(const emitter_v2 *e) {
    size_t column = 0;
    for (size_t i = e->line; i < e->out->size; i++)
        column += ((unsigned char)e->out->data[i] & 0xC0) != 0x80;
    return column;
}

/* A piece without breaks; a quote in single quotes is written twice. */
static void add_piece(emitter_v2 *e, const char *data, size_t size, char doubled) {
    const char *quote;
    while (doubled && size && (quote = memchr(data, doubled, size))) {
        size_t part = (size_t)(quote - data) + 1;
        buffer_add(e->out, data, part);
        buffer_add_char(e->out, doubled);
        data += part;
        size -= part;
    }
    buffer_add(e->out, data, size);
}

/* Whether the text may be broken at the space t[i]: a single one, not at either end. */
static bool is_single_space(text t, size_t i) {
    return i > 0 && i + 1 < t.size && t.data[i - 1] != ' ' && t.data[i + 1] != ' ';
}

/* The next such space at or after t[i]; the end of the text when there is none. */
static size_t next_single_space(text t, size_t i) {
    while (i < t.size) {
        const char *space = memchr(t.data + i, ' ', t.size - i);
        if (!space) return t.size;
        i = (size_t)(space - t.data);
        if (is_single_space(t, i)) return i;
        i++;
    }
    return t.size;
}

/* The characters of a piece of text as add_piece writes it. */
static size_t width_of(text t, char doubled) {
    size_t width = 0;
    for (size_t i = 0; i < t.size; i++)
        width += (((unsigned char)t.data[i] & 0xC0) != 0x80) + (size_t)(doubled && t.data[i] == doubled);
    return width;
}

/*
 * A plain or single-quoted text without breaks, continued on a new line at the first single space past the width.
 * `even`: each byte is one character on the line, so that the width tells where to look.
 */
static void write_folded(emitter_v2 *e, text t, size_t indent, char doubled, bool even) {
    size_t column = column_of(e), begin = 0, i = 0;
    while (begin < t.size) {
        if (even && column <= WIDTH) i = begin + (WIDTH + 1 - column);
        size_t space = next_single_space(t, i);
        if (!even) column += width_of(text_slice(t, i, space), doubled);
        bool breaks = space < t.size && (even || column > WIDTH);
        if (!breaks && space < t.size) {
            column++;
            i = space + 1;
            continue;
        }
        add_piece(e, t.data + begin, space - begin, doubled);
        if (breaks) continue_on_new_line(e, indent);
        column = indent;
        begin = i = space + 1;
    }
}

/* A text with line separators (U+2028, U+2029): each counts as a line break, and indentation follows it. */
static void write_separated(emitter_v2 *e, text t, size_t indent) {
    for (size_t i = 0; i < t.size;) {
        size_t end = i, length = 0;
        while (end < t.size && !(length = yaml_break_length(t.data + end, t.size - end)))
            end++;
        if (end > i) {
            if (i > 0) buffer_add_repeated(e->out, ' ', indent);
            write_folded(e, text_slice(t, i, end), indent, '\'', false);
        }
        for (i = end; i < t.size && (length = yaml_break_length(t.data + i, t.size - i)); i += length) {
            buffer_add(e->out, t.data + i, length);
            e->line = e->out->size;
        }
    }
}

static bool has_separator(text t, unsigned classes) {
    if (!(classes & CLASS_HIGH)) return false;
    for (size_t i = 0; i < t.size; i++)
        if ((unsigned char)t.data[i] >= 0x80 && yaml_break_length(t.data + i, t.size - i)) return true;
    return false;
}

static void write_single_quoted(emitter_v2 *e, text t, unsigned classes, size_t indent) {
    buffer_add_char(e->out, '\'');
    if (has_separator(t, classes))
        write_separated(e, t, indent);
    else
        write_folded(e, t, indent, '\'', !(classes & CLASS_HIGH) && !memchr(t.data, '\'', t.size));
    buffer_add_char(e->out, '\'');
}

/* Breaks at the first of several spaces too: the next line then begins with an escaped one. */
static void write_double_quoted_space(emitter_v2 *e, text t, size_t i, size_t indent, bool may_break) {
    if (!may_break || i == 0 || i + 1 >= t.size || e->out->size - e->line <= WIDTH || column_of(e) <= WIDTH) {
        buffer_add_char(e->out, ' ');
        return;
    }
    continue_on_new_line(e, indent);
    if (t.data[i + 1] == ' ') buffer_add_char(e->out, '\\');
}

static void write_double_quoted(emitter_v2 *e, text t, size_t indent, bool simple_key) {
    bool escape_all = escape_is_total(t), previous_space = false;
    buffer_add_char(e->out, '"');
    for (size_t i = 0; i < t.size;) {
        bool space = t.data[i] == ' ' && !escape_all;
        if (space)
            write_double_quoted_space(e, t, i++, indent, !simple_key && !previous_space);
        else
            i += escape_add(e->out, t, i, escape_all);
        previous_space = space;
    }
    buffer_add_char(e->out, '"');
}

static void write_hints(emitter_v2 *e, text t) {
    if (t.data[0] == ' ' || yaml_break_length(t.data, t.size)) buffer_add_char(e->out, INDENT_HINT);
    size_t last = yaml_break_before(t, t.size);
    if (last == 0)
        buffer_add_char(e->out, '-');
    else if (last == t.size || yaml_break_before(t, t.size - last))
        buffer_add_char(e->out, '+');
}

/* Writes up to the next break, indented when it begins a line; returns where it ended. */
static size_t write_literal_line(emitter_v2 *e, text t, size_t i, bool odd, size_t indent) {
    size_t end = i;
    if (odd) {
        while (end < t.size && !yaml_break_length(t.data + end, t.size - end))
            end++;
    } else {
        const char *lf = memchr(t.data + i, '\n', t.size - i);
        end = lf ? (size_t)(lf - t.data) : t.size;
    }
    if (end > i) {
        buffer_add_repeated(e->out, ' ', indent);
        buffer_add(e->out, t.data + i, end - i);
        e->fresh = false;
    }
    return end;
}

static void write_literal(emitter_v2 *e, text t, unsigned classes, size_t indent) {
    bool odd = has_separator(t, classes);
    buffer_add_char(e->out, '|');
    write_hints(e, t);
    new_line(e);
    for (size_t i = 0; i < t.size;) {
        i = write_literal_line(e, t, i, odd, indent);
        if (i == t.size) break;
        size_t length = yaml_break_length(t.data + i, t.size - i);
        buffer_add(e->out, t.data + i, length);
        e->line = e->out->size;
        e->fresh = true;
        i += length;
    }
}

void emit_v2_string(emitter_v2 *e, text t, const string_form *form, size_t indent, bool simple_key) {
    e->fresh = false;
    switch (form->style) {
    case STYLE_PLAIN:
        if (simple_key || !(form->classes & CLASS_SPACE))
            buffer_add_text(e->out, t);
        else
            write_folded(e, t, indent, 0, !(form->classes & CLASS_HIGH));
        return;
    case STYLE_SINGLE_QUOTED:
        if (simple_key) {
            buffer_add_char(e->out, '\'');
            add_piece(e, t.data, t.size, '\'');
            buffer_add_char(e->out, '\'');
        } else {
            write_single_quoted(e, t, form->classes, indent);
        }
        return;
    case STYLE_LITERAL:
    case STYLE_FOLDED: write_literal(e, t, form->classes, indent); return;
    case STYLE_DOUBLE_QUOTED: write_double_quoted(e, t, indent, simple_key); return;
    }
}
