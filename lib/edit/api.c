/* edit/api.c: strata_edit (strata/edit.h). */
#include "core/replace_files.h"
#include "edit/operations.h"
#include "source/path.h"

void strata_edit_arguments_init_size(strata_edit_arguments *out, size_t size) {
    strata_edit_arguments fresh = {.size = size};
    api_struct_init(out, size, &fresh, sizeof fresh);
}

/* A warning passes through the renderer's function. */
static void pass_warning(const strata_error *warning, void *user) {
    const strata_renderer *r = user;
    r->warning(warning, r->warning_user);
}

static scope scope_of(strata_edit *edit, strata_error *error) {
    const strata_renderer *r = edit->renderer;
    if (error) error_clear(error);
    edit->end = api_stop(r, NULL);
    return (scope){.arena = &edit->memory,
                   .from = &edit->meter.counting,
                   .limits = &edit->limits,
                   .meter = &edit->meter,
                   .origins = &edit->origins,
                   .error = error,
                   .warn = r->warning ? pass_warning : NULL,
                   .warn_user = (void *)(uintptr_t)r};
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static strata_status find_directory(scope *sc, strata_edit *edit, const char *directory) {
    const loader_options *loading = &edit->renderer->options.loading;
    text path = text_from(directory);
    file_kind kind = FILE_MISSING;
    path =
        path_is_absolute(path) ? path_clean(sc->arena, path) : path_join(sc->arena, loading->working_directory, path);
    if (!path.data) return scope_no_memory(sc);
    file_outcome outcome = loading->files->real_path(loading->files, sc->arena, path, &edit->directory, &kind);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(sc);
    if (outcome != FILE_DONE || kind != FILE_DIRECTORY)
        return scope_fail(sc, DIAGNOSTIC_EDIT_DIRECTORY, ORIGIN_UNKNOWN, "%s is no directory that can be read",
                          directory);
    if (!text_empty(loading->root_jail) && !path_has_prefix(edit->directory, loading->root_jail))
        return scope_fail(sc, DIAGNOSTIC_EDIT_DIRECTORY, ORIGIN_UNKNOWN, "%s lies outside of the root %.*s", directory,
                          TEXT_ARG(loading->root_jail));
    return STRATA_OK;
}

strata_status strata_edit_open(strata_edit **out, const strata_renderer *renderer, const char *directory,
                               strata_error *error) {
    if (out) *out = NULL;
    if (!out || !renderer || !directory) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    strata_edit *edit = renderer->from.allocate(sizeof *edit, renderer->from.user);
    if (!edit) return api_fail(error, DIAGNOSTIC_NO_MEMORY, "out of memory");
    memset(edit, 0, sizeof *edit);
    edit->from = renderer->from;
    edit->limits = renderer->limits;
    edit->renderer = renderer;
    meter_init(&edit->meter, &edit->from, &edit->limits);
    meter_restart(&edit->meter, &edit->end);
    arena_init(&edit->memory, &edit->meter.counting);
    scope sc = scope_of(edit, error);
    strata_status status = find_directory(&sc, edit, directory);
    if (status == STRATA_OK)
        *out = edit;
    else
        strata_edit_free(edit);
    return status;
}

void strata_edit_free(strata_edit *edit) {
    if (!edit) return;
    allocator from = edit->from;
    arena_free(&edit->memory);
    from.release(edit, from.user);
}

/* --- operations --------------------------------------------------------------------------------------------------- */

/* The files that an operation changed, in place of what earlier ones made of them. */
static strata_status take_others(editing *e) {
    changed_files *to = &e->edit->others;
    for (size_t i = 0; i < e->others.count; i++) {
        size_t at = 0;
        while (at < to->count && !text_equal(to->items[at].path, e->others.items[i].path))
            at++;
        if (at == to->count) {
            changed_file *items = arena_grow(e->sc->arena, to->items, &to->capacity, to->count + 1, sizeof *items);
            if (!items) return scope_no_memory(e->sc);
            to->items = items;
            to->count++;
        }
        to->items[at] = e->others.items[i];
    }
    return STRATA_OK;
}

static size_t size_of(const char *const *values, size_t count) {
    size_t size = 0;
    for (size_t i = 0; values && i < count && values[i]; i++)
        size += strlen(values[i]);
    return size;
}

/* What the caller gives is input as the files are; the texts of which there is one are small beside what is free. */
static size_t size_of_arguments(const strata_edit_arguments *given) {
    return size_of(given->values, given->value_count) + size_of(given->literals, SIZE_MAX) +
           size_of(given->files, SIZE_MAX) + size_of(&given->patch, 1);
}

strata_status strata_edit_apply(strata_edit *edit, strata_edit_operation operation,
                                const strata_edit_arguments *arguments, strata_error *error) {
    strata_edit_arguments own;
    strata_edit_arguments_init(&own);
    if (!edit || (arguments && !api_struct_take(&own, sizeof own, arguments)) || !operation_exists(operation))
        return api_fail(error, DIAGNOSTIC_USAGE, "no such operation, or arguments that were not made by _init");
    scope sc = scope_of(edit, error);
    editing e = {.sc = &sc, .edit = edit, .given = &own};
    meter_feed(&edit->meter, size_of_arguments(&own));
    TRY(operation_run(&e, operation));
    if (!e.changed) return STRATA_OK;
    TRY(document_commit(&sc, &edit->file, e.draft));
    return take_others(&e);
}

strata_status strata_edit_text(const char **data, size_t *size, strata_edit *edit, strata_error *error) {
    if (!data || !size || !edit) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    scope sc = scope_of(edit, error);
    editing e = {.sc = &sc, .edit = edit};
    TRY(editing_read(&e));
    *data = edit->file.bytes.data;
    *size = edit->file.bytes.size;
    return STRATA_OK;
}

/* --- files -------------------------------------------------------------------------------------------------------- */

static bool is_changed(const strata_edit *edit) {
    return !text_empty(edit->path) && !text_equal(edit->file.bytes, edit->original);
}

size_t strata_edit_file_count(const strata_edit *edit) {
    return edit ? edit->others.count + (is_changed(edit) ? 1 : 0) : 0;
}

strata_file strata_edit_file_at(const strata_edit *edit, size_t index) {
    if (!edit || index >= strata_edit_file_count(edit)) return (strata_file){0};
    if (index == edit->others.count)
        return (strata_file){edit->path.data, edit->file.bytes.data, edit->file.bytes.size};
    const changed_file *file = &edit->others.items[index];
    return (strata_file){file->path.data, file->bytes.data, file->bytes.size};
}

strata_status strata_edit_save(strata_edit *edit, strata_error *error) {
    if (!edit) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    scope sc = scope_of(edit, error);
    size_t count = strata_edit_file_count(edit);
    if (count == 0) return STRATA_OK;
    if (edit->renderer->options.loading.files != &filesystem_disk)
        return scope_fail(&sc, DIAGNOSTIC_EDIT_MEMORY, ORIGIN_UNKNOWN,
                          "a tree in memory can't be written to; take the text of the edit");
    replaced_file *files = ARENA_ARRAY(&edit->memory, replaced_file, count);
    if (!files) return scope_no_memory(&sc);
    for (size_t i = 0; i < count; i++) {
        strata_file file = strata_edit_file_at(edit, i);
        files[i] = (replaced_file){.path = text_from(file.path), .bytes = text_of(file.data, file.size)};
    }
    TRY(replace_files(&sc, files, count));
    edit->others.count = 0;
    edit->original = edit->file.bytes;
    return STRATA_OK;
}
