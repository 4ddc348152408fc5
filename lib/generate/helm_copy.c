/*
 * generate/helm_copy.c: what helm reads, copied for it under --root; see helm_inside.h. helm opens files by itself, so
 * whoever may write into the tree could put a link in the place of one after it was looked at. The copy lies in the
 * inflation's own directory, and its bytes come from the reader that no link leads out of the root. Linear in the bytes
 * of the chart.
 */
#include "generate/helm_inside.h"
#include "source/path.h"

/* Bytes that a file or directory counts beside its own: links may make many of few. */
enum { ENTRY_COST = 64 * 1024 };

/* A directory yet to be copied; the new one is there already. */
typedef struct waiting {
    text from; /* a real path */
    text to;
    size_t depth;
    const struct waiting *in; /* the directory that it was found in; NULL: none */
} waiting;

typedef struct copying {
    const helm_inflation *h;
    load_place place;
    size_t total;
    size_t entries;
    waiting **items;
    size_t items_count;
    size_t capacity;
} copying;

static strata_status fail(scope *sc, const copying *c, diagnostic code, text path, const char *what) {
    text shown = loader_display(sc, c->h->place->loader, path);
    if (!shown.data) return scope_no_memory_for(sc, c->h->chart.where);
    return scope_fail(sc, code, c->h->chart.where, "'%.*s' %s", TEXT_ARG(shown), what);
}

static strata_status count(scope *sc, copying *c, size_t bytes) {
    c->total += bytes + ENTRY_COST;
    c->entries++;
    if (c->total <= sc->limits->input_total) return scope_check(sc);
    return scope_fail_hint(sc, DIAGNOSTIC_LIMIT, c->h->chart.where, TEXT("raise input_total for a chart of that size"),
                           "the chart %.*s can't be copied for helm: its first %zu files and directories, which count "
                           "%d bytes each beside their own, are more than %zu bytes (limit input_total)",
                           TEXT_ARG(c->h->chart.name), c->entries, (int)ENTRY_COST, sc->limits->input_total);
}

static strata_status explain(scope *sc, const copying *c, text path, file_outcome outcome) {
    switch (outcome) {
    case FILE_NO_MEMORY: return scope_no_memory_for(sc, c->h->chart.where);
    case FILE_OUTSIDE: return fail(sc, c, DIAGNOSTIC_FILE_OUTSIDE, path, "is a link that leads out of the root");
    case FILE_SPECIAL: return fail(sc, c, DIAGNOSTIC_FILE_KIND, path, "is a pipe, socket or device");
    case FILE_TOO_LARGE: return fail(sc, c, DIAGNOSTIC_LIMIT, path, "is larger than a file may be (limit input_file)");
    case FILE_DENIED: return fail(sc, c, DIAGNOSTIC_FILE_DENIED, path, "can't be read: permission denied");
    default: return fail(sc, c, DIAGNOSTIC_FILE_IO, path, "can't be read");
    }
}

/* The bytes are only kept until they are written, so a large chart needs no more memory than its largest file. */
static strata_status copy_file(scope *sc, copying *c, text from, text to) {
    arena own;
    text bytes = TEXT_EMPTY;
    arena_init(&own, sc->from);
    meter_begin_input(sc->meter);
    const filesystem *files = c->place.files;
    file_outcome outcome = files->read(files, &own, from, c->place.jail, sc->limits->input_file, &bytes);
    strata_status status =
        outcome == FILE_DONE ? helm_directory_write(sc, c->h, to, bytes) : explain(sc, c, from, outcome);
    arena_free(&own);
    meter_end_input(sc->meter);
    return status == STRATA_OK ? count(sc, c, bytes.size) : status;
}

/* helm goes round in circles of links, too, and finds no end. */
static bool is_circle(const waiting *in, text real) {
    while (in && !text_equal(in->from, real))
        in = in->in;
    return in != NULL;
}

static strata_status add_directory(scope *sc, copying *c, const waiting *in, text from, text to) {
    if (is_circle(in, from)) return fail(sc, c, DIAGNOSTIC_HELM_CHART, from, "has a link in it that leads back to it");
    if (in && in->depth >= sc->limits->nesting)
        return fail(sc, c, DIAGNOSTIC_LIMIT, from, "lies deeper in the chart than directories may (limit nesting)");
    TRY(count(sc, c, 0));
    TRY(helm_directory_add(sc, c->h, to));
    waiting *added = ARENA_NEW(sc->arena, waiting);
    waiting **items = arena_grow(sc->arena, c->items, &c->capacity, c->items_count + 1, sizeof(waiting *));
    if (items) c->items = items;
    if (!added || !items) return scope_no_memory_for(sc, c->h->chart.where);
    *added = (waiting){from, to, in ? in->depth + 1 : 0, in};
    items[c->items_count++] = added;
    return STRATA_OK;
}

/* Links are followed, as helm does; one that leads nowhere is an error there, too. */
static strata_status copy_entry(scope *sc, copying *c, const waiting *in, text from, text to) {
    text real;
    file_kind kind;
    if (!from.data || !to.data) return scope_no_memory_for(sc, c->h->chart.where);
    file_outcome outcome = c->place.files->real_path(c->place.files, sc->arena, from, &real, &kind);
    if (outcome != FILE_DONE) return explain(sc, c, from, outcome);
    if (!path_has_prefix(real, c->place.jail)) return explain(sc, c, from, FILE_OUTSIDE);
    return kind == FILE_DIRECTORY ? add_directory(sc, c, in, real, to) : copy_file(sc, c, real, to);
}

static strata_status copy_directory(scope *sc, copying *c, const waiting *at) {
    text_list names = {NULL, 0, 0};
    file_outcome outcome = c->place.files->list(c->place.files, sc->arena, at->from, &names);
    if (outcome != FILE_DONE) return explain(sc, c, at->from, outcome);
    for (size_t i = 0; i < names.count; i++) {
        text name = names.items[i];
        TRY(copy_entry(sc, c, at, path_join(sc->arena, at->from, name), path_join(sc->arena, at->to, name)));
    }
    return STRATA_OK;
}

strata_status helm_copy_chart(scope *sc, helm_inflation *h, text directory) {
    copying c = {.h = h, .place = loader_place(h->place->loader)};
    if (text_empty(c.place.jail)) return STRATA_OK;
    text parent = path_join(sc->arena, directory, TEXT("chart"));
    text copy = parent.data ? path_join(sc->arena, parent, path_base(h->chart_path)) : parent;
    if (!copy.data) return scope_no_memory(sc);
    TRY(helm_directory_add(sc, h, parent));
    TRY(copy_entry(sc, &c, NULL, h->chart_path, copy));
    for (size_t i = 0; i < c.items_count; i++)
        TRY(copy_directory(sc, &c, c.items[i]));
    h->chart_path = copy;
    return STRATA_OK;
}

strata_status helm_copy_values(scope *sc, helm_inflation *h, text directory) {
    copying c = {.h = h, .place = loader_place(h->place->loader)};
    text_list copies = {NULL, 0, 0};
    if (text_empty(c.place.jail)) return STRATA_OK;
    for (size_t i = 0; i < h->values_files.count; i++) {
        text name = text_format(sc->arena, "values-%zu.yaml", i);
        text copy = name.data ? path_join(sc->arena, directory, name) : name;
        TRY(copy_entry(sc, &c, NULL, h->values_files.items[i], copy));
        if (!text_list_add(sc->arena, &copies, copy)) return scope_no_memory(sc);
    }
    h->values_files = copies;
    return STRATA_OK;
}
