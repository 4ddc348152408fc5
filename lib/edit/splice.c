/* edit/splice.c: see splice.h. */
#include "edit/splice.h"

#include "core/sort.h"
#include "yaml/shape.h"

strata_status splice_add(scope *sc, splice_list *list, splice s) {
    splice *items = arena_grow(sc->arena, list->items, &list->capacity, list->count + 1, sizeof *items);
    if (!items) return scope_no_memory(sc);
    list->items = items;
    items[list->count++] = s;
    return STRATA_OK;
}

static int compare(const void *a, const void *b, void *user) {
    (void)user;
    const splice *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    /* What is put in at a place comes before what begins there. */
    bool x_inserts = x->from == x->to, y_inserts = y->from == y->to;
    return x_inserts == y_inserts ? 0 : x_inserts ? -1 : 1;
}

static void add_break(buffer *b, bool crlf) { buffer_add_text(b, crlf ? TEXT("\r\n") : TEXT("\n")); }

/* The text of a splice with the line breaks of the file; text that was taken from the file has them already. */
static void add_converted(buffer *b, text t, bool crlf) {
    for (size_t i = 0; i < t.size; i++) {
        bool bare = t.data[i] == '\n' && (i == 0 || t.data[i - 1] != '\r');
        if (bare && crlf)
            add_break(b, true);
        else
            buffer_add_char(b, t.data[i]);
    }
}

static bool ends_in_break(const buffer *b) { return b->size == 0 || yaml_break_before(buffer_text(b), b->size); }

static bool apply(const splice_list *list, text bytes, bool crlf, buffer *b) {
    size_t at = 0;
    for (size_t i = 0; i < list->count; i++) {
        const splice *s = &list->items[i];
        if (s->from < at || s->to < s->from || s->to > bytes.size) return false;
        buffer_add_text(b, text_slice(bytes, at, s->from));
        if (s->lines && s->with.size && !ends_in_break(b)) add_break(b, crlf);
        add_converted(b, s->with, crlf);
        at = s->to;
    }
    buffer_add_text(b, text_after(bytes, at));
    return true;
}

strata_status splices_apply(scope *sc, splice_list *list, text bytes, bool crlf, bool *fits, text *out) {
    if (list->count && !sort_stable(sc->from, list->items, list->count, sizeof *list->items, compare, NULL))
        return scope_no_memory(sc);
    buffer b;
    buffer_init(&b, sc->from, sc->limits->output);
    *fits = apply(list, bytes, crlf, &b);
    *out = buffer_failed(&b) ? text_of(NULL, 0) : text_copy(sc->arena, buffer_text(&b));
    buffer_free(&b);
    return out->data ? STRATA_OK : scope_no_memory(sc);
}
