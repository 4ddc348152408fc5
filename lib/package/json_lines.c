/* package/json_lines.c: see json_lines.h. */
#include "package/json_lines.h"

#include "yaml/json.h"

static void begin_line(buffer *out, size_t depth) {
    buffer_add_char(out, '\n');
    buffer_add_repeated(out, ' ', depth * 2);
}

/* The string that begins at `at`; gives where it ends. */
static size_t add_string(text compact, size_t at, buffer *out) {
    size_t end = at + 1;
    while (end < compact.size && compact.data[end] != '"')
        end += compact.data[end] == '\\' ? 2 : 1;
    if (end < compact.size) end++;
    buffer_add_text(out, text_slice(compact, at, end));
    return end;
}

void json_indent(text compact, buffer *out) {
    size_t depth = 0;
    for (size_t i = 0; i < compact.size;) {
        char c = compact.data[i], next = i + 1 < compact.size ? compact.data[i + 1] : '\0';
        if (c == '"') {
            i = add_string(compact, i, out);
            continue;
        }
        i++;
        if ((c == '{' && next == '}') || (c == '[' && next == ']')) {
            buffer_add_char(out, c);
            buffer_add_char(out, next);
            i++;
        } else if (c == '{' || c == '[') {
            buffer_add_char(out, c);
            begin_line(out, ++depth);
        } else if (c == '}' || c == ']') {
            begin_line(out, --depth);
            buffer_add_char(out, c);
        } else if (c == ',') {
            buffer_add_char(out, c);
            begin_line(out, depth);
        } else {
            buffer_add_char(out, c);
            if (c == ':') buffer_add_char(out, ' ');
        }
    }
    buffer_add_char(out, '\n');
}

strata_status json_write_lines(scope *sc, const node *document, buffer *out) {
    buffer compact;
    buffer_init(&compact, sc->from, sc->limits->output);
    strata_status status = json_write(sc, document, &compact);
    if (status == STRATA_OK && buffer_failed(&compact)) status = scope_no_memory(sc);
    if (status == STRATA_OK) json_indent(buffer_text(&compact), out);
    buffer_free(&compact);
    return status;
}
