/*
 * source/filesystem_memory.c: files in memory; see filesystem.h. There are no symbolic links.
 *
 * One hash table leads from each path to its entry, a file or a directory: looking up takes constant time. Only listing
 * a directory goes through all files; it serves error messages.
 */
#include "core/table.h"
#include "source/filesystem.h"
#include "source/path.h"

#include <stdlib.h>

typedef struct memory_entry {
    const memory_file *file; /* NULL: a directory */
} memory_entry;

typedef struct memory_tree {
    table entries;
    const memory_file *files;
    size_t count;
} memory_tree;

static const memory_entry *find(const filesystem *fs, text path) {
    const memory_tree *tree = fs->user;
    return table_get(&tree->entries, path);
}

static file_kind memory_stat(const filesystem *fs, text path) {
    const memory_entry *entry = find(fs, path);
    if (!entry) return FILE_MISSING;
    return entry->file ? FILE_REGULAR : FILE_DIRECTORY;
}

static file_outcome memory_read(const filesystem *fs, arena *a, text path, text within, size_t ceiling, text *out) {
    text clean = path_clean(a, path);
    if (!clean.data) return FILE_NO_MEMORY;
    const memory_entry *entry = find(fs, clean);
    if (!entry) return FILE_ABSENT;
    if (!entry->file) return FILE_IS_DIRECTORY;
    if (within.size && !path_has_prefix(clean, within)) return FILE_OUTSIDE;
    if (entry->file->bytes.size > ceiling) return FILE_TOO_LARGE;
    *out = text_copy(a, entry->file->bytes);
    return out->data ? FILE_DONE : FILE_NO_MEMORY;
}

static file_outcome memory_real_path(const filesystem *fs, arena *a, text path, text *out, file_kind *kind) {
    *kind = memory_stat(fs, path);
    if (*kind == FILE_MISSING) return FILE_ABSENT;
    *out = text_copy(a, path);
    return out->data ? FILE_DONE : FILE_NO_MEMORY;
}

static int compare_names(const void *a, const void *b) { return text_compare(*(const text *)a, *(const text *)b); }

static file_outcome memory_list(const filesystem *fs, arena *a, text path, text_list *out) {
    const memory_tree *tree = fs->user;
    const memory_entry *entry = find(fs, path);
    if (!entry) return FILE_ABSENT;
    if (entry->file) return FILE_NOT_DIRECTORY;
    for (size_t i = 0; i < tree->count; i++) {
        text file = tree->files[i].path;
        if (!path_has_prefix(file, path)) continue;
        text name = text_after(file, text_is(path, "/") ? 1 : path.size + 1);
        name = text_slice(name, 0, text_find_char(name, '/'));
        if (!text_list_add(a, out, name)) return FILE_NO_MEMORY;
    }
    if (out->count == 0) return FILE_DONE;
    qsort(out->items, out->count, sizeof *out->items, compare_names);
    size_t kept = 1; /* a directory with several files was added once for each */
    for (size_t i = 1; i < out->count; i++)
        if (!text_equal(out->items[i], out->items[kept - 1])) out->items[kept++] = out->items[i];
    out->count = kept;
    return FILE_DONE;
}

/* Enters the directories above a path, up to the first that is known. */
static strata_status add_directories(scope *sc, memory_tree *tree, text path) {
    while (!text_is(path, "/")) {
        path = path_directory(path);
        const memory_entry *known = table_get(&tree->entries, path);
        if (known && !known->file) return STRATA_OK;
        if (known)
            return scope_fail(sc, DIAGNOSTIC_MEMORY_FILE, ORIGIN_UNKNOWN,
                              "the path '%.*s' is given as a file, and another file lies below it", TEXT_ARG(path));
        memory_entry *entry = ARENA_NEW(sc->arena, memory_entry);
        if (!entry || !table_add(&tree->entries, sc->arena, path, entry)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static strata_status add_file(scope *sc, memory_tree *tree, const memory_file *file) {
    text clean = path_clean(sc->arena, file->path);
    if (!clean.data) return scope_no_memory(sc);
    if (!path_is_absolute(file->path) || !text_equal(clean, file->path) || file->path.size == 1)
        return scope_fail(sc, DIAGNOSTIC_MEMORY_FILE, ORIGIN_UNKNOWN, "the path '%.*s' is not absolute and clean",
                          TEXT_ARG(file->path));
    const memory_entry *known = table_get(&tree->entries, file->path);
    if (known)
        return scope_fail(sc, DIAGNOSTIC_MEMORY_FILE, ORIGIN_UNKNOWN,
                          known->file ? "the file '%.*s' is given twice"
                                      : "the path '%.*s' is given as a file, and another file lies below it",
                          TEXT_ARG(file->path));
    memory_entry *entry = ARENA_NEW(sc->arena, memory_entry);
    if (!entry || !table_add(&tree->entries, sc->arena, file->path, entry)) return scope_no_memory(sc);
    entry->file = file;
    return add_directories(sc, tree, file->path);
}

strata_status filesystem_memory(scope *sc, const memory_file *files, size_t count, filesystem *out) {
    memory_tree *tree = ARENA_NEW(sc->arena, memory_tree);
    memory_entry *root = ARENA_NEW(sc->arena, memory_entry);
    if (!tree || !root || !table_add(&tree->entries, sc->arena, TEXT("/"), root)) return scope_no_memory(sc);
    tree->files = files;
    tree->count = count;
    for (size_t i = 0; i < count; i++)
        TRY(add_file(sc, tree, &files[i]));
    *out = (filesystem){memory_stat, memory_read, memory_real_path, memory_list, tree};
    return STRATA_OK;
}
