/* yaml/fast_scan.c: see fast_scan.h. */
#include "yaml/fast_scan.h"

enum { LONGEST_KEY = 1000, EMPTY_LITERAL = -2 };

/* --- bytes ------------------------------------------------------------------------------------------------------- */

/* Bytes that end or may end a plain scalar, or that need a look. */
static const unsigned char stops_plain[256] = {
    ['\n'] = 1, ['\r'] = 1, ['\t'] = 1, [':'] = 1, ['#'] = 1, [0xC2] = 1, [0xE2] = 1, [0xEF] = 1, [0] = 1};
static const unsigned char stops_flow_plain[256] = {
    ['\n'] = 1, ['\r'] = 1, ['\t'] = 1, [':'] = 1,  ['#'] = 1,  [','] = 1,  ['['] = 1, [']'] = 1,
    ['{'] = 1,  ['}'] = 1,  ['?'] = 1,  [0xC2] = 1, [0xE2] = 1, [0xEF] = 1, [0] = 1};
/* Bytes that a plain scalar can't begin with; '-', '?' and ':' can if no space follows. */
static const unsigned char starts_other[256] = {
    [','] = 1, ['['] = 1, [']'] = 1,  ['{'] = 1, ['}'] = 1, ['#'] = 1, ['&'] = 1, ['*'] = 1,  ['!'] = 1,  ['|'] = 1,
    ['>'] = 1, ['%'] = 1, ['\''] = 1, ['"'] = 1, ['@'] = 1, ['`'] = 1, [' '] = 1, ['\t'] = 1, ['\n'] = 1, [0] = 1};

/* U+0085, U+2028, U+2029 are line breaks to go-yaml, and U+FEFF is no text: none of them is for this reader. */
bool fast_is_odd(const fast_reader *f, const char *p) {
    const unsigned char *u = (const unsigned char *)p;
    size_t left = (size_t)(f->end - p);
    if (u[0] == 0xC2) return left < 2 || u[1] == 0x85;
    if (u[0] == 0xE2) return left < 3 || (u[1] == 0x80 && (u[2] == 0xA8 || u[2] == 0xA9));
    if (u[0] == 0xEF) return left < 3 || (u[1] == 0xBB && u[2] == 0xBF);
    return false;
}

/* Whether a stretch of text holds one of those. */
static bool has_odd(const fast_reader *f, const char *p, const char *end) {
    for (; p < end; p++)
        if ((unsigned char)*p >= 0xC2 && fast_is_odd(f, p)) return true;
    return false;
}

/* --- nodes ------------------------------------------------------------------------------------------------------- */

node *fast_make_node(fast_reader *f, node_kind kind, const char *where) {
    node *n = arena_alloc(f->arena, sizeof *n);
    if (!n) {
        f->no_memory = true;
        return NULL;
    }
    *n = (node){.kind = (uint8_t)kind, .where = f->first + (origin)(where - f->start)};
    return n;
}

node *fast_make_scalar(fast_reader *f, const char *where, text value, node_tag tag, node_style style) {
    node *n = fast_make_node(f, NODE_SCALAR, where);
    if (!n) return NULL;
    n->style = (uint8_t)style;
    n->tag = (uint8_t)tag;
    n->data = value.data;
    n->count = (uint32_t)value.size;
    return n;
}

/* --- lines ------------------------------------------------------------------------------------------------------- */

/* The cursor is at a '#': skips to the end of the line. A comment that may be JSON can change a merge: not for us. */
static bool skip_comment(fast_reader *f) {
    const char *p = f->at + 1;
    while (p < f->end && (*p == ' ' || *p == '#' || *p == '\t'))
        p++;
    if (p < f->end && *p == '{') return false;
    const char *line_end = p < f->end ? memchr(p, '\n', (size_t)(f->end - p)) : NULL;
    if (!line_end) line_end = f->end;
    if (memchr(f->at, '\r', (size_t)(line_end - f->at)) || has_odd(f, f->at, line_end)) return false;
    f->at = line_end;
    return true;
}

