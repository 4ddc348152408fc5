/* package/walk.c: see walk.h. */
#include "package/walk.h"

#include "source/path.h"

typedef struct walk {
    work *work;
    walk_visit visit;
    void *user;
    uint32_t depth;
} walk;

static strata_status fail_to_list(work *w, file_outcome outcome, text full) {
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(&w->sc);
    return scope_fail(&w->sc, outcome == FILE_DENIED ? DIAGNOSTIC_FILE_DENIED : DIAGNOSTIC_FILE_IO, ORIGIN_UNKNOWN,
                      "can't list the directory '%.*s'", TEXT_ARG(full));
}

/* Whether an entry is a directory itself, not a link to one: then its path is real when its parent's is. */
static strata_status is_directory(work *w, text full, text real_parent, bool *out) {
    const filesystem *fs = w->loading.files;
    *out = fs->stat(fs, full) == FILE_DIRECTORY;
    if (!*out) return STRATA_OK;
    text real, expected = path_join(w->sc.arena, real_parent, path_base(full));
    file_kind kind;
    if (!expected.data) return scope_no_memory(&w->sc);
    file_outcome outcome = fs->real_path(fs, w->sc.arena, full, &real, &kind);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(&w->sc);
    *out = outcome == FILE_DONE && text_equal(real, expected);
    return STRATA_OK;
}

static strata_status walk_into(walk *k, text path, text full) {
    work *w = k->work;
    const filesystem *fs = w->loading.files;
    text_list names = {0};
    text real;
    file_kind kind;
    file_outcome outcome = fs->list(fs, w->sc.arena, full, &names);
    if (outcome == FILE_DONE) outcome = fs->real_path(fs, w->sc.arena, full, &real, &kind);
    if (outcome != FILE_DONE) return fail_to_list(w, outcome, full);
    if (k->depth++ >= w->sc.limits->nesting)
        return scope_fail(&w->sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN, "directories are nested more than %u levels deep",
                          (unsigned)w->sc.limits->nesting);
    for (size_t i = 0; i < names.count; i++) {
        walk_entry entry = {path_join(w->sc.arena, path, names.items[i]), path_join(w->sc.arena, full, names.items[i]),
                            false};
        bool enter = true;
        if (!entry.path.data || !entry.full.data) return scope_no_memory(&w->sc);
        TRY(is_directory(w, entry.full, real, &entry.is_directory));
        TRY(k->visit(k->user, &entry, &enter));
        if (entry.is_directory && enter) TRY(walk_into(k, entry.path, entry.full));
    }
    k->depth--;
    return STRATA_OK;
}

strata_status walk_directory(work *w, text full, walk_visit visit, void *user) {
    walk k = {.work = w, .visit = visit, .user = user};
    return walk_into(&k, TEXT_EMPTY, full);
}
