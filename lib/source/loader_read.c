/*
 * source/loader_read.c: reading through a loader, and what to say when that fails; see loader.h.
 * Follows kustomize's fileloader.go Load and loadrestrictions.go.
 */
#include "core/suggest.h"
#include "source/loader.h"
#include "source/loader_inside.h"
#include "source/path.h"

text loader_confinement(const loader *l) { return l->restriction == LOAD_ROOT_ONLY ? l->root : l->tree->jail; }

text loader_hint(scope *sc, const loader *l, text full_path) {
    text directory = path_directory(full_path), wanted = path_base(full_path);
    text jail = l->tree->jail;
    if (jail.size && !path_has_prefix(directory, jail)) return TEXT_EMPTY;
    text_list names = {0};
    file_outcome outcome = l->files->list(l->files, sc->arena, directory, &names);
    if (outcome == FILE_ABSENT) {
        text shown = loader_display(sc, l, directory);
        text hint = text_format(sc->arena, "the directory '%.*s' doesn't exist either", TEXT_ARG(shown));
        return hint.data ? hint : TEXT_EMPTY;
    }
    text near = suggest_nearest(wanted, names.items, names.count);
    if (near.size == 0) return TEXT_EMPTY;
    text hint = text_format(sc->arena, "did you mean '%.*s'?", TEXT_ARG(near));
    return hint.data ? hint : TEXT_EMPTY;
}

strata_status loader_fail_outside(scope *sc, const loader *l, text path, origin named_at) {
    if (l->restriction == LOAD_ANYWHERE)
        return scope_fail(sc, DIAGNOSTIC_FILE_OUTSIDE, named_at,
                          "the file '%.*s' lies outside of '%.*s', and --root allows nothing outside of that",
                          TEXT_ARG(path), TEXT_ARG(l->tree->options->root_jail));
    text root = loader_display(sc, l, l->root);
    if (!root.data) return scope_no_memory(sc);
    return scope_fail_hint(sc, DIAGNOSTIC_FILE_OUTSIDE, named_at,
                           TEXT("move it below, or build with --load-restrictor LoadRestrictionsNone"),
                           "the file '%.*s' is not in or below '%.*s', as LoadRestrictionsRootOnly demands",
                           TEXT_ARG(path), TEXT_ARG(root));
}

/* The path that is handed to the filesystem. Unrestricted absolute paths stay as written, as in kustomize. */
static text full_path(scope *sc, const loader *l, text path) {
    if (!path_is_absolute(path)) return path_join(sc->arena, l->root, path);
    return loader_confinement(l).size ? path_clean(sc->arena, path) : path;
}

static strata_status fail_too_large(scope *sc, const loader *l, text path, origin named_at) {
    text shown = loader_display(sc, l, path);
    if (!shown.data) return scope_no_memory(sc);
    if (sc->limits->input_total - l->tree->input < sc->limits->input_file)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, named_at,
                          "with the file '%.*s' the build reads more than %zu bytes (limit input_total)",
                          TEXT_ARG(shown), sc->limits->input_total);
    return scope_fail(sc, DIAGNOSTIC_LIMIT, named_at, "the file '%.*s' is larger than %zu bytes (limit input_file)",
                      TEXT_ARG(shown), sc->limits->input_file);
}

/* An input that was read counts towards the limit and is one of the result's inputs. */
static strata_status count_input(scope *sc, loader *l, text path, text bytes) {
    l->tree->input += bytes.size;
    text shown = loader_display(sc, l, path);
    return shown.data ? scope_log_input(sc, shown) : scope_no_memory(sc);
}

strata_status loader_load(scope *sc, loader *l, text path, origin named_at, loaded *out) {
    static const load_outcome outcomes[] = {
        [FILE_DONE] = LOAD_DONE,       [FILE_ABSENT] = LOAD_MISSING,       [FILE_IS_DIRECTORY] = LOAD_IS_DIRECTORY,
        [FILE_SPECIAL] = LOAD_SPECIAL, [FILE_NOT_DIRECTORY] = LOAD_FAILED, [FILE_OUTSIDE] = LOAD_OUTSIDE,
        [FILE_DENIED] = LOAD_DENIED,   [FILE_FAILED] = LOAD_FAILED,
    };
    *out = (loaded){.bytes = TEXT_EMPTY, .detail = TEXT_EMPTY};
    text full = full_path(sc, l, path);
    if (!full.data) return scope_no_memory(sc);
    size_t ceiling = sc->limits->input_total - l->tree->input;
    if (ceiling > sc->limits->input_file) ceiling = sc->limits->input_file;
    file_outcome outcome = l->files->read(l->files, sc->arena, full, loader_confinement(l), ceiling, &out->bytes);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(sc);
    if (outcome == FILE_TOO_LARGE) return fail_too_large(sc, l, full, named_at);
    out->outcome = outcomes[outcome];
    return outcome == FILE_DONE ? count_input(sc, l, full, out->bytes) : STRATA_OK;
}

strata_status loader_explain(scope *sc, loader *l, text path, origin named_at, const loaded *what) {
    text shown = loader_display(sc, l, path);
    text full = full_path(sc, l, path);
    if (!shown.data || !full.data) return scope_no_memory(sc);
    switch (what->outcome) {
    case LOAD_MISSING:
        return scope_fail_hint(sc, DIAGNOSTIC_FILE_MISSING, named_at, loader_hint(sc, l, full),
                               "there is no file '%.*s'", TEXT_ARG(shown));
    case LOAD_IS_DIRECTORY:
        return scope_fail(sc, DIAGNOSTIC_FILE_KIND, named_at, "'%.*s' is a directory; a file is needed here",
                          TEXT_ARG(shown));
    case LOAD_SPECIAL:
        return scope_fail(sc, DIAGNOSTIC_FILE_KIND, named_at,
                          "'%.*s' is a pipe, socket or device; only regular files are read", TEXT_ARG(shown));
    case LOAD_OUTSIDE: return loader_fail_outside(sc, l, path, named_at);
    case LOAD_DENIED:
        return scope_fail(sc, DIAGNOSTIC_FILE_DENIED, named_at, "no permission to read '%.*s'", TEXT_ARG(shown));
    case LOAD_CLOSED:
        return scope_fail(sc, DIAGNOSTIC_FETCH_CLOSED, named_at, "'%.*s' is remote, and fetching is switched off",
                          TEXT_ARG(path));
    default: return scope_fail(sc, DIAGNOSTIC_FILE_IO, named_at, "'%.*s' can't be read", TEXT_ARG(shown));
    }
}

strata_status loader_read(scope *sc, loader *l, text path, origin named_at, text *out) {
    loaded result;
    TRY(loader_load(sc, l, path, named_at, &result));
    if (result.outcome != LOAD_DONE) return loader_explain(sc, l, path, named_at, &result);
    *out = result.bytes;
    return STRATA_OK;
}

strata_status loader_try_read(scope *sc, loader *l, text path, origin named_at, bool *found, text *out) {
    loaded result;
    TRY(loader_load(sc, l, path, named_at, &result));
    *found = result.outcome == LOAD_DONE;
    *out = result.bytes;
    return STRATA_OK;
}
