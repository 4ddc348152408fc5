/* build/targets.c: see targets.h. A walk that keeps the directories to come on a list, and so needs no depth limit. */
#include "build/targets.h"

#include "build/target.h"
#include "core/error.h"
#include "source/path.h"
#include "source/repository_url.h"

#include <stdlib.h>

typedef struct search {
    scope *sc;
    const build_options *options;
    loader_options loading;
    const filesystem *files;
    text root;
    text_list waiting; /* directories that were not looked into yet, as real paths */
    text_list found;   /* directories with a kustomization that may be built */
    table configures;  /* real paths that generators, transformers or validators name */
} search;

/* Directories among the entries of one list; an entry may also be a file, or YAML. */
static strata_status add_configures(search *s, text directory, const located_list *entries) {
    scope *sc = s->sc;
    for (size_t i = 0; i < entries->count; i++) {
        text entry = entries->items[i].value, real;
        if (text_empty(entry) || text_find_char(entry, '\n') != SIZE_MAX || path_is_absolute(entry)) continue;
        text full = path_join(sc->arena, directory, entry);
        file_kind kind;
        if (!full.data) return scope_no_memory(sc);
        file_outcome outcome = s->files->real_path(s->files, sc->arena, full, &real, &kind);
        if (outcome == FILE_NO_MEMORY) return scope_no_memory(sc);
        if (outcome == FILE_DONE && kind == FILE_DIRECTORY && !table_add(&s->configures, sc->arena, real, s))
            return scope_no_memory(sc);
    }
    return STRATA_OK;
}

/* What the kustomization of a directory says of itself and of others. */
static strata_status judge(search *s, text directory, const kustomization *k) {
    TRY(add_configures(s, directory, &k->generators));
    TRY(add_configures(s, directory, &k->transformers));
    TRY(add_configures(s, directory, &k->validators));
    if (k->is_component) return STRATA_OK;
    return text_list_add(s->sc->arena, &s->found, directory) ? STRATA_OK : scope_no_memory(s->sc);
}

/* Reads the kustomization in memory of its own: a tree may have thousands. */
static strata_status read_and_judge(search *s, text directory) {
    arena memory;
    origin_table origins = {0};
    strata_error ignored;
    error_init(&ignored, s->sc->from);
    arena_init(&memory, s->sc->from);
    scope own = {
        .arena = &memory, .from = s->sc->from, .limits = s->sc->limits, .origins = &origins, .error = &ignored};
    build b = {.sc = &own, .options = s->options};
    target t;
    loader *from;
    strata_status status = loader_open(&own, &s->loading, directory, &from);
    if (status == STRATA_OK) status = target_load(&b, from, ORIGIN_UNKNOWN, &t);
    static const kustomization unread;
    status =
        status == STRATA_NO_MEMORY ? scope_no_memory(s->sc) : judge(s, directory, status == STRATA_OK ? &t.k : &unread);
    arena_free(&memory);
    error_clear(&ignored);
    return status;
}

/* A directory below, unless it is reached by a symbolic link or hidden. */
static strata_status look_at(search *s, text directory, text name) {
    scope *sc = s->sc;
    if (name.data[0] == '.') return STRATA_OK;
    text full = path_join(sc->arena, directory, name), real;
    if (!full.data) return scope_no_memory(sc);
    if (s->files->stat(s->files, full) != FILE_DIRECTORY) return STRATA_OK;
    file_kind kind;
    file_outcome outcome = s->files->real_path(s->files, sc->arena, full, &real, &kind);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(sc);
    if (outcome != FILE_DONE || !text_equal(real, full)) return STRATA_OK;
    return text_list_add(sc->arena, &s->waiting, full) ? STRATA_OK : scope_no_memory(sc);
}

static strata_status look_into(search *s, text directory) {
    text_list names = {0};
    bool is_target = false;
    file_outcome outcome = s->files->list(s->files, s->sc->arena, directory, &names);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(s->sc);
    if (outcome != FILE_DONE && text_equal(directory, s->root))
        return scope_fail(s->sc, DIAGNOSTIC_FILE_DENIED, ORIGIN_UNKNOWN, "the directory '%.*s' can't be listed",
                          TEXT_ARG(directory));
    for (size_t i = 0; i < names.count; i++) {
        is_target = is_target || kustomization_is_file_name(names.items[i]);
        TRY(look_at(s, directory, names.items[i]));
    }
    return is_target ? read_and_judge(s, directory) : STRATA_OK;
}

static int compare_paths(const void *a, const void *b) { return text_compare(*(const text *)a, *(const text *)b); }

static strata_status collect(search *s, text_list *out) {
    scope *sc = s->sc;
    if (s->found.count) qsort(s->found.items, s->found.count, sizeof *s->found.items, compare_paths);
    for (size_t i = 0; i < s->found.count; i++) {
        if (table_find(&s->configures, s->found.items[i])) continue;
        text relative = path_relative(sc->arena, s->root, s->found.items[i]);
        if (!relative.data || !text_list_add(sc->arena, out, relative)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

/* The real path of the directory, which must lie inside the jail that the options set. */
static strata_status enter(search *s, text directory) {
    repository_url url;
    bool is_repository;
    loader *top;
    TRY(repository_url_parse(s->sc, directory, &is_repository, &url));
    if (is_repository)
        return scope_fail(s->sc, DIAGNOSTIC_BASE_INVALID, ORIGIN_UNKNOWN,
                          "'%.*s' is a remote repository; only a directory can be searched for targets",
                          TEXT_ARG(directory));
    TRY(loader_open(s->sc, &s->loading, directory, &top));
    s->root = loader_root(top);
    return text_list_add(s->sc->arena, &s->waiting, s->root) ? STRATA_OK : scope_no_memory(s->sc);
}

strata_status targets_find(scope *sc, const build_options *options, text directory, text_list *out) {
    search s = {.sc = sc, .options = options, .loading = options->loading, .files = options->loading.files};
    s.loading.allow_fetch = false;
    TRY(enter(&s, directory));
    while (s.waiting.count)
        TRY(look_into(&s, s.waiting.items[--s.waiting.count]));
    return collect(&s, out);
}
