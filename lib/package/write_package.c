/* package/write_package.c: see write_package.h. */
#include "package/write_package.h"

#include "core/sort.h"
#include "function/annotation.h"
#include "function/file_annotations.h"
#include "package/pipeline.h"
#include "package/write_file.h"
#include "source/path.h"

#include <stdlib.h>

/* One file, its resources in their order, and its new bytes. */
typedef struct output_file {
    text path;
    node_list resources;
    int64_t next; /* the index of a resource that has none */
    text bytes;
} output_file;

typedef struct file_set {
    output_file **items;
    size_t count;
    size_t capacity;
    table by_path;
} file_set;

static strata_status find_file(work *w, file_set *files, text path, output_file **out) {
    *out = table_get(&files->by_path, path);
    if (*out) return STRATA_OK;
    output_file **items =
        arena_grow(w->sc.arena, files->items, &files->capacity, files->count + 1, sizeof(output_file *));
    *out = ARENA_NEW(w->sc.arena, output_file);
    if (items) files->items = items;
    if (!items || !*out || !table_add(&files->by_path, w->sc.arena, path, *out)) return scope_no_memory(&w->sc);
    (*out)->path = path;
    items[files->count++] = *out;
    return STRATA_OK;
}

strata_status package_list_files(work *w, const node_list *resources, text_list *out) {
    table seen = {0};
    for (size_t i = 0; i < resources->count; i++) {
        text path = file_annotations_path(resources->items[i]);
        if (table_find(&seen, path)) continue;
        if (!table_add(&seen, w->sc.arena, path, NULL) || !text_list_add(w->sc.arena, out, path))
            return scope_no_memory(&w->sc);
    }
    return STRATA_OK;
}

/* --- which file, and where in it --------------------------------------------------------------------------------- */

static strata_status check_path(work *w, const node *root, text path) {
    text clean = path_clean(w->sc.arena, path);
    if (!clean.data) return scope_no_memory(&w->sc);
    if (!path_is_absolute(path) && !text_contains(clean, TEXT("..")) && !memchr(path.data, '\0', path.size))
        return STRATA_OK;
    return scope_fail(&w->sc, DIAGNOSTIC_PACKAGE_PATH, root->where,
                      "a resource must be written below its package: %.*s", TEXT_ARG(path));
}

static strata_status read_index(work *w, const node *root, int64_t *out) {
    text digits = file_annotations_index(root);
    char copy[24], *end = copy;
    if (digits.size && digits.size < sizeof copy) {
        memcpy(copy, digits.data, digits.size);
        copy[digits.size] = '\0';
        *out = strtoll(copy, &end, 10);
        if (*end == '\0') return STRATA_OK;
    }
    return scope_fail(&w->sc, DIAGNOSTIC_PACKAGE_PATH, root->where,
                      "the annotation config.kubernetes.io/index is no number: %.*s", TEXT_ARG(digits));
}

static strata_status sort_into_files(work *w, const node_list *resources, file_set *files) {
    for (size_t i = 0; i < resources->count; i++) {
        node *root = resources->items[i];
        output_file *file;
        int64_t index;
        TRY(file_annotations_default_path(&w->sc, root, TEXT_EMPTY));
        text path = file_annotations_path(root);
        TRY(check_path(w, root, path));
        TRY(find_file(w, files, path, &file));
        if (!node_list_add(w->sc.arena, &file->resources, root)) return scope_no_memory(&w->sc);
        if (text_empty(file_annotations_index(root))) continue;
        TRY(read_index(w, root, &index));
        if (index > file->next) file->next = index;
    }
    return STRATA_OK;
}

typedef struct indexed_node {
    node *root;
    int64_t index;
} indexed_node;