/* After a value: white space, perhaps a comment, the end of the line. */
bool fast_end_of_value(fast_reader *f) {
    const char *p = f->at;
    while (p < f->end && *p == ' ')
        p++;
    if (fast_ends_line(f, p)) {
        f->at = p;
        return true;
    }
    if (*p != '#' || p == f->at) return false;
    f->at = p;
    return skip_comment(f);
}

static bool is_marker(const fast_reader *f, const char *p) {
    if (f->end - p < 3) return false;
    return (p[0] == '-' && p[1] == '-' && p[2] == '-') || (p[0] == '.' && p[1] == '.' && p[2] == '.');
}

/* From the start of a line to the next content; its column goes to f->column. False when that is not for us. */
bool fast_find_content(fast_reader *f) {
    while (f->at < f->end) {
        const char *line = f->at, *p = line;
        while (p < f->end && *p == ' ')
            p++;
        f->at = p;
        if (!fast_ends_line(f, p) && *p != '#') {
            f->column = p - line;
            bool special = p == line && (is_marker(f, p) || *p == '%');
            return !special && *p != '\t' && *p != '\r';
        }
        if (!fast_ends_line(f, p) && !skip_comment(f)) return false;
        if (f->at < f->end) f->at++;
    }
    f->column = NO_CONTENT;
    return true;
}

/* The same from the end of a line. */
bool fast_next_line(fast_reader *f) {
    if (f->at < f->end) f->at++;
    return fast_find_content(f);
}

/* --- scalars on one line ----------------------------------------------------------------------------------------- */

bool fast_can_start_plain(const fast_reader *f) {
    unsigned char c = (unsigned char)*f->at;
    if (starts_other[c] || c == '\r' || fast_is_odd(f, f->at)) return false;
    if (c != '-' && c != '?' && c != ':') return true;
    return f->at + 1 < f->end && f->at[1] != ' ' && f->at[1] != '\n' && f->at[1] != '\t';
}

/*
 * The plain text at the cursor, up to ": ", " #" or the end of the line; the cursor moves there. *is_key says whether a
 * colon follows.
 */
static bool scan_plain(fast_reader *f, const unsigned char stops[256], text *out, bool *is_key) {
    const char *begin = f->at, *p = begin;
    *is_key = false;
    for (;;) {
        while (p < f->end && !stops[(unsigned char)*p])
            p++;
        if (fast_ends_line(f, p)) break;
        if (*p == ':') {
            const char *after = p + 1;
            bool ends = fast_is_space_or_end(f, after) ||
                        (stops == stops_flow_plain && (*after == ',' || *after == ']' || *after == '}'));
            if (ends) {
                *is_key = true;
                break;
            }
            if (*after == '\t' || (stops == stops_flow_plain && (*after == '[' || *after == '{'))) return false;
        } else if (*p == '#') {
            if (p > begin && p[-1] == ' ') break;
        } else if ((unsigned char)*p >= 0x80) {
            if (fast_is_odd(f, p)) return false;
        } else if (stops == stops_flow_plain && (*p == ',' || *p == ']' || *p == '}')) {
            break;
        } else {
            return false;
        }
        p++;
    }
    const char *text_end = p;
    while (text_end > begin && text_end[-1] == ' ')
        text_end--;
    if (text_end == begin) return false;
    if (*is_key && text_end != p) return false; /* "key :" */
    *out = text_of(begin, (size_t)(text_end - begin));
    f->at = *is_key ? p : text_end;
    return true;
}

bool fast_scan_plain(fast_reader *f, text *out, bool *is_key) { return scan_plain(f, stops_plain, out, is_key); }

/* A single-quoted text on one line; '' stands for one quote. */
static bool scan_single_quoted(fast_reader *f, text *out) {
    const char *begin = f->at + 1, *p = begin;
    size_t doubled = 0;
    for (;; p++) {
        if (fast_ends_line(f, p) || *p == '\t' || *p == '\r' || fast_is_odd(f, p)) return false;
        if (*p != '\'') continue;
        if (p + 1 < f->end && p[1] == '\'') {
            doubled++;
            p++;
            continue;
        }
        break;
    }
    f->at = p + 1;
    *out = text_of(begin, (size_t)(p - begin));
    if (doubled == 0) return true;
    char *copy = arena_chars(f->arena, out->size - doubled);
    if (!copy) return !(f->no_memory = true);
    size_t size = 0;
    for (const char *q = begin; q < p; q++) {
        copy[size++] = *q;
        if (*q == '\'') q++;
    }
    *out = text_of(copy, size);
    return true;
}

