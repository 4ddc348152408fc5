/*
 * source/loader_look.c: what other programs may be told to read; see loader.h. They follow links on their own, so what
 * is given to them is looked through first. Between that and their reading a local user could still put a link there:
 * under --root charts are copied for helm (generate/helm_copy.c).
 */
#include "source/loader.h"
#include "source/loader_inside.h"
#include "source/path.h"

bool loader_has_filter(const loader *l) { return l->tree->options->filter.apply != NULL; }

bool loader_is_on_disk(const loader *l) { return l->files->read == filesystem_disk.read; }

static text full_path(scope *sc, const loader *l, text path) {
    return path_is_absolute(path) ? path_clean(sc->arena, path) : path_join(sc->arena, l->root, path);
}

strata_status loader_look(scope *sc, const loader *l, text path, origin named_at, file_kind *out) {
    text jail = l->tree->jail, full = full_path(sc, l, path);
    text real = TEXT_EMPTY;
    if (!full.data) return scope_no_memory(sc);
    *out = l->files->stat(l->files, full);
    if (jail.size == 0) return STRATA_OK;
    /* What isn't there yet will be made in the nearest directory that is. */
    file_outcome outcome = FILE_ABSENT;
    for (text at = full; outcome == FILE_ABSENT && at.size > 1; at = path_directory(at)) {
        file_kind kind;
        outcome = l->files->real_path(l->files, sc->arena, at, &real, &kind);
    }
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(sc);
    if (outcome == FILE_DONE && path_has_prefix(real, jail)) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_FILE_OUTSIDE, named_at,
                      "'%.*s' lies outside of '%.*s', and --root allows nothing outside of that", TEXT_ARG(path),
                      TEXT_ARG(l->tree->options->root_jail));
}

/* --- directories with what is in them ---------------------------------------------------------------------------- */

typedef struct tree_walk {
    const loader *loader;
    text within; /* where everything has to lie */
    table seen;  /* the real paths of directories, so that links in a circle come to an end */
    text_list waiting;
    origin named_at;
} tree_walk;

static strata_status look_at_entry(scope *sc, tree_walk *w, text path) {
    text real;
    file_kind kind;
    file_outcome outcome = w->loader->files->real_path(w->loader->files, sc->arena, path, &real, &kind);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory_for(sc, w->named_at);
    if (outcome != FILE_DONE) return STRATA_OK; /* a link that leads nowhere is nothing to read */
    text shown = loader_display(sc, w->loader, path);
    if (!shown.data) return scope_no_memory_for(sc, w->named_at);
    if (!path_has_prefix(real, w->within))
        return scope_fail(sc, DIAGNOSTIC_FILE_OUTSIDE, w->named_at, "'%.*s' is a link that leads out of '%.*s'",
                          TEXT_ARG(shown), TEXT_ARG(loader_display(sc, w->loader, w->within)));
    if (kind == FILE_OTHER)
        return scope_fail(sc, DIAGNOSTIC_FILE_KIND, w->named_at, "'%.*s' is a pipe, socket or device", TEXT_ARG(shown));
    if (kind != FILE_DIRECTORY || table_find(&w->seen, real)) return STRATA_OK;
    bool added = table_add(&w->seen, sc->arena, real, NULL) && text_list_add(sc->arena, &w->waiting, real);
    return added ? STRATA_OK : scope_no_memory_for(sc, w->named_at);
}

static strata_status look_into(scope *sc, tree_walk *w, text directory) {
    text_list names = {NULL, 0, 0};
    file_outcome outcome = w->loader->files->list(w->loader->files, sc->arena, directory, &names);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory_for(sc, w->named_at);
    for (size_t i = 0; i < names.count; i++) {
        text path = path_join(sc->arena, directory, names.items[i]);
        if (!path.data) return scope_no_memory_for(sc, w->named_at);
        TRY(look_at_entry(sc, w, path));
    }
    return STRATA_OK;
}

strata_status loader_look_through(scope *sc, const loader *l, text path, origin named_at) {
    tree_walk w = {.loader = l, .within = l->tree->jail, .named_at = named_at};
    text full = full_path(sc, l, path);
    if (!full.data) return scope_no_memory(sc);
    if (w.within.size == 0 && l->clone && path_has_prefix(full, l->clone_directory)) w.within = l->clone_directory;
    if (w.within.size == 0) return STRATA_OK;
    TRY(look_at_entry(sc, &w, full));
    for (size_t i = 0; i < w.waiting.count; i++)
        TRY(look_into(sc, &w, w.waiting.items[i]));
    return STRATA_OK;
}
