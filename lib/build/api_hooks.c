/* build/api_hooks.c: source filters and resource visitors of a build (strata/filter.h, strata/visitor.h). */
#include "build/api.h"

#include "model/resource_reader.h"
#include "source/url.h"

/* What a caller's function said, as ": why", or "". */
static text reason(scope *sc, const strata_sink *sink) {
    text why = text_empty(sink->explanation) ? TEXT_EMPTY : TEXT_CONCAT(sc->arena, TEXT(": "), sink->explanation);
    return why.data ? why : TEXT_EMPTY;
}

/* --- filters ----------------------------------------------------------------------------------------------------- */

static strata_status fail_filter(scope *sc, text path_given, const strata_sink *sink, strata_status status,
                                 origin where) {
    text why = reason(sc, sink), path = url_for_display(sc->arena, path_given);
    if (!path.data) return scope_no_memory(sc);
    if (sink->bytes.failure == BUFFER_TOO_LARGE)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, where, "what the filter makes of '%.*s' is larger than %zu bytes",
                          TEXT_ARG(path), sink->bytes.ceiling);
    if (sink->bytes.failure || status == STRATA_NO_MEMORY) return scope_no_memory(sc);
    switch (status) {
    case STRATA_CANCELLED:
        return scope_fail(sc, DIAGNOSTIC_CANCELLED, where, "the build was cancelled%.*s", TEXT_ARG(why));
    case STRATA_REFUSED:
        return scope_fail(sc, DIAGNOSTIC_FILTER_REFUSED, where, "the filter refuses '%.*s'%.*s", TEXT_ARG(path),
                          TEXT_ARG(why));
    default:
        return scope_fail(sc, DIAGNOSTIC_FILTER, where, "the filter failed for '%.*s'%.*s", TEXT_ARG(path),
                          TEXT_ARG(why));
    }
}

strata_status api_filter_apply(scope *sc, text path, text bytes, size_t ceiling, origin where, bool *changed, text *out,
                               void *user) {
    const strata_build_options *options = user;
    strata_sink sink;
    const char *name = text_c_string(sc->arena, path);
    if (!name) return scope_no_memory(sc);
    api_sink_init(&sink, sc->arena, ceiling);
    strata_status status = options->filter(&sink, name, bytes.data, bytes.size, options->filter_user);
    if (status != STRATA_OK || sink.bytes.failure) {
        status = fail_filter(sc, path, &sink, status, where);
    } else if (sink.is_written) {
        *changed = true;
        *out = text_copy(sc->arena, buffer_text(&sink.bytes));
        if (!out->data) status = scope_no_memory(sc);
    }
    buffer_free(&sink.bytes);
    return status;
}

/* --- visitors ---------------------------------------------------------------------------------------------------- */

/* The text that the visitor gave is a resource of its own from here on. */
static strata_status replace(scope *sc, strata_result *result, resource *r, const strata_sink *sink) {
    text bytes = text_copy(sc->arena, buffer_text(&sink->bytes));
    text name = TEXT_CONCAT(sc->arena, resource_kind(r), TEXT("/"), resource_name(r), TEXT(" (from the visitor)"));
    resource_list read;
    if (!bytes.data || !name.data) return scope_no_memory(sc);
    meter_feed(sc->meter, bytes.size);
    TRY(resources_read(sc, name, bytes, ORIGIN_UNKNOWN, &read));
    if (read.count != 1)
        return scope_fail(sc, DIAGNOSTIC_VISITOR, r->root->where,
                          "a visitor has to replace a resource by one resource, not by %zu", read.count);
    r->root = read.items[0]->root;
    resource_set_changed(&result->set);
    return STRATA_OK;
}

static strata_status visit(scope *sc, strata_result *result, size_t index, const strata_build_options *options,
                           bool *keep) {
    strata_resource *seen;
    strata_sink sink;
    TRY(strata_result_resource(&seen, result, index, sc->error));
    api_sink_init(&sink, sc->arena, sc->limits->input_file);
    strata_visit answer = options->visitor(&sink, seen, options->visitor_user);
    resource *r = result->set.items[index];
    strata_status status = STRATA_OK;
    *keep = answer != STRATA_VISIT_DROP;
    if (sink.bytes.failure == BUFFER_TOO_LARGE)
        status = scope_fail(sc, DIAGNOSTIC_LIMIT, r->root->where, "what a visitor gave is larger than %zu bytes",
                            sink.bytes.ceiling);
    else if (sink.bytes.failure)
        status = scope_no_memory(sc);
    else if (answer == STRATA_VISIT_FAIL)
        status = scope_fail(sc, DIAGNOSTIC_CANCELLED, r->root->where, "a visitor of the resources ended the build%.*s",
                            TEXT_ARG(reason(sc, &sink)));
    else if (answer == STRATA_VISIT_REPLACE)
        status = replace(sc, result, r, &sink);
    else if (answer != STRATA_VISIT_KEEP && answer != STRATA_VISIT_DROP)
        status = scope_fail(sc, DIAGNOSTIC_USAGE, ORIGIN_UNKNOWN, "a visitor gave an answer that there is not");
    buffer_free(&sink.bytes);
    return status;
}

/* The visitor sees resources as the result shows them; afterwards the result shows them anew. */
strata_status api_visit(scope *sc, strata_result *result, const strata_build_options *options) {
    if (!options->visitor || result->set.count == 0) return STRATA_OK;
    bool *keep = ARENA_ARRAY(sc->arena, bool, result->set.count);
    if (!keep) return scope_no_memory(sc);
    for (size_t i = 0; i < result->set.count; i++)
        TRY(visit(sc, result, i, options, &keep[i]));
    api_resources_free(result);
    result->resources = NULL;
    resource_set_keep(&result->set, keep);
    return resource_set_check(sc, &result->set);
}
