/*
 * source/loader_read.c: reading through a loader, and what to say when that fails; see loader.h.
 * Follows kustomize's fileloader.go Load and loadrestrictions.go.
 */
#include "core/suggest.h"
#include "source/loader.h"
#include "source/loader_inside.h"
#include "source/path.h"
#include "source/repository_url.h"
#include "source/url.h"

load_place loader_place(const loader *l) {
    return (load_place){l->files, l->root, l->tree->jail, l->restriction == LOAD_ROOT_ONLY};
}

text load_place_within(const load_place *place) { return place->root_only ? place->root : place->jail; }

/* Unrestricted absolute paths stay as written, as in kustomize. */
text load_place_path(arena *a, const load_place *place, text path) {
    if (!path_is_absolute(path)) return path_join(a, place->root, path);
    return load_place_within(place).size ? path_clean(a, path) : path;
}

text loader_confinement(const loader *l) {
    load_place place = loader_place(l);
    return load_place_within(&place);
}

/* Nothing is said about what lies outside of the jail or of the clone. */
static bool may_be_told(const loader *l, text full_path) {
    return (l->tree->jail.size == 0 || path_has_prefix(full_path, l->tree->jail)) &&
           (!l->clone || path_has_prefix(full_path, l->clone_directory));
}

/* For a path that was written with the separator of another system. */
static text backslash_hint(scope *sc, const loader *l, text full_path) {
    static const text general = TEXT_INIT("paths are written with slashes");
    char *slashed = text_c_string(sc->arena, full_path);
    if (!slashed) return TEXT_EMPTY;
    for (size_t i = 0; i < full_path.size; i++)
        if (slashed[i] == '\\') slashed[i] = '/';
    text clean = path_clean(sc->arena, text_of(slashed, full_path.size)), real;
    file_kind kind;
    if (!clean.data || !may_be_told(l, clean)) return general;
    if (l->files->real_path(l->files, sc->arena, clean, &real, &kind) != FILE_DONE) return general;
    text shown = loader_display(sc, l, clean);
    text hint = text_format(sc->arena, "did you mean '%.*s'?", TEXT_ARG(shown));
    return hint.data ? hint : TEXT_EMPTY;
}

/* The usual slips that can be seen from what the user wrote. */
static text path_hint(scope *sc, const loader *l, text full_path) {
    text written = path_has_prefix(full_path, l->root) ? text_after(full_path, l->root.size) : path_base(full_path);
    if (text_find_char(written, '\\') != SIZE_MAX) return backslash_hint(sc, l, full_path);
    if (text_contains(written, TEXT(" - ")))
        return TEXT("two entries were read as one: the second dash has to be in the column of the first");
    if (text_find_char(written, '*') != SIZE_MAX) return TEXT("there are no wildcards: name each file");
    return TEXT_EMPTY;
}

static file_outcome names_beside(scope *sc, const loader *l, text full_path, text_list *out) {
    *out = (text_list){0};
    return l->files->list(l->files, sc->arena, path_directory(full_path), out);
}

/* A name of which nothing but the ending is right is no slip. */
static bool is_slip(text wanted, text near) {
    size_t dot = text_find_last_char(wanted, '.');
    size_t stem = dot == SIZE_MAX || dot == 0 ? wanted.size : dot;
    return text_equal(text_trim(wanted), near) || (near.size > 0 && text_distance(wanted, near) < stem);
}

text loader_hint(scope *sc, const loader *l, text full_path) {
    text wanted = path_base(full_path), seen = path_hint(sc, l, full_path);
    if (seen.size || !may_be_told(l, path_directory(full_path))) return seen;
    text_list names;
    if (names_beside(sc, l, full_path, &names) == FILE_ABSENT) {
        text shown = loader_display(sc, l, path_directory(full_path));
        text hint = text_format(sc->arena, "the directory '%.*s' doesn't exist either", TEXT_ARG(shown));
        return hint.data ? hint : TEXT_EMPTY;
    }
    if (text_list_has(&names, wanted)) return TEXT("it is a symbolic link that leads nowhere");
    text near = suggest_nearest(wanted, names.items, names.count);
    if (!is_slip(wanted, near)) return TEXT_EMPTY;
    text hint = text_format(sc->arena, "did you mean '%.*s'?", TEXT_ARG(near));
    return hint.data ? hint : TEXT_EMPTY;
}

text loader_similar_name(scope *sc, const loader *l, text name) {
    text full = path_join(sc->arena, l->root, name);
    text_list names;
    if (!full.data || names_beside(sc, l, full, &names) != FILE_DONE) return TEXT_EMPTY;
    return suggest_nearest(name, names.items, names.count);
}

