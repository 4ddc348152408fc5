/*
 * yaml/fast_reader.c: see fast_reader.h.
 *
 * Columns are counted in bytes from 0, as indentation is always spaces here. A function that reads a node leaves the
 * cursor at the end of its last line (at the break or the end of the text); `next_line` then moves to the next line
 * with content. Children of a collection wait on a stack until it is complete and are copied out at their exact size.
 */
#include "yaml/fast_reader.h"

enum { LONGEST_KEY = 1000, NO_CONTENT = -1, EMPTY_LITERAL = -2 };

typedef struct fast_reader {
    const char *at;
    const char *end;
    const char *start;
    origin first;
    arena *arena;
    fast_resolver resolve;
    const allocator *from;
    node **stack; /* children of the collections that are open */
    size_t stacked;
    size_t stack_size;
    uint32_t depth;
    uint32_t deepest;
    long column; /* of the content that the cursor is at, after next_line */
    bool no_memory;
} fast_reader;

static bool read_node(fast_reader *f, long column, long parent, node **out);

/* --- bytes ---------------------------------------------------------------------------------------------------------
 */

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

static bool ends_line(const fast_reader *f, const char *p) { return p == f->end || *p == '\n'; }

static bool is_space_or_end(const fast_reader *f, const char *p) { return ends_line(f, p) || *p == ' '; }

/* U+0085, U+2028, U+2029 are line breaks to go-yaml, and U+FEFF is no text: none of them is for this reader. */
static bool is_odd(const fast_reader *f, const char *p) {
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
        if ((unsigned char)*p >= 0xC2 && is_odd(f, p)) return true;
    return false;
}

/* --- nodes ---------------------------------------------------------------------------------------------------------
 */

static node *make_node(fast_reader *f, node_kind kind, const char *where) {
    node *n = arena_alloc(f->arena, sizeof *n);
    if (!n) {
        f->no_memory = true;
        return NULL;
    }
    *n = (node){.kind = (uint8_t)kind, .where = f->first + (origin)(where - f->start)};
    return n;
}

static node *make_scalar(fast_reader *f, const char *where, text value, node_tag tag, node_style style) {
    node *n = make_node(f, NODE_SCALAR, where);
    if (!n) return NULL;
    n->style = (uint8_t)style;
    n->tag = (uint8_t)tag;
    n->data = value.data;
    n->count = (uint32_t)value.size;
    return n;
}

static node *make_empty(fast_reader *f, const char *where) {
    node *n = make_scalar(f, where, TEXT_EMPTY, TAG_NULL, STYLE_PLAIN);
    if (n) n->flags = NODE_EMPTY;
    return n;
}

static bool push(fast_reader *f, node *n) {
    if (!n) return false;
    if (f->stacked == f->stack_size) {
        size_t larger = f->stack_size ? f->stack_size * 2 : 256;
        node **stack = f->from->reallocate(f->stack, larger * sizeof *stack, f->from->user);
        if (!stack) {
            f->no_memory = true;
            return false;
        }
        f->stack = stack;
        f->stack_size = larger;
    }
    f->stack[f->stacked++] = n;
    return true;
}

/* Makes a collection of what lies on the stack above `base`. Pairs lie there as key, value, key, value. */
static bool close_collection(fast_reader *f, node *n, size_t base) {
    size_t count = f->stacked - base;
    f->stacked = base;
    bool mapping = n->kind == NODE_MAPPING;
    n->tag = mapping ? TAG_MAP : TAG_SEQ;
    n->count = n->capacity = (uint32_t)(mapping ? count / 2 : count);
    if (count == 0) return true;
    n->items = arena_alloc(f->arena, count * sizeof *n->items);
    if (!n->items) {
        f->no_memory = true;
        return false;
    }
    memcpy(n->items, f->stack + base, count * sizeof *n->items);
    return true;
}

