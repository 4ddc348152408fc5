/*
 * source/filesystem_below.c: a directory of the disk as if it were the whole disk; see filesystem.h.
 *
 * Each path is put behind that of the directory and handed to the disk, which must find it below the directory whatever
 * links there are. What comes back is cut again.
 */
#include "source/filesystem.h"
#include "source/path.h"

typedef struct below {
    text root; /* a real path; "" for the root of the disk */
} below;

static const below *below_of(const filesystem *fs) { return fs->user; }

/* The path on the disk; data is NULL when memory is out. */
static text on_disk(const filesystem *fs, arena *a, text path) {
    text clean = path_clean(a, path);
    if (!clean.data) return clean;
    if (text_is(clean, "/") && below_of(fs)->root.size) return below_of(fs)->root;
    return TEXT_CONCAT(a, below_of(fs)->root, clean);
}

/* The real path on the disk, FILE_OUTSIDE when it leads out. */
static file_outcome resolve(const filesystem *fs, arena *a, text path, text *out, file_kind *kind) {
    text full = on_disk(fs, a, path);
    if (!full.data) return FILE_NO_MEMORY;
    file_outcome outcome = filesystem_disk.real_path(&filesystem_disk, a, full, out, kind);
    if (outcome != FILE_DONE) return outcome;
    return below_of(fs)->root.size == 0 || path_has_prefix(*out, below_of(fs)->root) ? FILE_DONE : FILE_OUTSIDE;
}

static file_kind below_stat(const filesystem *fs, text path) {
    arena a;
    text real;
    file_kind kind = FILE_MISSING;
    arena_init(&a, NULL);
    file_outcome outcome = resolve(fs, &a, path, &real, &kind);
    arena_free(&a);
    return outcome == FILE_DONE ? kind : FILE_MISSING;
}

static file_outcome below_read(const filesystem *fs, arena *a, text path, text within, size_t ceiling, text *out) {
    text full = on_disk(fs, a, path), inside = on_disk(fs, a, within.size ? within : TEXT("/"));
    if (!full.data || !inside.data) return FILE_NO_MEMORY;
    return filesystem_disk.read(&filesystem_disk, a, full, inside, ceiling, out);
}

static file_outcome below_real_path(const filesystem *fs, arena *a, text path, text *out, file_kind *kind) {
    text real;
    file_outcome outcome = resolve(fs, a, path, &real, kind);
    if (outcome != FILE_DONE) return outcome;
    text inside = text_after(real, below_of(fs)->root.size);
    *out = text_copy(a, inside.size ? inside : TEXT("/"));
    return out->data ? FILE_DONE : FILE_NO_MEMORY;
}

static file_outcome below_list(const filesystem *fs, arena *a, text path, text_list *out) {
    text real;
    file_kind kind;
    file_outcome outcome = resolve(fs, a, path, &real, &kind);
    return outcome == FILE_DONE ? filesystem_disk.list(&filesystem_disk, a, real, out) : outcome;
}

strata_status filesystem_below(scope *sc, text directory, filesystem *out) {
    below *b = ARENA_NEW(sc->arena, below);
    text real;
    file_kind kind = FILE_MISSING;
    if (!b) return scope_no_memory(sc);
    file_outcome outcome = filesystem_disk.real_path(&filesystem_disk, sc->arena, directory, &real, &kind);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(sc);
    if (outcome != FILE_DONE || kind != FILE_DIRECTORY)
        return scope_fail(sc, DIAGNOSTIC_ROOT_DIRECTORY, ORIGIN_UNKNOWN, "%.*s is no directory that can be read",
                          TEXT_ARG(directory));
    b->root = text_is(real, "/") ? TEXT_EMPTY : real;
    *out = (filesystem){below_stat, below_read, below_real_path, below_list, b};
    return STRATA_OK;
}
