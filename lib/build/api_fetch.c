/* build/api_fetch.c: a caller's functions in place of git, HTTP and `helm pull` (strata/fetch.h). */
#include "build/api.h"

#include "source/url.h"

void strata_fetch_functions_init_size(strata_fetch_functions *out, size_t size) {
    strata_fetch_functions fresh = {.size = size};
    api_struct_init(out, size, &fresh, sizeof fresh);
}

/* The failure of a function that was to fetch `what`, a URL or the name of a chart. */
static strata_status fail(scope *sc, const strata_sink *sink, strata_status status, text what, origin where) {
    text why = text_empty(sink->explanation) ? TEXT("no reason was given") : sink->explanation;
    text shown = url_for_display(sc->arena, what);
    if (!shown.data || status == STRATA_NO_MEMORY || sink->bytes.failure == BUFFER_NO_MEMORY)
        return scope_no_memory(sc);
    switch (status) {
    case STRATA_CANCELLED: return scope_fail(sc, DIAGNOSTIC_CANCELLED, where, "the build was cancelled");
    case STRATA_REFUSED:
        return scope_fail(sc, DIAGNOSTIC_FETCH_CLOSED, where, "'%.*s' is not to be fetched: %.*s", TEXT_ARG(shown),
                          TEXT_ARG(why));
    case STRATA_NOT_FOUND:
        return scope_fail(sc, DIAGNOSTIC_FETCH_MISSING, where, "'%.*s' does not exist: %.*s", TEXT_ARG(shown),
                          TEXT_ARG(why));
    default:
        return scope_fail(sc, DIAGNOSTIC_FETCH_FAILED, where, "'%.*s' can't be fetched: %.*s", TEXT_ARG(shown),
                          TEXT_ARG(why));
    }
}

/* The path that a function gave, freed of its sink. */
static strata_status take_path(scope *sc, strata_sink *sink, strata_status status, text what, origin where, text *out) {
    *out = text_copy(sc->arena, buffer_text(&sink->bytes));
    if (status != STRATA_OK || sink->bytes.failure)
        status = fail(sc, sink, status, what, where);
    else if (!out->data)
        status = scope_no_memory(sc);
    buffer_free(&sink->bytes);
    return status;
}

/* More than any system takes. */
enum { LONGEST_PATH = 65536 };

static strata_status clone(scope *sc, const repository_url *url, origin where, text *out, void *user) {
    const strata_fetch_functions *functions = user;
    arena *a = sc->arena;
    strata_repository what = {.size = sizeof what,
                              .name = text_c_string(a, url->raw),
                              .url = text_c_string(a, url->clone_url),
                              .reference = text_c_string(a, url->reference),
                              .submodules = url->submodules};
    if (!what.name || !what.url || !what.reference) return scope_no_memory(sc);
    strata_sink sink;
    api_sink_init(&sink, a, LONGEST_PATH);
    return take_path(sc, &sink, functions->git(&sink, &what, functions->user), url->raw, where, out);
}

static http_outcome http_outcome_of(const strata_sink *sink, strata_status status) {
    if (sink->bytes.failure == BUFFER_TOO_LARGE) return HTTP_TOO_LARGE;
    if (sink->bytes.failure) return HTTP_NO_MEMORY;
    switch (status) {
    case STRATA_OK: return HTTP_DONE;
    case STRATA_NO_MEMORY: return HTTP_NO_MEMORY;
    case STRATA_NOT_FOUND: return HTTP_BAD_STATUS;
    case STRATA_REFUSED: return HTTP_REFUSED;
    case STRATA_CANCELLED: return HTTP_CANCELLED;
    default: return HTTP_UNREACHABLE;
    }
}

static void get(arena *a, text url, size_t ceiling, http_response *out, void *user) {
    const strata_fetch_functions *functions = user;
    const char *name = text_c_string(a, url);
    if (!name) return; /* *out tells of no memory already */
    strata_sink sink;
    api_sink_init(&sink, a, ceiling);
    out->outcome = http_outcome_of(&sink, functions->http(&sink, name, functions->user));
    if (sink.bytes.failure) out->outcome = http_outcome_of(&sink, STRATA_OK);
    out->detail = text_empty(sink.explanation) ? TEXT("no reason was given") : sink.explanation;
    if (out->outcome == HTTP_DONE) out->bytes = text_copy(a, buffer_text(&sink.bytes));
    if (!out->bytes.data) *out = (http_response){.outcome = HTTP_NO_MEMORY, .bytes = TEXT_EMPTY, .detail = TEXT_EMPTY};
    buffer_free(&sink.bytes);
}

static strata_status find_chart(scope *sc, const helm_chart *chart, text *out, void *user) {
    const strata_fetch_functions *functions = user;
    arena *a = sc->arena;
    strata_chart what = {.size = sizeof what,
                         .repo = text_c_string(a, chart->repo),
                         .name = text_c_string(a, chart->name),
                         .version = text_c_string(a, chart->version)};
    if (!what.repo || !what.name || !what.version) return scope_no_memory(sc);
    strata_sink sink;
    api_sink_init(&sink, a, LONGEST_PATH);
    return take_path(sc, &sink, functions->chart(&sink, &what, functions->user), chart->name, chart->where, out);
}

void api_fetch_options(const strata_fetch_functions *functions, build_options *out) {
    void *user = (void *)(uintptr_t)functions;
    out->providers =
        (remote_providers){.clone = functions->git ? clone : NULL, .get = functions->http ? get : NULL, .user = user};
    out->helm.provider = (helm_provider){.find = functions->chart ? find_chart : NULL, .user = user};
}
