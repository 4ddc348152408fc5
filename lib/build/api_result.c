/* build/api_result.c: strata_result (strata/result.h). The files of a directory are in output_files.c. */
#include "build/api.h"

#include "build/output_files.h"
#include "core/pipe_guard.h"
#include "core/write_all.h"

/* libmd's header uses these types without including them. */
#include <errno.h>
#include <stdint.h>
#include <sys/types.h>

#include <sha256.h>

scope api_result_scope(strata_result *result, strata_error *error) {
    return (scope){.arena = &result->memory,
                   .from = &result->meter.counting,
                   .limits = &result->limits,
                   .meter = &result->meter,
                   .origins = &result->origins,
                   .inputs = &result->inputs,
                   .warned = &result->warned,
                   .error = error};
}

void strata_result_free(strata_result *result) {
    if (!result) return;
    allocator from = result->from;
    api_resources_free(result);
    api_warnings_free(result);
    buffer_free(&result->stream.bytes);
    arena_free(&result->memory);
    from.release(result, from.user);
}

/* --- the stream -------------------------------------------------------------------------------------------------- */

strata_status api_text_finish(scope *sc, api_text *t) {
    if (t->bytes.failure == BUFFER_NO_MEMORY) return scope_no_memory(sc);
    if (t->bytes.failure)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN, "the output is larger than %zu bytes",
                          t->bytes.ceiling);
    /* A NUL behind the last byte, which does not count. */
    t->bytes.ceiling = 0;
    if (!buffer_reserve(&t->bytes, 1)) return scope_no_memory(sc);
    t->bytes.data[t->bytes.size] = '\0';
    t->is_made = true;
    return STRATA_OK;
}

static strata_status make_stream(scope *sc, const resource_set *set, api_text *out) {
    buffer_free(&out->bytes);
    buffer_init(&out->bytes, sc->from, sc->limits->output);
    TRY(build_write_stream(sc, set, &out->bytes));
    return api_text_finish(sc, out);
}

static strata_status need_stream(strata_result *result, strata_error *error) {
    if (result->stream.is_made) return STRATA_OK;
    scope sc = api_result_scope(result, error);
    stop end = {.deadline_ms = api_deadline(&result->limits)};
    meter_restart(&result->meter, &end);
    strata_status status = make_stream(&sc, &result->set, &result->stream);
    result->meter.stop = NULL;
    return status;
}

strata_status strata_result_stream(const char **out_data, size_t *out_size, strata_result *result,
                                   strata_error *error) {
    if (out_data) *out_data = "";
    if (!out_data || !out_size || !result) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    if (error) error_clear(error);
    *out_data = "";
    *out_size = 0;
    TRY(need_stream(result, error));
    *out_data = result->stream.bytes.data;
    *out_size = result->stream.bytes.size;
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
    pipe_guard guard;
    pipe_guard_begin(&guard);
    bool written = write_all(fd, text_of(data, size));
    int problem = errno;
    pipe_guard_end(&guard);
    return written ? STRATA_OK
                   : scope_fail(&sc, DIAGNOSTIC_WRITE_FAILED, ORIGIN_UNKNOWN, "can't write the output: %s",
                                strerror(problem));
}

strata_status strata_result_write_directory(strata_result *result, const char *directory, strata_error *error) {
    if (!result || !directory) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    if (error) error_clear(error);
    scope sc = api_result_scope(result, error);
    stop end = {.deadline_ms = api_deadline(&result->limits)};
    meter_restart(&result->meter, &end);
    strata_status status = output_write_directory(&sc, &result->set, text_from(directory));
    result->meter.stop = NULL;
    return status;
}

/* --- inputs ------------------------------------------------------------------------------------------------------ */

size_t strata_result_input_count(const strata_result *result) { return result ? result->inputs.count : 0; }

const char *strata_result_input_at(const strata_result *result, size_t index) {
    return result && index < result->inputs.count ? result->inputs.items[index].name.data : "";
}

strata_status strata_result_input_digest(const char **out, strata_result *result, size_t index, strata_error *error) {
    if (out) *out = "";
    if (!out || !result) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    if (index >= result->inputs.count)
        return api_fail(error, DIAGNOSTIC_NO_SUCH_ITEM, "the result has no input with that number");
    if (error) error_clear(error);
    *out = "";
    scope sc = api_result_scope(result, error);
    if (!result->digests) result->digests = ARENA_ARRAY(sc.arena, const char *, result->inputs.count);
    if (!result->digests) return scope_no_memory(&sc);
    if (!result->digests[index]) {
        char *hex = arena_chars(sc.arena, SHA256_DIGEST_STRING_LENGTH);
        if (!hex) return scope_no_memory(&sc);
        text bytes = result->inputs.items[index].bytes;
        result->digests[index] = SHA256Data((const uint8_t *)bytes.data, bytes.size, hex);
    }
    *out = result->digests[index];
    return STRATA_OK;
}