static int compare_indexes(const void *a, const void *b, void *user) {
    const indexed_node *x = a, *y = b;
    (void)user;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* By their indexes; those without follow the greatest in the order that they have, beginning at its own number. */
static strata_status sort_file(work *w, output_file *file) {
    node_list *list = &file->resources;
    indexed_node *sorted = ARENA_ARRAY(w->sc.arena, indexed_node, list->count + 1);
    if (!sorted) return scope_no_memory(&w->sc);
    for (size_t i = 0; i < list->count; i++) {
        sorted[i].root = list->items[i];
        if (text_empty(file_annotations_index(list->items[i])))
            sorted[i].index = file->next++;
        else
            TRY(read_index(w, list->items[i], &sorted[i].index));
    }
    if (!sort_stable(w->sc.from, sorted, list->count, sizeof *sorted, compare_indexes, NULL))
        return scope_no_memory(&w->sc);
    for (size_t i = 0; i < list->count; i++)
        list->items[i] = sorted[i].root;
    return STRATA_OK;
}

static strata_status render(work *w, output_file *file) {
    static const pipeline_writing how = {.keep_index = false};
    buffer b;
    buffer_init(&b, w->sc.from, w->sc.limits->output);
    strata_status status = sort_file(w, file);
    if (status == STRATA_OK) status = pipeline_write(w, &file->resources, &how, &b);
    if (status == STRATA_OK && (buffer_failed(&b) || !(file->bytes = text_copy(w->sc.arena, buffer_text(&b))).data))
        status = scope_no_memory(&w->sc);
    buffer_free(&b);
    return status;
}

/* --- the disk ---------------------------------------------------------------------------------------------------- */

/* The real path of a file, or while it isn't there of the nearest directory on the way to it. */
static strata_status nearest_real(work *w, text path, text directory, text *out, file_kind *kind) {
    const filesystem *fs = w->loading.files;
    for (;;) {
        file_outcome outcome = fs->real_path(fs, w->sc.arena, path, out, kind);
        if (outcome == FILE_NO_MEMORY) return scope_no_memory(&w->sc);
        if (outcome == FILE_DONE) return STRATA_OK;
        *out = directory;
        *kind = FILE_MISSING;
        if (path.size <= directory.size) return STRATA_OK;
        path = text_copy(w->sc.arena, path_directory(path));
        if (!path.data) return scope_no_memory(&w->sc);
    }
}

/* A file must really lie below the package: links may lead anywhere. */
static strata_status check_place(work *w, text directory, text path) {
    text full = path_join(w->sc.arena, directory, path), real;
    file_kind kind;
    if (!full.data) return scope_no_memory(&w->sc);
    if (w->loading.files->stat(w->loading.files, full) == FILE_DIRECTORY)
        return scope_fail(&w->sc, DIAGNOSTIC_PACKAGE_PATH, ORIGIN_UNKNOWN,
                          "%.*s is a directory, and no file can be written there", TEXT_ARG(path));
    TRY(nearest_real(w, full, directory, &real, &kind));
    if (path_has_prefix(real, directory)) return STRATA_OK;
    return scope_fail(&w->sc, DIAGNOSTIC_PACKAGE_PATH, ORIGIN_UNKNOWN,
                      "a link on the way to %.*s leads out of the package, and is not written to", TEXT_ARG(path));
}

/* Those of `before` that are no longer there go; NULL: none. */
static strata_status write_all(work *w, const file_set *set, text directory, const text_list *before) {
    arena *a = w->sc.arena;
    text_list gone = {NULL, 0, 0};
    replaced_file *files = ARENA_ARRAY(a, replaced_file, set->count + 1);
    if (!files) return scope_no_memory(&w->sc);
    for (size_t i = 0; i < set->count; i++) {
        files[i] = (replaced_file){path_join(a, directory, set->items[i]->path), set->items[i]->bytes, false};
        if (!files[i].path.data) return scope_no_memory(&w->sc);
    }
    for (size_t i = 0; before && i < before->count; i++) {
        if (table_find(&set->by_path, before->items[i])) continue;
        text path = path_join(a, directory, before->items[i]);
        if (!path.data || !text_list_add(a, &gone, path)) return scope_no_memory(&w->sc);
    }
    TRY(work_begin_writing(w));
    return write_files(&w->sc, files, set->count, &gone);
}

strata_status package_write(work *w, text root, node_list *resources, const text_list *before) {
    file_set files = {0};
    text full = work_path(w, root), directory;
    file_kind kind;
    if (!full.data) return scope_no_memory(&w->sc);
    TRY(sort_into_files(w, resources, &files));
    for (size_t i = 0; i < files.count; i++)
        TRY(render(w, files.items[i]));
    file_outcome outcome = w->loading.files->real_path(w->loading.files, w->sc.arena, full, &directory, &kind);
    if (outcome != FILE_DONE)
        return scope_fail(&w->sc, DIAGNOSTIC_PACKAGE_MISSING, ORIGIN_UNKNOWN, "could not write to '%.*s'",
                          TEXT_ARG(root));
    if (kind != FILE_DIRECTORY) directory = path_directory(directory);
    for (size_t i = 0; i < files.count; i++)
        TRY(check_place(w, directory, files.items[i]->path));
    return write_all(w, &files, directory, kind == FILE_DIRECTORY ? before : NULL);
}
