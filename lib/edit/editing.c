/* edit/editing.c: see editing.h. */
#include "edit/editing.h"

#include "edit/canonical.h"
#include "source/glob.h"
#include "source/path.h"
#include "source/remote.h"

#include <stdarg.h>
#include <stdio.h>

/* --- files -------------------------------------------------------------------------------------------------------- */

const filesystem *editing_files(const editing *e) { return e->edit->renderer->options.loading.files; }

text editing_path(editing *e, text path) {
    return path_is_absolute(path) ? path_clean(e->sc->arena, path) : path_join(e->sc->arena, e->edit->directory, path);
}

strata_status editing_open(editing *e, editing_source *out) {
    const build_options *options = &e->edit->renderer->options;
    *out = (editing_source){.options = options->loading};
    if (out->options.allow_fetch) {
        remote_options remote = {.environment = environment_list(&options->environment),
                                 .http_timeout_ms = e->sc->limits->fetch_time,
                                 .stop = scope_stop(e->sc)};
        out->options.remote = remote_cache_new(&e->edit->from, &remote);
        if (!out->options.remote) return scope_no_memory(e->sc);
    }
    return loader_open(e->sc, &out->options, e->edit->directory, &out->loader);
}

void editing_close(editing_source *source) {
    loader_close(source->loader);
    remote_cache_free(source->options.remote);
}

strata_status editing_find(editing *e, text pattern, text_list *out) {
    text jail = e->edit->renderer->options.loading.root_jail, place = editing_path(e, pattern);
    bool valid;
    if (!place.data) return scope_no_memory(e->sc);
    if (!text_empty(jail) && !path_has_prefix(place, jail)) return STRATA_OK;
    TRY(glob_expand(e->sc, editing_files(e), e->edit->directory, pattern, &valid, out));
    return valid ? STRATA_OK : editing_refuse(e, "%.*s: syntax error in pattern", TEXT_ARG(pattern));
}

/* How messages name the file: as it was asked for, from the working directory. */
static text display_name(editing *e, text path) {
    text name = path_relative(e->sc->arena, e->edit->renderer->options.loading.working_directory, path);
    return name.data && name.size < path.size ? name : path;
}

static strata_status find_file(editing *e, text *name) {
    size_t found = 0;
    for (size_t i = 0; i < KUSTOMIZATION_FILE_NAMES; i++) {
        text path = editing_path(e, kustomization_file_names[i]);
        if (!path.data) return scope_no_memory(e->sc);
        if (editing_files(e)->stat(editing_files(e), path) == FILE_MISSING) continue;
        *name = kustomization_file_names[i];
        found++;
    }
    if (found == 0)
        return scope_fail(e->sc, DIAGNOSTIC_NO_KUSTOMIZATION, ORIGIN_UNKNOWN,
                          "Missing kustomization file 'kustomization.yaml' in %.*s", TEXT_ARG(e->edit->directory));
    if (found > 1)
        return scope_fail(e->sc, DIAGNOSTIC_MANY_KUSTOMIZATIONS, ORIGIN_UNKNOWN,
                          "Found multiple kustomization file in %.*s; keep one", TEXT_ARG(e->edit->directory));
    return STRATA_OK;
}

static strata_status read_file(editing *e) {
    strata_edit *edit = e->edit;
    text name, bytes;
    TRY(find_file(e, &name));
    text path = editing_path(e, name);
    if (!path.data) return scope_no_memory(e->sc);
    const filesystem *files = editing_files(e);
    meter_begin_input(e->sc->meter);
    file_outcome outcome = files->read(files, e->sc->arena, path, e->edit->renderer->options.loading.root_jail,
                                       e->sc->limits->input_file, &bytes);
    meter_end_input(e->sc->meter);
    switch (outcome) {
    case FILE_DONE: break;
    case FILE_NO_MEMORY: return scope_no_memory(e->sc);
    case FILE_IS_DIRECTORY:
        return scope_fail(e->sc, DIAGNOSTIC_EDIT_READ, ORIGIN_UNKNOWN, "%.*s should be a file", TEXT_ARG(name));
    case FILE_TOO_LARGE:
        return scope_fail(e->sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN, "%.*s is larger than the limit of %zu bytes",
                          TEXT_ARG(name), e->sc->limits->input_file);
    default: return scope_fail(e->sc, DIAGNOSTIC_EDIT_READ, ORIGIN_UNKNOWN, "can't read %.*s", TEXT_ARG(path));
    }
    meter_feed(e->sc->meter, bytes.size);
    TRY(document_read(e->sc, display_name(e, path), bytes, &edit->file));
    edit->path = path;
    edit->file_name = name;
    edit->original = bytes;
    return STRATA_OK;
}

strata_status editing_read(editing *e) { return text_empty(e->edit->path) ? read_file(e) : STRATA_OK; }

/* The text that is made is read again, which warrants as much memory as reading the first one did. */
strata_status editing_begin(editing *e) {
    if (e->draft) return STRATA_OK;
    TRY(editing_read(e));
    meter_feed(e->sc->meter, e->edit->file.bytes.size);
    return document_draft(e->sc, &e->edit->file, &e->draft);
}

strata_status editing_change(editing *e) {
    TRY(editing_begin(e));
    e->changed = true;
    return STRATA_OK;
}

/* --- what to say -------------------------------------------------------------------------------------------------- */

enum { LONGEST_MESSAGE = 2000 };

strata_status editing_notice(editing *e, const char *format, ...) {
    char message[LONGEST_MESSAGE];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return scope_warn(e->sc, DIAGNOSTIC_EDIT_NOTHING, ORIGIN_UNKNOWN, "%s", message);
}

strata_status editing_refuse(editing *e, const char *format, ...) {
    char message[LONGEST_MESSAGE];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return scope_fail(e->sc, DIAGNOSTIC_EDIT_ARGUMENT, ORIGIN_UNKNOWN, "%s", message);
}

strata_status editing_split(editing *e, text list, text_list *out) {
    bool more = true;
    while (more) {
        text part;
        more = text_cut(&list, ',', &part);
        if (!text_list_add(e->sc->arena, out, part)) return scope_no_memory(e->sc);
    }
    return STRATA_OK;
}
