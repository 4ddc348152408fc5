/*
 * package/localize.c: strata_localize_run; after kustomize's commands/localize and localizer.
 *
 * Unlike there, the builds of target and copy are really compared, and it is the target's own copy that is built.
 */
#include "strata/localize.h"

#include "package/localize_url.h"
#include "package/localizer.h"
#include "package/package_api.h"
#include "source/path.h"

void strata_localize_options_init_size(strata_localize_options *out, size_t size) {
    strata_localize_options fresh = {.size = size, .verify = true};
    api_struct_init(out, size, &fresh, sizeof fresh);
}

typedef struct localize_call {
    work *work;
    text target;
    loader *loader;
    repository_url url;
    bool is_remote;
    text scope;
    text destination; /* absolute */
    text place;       /* of the target's copy below it */
} localize_call;

/* --- what is asked for ------------------------------------------------------------------------------------------- */

static strata_status find_scope(localize_call *c, const char *given) {
    work *w = c->work;
    text path = package_text(w, given), full;
    file_kind kind;
    c->scope = c->is_remote ? loader_clone_directory(c->loader) : loader_root(c->loader);
    if (!given || !*given) return STRATA_OK;
    if (!path.data || !(full = work_path(w, path)).data) return scope_no_memory(&w->sc);
    if (c->is_remote)
        return scope_fail(&w->sc, DIAGNOSTIC_LOCALIZE_REFUSED, ORIGIN_UNKNOWN,
                          "scope \"%.*s\" specified for remote localize target \"%.*s\"", TEXT_ARG(path),
                          TEXT_ARG(c->target));
    file_outcome outcome = w->loading.files->real_path(w->loading.files, w->sc.arena, full, &c->scope, &kind);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(&w->sc);
    if (outcome != FILE_DONE || kind != FILE_DIRECTORY)
        return scope_fail(&w->sc, DIAGNOSTIC_PACKAGE_MISSING, ORIGIN_UNKNOWN,
                          "invalid localize scope: there is no directory '%.*s'", TEXT_ARG(path));
    if (path_has_prefix(loader_root(c->loader), c->scope)) return STRATA_OK;
    return scope_fail(&w->sc, DIAGNOSTIC_LOCALIZE_REFUSED, ORIGIN_UNKNOWN,
                      "localize scope \"%.*s\" does not contain target \"%.*s\"", TEXT_ARG(path), TEXT_ARG(c->target));
}

