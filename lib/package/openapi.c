/* package/openapi.c: strata_openapi_info and strata_openapi_fetch; after kustomize's commands/openapi. */
#include "strata/openapi.h"

#include "core/command.h"
#include "package/json_lines.h"
#include "package/work.h"
#include "yaml/json.h"
#include "yaml/writer.h"

#define ADVICE                                                                                                         \
    "please make sure kubectl is installed, its context is set correctly, and your cluster is up: "                    \
    "https://kubernetes.io/docs/tasks/tools/install-kubectl/"

enum { ERRORS_LIMIT = 64 * 1024 };

const char *strata_openapi_info(void) { return "{title:Kubernetes,version:v1.21.2}"; }

static strata_status fail(work *w, text why) {
    return scope_fail_hint(&w->sc, DIAGNOSTIC_OPENAPI_FETCH, ORIGIN_UNKNOWN, TEXT(ADVICE),
                           "Error fetching schema from cluster. %.*s", TEXT_ARG(why));
}

static text last_line(text t) {
    t = text_trim(t);
    size_t at = text_find_last_char(t, '\n');
    return at == SIZE_MAX ? t : text_after(t, at + 1);
}

/* What kubectl prints, in the arena. */
static strata_status run_kubectl(work *w, text *out) {
    static const char *const arguments[] = {"kubectl", "get", "--raw", "/openapi/v2", NULL};
    const child_environment *environment = &w->renderer->options.environment;
    command c = {.arguments = arguments,
                 .environment = environment_list(environment),
                 .output_limit = w->sc.limits->input_total,
                 .errors_limit = ERRORS_LIMIT,
                 .stop = scope_stop(&w->sc)};
    command_result result;
    if (!command_find_program(w->sc.arena, environment, TEXT("kubectl"), &c.program)) return scope_no_memory(&w->sc);
    if (!c.program) return fail(w, TEXT("There is no kubectl on PATH."));
    command_run(&c, w->sc.from, &result);
    text errors = last_line(buffer_text(&result.errors)), how = command_describe(w->sc.arena, &result);
    text why = TEXT_CONCAT(w->sc.arena, TEXT("kubectl: "), how, errors.size ? TEXT(": ") : TEXT_EMPTY, errors);
    strata_status status = STRATA_OK;
    *out = text_copy(w->sc.arena, buffer_text(&result.output));
    if (!out->data || !how.data || !why.data || result.outcome == COMMAND_NO_MEMORY)
        status = scope_no_memory(&w->sc);
    else if (result.outcome == COMMAND_STOPPED)
        status = scope_check(&w->sc);
    else if (result.outcome == COMMAND_TOO_MUCH_OUTPUT)
        status = scope_fail(&w->sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN,
                            "kubectl printed more than %zu bytes (limit input_total)", c.output_limit);
    else if (!command_succeeded(&result))
        status = fail(w, why);
    else if (out->size == 0)
        status = fail(w, TEXT("kubectl printed nothing."));
    command_result_free(&result);
    return status;
}

static strata_status fetch(work *w, strata_openapi_format format) {
    text bytes;
    node *read, *document;
    buffer *out = &w->output->bytes;
    if (!w->loading.allow_fetch)
        return scope_fail(&w->sc, DIAGNOSTIC_FETCH_CLOSED, ORIGIN_UNKNOWN, "this renderer may not fetch anything");
    TRY(run_kubectl(w, &bytes));
    TRY(json_read(&w->sc, TEXT("what kubectl printed"), bytes, ORIGIN_UNKNOWN, &read));
    if (!node_is_mapping(read)) return fail(w, TEXT("What kubectl printed is no JSON object."));
    read = node_clone(w->sc.arena, read);
    if (!read) return scope_no_memory(&w->sc);
    TRY(json_drop_repeated_keys(&w->sc, read));
    w->sc.warn = NULL; /* its warnings are about patches */
    w->sc.strict = false;
    TRY(json_normalize(&w->sc, read, &document));
    if (format == STRATA_OPENAPI_JSON) return json_write_lines(&w->sc, document, out);
    TRY(yaml_write(&w->sc, document, YAML_TO_STREAM, out));
    buffer_add_char(out, '\n'); /* kustomize ends the line once more */
    return STRATA_OK;
}

strata_status strata_openapi_fetch(strata_output **out, const strata_renderer *renderer, strata_openapi_format format,
                                   strata_error *error) {
    work w;
    if (out) *out = NULL;
    if (!out || !renderer || format > STRATA_OPENAPI_YAML)
        return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed, or no such format");
    strata_status status = work_begin(&w, renderer, error);
    if (status == STRATA_OK) status = fetch(&w, format);
    return work_end(&w, status, out);
}