char fast_escaped(char c) {
    switch (c) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case '"': return '"';
    case '\\': return '\\';
    default: return '\0';
    }
}

/* A double-quoted text on one line with the commonest escapes. */
static bool scan_double_quoted(fast_reader *f, text *out) {
    const char *begin = f->at + 1, *p = begin;
    size_t escapes = 0;
    for (; fast_ends_line(f, p) || *p != '"'; p++) {
        if (fast_ends_line(f, p) || *p == '\t' || *p == '\r' || fast_is_odd(f, p)) return false;
        if (*p != '\\') continue;
        if (p + 1 == f->end || !fast_escaped(p[1])) return false;
        escapes++;
        p++;
    }
    f->at = p + 1;
    *out = text_of(begin, (size_t)(p - begin));
    if (escapes == 0) return true;
    char *copy = arena_chars(f->arena, out->size - escapes);
    if (!copy) return !(f->no_memory = true);
    size_t size = 0;
    for (const char *q = begin; q < p; q++)
        copy[size++] = *q == '\\' ? fast_escaped(*++q) : *q;
    *out = text_of(copy, size);
    return true;
}

/* The scalar at the cursor, quoted or plain. *is_key says whether it is followed by the colon of a mapping. */
bool fast_scan_scalar(fast_reader *f, bool flow, node **out, bool *is_key) {
    const unsigned char *stops = flow ? stops_flow_plain : stops_plain;
    const char *where = f->at;
    text value;
    if (*where == '\'' || *where == '"') {
        bool single = *where == '\'';
        if (!(single ? scan_single_quoted(f, &value) : scan_double_quoted(f, &value))) return false;
        *is_key = f->at < f->end && *f->at == ':' && fast_is_space_or_end(f, f->at + 1);
        *out = fast_make_scalar(f, where, value, TAG_STR, single ? STYLE_SINGLE_QUOTED : STYLE_DOUBLE_QUOTED);
    } else {
        /* In flow collections these are indicators whatever follows. */
        if (flow && (*where == ':' || *where == '?')) return false;
        if (!fast_can_start_plain(f) || !scan_plain(f, stops, &value, is_key)) return false;
        *out = fast_make_scalar(f, where, value, f->resolve(value), STYLE_PLAIN);
    }
    if (!*out) return false;
    return !*is_key || (value.size <= LONGEST_KEY && (*out)->tag != TAG_MERGE && !text_is(value, "<<"));
}

/* Whether the line at the cursor begins with a key: looked at without making nodes. */
bool fast_begins_with_key(fast_reader *f, bool *is_key) {
    fast_reader look = *f;
    text ignored;
    *is_key = false;
    if (*f->at == '"' || *f->at == '\'') {
        const char quote = *f->at;
        const char *p = f->at + 1;
        while (!fast_ends_line(f, p) && *p != quote)
            p += *p == '\\' && quote == '"' && !fast_ends_line(f, p + 1) ? 2 : 1;
        *is_key = !fast_ends_line(f, p) && p + 1 < f->end && p[1] == ':' && fast_is_space_or_end(f, p + 2);
        return true;
    }
    return fast_can_start_plain(f) && scan_plain(&look, stops_plain, &ignored, is_key);
}

/* --- literals ---------------------------------------------------------------------------------------------------- */

/* The header "|", "|-" or "|+" and the end of its line. */
static bool scan_literal_header(fast_reader *f, char *chomping) {
    f->at++;
    *chomping = ' ';
    if (f->at < f->end && (*f->at == '-' || *f->at == '+')) *chomping = *f->at++;
    return fast_is_space_or_end(f, f->at) && fast_end_of_value(f);
}

/*
 * How far the text of a literal is indented, from its first line with content; EMPTY_LITERAL when what follows is not
 * indented deeper than the parent, NO_CONTENT if it is not for us. *breaks counts the empty lines before that.
 */
