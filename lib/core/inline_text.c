/* core/inline_text.c: see inline_text.h. */
#include "core/inline_text.h"

typedef struct scalar_walk {
    text file;
    size_t at;
    char style; /* the character that opens the scalar; 0: a plain one */
} scalar_walk;

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* '\0' at the end of the text. */
static char char_at(text t, size_t at) { return at < t.size ? t.data[at] : '\0'; }

static void skip_blanks(scalar_walk *w) {
    while (w->at < w->file.size && is_blank(w->file.data[w->at]))
        w->at++;
}

/* To the start of the next line, or the end of the file. */
static void skip_line(scalar_walk *w) {
    size_t rest = text_find_char(text_after(w->file, w->at), '\n');
    w->at = rest == SIZE_MAX ? w->file.size : w->at + rest + 1;
}

/* Passes over tag and anchor and what opens the scalar: a quote, or the header line of a block scalar. */
static void open_scalar(scalar_walk *w) {
    while (char_at(w->file, w->at) == '!' || char_at(w->file, w->at) == '&') {
        while (w->at < w->file.size && !is_blank(w->file.data[w->at]))
            w->at++;
        skip_blanks(w);
    }
    char c = char_at(w->file, w->at);
    if (c == '"' || c == '\'') w->at++;
    if (c == '|' || c == '>') skip_line(w);
    w->style = c == '"' || c == '\'' || c == '|' || c == '>' ? c : '\0';
}

/* Passes over escaped white space, and over the backslash or quote that stands before an escaped character. */
static bool skip_escape(scalar_walk *w) {
    char c = char_at(w->file, w->at), next = char_at(w->file, w->at + 1);
    if (w->style == '\'' && c == '\'' && next == '\'') w->at++;
    if (w->style != '"' || c != '\\') return false;
    bool blank = is_blank(next) || next == 'n' || next == 't' || next == 'r';
    w->at += blank ? 2 : 1;
    return blank;
}

/* To the next character of the value that is not white space. */
static void skip_to_text(scalar_walk *w) {
    do
        skip_blanks(w);
    while (skip_escape(w));
}

/*
 * The place of a character of white space, or of the end: the cursor is behind the text before it, and `gap` is the
 * white space between. A literal keeps its lines, so that there the line and what indents it can be told.
 */
static size_t find_blank(scalar_walk *w, text gap, bool first) {
    bool new_line = first || text_find_char(gap, '\n') != SIZE_MAX;
    if (!new_line) return w->at + gap.size < w->file.size ? w->at + gap.size : w->file.size;
    if (w->style != '|') return w->at;
    for (size_t i = 0; i < gap.size; i++)
        if (gap.data[i] == '\n') skip_line(w);
    while (char_at(w->file, w->at) == ' ')
        w->at++;
    return w->at;
}

size_t inline_text_find(text file, size_t scalar, text value, size_t offset) {
    scalar_walk w = {file, scalar, '\0'};
    size_t matched = 0; /* behind the last character that is not white space */
    open_scalar(&w);
    for (size_t i = 0; i < offset; i++) {
        if (is_blank(value.data[i])) continue;
        skip_to_text(&w);
        if (w.at >= file.size || file.data[w.at] != value.data[i]) return SIZE_MAX;
        w.at++;
        matched = i + 1;
    }
    if (offset >= value.size || is_blank(value.data[offset]))
        return find_blank(&w, text_slice(value, matched, offset), matched == 0);
    skip_to_text(&w);
    return char_at(file, w.at) == value.data[offset] ? w.at : SIZE_MAX;
}
