/* package/localizer.c: see localizer.h. */
#include "package/localizer.h"

#include "build/target.h"
#include "edit/document.h"
#include "model/resource_reader.h"
#include "package/localize_url.h"
#include "package/walk.h"
#include "package/write_file.h"
#include "source/path.h"
#include "source/url.h"
#include "yaml/writer.h"

static const text files_directory = TEXT_INIT("localized-files");

/* --- copies ------------------------------------------------------------------------------------------------------ */

static strata_status add_copy(localizer *l, text path, text bytes) {
    localization *all = l->all;
    scope *sc = &all->work->sc;
    text full = path_join(sc->arena, l->place, path);
    localized_file *files = arena_grow(sc->arena, all->files, &all->capacity, all->count + 1, sizeof *files);
    if (!full.data || !files || !table_add(&all->known, sc->arena, full, NULL)) return scope_no_memory(sc);
    all->files = files;
    files[all->count++] = (localized_file){full, bytes};
    return STRATA_OK;
}

static strata_status add_directory(localizer *l, text path) {
    localization *all = l->all;
    scope *sc = &all->work->sc;
    text full = path_join(sc->arena, l->place, path);
    bool fine =
        full.data && text_list_add(sc->arena, &all->directories, full) && table_add(&all->known, sc->arena, full, NULL);
    return fine ? STRATA_OK : scope_no_memory(sc);
}

strata_status localization_write(localization *all, text destination) {
    scope *sc = &all->work->sc;
    TRY(make_directories(sc, destination));
    for (size_t i = 0; i < all->directories.count; i++) {
        text path = path_join(sc->arena, destination, all->directories.items[i]);
        if (!path.data) return scope_no_memory(sc);
        TRY(make_directories(sc, path));
    }
    for (size_t i = 0; i < all->count; i++) {
        text path = path_join(sc->arena, destination, all->files[i].path);
        if (!path.data) return scope_no_memory(sc);
        TRY(write_file(sc, path, all->files[i].bytes));
    }
    return STRATA_OK;
}

/* What is fetched lies in a directory that the original must not have. */
static strata_status want_no_files_directory(localizer *l, text path, origin named_at) {
    work *w = l->all->work;
    text place = path_join(w->sc.arena, l->root, files_directory);
    if (!place.data) return scope_no_memory(&w->sc);
    if (w->loading.files->stat(w->loading.files, place) == FILE_MISSING) return STRATA_OK;
    return scope_fail(&w->sc, DIAGNOSTIC_LOCALIZE_CONFLICT, named_at,
                      "'%.*s' already contains %.*s needed to store '%.*s'", TEXT_ARG(l->root),
                      TEXT_ARG(files_directory), TEXT_ARG(path));
}

/* --- files ------------------------------------------------------------------------------------------------------- */

/* The path of a file from the root, symbolic links resolved: the copy has none. */
static strata_status real_relative(localizer *l, text path, text *out) {
    work *w = l->all->work;
    text real, full = path_is_absolute(path) ? path : path_join(w->sc.arena, l->root, path);
    file_kind kind;
    if (!full.data) return scope_no_memory(&w->sc);
    file_outcome outcome = w->loading.files->real_path(w->loading.files, w->sc.arena, full, &real, &kind);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(&w->sc);
    if (outcome != FILE_DONE)
        return scope_fail(&w->sc, DIAGNOSTIC_FILE_IO, ORIGIN_UNKNOWN, "the path '%.*s' can't be resolved",
                          TEXT_ARG(path));
    *out = path_relative(w->sc.arena, l->root, real);
    return out->data ? STRATA_OK : scope_no_memory(&w->sc);
}

strata_status localize_bytes(localizer *l, text path, text bytes, origin named_at, text *out) {
    scope *sc = &l->all->work->sc;
    if (url_is_remote_file(path)) {
        TRY(want_no_files_directory(l, path, named_at));
        TRY(localize_url_file(sc, path, out));
    } else {
        TRY(real_relative(l, path, out));
    }
    return add_copy(l, *out, bytes);
}

strata_status localize_file(localizer *l, text path, origin named_at, text *out) {
    text bytes;
    *out = path;
    if (text_empty(path)) return STRATA_OK;
    TRY(loader_read(&l->all->work->sc, l->loader, path, named_at, &bytes));
    return localize_bytes(l, path, bytes, named_at, out);
}

