/* function/shlex.c: see shlex.h. */
#include "function/shlex.h"

/* The argument being read: a part of `chars`, which has room for the whole line. */
typedef struct shlex {
    arena *memory;
    text_list *out;
    char *chars;
    size_t begin;
    size_t end;
} shlex;

static bool finish_argument(shlex *s) {
    text argument = text_of(s->chars + s->begin, s->end - s->begin);
    s->begin = s->end;
    return argument.size == 0 || text_list_add(s->memory, s->out, argument);
}

shlex_outcome shlex_split(arena *a, text line, text_list *out) {
    shlex s = {.memory = a, .out = out, .chars = arena_chars(a, line.size)};
    char quote = '\0';
    if (!s.chars) return SHLEX_NO_MEMORY;
    for (size_t i = 0; i < line.size; i++) {
        char c = line.data[i];
        if (c == '\\' && quote != '\'') {
            if (++i < line.size) s.chars[s.end++] = line.data[i];
        } else if (quote ? c == quote : (c == '\'' || c == '"')) {
            quote = quote ? '\0' : c;
        } else if (!quote && c == '#') {
            return finish_argument(&s) ? SHLEX_FINE : SHLEX_NO_MEMORY;
        } else if (!quote && text_space_size(text_after(line, i))) {
            i += text_space_size(text_after(line, i)) - 1;
            if (!finish_argument(&s)) return SHLEX_NO_MEMORY;
        } else {
            s.chars[s.end++] = c;
        }
    }
    if (quote) return SHLEX_UNCLOSED_QUOTE;
    return finish_argument(&s) ? SHLEX_FINE : SHLEX_NO_MEMORY;
}
