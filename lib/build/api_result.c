/* build/api_result.c: strata_result (strata/result.h). The files of a directory are in output_files.c. */
#include "build/api.h"

#include "build/output_files.h"

scope api_result_scope(strata_result *result, strata_error *error) {
    return (scope){.arena = &result->memory,
                   .from = &result->from,
                   .limits = &result->limits,
                   .origins = &result->origins,
                   .inputs = &result->inputs,
                   .error = error};
}

void strata_result_free(strata_result *result) {
    if (!result) return;
    allocator from = result->from;
    buffer_free(&result->stream);
    arena_free(&result->memory);
    from.release(result, from.user);
}

/* --- the stream -------------------------------------------------------------------------------------------------- */

static strata_status need_stream(strata_result *result, strata_error *error) {
    if (result->has_stream) return STRATA_OK;
    scope sc = api_result_scope(result, error);
    buffer_free(&result->stream);
    buffer_init(&result->stream, &result->from, result->limits.output);
    TRY(build_write_stream(&sc, &result->set, &result->stream));
    /* A NUL behind the last byte, which does not count. */
    result->stream.ceiling = 0;
    if (!buffer_reserve(&result->stream, 1)) return scope_no_memory(&sc);
    result->stream.data[result->stream.size] = '\0';
    result->has_stream = true;
    return STRATA_OK;
}

strata_status strata_result_stream(const char **out_data, size_t *out_size, strata_result *result,
                                   strata_error *error) {
    if (out_data) *out_data = "";
    if (!out_data || !out_size || !result) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    if (error) error_clear(error);
    *out_data = "";
    *out_size = 0;
    TRY(need_stream(result, error));
    *out_data = result->stream.data;
    *out_size = result->stream.size;
    return STRATA_OK;
}

strata_status strata_result_write(strata_result *result, strata_write_function write, void *user, strata_error *error) {
    const char *data;
    size_t size;
    if (!write) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    TRY(strata_result_stream(&data, &size, result, error));
    if (size && write(data, size, user))
        return api_fail(error, DIAGNOSTIC_CANCELLED, "the function that takes the stream stopped it");
    return STRATA_OK;
}

strata_status strata_result_write_fd(strata_result *result, int fd, strata_error *error) {
    const char *data;
    size_t size;
    TRY(strata_result_stream(&data, &size, result, error));
    scope sc = api_result_scope(result, error);
    return output_write_all(&sc, fd, text_of(data, size), TEXT("the output"));
}

strata_status strata_result_write_directory(strata_result *result, const char *directory, strata_error *error) {
    if (!result || !directory) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    if (error) error_clear(error);
    scope sc = api_result_scope(result, error);
    return output_write_directory(&sc, &result->set, text_from(directory));
}

/* --- resources and inputs ---------------------------------------------------------------------------------------- */

size_t strata_result_resource_count(const strata_result *result) { return result ? result->set.count : 0; }

static bool c_string(arena *a, text t, const char **out) { return (*out = text_c_string(a, t)) != NULL; }

strata_status strata_result_resource_at(strata_resource *out, strata_result *result, size_t index) {
    if (!out || !result) return STRATA_USAGE;
    if (index >= result->set.count) return STRATA_NOT_FOUND;
    const resource *r = result->set.items[index];
    gvk type = resource_gvk(r);
    origin_place place = {.file = TEXT_EMPTY};
    arena *a = &result->memory;
    if (!origin_resolve(&result->origins, r->root->where, &place)) place.line = 0;
    out->line = place.line;
    bool fine = c_string(a, type.group, &out->group) && c_string(a, type.version, &out->version) &&
                c_string(a, type.kind, &out->kind) && c_string(a, resource_name(r), &out->name) &&
                c_string(a, resource_namespace(r), &out->name_space) && c_string(a, place.file, &out->file);
    return fine ? STRATA_OK : STRATA_NO_MEMORY;
}

size_t strata_result_input_count(const strata_result *result) { return result ? result->inputs.names.count : 0; }

const char *strata_result_input_at(const strata_result *result, size_t index) {
    return result && index < result->inputs.names.count ? result->inputs.names.items[index].data : "";
}