strata_status loader_fail_outside(scope *sc, const loader *l, text path, origin named_at) {
    if (l->restriction == LOAD_ANYWHERE)
        return scope_fail(sc, DIAGNOSTIC_FILE_OUTSIDE, named_at,
                          "the file '%.*s' lies outside of '%.*s', and --root allows nothing outside of that",
                          TEXT_ARG(path), TEXT_ARG(l->tree->options->root_jail));
    text root = loader_display(sc, l, l->root);
    if (!root.data) return scope_no_memory(sc);
    if (l->clone)
        return scope_fail(sc, DIAGNOSTIC_FILE_OUTSIDE, named_at,
                          "the file '%.*s' is not in or below '%.*s', as it must be in a remote repository",
                          TEXT_ARG(path), TEXT_ARG(root));
    return scope_fail_hint(sc, DIAGNOSTIC_FILE_OUTSIDE, named_at,
                           TEXT("move it below, or build with --load-restrictor LoadRestrictionsNone"),
                           "the file '%.*s' is not in or below '%.*s', as LoadRestrictionsRootOnly demands",
                           TEXT_ARG(path), TEXT_ARG(root));
}

/* The path that is handed to the filesystem. */
static text full_path(scope *sc, const loader *l, text path) {
    load_place place = loader_place(l);
    return load_place_path(sc->arena, &place, path);
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

/* How many bytes the next input may have. */
static size_t input_ceiling(const scope *sc, const loader *l) {
    size_t left = sc->limits->input_total - l->tree->input;
    return left < sc->limits->input_file ? left : sc->limits->input_file;
}

/* What the caller's filter makes of a file, when it changes it. */
static strata_status filter_input(scope *sc, const load_filter *filter, text path, origin named_at, text shown,
                                  text *bytes) {
    bool changed = false;
    text out;
    meter_begin_input(sc->meter);
    strata_status status =
        filter->apply(sc, path, *bytes, sc->limits->input_file, named_at, &changed, &out, filter->user);
    meter_end_input(sc->meter);
    if (status != STRATA_OK || !changed) return status;
    scope_hide_input(sc, shown);
    *bytes = out;
    return STRATA_OK;
}

/*
 * An input that was read counts towards the limit, is one of the result's inputs, and passes the filter. What was read
 * before warrants no more memory: a small base that is used a million times is a small base.
 */
static strata_status take_input(scope *sc, loader *l, text path, origin named_at, text *bytes) {
    const load_filter *filter = &l->tree->options->filter;
    size_t known = sc->inputs ? sc->inputs->count : 0;
    text shown = loader_display(sc, l, path);
    if (!shown.data) return scope_no_memory(sc);
    l->tree->input += bytes->size;
    TRY(scope_log_input(sc, shown, *bytes));
    TRY(scope_progress(sc, STRATA_STAGE_READ, shown));
    bool first = !sc->inputs || sc->inputs->count > known;
    if (first) meter_feed(sc->meter, bytes->size);
    if (!filter->apply) return STRATA_OK;
    text raw = *bytes;
    TRY(filter_input(sc, filter, path, named_at, shown, bytes));
    if (first && bytes->data != raw.data) meter_feed(sc->meter, bytes->size);
    return STRATA_OK;
}

/* --- URLs -------------------------------------------------------------------------------------------------------- */

/* Any status but success may mean that the URL is a repository's; its text decides. */
static strata_status judge_status(scope *sc, text url, loaded *out) {
    repository_url parsed;
    bool is_repository;
    TRY(repository_url_parse(sc, url, &is_repository, &parsed));
    out->outcome = is_repository ? LOAD_REPOSITORY : LOAD_BAD_STATUS;
    return STRATA_OK;
}

static strata_status load_url(scope *sc, loader *l, text url, origin named_at, loaded *out) {
    out->outcome = LOAD_CLOSED;
    const loader_options *options = l->tree->options;
    if (!options->remote || !(options->allow_fetch || remote_has_get(options->remote))) return STRATA_OK;
    TRY(loader_count_fetch(sc, l->tree, named_at));
    TRY(scope_progress(sc, STRATA_STAGE_FETCH, url_for_display(sc->arena, url)));
    size_t ceiling = input_ceiling(sc, l);
    if (ceiling == 0) return fail_too_large(sc, l, url, named_at);
    http_response response;
    meter_begin_input(sc->meter);
    remote_get(options->remote, sc->arena, url, ceiling, &response);
    meter_end_input(sc->meter);
    out->bytes = response.bytes;
    out->detail = response.detail;
    out->outcome = LOAD_DONE;
    switch (response.outcome) {
    case HTTP_DONE: return take_input(sc, l, url, named_at, &out->bytes);
    case HTTP_REFUSED: out->outcome = LOAD_CLOSED; return STRATA_OK;
    case HTTP_CANCELLED: return scope_fail(sc, DIAGNOSTIC_CANCELLED, named_at, "this was cancelled");
    case HTTP_BAD_STATUS: return judge_status(sc, url, out);
    case HTTP_UNREACHABLE: out->outcome = LOAD_UNREACHABLE; return STRATA_OK;
    case HTTP_TIMEOUT: out->outcome = LOAD_TIMEOUT; return STRATA_OK;
    case HTTP_TOO_LARGE: return fail_too_large(sc, l, url, named_at);
    default: TRY(scope_check(sc)); return scope_no_memory(sc);
    }
}

static strata_status explain_url(scope *sc, text shown, origin named_at, const loaded *what) {
    switch (what->outcome) {
    case LOAD_CLOSED:
        if (what->detail.size)
            return scope_fail(sc, DIAGNOSTIC_FETCH_CLOSED, named_at, "'%.*s' is not to be fetched: %.*s",
                              TEXT_ARG(shown), TEXT_ARG(what->detail));
        return scope_fail(sc, DIAGNOSTIC_FETCH_CLOSED, named_at, "'%.*s' is remote, and fetching is switched off",
                          TEXT_ARG(shown));
    case LOAD_TIMEOUT:
        return scope_fail(sc, DIAGNOSTIC_FETCH_TIMEOUT, named_at, "'%.*s' can't be fetched: %.*s", TEXT_ARG(shown),
                          TEXT_ARG(what->detail));
    case LOAD_REPOSITORY:
        return scope_fail_hint(sc, DIAGNOSTIC_FETCH_FAILED, named_at,
                               TEXT("the URL may be that of a git repository, and a file is needed here"),
                               "'%.*s' can't be fetched: %.*s", TEXT_ARG(shown), TEXT_ARG(what->detail));
    default:
        return scope_fail(sc, DIAGNOSTIC_FETCH_FAILED, named_at, "'%.*s' can't be fetched: %.*s", TEXT_ARG(shown),
                          TEXT_ARG(what->detail));
    }
}

/* --- all ways of reading ----------------------------------------------------------------------------------------- */

strata_status loader_load(scope *sc, loader *l, text path, origin named_at, loaded *out) {
    static const load_outcome outcomes[] = {
        [FILE_DONE] = LOAD_DONE,       [FILE_ABSENT] = LOAD_MISSING,       [FILE_IS_DIRECTORY] = LOAD_IS_DIRECTORY,
        [FILE_SPECIAL] = LOAD_SPECIAL, [FILE_NOT_DIRECTORY] = LOAD_FAILED, [FILE_OUTSIDE] = LOAD_OUTSIDE,
        [FILE_DENIED] = LOAD_DENIED,   [FILE_FAILED] = LOAD_FAILED,
    };
    *out = (loaded){.bytes = TEXT_EMPTY, .detail = TEXT_EMPTY};
    if (url_is_remote_file(path)) return load_url(sc, l, path, named_at, out);
    text full = full_path(sc, l, path);
    if (!full.data) return scope_no_memory(sc);
    meter_begin_input(sc->meter);
    file_outcome outcome =
        l->files->read(l->files, sc->arena, full, loader_confinement(l), input_ceiling(sc, l), &out->bytes);
    meter_end_input(sc->meter);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(sc);
    if (outcome == FILE_TOO_LARGE) return fail_too_large(sc, l, full, named_at);
    out->outcome = outcomes[outcome];
    if (outcome == FILE_DENIED || outcome == FILE_FAILED) out->detail = out->bytes;
    return outcome == FILE_DONE ? take_input(sc, l, full, named_at, &out->bytes) : STRATA_OK;
}

strata_status loader_accept(scope *sc, loader *l, text path, origin named_at, text bytes, loaded *out) {
    text full = full_path(sc, l, path);
    if (!full.data) return scope_no_memory(sc);
    if (bytes.size > input_ceiling(sc, l)) return fail_too_large(sc, l, full, named_at);
    *out = (loaded){.outcome = LOAD_DONE, .bytes = bytes, .detail = TEXT_EMPTY};
    return take_input(sc, l, full, named_at, &out->bytes);
}

strata_status loader_explain(scope *sc, loader *l, text path, origin named_at, const loaded *what) {
    text shown = loader_display(sc, l, path);
    if (!shown.data) return scope_no_memory(sc);
    if (url_is_remote_file(path)) return explain_url(sc, shown, named_at, what);
    text full = full_path(sc, l, path);
    if (!full.data) return scope_no_memory(sc);
    const char *separator = what->detail.size ? ": " : "";
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
        return scope_fail(sc, DIAGNOSTIC_FILE_DENIED, named_at, "no permission to read '%.*s'%s%.*s", TEXT_ARG(shown),
                          separator, TEXT_ARG(what->detail));
    default:
        return scope_fail(sc, DIAGNOSTIC_FILE_IO, named_at, "'%.*s' can't be read%s%.*s", TEXT_ARG(shown), separator,
                          TEXT_ARG(what->detail));
    }
}

strata_status loader_read(scope *sc, loader *l, text path, origin named_at, text *out) {
    loaded result;
    TRY(loader_load(sc, l, path, named_at, &result));
    if (result.outcome != LOAD_DONE) return loader_explain(sc, l, path, named_at, &result);
    *out = result.bytes;
    return STRATA_OK;
}