/* --- lines ---------------------------------------------------------------------------------------------------------
 */

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
static bool end_of_value(fast_reader *f) {
    const char *p = f->at;
    while (p < f->end && *p == ' ')
        p++;
    if (ends_line(f, p)) {
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
static bool find_content(fast_reader *f) {
    while (f->at < f->end) {
        const char *line = f->at, *p = line;
        while (p < f->end && *p == ' ')
            p++;
        f->at = p;
        if (!ends_line(f, p) && *p != '#') {
            f->column = p - line;
            bool special = p == line && (is_marker(f, p) || *p == '%');
            return !special && *p != '\t' && *p != '\r';
        }
        if (!ends_line(f, p) && !skip_comment(f)) return false;
        if (f->at < f->end) f->at++;
    }
    f->column = NO_CONTENT;
    return true;
}

/* The same from the end of a line. */
static bool next_line(fast_reader *f) {
    if (f->at < f->end) f->at++;
    return find_content(f);
}

/* --- scalars on one line -------------------------------------------------------------------------------------------
 */

static bool can_start_plain(const fast_reader *f) {
    unsigned char c = (unsigned char)*f->at;
    if (starts_other[c] || c == '\r' || is_odd(f, f->at)) return false;
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
        if (ends_line(f, p)) break;
        if (*p == ':') {
            const char *after = p + 1;
            bool ends = is_space_or_end(f, after) ||
                        (stops == stops_flow_plain && (*after == ',' || *after == ']' || *after == '}'));
            if (ends) {
                *is_key = true;
                break;
            }
            if (*after == '\t' || (stops == stops_flow_plain && (*after == '[' || *after == '{'))) return false;
        } else if (*p == '#') {
            if (p > begin && p[-1] == ' ') break;
        } else if ((unsigned char)*p >= 0x80) {
            if (is_odd(f, p)) return false;
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

/* A single-quoted text on one line; '' stands for one quote. */
static bool scan_single_quoted(fast_reader *f, text *out) {
    const char *begin = f->at + 1, *p = begin;
    size_t doubled = 0;
    for (;; p++) {
        if (ends_line(f, p) || *p == '\t' || *p == '\r' || is_odd(f, p)) return false;
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

static char escaped(char c) {
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
    for (; ends_line(f, p) || *p != '"'; p++) {
        if (ends_line(f, p) || *p == '\t' || *p == '\r' || is_odd(f, p)) return false;
        if (*p != '\\') continue;
        if (p + 1 == f->end || !escaped(p[1])) return false;
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
        copy[size++] = *q == '\\' ? escaped(*++q) : *q;
    *out = text_of(copy, size);
    return true;
}

/* The scalar at the cursor, quoted or plain. *is_key says whether it is followed by the colon of a mapping. */
static bool scan_scalar(fast_reader *f, const unsigned char stops[256], node **out, bool *is_key) {
    const char *where = f->at;
    text value;
    if (*where == '\'' || *where == '"') {
        bool single = *where == '\'';
        if (!(single ? scan_single_quoted(f, &value) : scan_double_quoted(f, &value))) return false;
        *is_key = f->at < f->end && *f->at == ':' && is_space_or_end(f, f->at + 1);
        *out = make_scalar(f, where, value, TAG_STR, single ? STYLE_SINGLE_QUOTED : STYLE_DOUBLE_QUOTED);
    } else {
        if (!can_start_plain(f) || !scan_plain(f, stops, &value, is_key)) return false;
        *out = make_scalar(f, where, value, f->resolve(value), STYLE_PLAIN);
    }
    if (!*out) return false;
    return !*is_key || (value.size <= LONGEST_KEY && (*out)->tag != TAG_MERGE && !text_is(value, "<<"));
}

/* --- literals ------------------------------------------------------------------------------------------------------
 */

/* The header "|", "|-" or "|+" and the end of its line. */
static bool scan_literal_header(fast_reader *f, char *chomping) {
    f->at++;
    *chomping = ' ';
    if (f->at < f->end && (*f->at == '-' || *f->at == '+')) *chomping = *f->at++;
    return is_space_or_end(f, f->at) && end_of_value(f);
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
    *out = make_scalar(f, where, value, TAG_STR, *where == '|' ? STYLE_LITERAL : STYLE_FOLDED);
    return *out != NULL;
}

static bool read_literal(fast_reader *f, long parent, node **out) {
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
    *out = make_scalar(f, where, chomp(bytes, size, chomping), TAG_STR, STYLE_LITERAL);
    f->at = end;
    return *out != NULL;
}

/* --- flow collections on one line ----------------------------------------------------------------------------------
 */

static void skip_spaces(fast_reader *f) {
    while (f->at < f->end && *f->at == ' ')
        f->at++;
}

static bool read_flow(fast_reader *f, node **out);

static bool read_flow_value(fast_reader *f, node **out) {
    bool is_key;
    if (ends_line(f, f->at)) return false;
    if (*f->at == '[' || *f->at == '{') return read_flow(f, out);
    return scan_scalar(f, stops_flow_plain, out, &is_key) && !is_key;
}

static bool read_flow_pair(fast_reader *f) {
    node *key, *value;
    bool is_key;
    if (!scan_scalar(f, stops_flow_plain, &key, &is_key) || !is_key || !push(f, key)) return false;
    f->at++;
    skip_spaces(f);
    return read_flow_value(f, &value) && push(f, value);
}

static bool read_flow(fast_reader *f, node **out) {
    bool mapping = *f->at == '{';
    char closing = mapping ? '}' : ']';
    node *n = make_node(f, mapping ? NODE_MAPPING : NODE_SEQUENCE, f->at);
    size_t base = f->stacked;
    if (!n || ++f->depth > f->deepest) return false;
    n->flags = NODE_FLOW;
    f->at++;
    for (;;) {
        skip_spaces(f);
        if (ends_line(f, f->at)) return false;
        if (*f->at == closing) break;
        if (mapping) {
            if (!read_flow_pair(f)) return false;
        } else {
            node *item;
            if (!read_flow_value(f, &item) || !push(f, item)) return false;
        }
        skip_spaces(f);
        if (ends_line(f, f->at) || (*f->at != ',' && *f->at != closing)) return false;
        if (*f->at == ',') f->at++;
    }
    f->at++;
    f->depth--;
    *out = n;
    return close_collection(f, n, base);
}

/* --- block collections ---------------------------------------------------------------------------------------------
 */

/* What follows "key:" or "- " on later lines. A sequence may stand at the column of its mapping's keys. */
static bool read_on_next_lines(fast_reader *f, long column, bool in_mapping, const char *where, node **out) {
    if (!next_line(f)) return false;
    if (f->column > column) return read_node(f, f->column, column, out);
    bool dash = f->column == column && *f->at == '-' && is_space_or_end(f, f->at + 1);
    if (in_mapping && dash) return read_node(f, column, column - 1, out);
    *out = make_empty(f, where);
    return *out != NULL;
}

/* A value that begins on the line of its key or dash, and can't be a collection of the block kind. */
static bool read_value(fast_reader *f, long column, node **out) {
    bool is_key = false;
    switch (*f->at) {
    case '|':
    case '>':
        if (!read_literal(f, column, out)) return false;
        break;
    case '[':
    case '{':
        if (!read_flow(f, out) || !end_of_value(f)) return false;
        break;
    default:
        if (!scan_scalar(f, stops_plain, out, &is_key) || is_key || !end_of_value(f)) return false;
    }
    /* A line that is indented deeper would go on with the value. */
    return next_line(f) && f->column <= column;
}

static bool read_pair(fast_reader *f, long column) {
    node *key, *value;
    bool is_key;
    if (!scan_scalar(f, stops_plain, &key, &is_key) || !is_key || !push(f, key)) return false;
    const char *after = ++f->at;
    skip_spaces(f);
    bool alone = ends_line(f, f->at) || (*f->at == '#' && f->at > after);
    if (alone && !end_of_value(f)) return false;
    if (!(alone ? read_on_next_lines(f, column, true, after, &value) : read_value(f, column, &value))) return false;
    return push(f, value);
}

/* The cursor is at the first key; its pairs all begin at `column`. */
static bool read_mapping(fast_reader *f, long column, node **out) {
    size_t base = f->stacked;
    node *n = make_node(f, NODE_MAPPING, f->at);
    if (!n) return false;
    do {
        if (!read_pair(f, column)) return false;
    } while (f->column == column);
    *out = n;
    return f->column < column && close_collection(f, n, base);
}

static bool read_item(fast_reader *f, long column, node **out) {
    const char *dash = f->at++;
    const char *after = f->at;
    skip_spaces(f);
    if (ends_line(f, f->at) || (*f->at == '#' && f->at > after))
        return end_of_value(f) && read_on_next_lines(f, column, false, after, out);
    return read_node(f, column + (f->at - dash), column, out);
}

static bool read_sequence(fast_reader *f, long column, node **out) {
    size_t base = f->stacked;
    node *n = make_node(f, NODE_SEQUENCE, f->at);
    if (!n) return false;
    do {
        node *item;
        if (!read_item(f, column, &item) || !push(f, item)) return false;
    } while (f->column == column && *f->at == '-' && is_space_or_end(f, f->at + 1));
    *out = n;
    return f->column <= column && close_collection(f, n, base);
}

/* Whether the line at the cursor begins with a key: looked at without making nodes. */
static bool begins_with_key(fast_reader *f, bool *is_key) {
    fast_reader look = *f;
    text ignored;
    *is_key = false;
    if (*f->at == '"' || *f->at == '\'') {
        const char quote = *f->at;
        const char *p = f->at + 1;
        while (!ends_line(f, p) && *p != quote)
            p += *p == '\\' && quote == '"' && !ends_line(f, p + 1) ? 2 : 1;
        *is_key = !ends_line(f, p) && p + 1 < f->end && p[1] == ':' && is_space_or_end(f, p + 2);
        return true;
    }
    return can_start_plain(f) && scan_plain(&look, stops_plain, &ignored, is_key);
}

/*
 * The node at the cursor, whose content begins at `column`; `parent` is the column of the collection around it, which
 * deeper lines belong to. Afterwards the cursor is at the next content, at f->column.
 */
static bool read_node(fast_reader *f, long column, long parent, node **out) {
    if (f->depth >= f->deepest) return false;
    f->depth++;
    bool done, is_key = false;
    if (*f->at == '-' && is_space_or_end(f, f->at + 1)) {
        done = read_sequence(f, column, out);
    } else if (*f->at == '[' || *f->at == '{' || *f->at == '|' || *f->at == '>') {
        done = read_value(f, parent, out);
    } else {
        done = begins_with_key(f, &is_key) && (is_key ? read_mapping(f, column, out) : read_value(f, parent, out));
    }
    f->depth--;
    return done;
}

/* --- documents -----------------------------------------------------------------------------------------------------
 */

/* A first line "---" is passed over. */
static void skip_start_marker(fast_reader *f) {
    if (f->end - f->at >= 4 && memcmp(f->at, "---\n", 4) == 0) f->at += 4;
}

static bool read_document(fast_reader *f, node **out) {
    *out = NULL;
    skip_start_marker(f);
    if (!find_content(f)) return false;
    if (f->column == NO_CONTENT) return true;
    return read_node(f, f->column, -1, out) && f->column == NO_CONTENT;
}

fast_result fast_read(scope *sc, text bytes, origin first, fast_resolver resolve, node **out) {
    fast_reader f = {.at = bytes.data,
                     .start = bytes.data,
                     .end = bytes.data + bytes.size,
                     .first = first,
                     .arena = sc->arena,
                     .resolve = resolve,
                     .from = sc->from,
                     .deepest = sc->limits->nesting};
    bool done = read_document(&f, out);
    if (f.stack) f.from->release(f.stack, f.from->user);
    if (f.no_memory) return FAST_NO_MEMORY;
    return done ? FAST_DONE : FAST_UNKNOWN;
}
