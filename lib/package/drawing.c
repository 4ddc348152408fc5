/* package/drawing.c: see drawing.h. */
#include "package/drawing.h"

drawing *drawing_add(arena *a, drawing *parent, text value) {
    drawing *d = ARENA_NEW(a, drawing);
    if (!d) return NULL;
    d->value = value;
    if (!parent) return d;
    drawing **children = arena_grow(a, parent->children, &parent->capacity, parent->count + 1, sizeof *children);
    if (!children) return NULL;
    parent->children = children;
    children[parent->count++] = d;
    return d;
}

drawing *drawing_add_labelled(arena *a, drawing *parent, text label, text value) {
    drawing *d = drawing_add(a, parent, value);
    if (!d) return NULL;
    d->label = label;
    d->has_label = true;
    return d;
}

static void add_value(const drawing *d, text margin, buffer *out) {
    text rest = d->value, line;
    bool first = true;
    if (d->has_label) buffer_add_format(out, "[%.*s]  ", TEXT_ARG(d->label));
    for (bool more = true; more; first = false) {
        more = text_cut(&rest, '\n', &line);
        if (!first) buffer_add_text(out, margin);
        buffer_add_text(out, line);
        buffer_add_char(out, '\n');
    }
}

static strata_status write_children(scope *sc, const drawing *d, buffer *margin, uint32_t depth, buffer *out) {
    if (depth > sc->limits->nesting)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN, "the tree is more than %u levels deep",
                          (unsigned)sc->limits->nesting);
    size_t width = margin->size;
    for (size_t i = 0; i < d->count; i++) {
        bool last = i + 1 == d->count;
        buffer_add_text(out, buffer_text(margin));
        buffer_add_text(out, last ? TEXT("└── ") : TEXT("├── "));
        buffer_add_text(margin, last ? TEXT("    ") : TEXT("│   "));
        if (buffer_failed(margin)) return scope_no_memory(sc);
        add_value(d->children[i], buffer_text(margin), out);
        TRY(write_children(sc, d->children[i], margin, depth + 1, out));
        margin->size = width;
    }
    return STRATA_OK;
}

strata_status drawing_write(scope *sc, const drawing *root, buffer *out) {
    buffer margin; /* what stands before the lines of a level */
    buffer_init(&margin, sc->from, 0);
    buffer_add_format(out, "%.*s\n", TEXT_ARG(root->value));
    strata_status status = write_children(sc, root, &margin, 0, out);
    buffer_free(&margin);
    return status;
}