static long literal_indentation(const fast_reader *f, long parent, size_t *breaks) {
    long blank = 0;
    *breaks = 0;
    for (const char *line = f->at + 1; line < f->end; line++) {
        const char *p = line;
        while (p < f->end && *p == ' ')
            p++;
        if (p == f->end) break;
        if (*p == '\t' || *p == '\r') return NO_CONTENT;
        long column = p - line;
        if (*p != '\n' && column <= parent) return EMPTY_LITERAL;
        if (*p != '\n') return column >= blank ? column : NO_CONTENT;
        if (column > blank) blank = column;
        ++*breaks;
        line = p;
    }
    return EMPTY_LITERAL;
}

/*
 * The lines of a literal from the cursor's next line on; *end is the break before what follows, or the end of the text.
 * A last line without a break gives a value without one.
 */
static bool measure_literal(const fast_reader *f, long indentation, const char **end, size_t *size) {
    const char *line = f->at + 1, *last = f->at;
    *size = 0;
    while (line < f->end) {
        const char *line_end = memchr(line, '\n', (size_t)(f->end - line));
        bool broken = line_end != NULL;
        if (!broken) line_end = f->end;
        const char *p = line;
        while (p < line_end && p - line < indentation && *p == ' ')
            p++;
        if (p < line_end && p - line < indentation) break;
        if (memchr(p, '\r', (size_t)(line_end - p)) || has_odd(f, p, line_end)) return false;
        *size += (size_t)(line_end - p) + broken;
        last = line_end;
        line = line_end + broken;
    }
    *end = last;
    return true;
}

static size_t copy_literal(const fast_reader *f, const char *end, long indentation, char *out) {
    size_t size = 0;
    bool broken = end < f->end;
    for (const char *line = f->at + 1; line < end + broken;) {
        const char *line_end = memchr(line, '\n', (size_t)(end - line) + broken);
        size_t with_break = line_end ? 1 : 0;
        if (!line_end) line_end = end;
        const char *p = line;
        while (p < line_end && p - line < indentation)
            p++;
        memcpy(out + size, p, (size_t)(line_end - p) + with_break);
        size += (size_t)(line_end - p) + with_break;
        line = line_end + 1;
    }
    return size;
}

static text chomp(const char *bytes, size_t size, char chomping) {
    size_t stripped = size;
    while (stripped && bytes[stripped - 1] == '\n')
        stripped--;
    if (chomping == '+') return text_of(bytes, size);
    return text_of(bytes, chomping == '-' || stripped == size ? stripped : stripped + 1);
}

/* A literal or folded scalar without lines: only "+" keeps the breaks that follow. */
static bool read_empty_literal(fast_reader *f, const char *where, char chomping, size_t breaks, node **out) {
    text value = TEXT_EMPTY;
    if (chomping == '+' && breaks) {
        char *bytes = arena_chars(f->arena, breaks);
        if (!bytes) return !(f->no_memory = true);
        memset(bytes, '\n', breaks);
        value = text_of(bytes, breaks);
    }
    *out = fast_make_scalar(f, where, value, TAG_STR, *where == '|' ? STYLE_LITERAL : STYLE_FOLDED);
    return *out != NULL;
}

bool fast_read_literal(fast_reader *f, long parent, node **out) {
    const char *where = f->at, *end;
    char chomping;
    size_t size, breaks;
    if (parent < 0 || !scan_literal_header(f, &chomping)) return false;
    long indentation = literal_indentation(f, parent, &breaks);
    if (indentation == EMPTY_LITERAL) return read_empty_literal(f, where, chomping, breaks, out);
    if (*where == '>' || indentation == NO_CONTENT || !measure_literal(f, indentation, &end, &size)) return false;
    char *bytes = arena_chars(f->arena, size);
    if (!bytes) return !(f->no_memory = true);
    size = copy_literal(f, end, indentation, bytes);
    *out = fast_make_scalar(f, where, chomp(bytes, size, chomping), TAG_STR, STYLE_LITERAL);
    f->at = end;
    return *out != NULL;
}