strata_status localize_file_source(localizer *l, text source, origin named_at, text *out) {
    scope *sc = &l->all->work->sc;
    text file = source, key;
    if (!text_cut(&file, '=', &key)) return localize_file(l, source, named_at, out);
    if (text_empty(key) || text_empty(file) || text_find_char(file, '=') != SIZE_MAX)
        return scope_fail(sc, DIAGNOSTIC_FILE_SOURCE, named_at, "'%.*s' is no source of a file: write path or key=path",
                          TEXT_ARG(source));
    TRY(localize_file(l, file, named_at, &file));
    *out = TEXT_CONCAT(sc->arena, key, TEXT("="), file);
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

/* Fails unless the bytes are resources. */
static strata_status read_resources(localizer *l, text name, text bytes, origin named_at) {
    resource_list list = {0};
    return resources_read(&l->all->work->sc, name, bytes, named_at, &list);
}

/* --- roots ------------------------------------------------------------------------------------------------------- */

strata_status localize_without_reference(scope *sc, text path, origin named_at) {
    return scope_fail(sc, DIAGNOSTIC_LOCALIZE_REFUSED, named_at,
                      "localize remote root \"%.*s\" missing ref query string parameter", TEXT_ARG(path));
}

static strata_status check_root(localizer *l, text path, const loader *root, bool is_remote, bool has_reference,
                                origin named_at) {
    scope *sc = &l->all->work->sc;
    if (is_remote && !has_reference) return localize_without_reference(sc, path, named_at);
    if (is_remote || !l->local || path_has_prefix(loader_root(root), l->all->scope)) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_LOCALIZE_REFUSED, named_at, "root \"%.*s\" outside localize scope \"%.*s\"",
                      TEXT_ARG(loader_root(root)), TEXT_ARG(l->all->scope));
}

