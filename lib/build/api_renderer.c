/* build/api_renderer.c: strata_renderer and strata_limits (strata/renderer.h, strata/limits.h). */
#include "build/api.h"

#include "source/path.h"

#include <stdlib.h>
#include <unistd.h>

strata_status api_fail(strata_error *error, diagnostic code, const char *message) {
    scope sc = {.from = &allocator_libc, .error = error};
    if (error) error_clear(error);
    return scope_fail(&sc, code, ORIGIN_UNKNOWN, "%s", message);
}

/* --- limits ------------------------------------------------------------------------------------------------------ */

void strata_limits_init_size(strata_limits *out, size_t size) {
    const limits *d = &limits_default;
    strata_limits fresh = {.size = size,
                           .input_file = d->input_file,
                           .input_total = d->input_total,
                           .output = d->output,
                           .memory = d->memory,
                           .growth = d->growth,
                           .function_output = d->function_output,
                           .nesting = d->nesting,
                           .alias_nodes = d->alias_nodes,
                           .documents = d->documents,
                           .base_depth = d->base_depth,
                           .regex_steps = d->regex_steps,
                           .fetches = d->fetches,
                           .fetch_time = d->fetch_time,
                           .time = d->time};
    api_struct_init(out, size, &fresh, sizeof fresh);
}

static limits limits_of(const strata_limits *given) {
    return (limits){.input_file = given->input_file,
                    .input_total = given->input_total,
                    .output = given->output,
                    .memory = given->memory,
                    .growth = given->growth,
                    .function_output = given->function_output,
                    .nesting = given->nesting,
                    .alias_nodes = given->alias_nodes,
                    .documents = given->documents,
                    .base_depth = given->base_depth,
                    .regex_steps = given->regex_steps,
                    .fetches = given->fetches,
                    .fetch_time = given->fetch_time,
                    .time = given->time};
}

/* --- renderers --------------------------------------------------------------------------------------------------- */

void strata_renderer_options_init_size(strata_renderer_options *options, size_t size) {
    strata_renderer_options fresh = {.size = size};
    api_struct_init(options, size, &fresh, sizeof fresh);
}

