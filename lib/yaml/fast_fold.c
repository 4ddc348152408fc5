/*
 * yaml/fast_fold.c: scalars of several lines, as generated descriptions have them: plain and quoted ones, whose breaks
 * are folded. See fast_scan.h. Each is gone through twice: for its size, then for its text.
 */
#include "yaml/fast_scan.h"

/* A text on its way out; `bytes` is NULL while only the size is wanted. */
typedef struct folded {
    char *bytes;
    size_t size;
} folded;

static void add(folded *out, char c) {
    if (out->bytes) out->bytes[out->size] = c;
    out->size++;
}

static void add_text(folded *out, text t) {
    if (out->bytes && t.size) memcpy(out->bytes + out->size, t.data, t.size);
    out->size += t.size;
}

/* A single break is a space; of several, all but the first stay. */
static void add_breaks(folded *out, size_t breaks) {
    if (breaks == 1) add(out, ' ');
    for (size_t i = 1; i < breaks; i++)
        add(out, '\n');
}

typedef enum next_line { NEXT_GOES_ON, NEXT_ENDS, NEXT_UNKNOWN } next_line;

/* From the break at `p` to the content of a later line that is indented deeper than `parent`. */
static next_line find_next(const fast_reader *f, const char *p, long parent, const char **out, size_t *breaks) {
    for (*breaks = 0; p < f->end;) {
        const char *line = ++p;
        ++*breaks;
        while (p < f->end && *p == ' ')
            p++;
        if (p == f->end) return NEXT_ENDS;
        if (*p == '\n') continue;
        if (*p == '\t' || *p == '\r') return NEXT_UNKNOWN;
        *out = p;
        return p - line > parent ? NEXT_GOES_ON : NEXT_ENDS;
    }
    return NEXT_ENDS;
}

/* --- plain ------------------------------------------------------------------------------------------------------- */

static bool fold_plain(const fast_reader *f, long parent, folded *out, const char **end) {
    fast_reader look = *f;
    for (;;) {
        text line;
        bool is_key;
        size_t breaks;
        if (!fast_scan_plain(&look, &line, &is_key) || is_key) return false;
        add_text(out, line);
        *end = look.at;
        const char *p = look.at;
        while (p < f->end && *p == ' ')
            p++;
        if (!fast_ends_line(f, p)) return true; /* at a comment */
        next_line next = find_next(f, p, parent, &look.at, &breaks);
        if (next == NEXT_UNKNOWN) return false;
        if (next == NEXT_ENDS || *look.at == '#') return true;
        add_breaks(out, breaks);
    }
}

/* --- quoted ------------------------------------------------------------------------------------------------------ */

static void add_spaces(folded *out, size_t count) {
    for (size_t i = 0; i < count; i++)
        add(out, ' ');
}

/* Copies one line of a quoted text, up to its end or the closing quote; *end is there. White space at its end goes. */
static bool fold_quoted_line(const fast_reader *f, const char *p, char quote, folded *out, const char **end) {
    size_t spaces = 0;
    for (; !fast_ends_line(f, p); p++) {
        char c = *p;
        if (c == '\t' || c == '\r' || fast_is_odd(f, p)) return false;
        if (c == ' ') {
            spaces++;
            continue;
        }
        add_spaces(out, spaces);
        spaces = 0;
        if (c == quote) {
            if (quote == '"' || p + 1 == f->end || p[1] != quote) break;
            p++;
        } else if (c == '\\' && quote == '"') {
            if (++p == f->end || !(c = fast_escaped(*p))) return false;
        }
        add(out, c);
    }
    *end = p;
    return true;
}

static bool fold_quoted(const fast_reader *f, long parent, folded *out, const char **end) {
    char quote = *f->at;
    const char *p = f->at + 1;
    for (;;) {
        size_t breaks;
        if (!fold_quoted_line(f, p, quote, out, &p)) return false;
        if (!fast_ends_line(f, p)) break;
        if (find_next(f, p, parent, &p, &breaks) != NEXT_GOES_ON) return false;
        add_breaks(out, breaks);
    }
    *end = p + 1;
    return true;
}

bool fast_read_folded(fast_reader *f, long parent, node **out) {
    const char *where = f->at, *end;
    bool is_plain = *where != '\'' && *where != '"';
    bool (*fold)(const fast_reader *, long, folded *, const char **) = is_plain ? fold_plain : fold_quoted;
    folded result = {NULL, 0};
    if (parent < 0 || (is_plain && !fast_can_start_plain(f)) || !fold(f, parent, &result, &end)) return false;
    result.bytes = arena_chars(f->arena, result.size);
    if (!result.bytes) return !(f->no_memory = true);
    result.size = 0;
    fold(f, parent, &result, &end);
    text value = text_of(result.bytes, result.size);
    node_style style = is_plain ? STYLE_PLAIN : *where == '\'' ? STYLE_SINGLE_QUOTED : STYLE_DOUBLE_QUOTED;
    *out = fast_make_scalar(f, where, value, is_plain ? f->resolve(value) : TAG_STR, style);
    f->at = end;
    return *out && fast_end_of_value(f);
}
