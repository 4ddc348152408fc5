/* transform/go_place.c: see go_place.h; after the reader and the marks of go-yaml v3. */
#include "transform/go_place.h"

#include "yaml/pieces.h"

/* Bytes from one mark to the next. */
enum { STRIDE = 64 };

typedef struct go_document {
    size_t end;
    uint32_t line;  /* that it begins in, from 0 in its text */
    bool is_marked; /* with a byte order mark, which is no character */
} go_document;

struct go_text {
    text bytes;
    go_place *marks; /* the place of each STRIDE-th byte, from 0 */
    go_document *documents;
    size_t count;
    size_t capacity;
};

/* --- counting ---------------------------------------------------------------------------------------------------- */

/* Whether a line ends with the character that begins there. */
static bool is_break(text t, size_t at) {
    text rest = text_after(t, at);
    switch (rest.data[0]) {
    case '\n': return true;
    case '\r': return !text_starts(rest, TEXT("\r\n"));
    case '\xC2': return text_starts(rest, TEXT("\xC2\x85"));
    case '\xE2': return text_starts(rest, TEXT("\xE2\x80\xA8")) || text_starts(rest, TEXT("\xE2\x80\xA9"));
    default: return false;
    }
}

/* Only the first byte of a character counts. */
static void pass_byte(text t, size_t at, go_place *place) {
    if (is_break(t, at))
        *place = (go_place){place->line + 1, 0};
    else
        place->column += ((unsigned char)t.data[at] & 0xC0) != 0x80;
}

static bool mark_places(arena *a, go_text *t) {
    go_place place = {0, 0};
    t->marks = ARENA_ARRAY(a, go_place, t->bytes.size / STRIDE + 1);
    if (!t->marks) return false;
    for (size_t i = 0; i <= t->bytes.size; i++) {
        if (i % STRIDE == 0) t->marks[i / STRIDE] = place;
        if (i < t->bytes.size) pass_byte(t->bytes, i, &place);
    }
    return true;
}

static go_place place_at(const go_text *t, size_t offset) {
    go_place place = t->marks[offset / STRIDE];
    for (size_t i = offset - offset % STRIDE; i < offset; i++)
        pass_byte(t->bytes, i, &place);
    return place;
}

/* --- documents --------------------------------------------------------------------------------------------------- */

static bool mark_documents(arena *a, go_text *t) {
    pieces p;
    text piece;
    const char *bad = NULL;
    pieces_begin(&p, t->bytes);
    while (!bad && pieces_next(&p, &piece, &bad)) {
        go_document *grown = arena_grow(a, t->documents, &t->capacity, t->count + 1, sizeof *grown);
        if (!grown) return false;
        size_t start = (size_t)(piece.data - t->bytes.data);
        t->documents = grown;
        grown[t->count++] =
            (go_document){start + piece.size, place_at(t, start).line, text_starts(piece, TEXT("\xEF\xBB\xBF"))};
    }
    return true;
}

/* The first one that ends there or later, or else the last. */
static const go_document *document_at(const go_text *t, size_t offset) {
    size_t low = 0, high = t->count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->documents[middle].end < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return &t->documents[low];
}

/* --- texts ------------------------------------------------------------------------------------------------------- */

static go_text *mark_text(arena *a, text bytes) {
    go_text *t = ARENA_NEW(a, go_text);
    if (!t) return NULL;
    *t = (go_text){.bytes = bytes};
    return mark_places(a, t) && mark_documents(a, t) ? t : NULL;
}

/* NULL when memory is out. */
static const go_text *text_number(scope *sc, go_places *places, size_t number) {
    size_t had = places->capacity;
    go_text **grown = arena_grow(sc->arena, places->texts, &places->capacity, number + 1, sizeof *grown);
    if (!grown) return NULL;
    places->texts = grown;
    for (size_t i = had; i < places->capacity; i++)
        grown[i] = NULL;
    if (!grown[number]) grown[number] = mark_text(sc->arena, sc->origins->items[number].bytes);
    return grown[number];
}

bool go_place_find(scope *sc, go_places *places, origin where, go_place *out) {
    size_t offset;
    const origin_source *source = origin_source_of(sc->origins, where, &offset);
    *out = (go_place){0, 0};
    if (!source || text_empty(source->bytes)) return true;
    const go_text *t = text_number(sc, places, (size_t)(source - sc->origins->items));
    if (!t) return false;
    const go_document *d = document_at(t, offset);
    go_place place = place_at(t, offset);
    bool after_mark = d->is_marked && place.line == d->line;
    *out = (go_place){place.line - d->line + 1, place.column - after_mark + 1};
    return true;
}