/* Where the copy of a root stands, from the copy of the root that names it. */
static strata_status place_of(localizer *l, text path, const loader *root, const repository_url *url, bool is_remote,
                              origin named_at, text *out) {
    scope *sc = &l->all->work->sc;
    if (is_remote) {
        TRY(want_no_files_directory(l, path, named_at));
        text inside = path_relative(sc->arena, loader_clone_directory(root), loader_root(root));
        if (!inside.data) return scope_no_memory(sc);
        return localize_url_root(sc, url, inside, out);
    }
    *out = path_relative(sc->arena, l->root, loader_root(root));
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

/* Opens a root under the rules for its place; the caller closes it. */
static strata_status open_root(localizer *l, text path, origin named_at, localizer *out, text *place) {
    scope *sc = &l->all->work->sc;
    repository_url url = {.reference = TEXT_EMPTY};
    bool is_remote;
    loader *root;
    TRY(repository_url_parse(sc, path, &is_remote, &url));
    TRY(loader_new(sc, l->loader, path, named_at, &root));
    strata_status status = check_root(l, path, root, is_remote, !text_empty(url.reference), named_at);
    if (status == STRATA_OK) status = place_of(l, path, root, &url, is_remote, named_at, place);
    *out = (localizer){.all = l->all, .loader = root, .root = loader_root(root), .local = l->local && !is_remote};
    if (status == STRATA_OK && !(out->place = path_join(sc->arena, l->place, *place)).data)
        status = scope_no_memory(sc);
    if (status != STRATA_OK) loader_close(root);
    return status;
}

strata_status localize_base(localizer *l, text path, origin named_at, text *out) {
    localizer below;
    *out = path;
    if (text_empty(path)) return STRATA_OK;
    TRY(open_root(l, path, named_at, &below, out));
    strata_status status = localize_root(&below, named_at);
    loader_close(below.loader);
    return status;
}

/* A file counts when it holds resources; else the path must be a base. What both attempts said is kept. */
strata_status localize_resource(localizer *l, text path, origin named_at, text *out) {
    scope *sc = &l->all->work->sc;
    scope_attempt as_file, as_base;
    text bytes;
    TRY(scope_attempt_begin(sc, &as_file));
    strata_status status = loader_read(sc, l->loader, path, named_at, &bytes);
    if (status == STRATA_OK) status = read_resources(l, path, bytes, named_at);
    if (status == STRATA_OK) status = localize_bytes(l, path, bytes, named_at, out);
    if (status == STRATA_OK || scope_is_exhausted(status)) {
        scope_attempt_keep(sc, &as_file);
        return status;
    }
    text file_says = text_copy(sc->arena, text_from(strata_error_message(sc->error)));
    scope_attempt_drop(sc, &as_file);
    if (!file_says.data) return scope_no_memory(sc);
    TRY(scope_attempt_begin(sc, &as_base));
    status = localize_base(l, path, named_at, out);
    text base_says = text_copy(sc->arena, text_from(strata_error_message(sc->error)));
    if (status == STRATA_OK || scope_is_exhausted(status)) {
        scope_attempt_keep(sc, &as_base);
        return status;
    }
    scope_attempt_drop(sc, &as_base);
    if (!base_says.data) return scope_no_memory(sc);
    return scope_fail(sc, DIAGNOSTIC_LOCALIZE_PATH, named_at,
                      "could not localize path \"%.*s\" as file: %.*s; could not localize path \"%.*s\" as directory: "
                      "%.*s",
                      TEXT_ARG(path), TEXT_ARG(file_says), TEXT_ARG(path), TEXT_ARG(base_says));
}

strata_status localize_try_inline(scope *sc, text entry, origin named_at, resource_list *list, bool *is_inline) {
    scope_attempt attempt;
    *list = (resource_list){0};
    TRY(scope_attempt_begin(sc, &attempt));
    strata_status status = resources_read_inline(sc, named_at, entry, list);
    if (scope_is_exhausted(status)) {
        scope_attempt_keep(sc, &attempt);
        return status;
    }
    scope_attempt_drop(sc, &attempt);
    *is_inline = status == STRATA_OK;
    return STRATA_OK;
}

strata_status localize_patch(localizer *l, text entry, origin named_at, text *out) {
    scope *sc = &l->all->work->sc;
    resource_list list;
    bool is_inline;
    text bytes;
    TRY(localize_try_inline(sc, entry, named_at, &list, &is_inline));
    *out = entry;
    if (is_inline) return STRATA_OK;
    TRY(loader_read(sc, l->loader, entry, named_at, &bytes));
    TRY(read_resources(l, entry, bytes, named_at));
    return localize_bytes(l, entry, bytes, named_at, out);
}

/* --- chart homes ------------------------------------------------------------------------------------------------- */

typedef struct home_copy {
    localizer *localizer;
    text place;
} home_copy;

static strata_status copy_entry(void *user, const walk_entry *entry, bool *enter) {
    home_copy *c = user;
    work *w = c->localizer->all->work;
    const filesystem *fs = w->loading.files;
    text real, bytes, place = path_join(w->sc.arena, c->place, entry->path);
    file_kind kind;
    (void)enter;
    if (!place.data) return scope_no_memory(&w->sc);
    if (entry->is_directory) return add_directory(c->localizer, place);
    file_outcome outcome = fs->real_path(fs, w->sc.arena, entry->full, &real, &kind);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(&w->sc);
    if (outcome != FILE_DONE || !text_equal(real, entry->full)) return STRATA_OK; /* a link */
    outcome = fs->read(fs, w->sc.arena, entry->full, TEXT_EMPTY, w->sc.limits->input_file, &bytes);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(&w->sc);
    if (outcome != FILE_DONE)
        return scope_fail(&w->sc, DIAGNOSTIC_FILE_IO, ORIGIN_UNKNOWN, "'%.*s' can't be read", TEXT_ARG(entry->full));
    TRY(work_count_input(w, bytes.size));
    return add_copy(c->localizer, place, bytes);
}

/* Copied whole, without links; the default home keeps its name whatever it is a link to. An absent one may come yet. */
strata_status localize_chart_home(localizer *l, text path, origin named_at, text *out) {
    static const text standard = TEXT_INIT("charts");
    work *w = l->all->work;
    text clean = path_clean(w->sc.arena, text_empty(path) ? standard : path), place;
    if (!clean.data) return scope_no_memory(&w->sc);
    *out = path;
    if (path_is_absolute(clean))
        return scope_fail(&w->sc, DIAGNOSTIC_LOCALIZE_REFUSED, named_at, "absolute path \"%.*s\" not handled in alpha",
                          TEXT_ARG(path));
    text full = path_join(w->sc.arena, l->root, clean);
    if (!full.data) return scope_no_memory(&w->sc);
    if (!text_empty(path)) *out = clean;
    if (w->loading.files->stat(w->loading.files, full) == FILE_MISSING) return STRATA_OK;
    localizer home;
    TRY(open_root(l, clean, named_at, &home, &place));
    text real = home.root;
    loader_close(home.loader);
    if (text_equal(clean, standard)) place = clean;
    if (!text_empty(path)) *out = place;
    text copy = path_join(w->sc.arena, l->place, place);
    if (!copy.data) return scope_no_memory(&w->sc);
    if (table_find(&l->all->known, copy)) return STRATA_OK;
    home_copy c = {l, place};
    TRY(add_directory(l, place));
    return walk_directory(w, real, copy_entry, &c);
}

/* --- a root ------------------------------------------------------------------------------------------------------ */

strata_status localize_value(localizer *l, node *value, localize_function localize) {
    text path;
    if (!value) return STRATA_OK;
    for (uint32_t i = 0; value->kind == NODE_SEQUENCE && i < value->count; i++) {
        if (value->items[i]->kind != NODE_SCALAR) continue;
        TRY(localize(l, node_text(value->items[i]), value->items[i]->where, &path));
        node_set_text(value->items[i], path, TAG_STR);
    }
    if (value->kind != NODE_SCALAR) return STRATA_OK;
    TRY(localize(l, node_text(value), value->where, &path));
    node_set_text(value, path, TAG_STR);
    return STRATA_OK;
}

static strata_status write_tree(localizer *l, text name, const node *tree) {
    text bytes;
    TRY(yaml_write_text(&l->all->work->sc, tree, YAML_TO_STREAM, &bytes));
    return add_copy(l, name, bytes);
}

strata_status localize_root(localizer *l, origin named_at) {
    scope *sc = &l->all->work->sc;
    text name, bytes;
    document file;
    TRY(target_find_file(sc, l->loader, named_at, &name, &bytes));
    text path = path_join(sc->arena, l->root, name);
    if (!path.data) return scope_no_memory(sc);
    TRY(document_read(sc, loader_display(sc, l->loader, path), bytes, &file));
    node *tree = node_clone(sc->arena, file.before);
    if (!tree) return scope_no_memory(sc);
    TRY(localize_fields(l, tree));
    TRY(localize_plugins(l, tree));
    return write_tree(l, name, tree);
}