static strata_status default_destination(localize_call *c, text *out) {
    scope *sc = &c->work->sc;
    text base = path_base(loader_root(c->loader));
    if (c->is_remote) {
        if (text_equal(loader_root(c->loader), loader_clone_directory(c->loader))) base = localize_url_base(&c->url);
        text reference = text_copy(sc->arena, c->url.reference);
        if (!reference.data) return scope_no_memory(sc);
        char *bytes = (char *)(uintptr_t)reference.data;
        for (size_t i = 0; i < reference.size; i++)
            if (bytes[i] == '/') bytes[i] = '-';
        *out = TEXT_CONCAT(sc->arena, TEXT("localized-"), base, TEXT("-"), reference);
    } else {
        *out = text_is(base, "/") ? TEXT("localized") : TEXT_CONCAT(sc->arena, TEXT("localized-"), base);
    }
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

static strata_status find_destination(localize_call *c, const char *given) {
    work *w = c->work;
    const filesystem *fs = w->loading.files;
    text path = package_text(w, given), real;
    file_kind kind;
    if (!given || !*given) TRY(default_destination(c, &path));
    text full = path.data ? work_path(w, path) : path;
    if (!full.data) return scope_no_memory(&w->sc);
    if (fs->stat(fs, full) != FILE_MISSING)
        return scope_fail(&w->sc, DIAGNOSTIC_LOCALIZE_CONFLICT, ORIGIN_UNKNOWN,
                          "localize destination \"%.*s\" already exists", TEXT_ARG(path));
    file_outcome outcome = fs->real_path(fs, w->sc.arena, path_directory(full), &real, &kind);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(&w->sc);
    if (outcome != FILE_DONE || kind != FILE_DIRECTORY)
        return scope_fail(&w->sc, DIAGNOSTIC_PACKAGE_MISSING, ORIGIN_UNKNOWN,
                          "unable to create localize destination directory \"%.*s\": its parent is no directory",
                          TEXT_ARG(path));
    c->destination = path_join(w->sc.arena, real, path_base(full));
    return c->destination.data ? STRATA_OK : scope_no_memory(&w->sc);
}

/* --- verification ------------------------------------------------------------------------------------------------ */

static strata_status build_at(work *w, text path, buffer *out) {
    const build_request request = {.path = path};
    resource_set set = {0};
    strata_status status = build_run(&w->sc, &w->renderer->options, &request, &set);
    if (status == STRATA_OK) status = build_write_stream(&w->sc, &set, out);
    if (status == STRATA_OK || scope_is_exhausted(status)) return status;
    return scope_note(&w->sc, status, ORIGIN_UNKNOWN,
                      "If your target directory requires flags to build, use --no-verify and compare the builds of "
                      "target and copy yourself");
}

/* The number of the first line in which two texts differ. */
static size_t first_difference(text a, text b) {
    size_t line = 1;
    for (size_t i = 0; i < a.size && i < b.size && a.data[i] == b.data[i]; i++)
        line += a.data[i] == '\n';
    return line;
}

static strata_status compare(localize_call *c, buffer *original, buffer *localized) {
    work *w = c->work;
    text copy = path_join(w->sc.arena, c->destination, c->place);
    if (!copy.data) return scope_no_memory(&w->sc);
    TRY(build_at(w, c->target, original));
    TRY(build_at(w, copy, localized));
    text before = buffer_text(original), after = buffer_text(localized);
    if (text_equal(before, after)) return STRATA_OK;
    return scope_fail(&w->sc, DIAGNOSTIC_LOCALIZE_DIFFERS, ORIGIN_UNKNOWN,
                      "VERIFICATION FAILED: `kustomize build` for %.*s and %.*s are different after localization, from "
                      "line %zu on",
                      TEXT_ARG(c->target), TEXT_ARG(copy), first_difference(before, after));
}

static strata_status verify(localize_call *c) {
    work *w = c->work;
    buffer original, localized;
    buffer_init(&original, w->sc.from, w->sc.limits->output);
    buffer_init(&localized, w->sc.from, w->sc.limits->output);
    strata_status status = compare(c, &original, &localized);
    buffer_free(&original);
    buffer_free(&localized);
    return status;
}

/* --- all --------------------------------------------------------------------------------------------------------- */

static strata_status copy(localize_call *c, const strata_localize_options *options) {
    work *w = c->work;
    TRY(find_scope(c, options->scope));
    TRY(find_destination(c, options->destination));
    c->place = path_relative(w->sc.arena, c->scope, loader_root(c->loader));
    if (!c->place.data) return scope_no_memory(&w->sc);
    localization all = {.work = w, .scope = c->scope};
    localizer top = {
        .all = &all, .loader = c->loader, .root = loader_root(c->loader), .place = c->place, .local = true};
    TRY(localize_root(&top, ORIGIN_UNKNOWN));
    TRY(work_begin_writing(w));
    strata_status status = localization_write(&all, c->destination);
    work_end_writing(w);
    return status;
}

static strata_status localize(work *w, const strata_localize_options *options) {
    localize_call c = {.work = w};
    c.target = package_text(w, options->target ? options->target : ".");
    if (!c.target.data) return scope_no_memory(&w->sc);
    w->loading.restriction = LOAD_ROOT_ONLY;
    TRY(repository_url_parse(&w->sc, c.target, &c.is_remote, &c.url));
    if (c.is_remote && text_empty(c.url.reference)) return localize_without_reference(&w->sc, c.target, ORIGIN_UNKNOWN);
    TRY(loader_open(&w->sc, &w->loading, c.target, &c.loader));
    strata_status status = copy(&c, options);
    loader_close(c.loader);
    if (status == STRATA_OK && options->verify) status = verify(&c);
    if (status == STRATA_OK) buffer_add_text(&w->output->bytes, c.destination);
    return status;
}

strata_status strata_localize_run(strata_output **out, const strata_renderer *renderer,
                                  const strata_localize_options *given, strata_error *error) {
    strata_localize_options options;
    work w;
    strata_localize_options_init(&options);
    if (out) *out = NULL;
    if (!out || !renderer || (given && !api_struct_take(&options, sizeof options, given)))
        return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed, or options that _init didn't make");
    strata_status status = work_begin(&w, renderer, error);
    if (status == STRATA_OK) status = localize(&w, &options);
    return work_end(&w, status, out);
}
