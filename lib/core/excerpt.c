/* core/excerpt.c: see excerpt.h. */
#include "core/excerpt.h"

static bool is_blank(char c) { return c == ' ' || c == '\t'; }
static bool is_quote(char c) { return c == '"' || c == '\''; }

/* Whether the word at `at` is the value of a key `kind`, in YAML or JSON, quoted or not. */
static bool is_kind_value(text document, size_t at) {
    static const text key = TEXT_INIT("kind");
    if (at > 0 && is_quote(document.data[at - 1])) at--;
    while (at > 0 && is_blank(document.data[at - 1]))
        at--;
    if (at == 0 || document.data[--at] != ':') return false;
    while (at > 0 && is_blank(document.data[at - 1]))
        at--;
    if (at > 0 && is_quote(document.data[at - 1])) at--;
    return text_ends(text_slice(document, 0, at), key);
}

static bool has_secret_kind(text document) {
    static const text word = TEXT_INIT("Secret");
    for (size_t at = 0;; at += word.size) {
        size_t next = text_find(text_after(document, at), word);
        if (next == SIZE_MAX) return false;
        at += next;
        if (is_kind_value(document, at)) return true;
    }
}

/* The document around the offset: from the last line that begins with "---" to the next one. */
static text document_around(text source, size_t offset) {
    static const text separator = TEXT_INIT("\n---");
    size_t start = 0;
    for (size_t at = 0; at < offset;) {
        size_t next = text_find(text_slice(source, at, offset), separator);
        if (next == SIZE_MAX) break;
        start = at + next + 1;
        at = start;
    }
    size_t length = text_find(text_after(source, offset), separator);
    return text_slice(source, start, length == SIZE_MAX ? source.size : offset + length);
}

/* Whether the line stands below a key at the left margin that begins with `key`, or is that line. */
static bool is_below_key(text source, size_t start, text key) {
    for (;;) {
        char first = start < source.size ? source.data[start] : '\n';
        if (first != '\n' && first != '\r' && first != '#' && first != '-' && !is_blank(first)) {
            text line = text_after(source, start + (is_quote(first) ? 1 : 0));
            return text_starts(line, key);
        }
        if (start == 0) return false;
        start--;
        while (start > 0 && source.data[start - 1] != '\n')
            start--;
    }
}

static bool gives_secret_value(text line) {
    return text_contains(line, TEXT("value")) &&
           (text_contains(line, TEXT("/data/")) || text_contains(line, TEXT("/stringData/")));
}

/* Whether a URL in the line has a user part, which holds a token or a password; that of ssh is only a name. */
static bool names_a_login(text line) {
    static const text mark = TEXT_INIT("://");
    for (size_t next; (next = text_find(line, mark)) != SIZE_MAX;) {
        bool ssh = text_ends(text_slice(line, 0, next), TEXT("ssh"));
        line = text_after(line, next + mark.size);
        size_t end = 0;
        while (end < line.size && line.data[end] != '/' && line.data[end] != '@' && !is_blank(line.data[end]))
            end++;
        if (!ssh && end < line.size && line.data[end] == '@') return true;
    }
    return false;
}

bool excerpt_is_public(text source, size_t start, size_t end) {
    static const text generator = TEXT_INIT("secretGenerator");
    text line = text_slice(source, start, end);
    return !gives_secret_value(line) && !names_a_login(line) && !text_contains(line, generator) &&
           !is_below_key(source, start, generator) && !has_secret_kind(document_around(source, start));
}
