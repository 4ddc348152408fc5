/* package/package_files.c: see package_files.h; after kyaml's kio/pkgio_reader.go and pathutil. */
#include "package/package_files.h"

#include "function/file_annotations.h"
#include "package/ignore.h"
#include "package/walk.h"
#include "source/path.h"

static const text package_file = TEXT_INIT("Krmfile");
static const text ignore_file = TEXT_INIT(".krmignore");

/* --- packages ---------------------------------------------------------------------------------------------------- */

typedef struct package_search {
    work *work;
    text root; /* as the caller wrote it */
    bool has_root;
    text_list *out;
} package_search;

static strata_status add_package(package_search *s, text path) {
    s->has_root = s->has_root || text_equal(path, s->root);
    return text_list_add(s->work->sc.arena, s->out, path) ? STRATA_OK : scope_no_memory(&s->work->sc);
}

static strata_status note_package(void *user, const walk_entry *entry, bool *enter) {
    package_search *s = user;
    (void)enter;
    if (!text_equal(path_base(entry->path), package_file)) return STRATA_OK;
    text path = path_join(s->work->sc.arena, s->root, entry->path);
    return path.data ? add_package(s, path_directory(path)) : scope_no_memory(&s->work->sc);
}

static strata_status fail_missing(work *w, text root) {
    return scope_fail(&w->sc, DIAGNOSTIC_PACKAGE_MISSING, ORIGIN_UNKNOWN, "there is no directory or file '%.*s'",
                      TEXT_ARG(root));
}

strata_status package_find_all(work *w, text root, bool recurse, text_list *out) {
    const filesystem *fs = w->loading.files;
    package_search s = {.work = w, .root = root, .out = out};
    text_list found = {0};
    s.out = &found;
    text full = work_path(w, root), own = path_join(w->sc.arena, full, package_file);
    if (!full.data || !own.data) return scope_no_memory(&w->sc);
    file_kind kind = fs->stat(fs, full);
    if (kind == FILE_MISSING) return fail_missing(w, root);
    if (kind == FILE_DIRECTORY && recurse) TRY(walk_directory(w, full, note_package, &s));
    if (kind == FILE_DIRECTORY && !recurse && fs->stat(fs, own) != FILE_MISSING) {
        text clean = path_clean(w->sc.arena, root);
        if (!clean.data) return scope_no_memory(&w->sc);
        TRY(add_package(&s, clean));
    }
    if (!s.has_root && !text_list_add(w->sc.arena, out, root)) return scope_no_memory(&w->sc);
    for (size_t i = 0; i < found.count; i++)
        if (!text_list_add(w->sc.arena, out, found.items[i])) return scope_no_memory(&w->sc);
    return STRATA_OK;
}

/* --- files ------------------------------------------------------------------------------------------------------- */

typedef struct package_reader {
    work *work;
    const package_reading *how;
    ignore_list *ignored; /* of this package and those around it, innermost last */
    size_t ignored_count;
    size_t ignored_capacity;
    node_list *out;
} package_reader;

static strata_status read_bytes(work *w, text full, text *out) {
    file_outcome outcome = work_read(w, full, out);
    if (outcome == FILE_DONE) return work_count_input(w, out->size);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(&w->sc);
    if (outcome == FILE_TOO_LARGE)
        return scope_fail(&w->sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN, "'%.*s' is larger than %zu bytes", TEXT_ARG(full),
                          w->sc.limits->input_file);
    return scope_fail(&w->sc, outcome == FILE_DENIED ? DIAGNOSTIC_FILE_DENIED : DIAGNOSTIC_FILE_IO, ORIGIN_UNKNOWN,
                      "'%.*s' can't be read: %s", TEXT_ARG(full),
                      outcome == FILE_IS_DIRECTORY ? "it is a link to a directory"
                      : outcome == FILE_ABSENT     ? "it is a link to nothing"
                      : outcome == FILE_DENIED     ? "no permission"
                                                   : "it is no regular file");
}

/* Only the innermost list that a path lies below counts, by the text of its path, as in kyaml. */
static void leave_lists(package_reader *r, text path) {
    for (size_t i = r->ignored_count; i-- > 0;)
        if (text_starts(path, r->ignored[i].directory)) {
            r->ignored_count = i + 1;
            return;
        }
}

static strata_status enter_list(package_reader *r, text directory) {
    work *w = r->work;
    const filesystem *fs = w->loading.files;
    text path = path_join(w->sc.arena, directory, ignore_file), bytes = TEXT_EMPTY;
    ignore_list *lists = arena_grow(w->sc.arena, r->ignored, &r->ignored_capacity, r->ignored_count + 1, sizeof *lists);
    if (!path.data || !lists) return scope_no_memory(&w->sc);
    r->ignored = lists;
    leave_lists(r, directory);
    if (fs->stat(fs, path) != FILE_MISSING) TRY(read_bytes(w, path, &bytes));
    return ignore_read(&w->sc, directory, bytes, &lists[r->ignored_count++]);
}

static bool is_ignored(package_reader *r, const walk_entry *entry) {
    if (r->ignored_count == 0) return false;
    leave_lists(r, entry->is_directory ? entry->full : path_directory(entry->full));
    return ignore_matches(&r->ignored[r->ignored_count - 1], entry->full, entry->is_directory);
}

