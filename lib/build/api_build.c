/* build/api_build.c: strata_build_run, strata_version, strata_diagnostic (strata/build.h, version.h, diagnostic.h). */
#include "build/api.h"

const char *strata_version(void) { return STRATA_VERSION_STRING; }
const char *strata_version_reference(void) { return STRATA_VERSION_REFERENCE; }

size_t strata_diagnostic_count(void) { return diagnostic_row_count; }

strata_diagnostic strata_diagnostic_at(size_t index) {
    if (index >= diagnostic_row_count) return (strata_diagnostic){0};
    const diagnostic_row *row = &diagnostic_rows[index];
    return (strata_diagnostic){.code = (int)row->code,
                               .name = row->name,
                               .status = row->status,
                               .severity =
                                   row->severity == SEVERITY_WARNING ? STRATA_SEVERITY_WARNING : STRATA_SEVERITY_ERROR,
                               .explanation = row->explanation};
}

typedef struct warning_passage {
    const strata_renderer *renderer;
    strata_result *result;
} warning_passage;

/* A warning is kept by the result and told to the renderer's function. */
static void pass_warning(const strata_error *warning, void *user) {
    const warning_passage *to = user;
    api_warning_keep(to->result, warning);
    if (to->renderer->warning) to->renderer->warning(warning, to->renderer->warning_user);
}

static strata_result *new_result(const strata_renderer *r) {
    strata_result *result = r->from.allocate(sizeof *result, r->from.user);
    if (!result) return NULL;
    memset(result, 0, sizeof *result);
    result->from = r->from;
    result->limits = r->limits;
    meter_init(&result->meter, &result->from, &result->limits);
    arena_init(&result->memory, &result->meter.counting);
    return result;
}

void strata_build_options_init_size(strata_build_options *options, size_t size) {
    strata_build_options fresh = {.size = size};
    api_struct_init(options, size, &fresh, sizeof fresh);
}

static strata_status build_into(strata_result *result, const strata_renderer *renderer, const char *target,
                                const strata_build_options *options, strata_error *error) {
    scope sc = api_result_scope(result, error);
    warning_passage passage = {renderer, result};
    sc.strict = renderer->strict;
    sc.documents = renderer->documents;
    sc.warn = pass_warning;
    sc.warn_user = &passage;
    stop end = api_stop(renderer, options->cancellation);
    sc.progress = options->progress;
    sc.progress_user = options->progress_user;
    build_request request = {.path = text_copy(sc.arena, text_from(target)), .overrides = options->overrides};
    if (!request.path.data) return scope_no_memory(&sc);
    if (options->filter) request.filter = (load_filter){api_filter_apply, (void *)(uintptr_t)options};
    result->meter.stop = &end;
    strata_status status = build_run(&sc, &renderer->options, &request, &result->set);
    result->meter.stop = NULL; /* what is asked of the result later has time of its own */
    return status == STRATA_OK ? api_visit(&sc, result, options) : status;
}

strata_status strata_build_run_with(strata_result **out, const strata_renderer *renderer, const char *target,
                                    const strata_build_options *given, strata_error *error) {
    strata_build_options options;
    if (out) *out = NULL;
    if (!out || !renderer || !target) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    strata_build_options_init(&options);
    if (given && !api_struct_take(&options, sizeof options, given))
        return api_fail(error, DIAGNOSTIC_USAGE, "the options of a build were not made by _init");
    if (error) error_clear(error);
    *out = NULL;
    strata_result *result = new_result(renderer);
    if (!result) return api_fail(error, DIAGNOSTIC_NO_MEMORY, "out of memory");
    strata_status status = build_into(result, renderer, target, &options, error);
    if (status == STRATA_OK)
        *out = result;
    else
        strata_result_free(result);
    return status;
}

strata_status strata_build_run(strata_result **out, const strata_renderer *renderer, const char *target,
                               strata_error *error) {
    return strata_build_run_with(out, renderer, target, NULL, error);
}
