/*
 * build/api_filesystem.c: strata_filesystem (strata/filesystem.h) around the trees of source/filesystem.h. A caller's
 * own is in api_filesystem_functions.c.
 */
#include "build/api.h"

#include "source/path.h"

#include <stdlib.h>

strata_status api_filesystem_make(strata_filesystem **out, filesystem_maker make, const void *arguments,
                                  strata_error *error) {
    if (error) error_clear(error);
    *out = NULL;
    strata_filesystem *fs = calloc(1, sizeof *fs);
    if (!fs) return api_fail(error, DIAGNOSTIC_NO_MEMORY, "out of memory");
    arena_init(&fs->memory, NULL);
    scope sc = {.arena = &fs->memory, .from = &allocator_libc, .limits = &limits_default, .error = error};
    strata_status status = make(&sc, arguments, fs);
    if (status == STRATA_OK)
        *out = fs;
    else
        strata_filesystem_free(fs);
    return status;
}

void strata_filesystem_free(strata_filesystem *fs) {
    if (!fs) return;
    if (fs->release) fs->release(fs->files.user);
    arena_free(&fs->memory);
    free(fs);
}

static strata_status fail_null(strata_error *error) {
    return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
}

/* --- the disk ---------------------------------------------------------------------------------------------------- */

static strata_status make_disk(scope *sc, const void *arguments, strata_filesystem *out) {
    (void)sc, (void)arguments;
    out->files = filesystem_disk;
    return STRATA_OK;
}

strata_status strata_filesystem_new_disk(strata_filesystem **out, strata_error *error) {
    if (!out) return fail_null(error);
    return api_filesystem_make(out, make_disk, NULL, error);
}

static strata_status make_below(scope *sc, const void *arguments, strata_filesystem *out) {
    text directory = text_from(arguments);
    if (!path_is_absolute(directory)) {
        char *own = realpath(arguments, NULL);
        directory = text_copy(sc->arena, own ? text_from(own) : directory);
        free(own);
    } else {
        directory = path_clean(sc->arena, directory);
    }
    return directory.data ? filesystem_below(sc, directory, &out->files) : scope_no_memory(sc);
}

strata_status strata_filesystem_new_below(strata_filesystem **out, const char *directory, strata_error *error) {
    if (out) *out = NULL;
    if (!out || !directory) return fail_null(error);
    return api_filesystem_make(out, make_below, directory, error);
}

/* --- memory ------------------------------------------------------------------------------------------------------ */

typedef struct memory_arguments {
    const strata_file *files;
    size_t count;
} memory_arguments;

static strata_status make_memory(scope *sc, const void *arguments, strata_filesystem *out) {
    const memory_arguments *given = arguments;
    memory_file *copies = ARENA_ARRAY(sc->arena, memory_file, given->count ? given->count : 1);
    if (!copies) return scope_no_memory(sc);
    for (size_t i = 0; i < given->count; i++) {
        const strata_file *file = &given->files[i];
        copies[i].path = text_copy(sc->arena, text_from(file->path));
        copies[i].bytes = text_copy(sc->arena, text_of(file->data, file->size));
        if (!copies[i].path.data || !copies[i].bytes.data) return scope_no_memory(sc);
    }
    return filesystem_memory(sc, copies, given->count, &out->files);
}

strata_status strata_filesystem_new_memory(strata_filesystem **out, const strata_file *files, size_t count,
                                           strata_error *error) {
    if (out) *out = NULL;
    if (!out || (!files && count)) return fail_null(error);
    return api_filesystem_make(out, make_memory, &(memory_arguments){files, count}, error);
}

/* --- overlays ---------------------------------------------------------------------------------------------------- */

typedef struct overlay_arguments {
    const strata_filesystem *upper, *lower;
} overlay_arguments;

static strata_status make_overlay(scope *sc, const void *arguments, strata_filesystem *out) {
    const overlay_arguments *given = arguments;
    return filesystem_overlay(sc, &given->upper->files, &given->lower->files, &out->files);
}

strata_status strata_filesystem_new_overlay(strata_filesystem **out, const strata_filesystem *upper,
                                            const strata_filesystem *lower, strata_error *error) {
    if (out) *out = NULL;
    if (!out || !upper || !lower) return fail_null(error);
    return api_filesystem_make(out, make_overlay, &(overlay_arguments){upper, lower}, error);
}