static bool is_wanted(const package_reader *r, text path) {
    text extension = path_extension(path);
    return text_is(extension, ".yaml") || text_is(extension, ".yml") || (r->how->json && text_is(extension, ".json"));
}

static strata_status want_mapping(work *w, const node *root) {
    if (root->kind == NODE_MAPPING) return STRATA_OK;
    return scope_fail_hint(&w->sc, DIAGNOSTIC_PACKAGE_FILE, root->where,
                           TEXT("a file .krmignore can leave this file out"),
                           "wrong node kind: a resource is a mapping, and this is a %s",
                           root->kind == NODE_SEQUENCE ? "list" : "single value");
}

static strata_status read_documents(work *w, text name, text bytes, node_list *out) {
    static const yaml_options options = {
        .dialect = YAML_RESOURCE, .keep_comments = true, .keep_empty = true, .keep_aliases = true};
    node_list documents = {0};
    TRY(yaml_read(&w->sc, name, bytes, ORIGIN_UNKNOWN, &options, &documents));
    *out = (node_list){.pieces = documents.pieces};
    for (size_t i = 0; i < documents.count; i++) {
        node *document = node_clone(w->sc.arena, documents.items[i]);
        if (!document || !node_list_add(w->sc.arena, out, document)) return scope_no_memory(&w->sc);
    }
    return STRATA_OK;
}

static strata_status read_file(package_reader *r, text path, text full) {
    work *w = r->work;
    text bytes, name = path_relative(w->sc.arena, w->loading.working_directory, full);
    node_list documents;
    if (!name.data) return scope_no_memory(&w->sc);
    TRY(read_bytes(w, full, &bytes));
    TRY(read_documents(w, name.size < full.size ? name : full, bytes, &documents));
    for (size_t i = 0; i < documents.count; i++) {
        TRY(want_mapping(w, documents.items[i]));
        if (!r->how->bare) TRY(file_annotations_locate(&w->sc, documents.items[i], i, path));
        if (!node_list_add(w->sc.arena, r->out, documents.items[i])) return scope_no_memory(&w->sc);
    }
    return STRATA_OK;
}

static strata_status visit(void *user, const walk_entry *entry, bool *enter) {
    package_reader *r = user;
    work *w = r->work;
    bool ignored = is_ignored(r, entry);
    if (!entry->is_directory)
        return ignored || !is_wanted(r, entry->path) ? STRATA_OK : read_file(r, entry->path, entry->full);
    *enter = !ignored;
    if (ignored || (!r->how->own_files_only && !r->how->ignore_in_nested)) return STRATA_OK;
    text own = path_join(w->sc.arena, entry->full, package_file);
    if (!own.data) return scope_no_memory(&w->sc);
    if (w->loading.files->stat(w->loading.files, own) == FILE_MISSING) return STRATA_OK;
    *enter = !r->how->own_files_only;
    return *enter ? enter_list(r, entry->full) : STRATA_OK;
}

strata_status package_read(work *w, text root, const package_reading *how, node_list *out) {
    const filesystem *fs = w->loading.files;
    package_reader r = {.work = w, .how = how, .out = out};
    text full = work_path(w, root), real;
    file_kind kind;
    if (!full.data) return scope_no_memory(&w->sc);
    file_outcome outcome = fs->real_path(fs, w->sc.arena, full, &real, &kind);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(&w->sc);
    if (outcome != FILE_DONE) return fail_missing(w, root);
    if (kind != FILE_DIRECTORY) return is_wanted(&r, full) ? read_file(&r, path_base(full), full) : STRATA_OK;
    TRY(enter_list(&r, real));
    return walk_directory(w, real, visit, &r);
}

/* --- streams ----------------------------------------------------------------------------------------------------- */

static bool is_wrapper(const node_list *documents) {
    if (documents->count != 1 || documents->pieces != 1) return false;
    text kind = node_text(NODE_GET(documents->items[0], "kind"));
    return (text_is(kind, "ResourceList") || text_is(kind, "List")) &&
           (NODE_GET(documents->items[0], "items") || NODE_GET(documents->items[0], "functionConfig"));
}

strata_status package_read_stream(work *w, text name, text bytes, node_list *out, node **results) {
    node_list documents;
    TRY(work_count_input(w, bytes.size));
    TRY(read_documents(w, name, bytes, &documents));
    bool wrapped = is_wrapper(&documents);
    const node *items = wrapped ? NODE_GET(documents.items[0], "items") : NULL;
    if (results) *results = wrapped ? NODE_GET(documents.items[0], "results") : NULL;
    size_t count = wrapped ? (node_is_sequence(items) ? items->count : 0) : documents.count;
    for (size_t i = 0; i < count; i++) {
        node *document = wrapped ? items->items[i] : documents.items[i];
        TRY(want_mapping(w, document));
        if (!wrapped) TRY(file_annotations_number(&w->sc, document, i));
        if (!node_list_add(w->sc.arena, out, document)) return scope_no_memory(&w->sc);
    }
    return STRATA_OK;
}