/* Absolute and clean: the given directory, or the process's own. */
static strata_status working_directory(scope *sc, const strata_renderer_options *given, text *out) {
    bool on_disk = !given->filesystem || given->filesystem->files.read == filesystem_disk.read;
    if (given->working_directory || !on_disk) {
        *out = path_clean(sc->arena, text_from(given->working_directory ? given->working_directory : "/"));
        return out->data ? STRATA_OK : scope_no_memory(sc);
    }
    char *own = getcwd(NULL, 0);
    if (!own) return scope_fail(sc, DIAGNOSTIC_WORKING_DIRECTORY, ORIGIN_UNKNOWN, "can't find the working directory");
    *out = text_copy(sc->arena, text_from(own));
    free(own);
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

/* The real path of --root. */
static strata_status resolve_root(scope *sc, const loader_options *loading, const char *root, text *out) {
    *out = TEXT_EMPTY;
    if (!root) return STRATA_OK;
    text path = text_from(root);
    file_kind kind;
    path =
        path_is_absolute(path) ? path_clean(sc->arena, path) : path_join(sc->arena, loading->working_directory, path);
    if (!path.data) return scope_no_memory(sc);
    file_outcome outcome = loading->files->real_path(loading->files, sc->arena, path, out, &kind);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(sc);
    if (outcome != FILE_DONE || kind != FILE_DIRECTORY)
        return scope_fail(sc, DIAGNOSTIC_ROOT_DIRECTORY, ORIGIN_UNKNOWN, "the root %s is no directory that can be read",
                          root);
    return STRATA_OK;
}

/* A copy of the caller's list, the last of equal names; without one, children find programs and know nothing else. */
static strata_status copy_environment(scope *sc, const char *const *given, child_environment *out) {
    static const char *const plain[] = {"PATH=/usr/local/bin:/usr/bin:/bin", NULL};
    for (given = given ? given : plain; *given; given++) {
        text value = text_from(*given), name;
        if (text_cut(&value, '=', &name) && !environment_set(sc->arena, out, name, value)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static strata_status fill_in(scope *sc, strata_renderer *r, const strata_renderer_options *given) {
    loader_options *loading = &r->options.loading;
    r->strict = given->strict;
    r->warning = given->warning;
    r->warning_user = given->warning_user;
    r->options.reorder = (build_reorder)given->reorder;
    r->options.add_managed_by_label = given->managed_by_label;
    r->options.jobs = given->jobs;
    r->cancellation = given->cancellation;
    if (given->cache_size) {
        r->documents = document_cache_new(&r->from, &r->limits, given->cache_size);
        if (!r->documents) return scope_no_memory(sc);
    }
    loading->files = given->filesystem ? &given->filesystem->files : &filesystem_disk;
    loading->restriction = given->load_restriction == STRATA_LOAD_ANYWHERE ? LOAD_ANYWHERE : LOAD_ROOT_ONLY;
    loading->allow_fetch = given->fetch_enable;
    TRY(copy_environment(sc, given->environment, &r->options.environment));
    TRY(api_function_options(sc, given, &r->options.functions));
    r->options.functions.environment = &r->options.environment;
    TRY(api_helm_options(sc, given, &r->options.helm));
    api_fetch_options(&r->fetch, &r->options);
    TRY(working_directory(sc, given, &loading->working_directory));
    return resolve_root(sc, loading, given->root, &loading->root_jail);
}

/* The caller's options, and the limits in them, as this library knows the structs. */
static bool take_options(const strata_renderer_options *given, strata_renderer_options *out, strata_limits *bounds,
                         strata_fetch_functions *fetch) {
    strata_renderer_options_init(out);
    strata_limits_init(bounds);
    strata_fetch_functions_init(fetch);
    if (given && !api_struct_take(out, sizeof *out, given)) return false;
    if (out->limits && !api_struct_take(bounds, sizeof *bounds, out->limits)) return false;
    if (out->fetch && !api_struct_take(fetch, sizeof *fetch, out->fetch)) return false;
    return out->load_restriction <= STRATA_LOAD_ANYWHERE && out->reorder <= STRATA_REORDER_LEGACY;
}

static allocator allocator_of(const strata_allocator *given) {
    if (!given) return allocator_libc;
    return (allocator){given->allocate, given->reallocate, given->release, given->user};
}

strata_status strata_renderer_new(strata_renderer **out, const strata_renderer_options *given, strata_error *error) {
    strata_renderer_options options;
    strata_limits bounds;
    strata_fetch_functions fetch;
    if (out) *out = NULL;
    if (!out || !take_options(given, &options, &bounds, &fetch))
        return api_fail(error, DIAGNOSTIC_USAGE,
                        "the options of a renderer were not made by _init, or have no such value");
    if (error) error_clear(error);
    *out = NULL;
    allocator from = allocator_of(options.allocator);
    strata_renderer *r = from.allocate(sizeof *r, from.user);
    if (!r) return api_fail(error, DIAGNOSTIC_NO_MEMORY, "out of memory");
    memset(r, 0, sizeof *r);
    r->from = from;
    r->limits = limits_of(&bounds);
    r->fetch = fetch;
    arena_init(&r->memory, &r->from);
    scope sc = {.arena = &r->memory, .from = &r->from, .limits = &r->limits, .error = error};
    strata_status status = fill_in(&sc, r, &options);
    if (status == STRATA_OK)
        *out = r;
    else
        strata_renderer_free(r);
    return status;
}

void strata_renderer_free(strata_renderer *r) {
    if (!r) return;
    allocator from = r->from;
    document_cache_free(r->documents);
    arena_free(&r->memory);
    from.release(r, from.user);
}
