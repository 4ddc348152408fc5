/*
 * source/filesystem_overlay.c: one tree laid over another; see filesystem.h.
 *
 * A path is looked up above first. Directories that both have are named as the tree below names them, since that one
 * may have symbolic links.
 */
#include "source/filesystem.h"

#include <stdlib.h>

typedef struct overlay {
    const filesystem *upper;
    const filesystem *lower;
} overlay;

static file_kind overlay_stat(const filesystem *fs, text path) {
    const overlay *o = fs->user;
    file_kind kind = o->upper->stat(o->upper, path);
    return kind == FILE_MISSING ? o->lower->stat(o->lower, path) : kind;
}

static file_outcome overlay_read(const filesystem *fs, arena *a, text path, text within, size_t ceiling, text *out) {
    const overlay *o = fs->user;
    file_outcome outcome = o->upper->read(o->upper, a, path, within, ceiling, out);
    return outcome == FILE_ABSENT ? o->lower->read(o->lower, a, path, within, ceiling, out) : outcome;
}

static file_outcome overlay_real_path(const filesystem *fs, arena *a, text path, text *out, file_kind *kind) {
    const overlay *o = fs->user;
    file_kind above = o->upper->stat(o->upper, path);
    if (above != FILE_MISSING && above != FILE_DIRECTORY) return o->upper->real_path(o->upper, a, path, out, kind);
    file_outcome outcome = o->lower->real_path(o->lower, a, path, out, kind);
    bool hidden = above == FILE_DIRECTORY && (outcome != FILE_DONE || *kind != FILE_DIRECTORY);
    return hidden && outcome != FILE_NO_MEMORY ? o->upper->real_path(o->upper, a, path, out, kind) : outcome;
}

static int compare_names(const void *a, const void *b) { return text_compare(*(const text *)a, *(const text *)b); }

static file_outcome overlay_list(const filesystem *fs, arena *a, text path, text_list *out) {
    const overlay *o = fs->user;
    file_outcome above = o->upper->list(o->upper, a, path, out);
    file_outcome below = o->lower->list(o->lower, a, path, out);
    if (above == FILE_NO_MEMORY || below == FILE_NO_MEMORY) return FILE_NO_MEMORY;
    if (above != FILE_DONE && below != FILE_DONE) return above == FILE_ABSENT ? below : above;
    if (out->count == 0) return FILE_DONE;
    qsort(out->items, out->count, sizeof *out->items, compare_names);
    size_t kept = 1;
    for (size_t i = 1; i < out->count; i++)
        if (!text_equal(out->items[i], out->items[kept - 1])) out->items[kept++] = out->items[i];
    out->count = kept;
    return FILE_DONE;
}

strata_status filesystem_overlay(scope *sc, const filesystem *upper, const filesystem *lower, filesystem *out) {
    overlay *o = ARENA_NEW(sc->arena, overlay);
    if (!o) return scope_no_memory(sc);
    *o = (overlay){upper, lower};
    *out = (filesystem){overlay_stat, overlay_read, overlay_real_path, overlay_list, o};
    return STRATA_OK;
}
