/* build/api_filesystem_functions.c: a caller's own tree of files (strata/filesystem.h). */
#include "build/api.h"

#include "source/path.h"

#include <stdlib.h>

typedef struct own_tree {
    strata_filesystem_functions functions;
    void *user;
} own_tree;

static file_kind own_stat(const filesystem *fs, text path) {
    const own_tree *tree = fs->user;
    arena a;
    arena_init(&a, NULL);
    const char *name = text_c_string(&a, path);
    strata_file_kind kind = name ? tree->functions.kind(name, tree->user) : STRATA_FILE_MISSING;
    arena_free(&a);
    return kind == STRATA_FILE_REGULAR ? FILE_REGULAR : kind == STRATA_FILE_DIRECTORY ? FILE_DIRECTORY : FILE_MISSING;
}

static file_outcome outcome_of(const strata_sink *sink, strata_status status) {
    if (sink->bytes.failure == BUFFER_TOO_LARGE || status == STRATA_LIMIT) return FILE_TOO_LARGE;
    if (sink->bytes.failure || status == STRATA_NO_MEMORY) return FILE_NO_MEMORY;
    switch (status) {
    case STRATA_OK: return FILE_DONE;
    case STRATA_NOT_FOUND: return FILE_ABSENT;
    case STRATA_REFUSED: return FILE_DENIED;
    default: return FILE_FAILED;
    }
}

static file_outcome own_read(const filesystem *fs, arena *a, text path, text within, size_t ceiling, text *out) {
    const own_tree *tree = fs->user;
    text clean = path_clean(a, path);
    if (!clean.data) return FILE_NO_MEMORY;
    file_kind kind = own_stat(fs, clean);
    if (kind == FILE_MISSING) return FILE_ABSENT;
    if (kind == FILE_DIRECTORY) return FILE_IS_DIRECTORY;
    if (within.size && !path_has_prefix(clean, within)) return FILE_OUTSIDE;
    strata_sink sink;
    api_sink_init(&sink, a, ceiling ? ceiling : 1);
    file_outcome outcome = outcome_of(&sink, tree->functions.read(&sink, clean.data, tree->user));
    if (sink.bytes.size > ceiling) outcome = FILE_TOO_LARGE;
    *out = TEXT_EMPTY;
    if (outcome == FILE_DONE) *out = text_copy(a, buffer_text(&sink.bytes));
    if (outcome == FILE_DENIED || outcome == FILE_FAILED) *out = sink.explanation;
    buffer_free(&sink.bytes);
    return out->data ? outcome : FILE_NO_MEMORY;
}

static file_outcome own_real_path(const filesystem *fs, arena *a, text path, text *out, file_kind *kind) {
    *kind = own_stat(fs, path);
    if (*kind == FILE_MISSING) return FILE_ABSENT;
    *out = text_copy(a, path);
    return out->data ? FILE_DONE : FILE_NO_MEMORY;
}

static int compare_names(const void *a, const void *b) { return text_compare(*(const text *)a, *(const text *)b); }

static file_outcome own_list(const filesystem *fs, arena *a, text path, text_list *out) {
    const own_tree *tree = fs->user;
    file_kind kind = own_stat(fs, path);
    if (kind != FILE_DIRECTORY) return kind == FILE_MISSING ? FILE_ABSENT : FILE_NOT_DIRECTORY;
    const char *name = text_c_string(a, path);
    if (!name) return FILE_NO_MEMORY;
    if (!tree->functions.list) return FILE_DONE;
    strata_sink sink;
    api_sink_init(&sink, a, 0);
    sink.names = out;
    file_outcome outcome = outcome_of(&sink, tree->functions.list(&sink, name, tree->user));
    if (sink.bytes.failure) outcome = FILE_NO_MEMORY;
    buffer_free(&sink.bytes);
    if (out->count) qsort(out->items, out->count, sizeof *out->items, compare_names);
    return outcome;
}

static void own_release(void *user) {
    const own_tree *tree = user;
    if (tree->functions.release) tree->functions.release(tree->user);
}

static strata_status make_own(scope *sc, const void *arguments, strata_filesystem *out) {
    own_tree *tree = ARENA_NEW(sc->arena, own_tree);
    if (!tree) return scope_no_memory(sc);
    *tree = *(const own_tree *)arguments;
    out->files = (filesystem){own_stat, own_read, own_real_path, own_list, tree};
    out->release = own_release;
    return STRATA_OK;
}

void strata_filesystem_functions_init_size(strata_filesystem_functions *out, size_t size) {
    strata_filesystem_functions fresh = {.size = size};
    api_struct_init(out, size, &fresh, sizeof fresh);
}

strata_status strata_filesystem_new_functions(strata_filesystem **out, const strata_filesystem_functions *functions,
                                              void *user, strata_error *error) {
    own_tree tree = {.user = user};
    if (out) *out = NULL;
    if (!out || !functions) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    strata_filesystem_functions_init(&tree.functions);
    if (!api_struct_take(&tree.functions, sizeof tree.functions, functions) || !tree.functions.kind ||
        !tree.functions.read)
        return api_fail(error, DIAGNOSTIC_USAGE, "a file system needs its functions, and their struct _init");
    strata_status status = api_filesystem_make(out, make_own, &tree, error);
    if (status != STRATA_OK && tree.functions.release) tree.functions.release(user);
    return status;
}
