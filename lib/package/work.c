/* package/work.c: see work.h; and strata_output (strata/output.h). */
#include "package/work.h"

#include "source/path.h"
#include "source/remote.h"

const char *strata_output_data(const strata_output *output) {
    return output && output->bytes.data ? output->bytes.data : "";
}

size_t strata_output_size(const strata_output *output) { return output ? output->bytes.size : 0; }

void strata_output_free(strata_output *output) {
    if (!output) return;
    allocator from = output->from;
    buffer_free(&output->bytes);
    arena_free(&output->memory);
    from.release(output, from.user);
}

/* A warning passes through the renderer's function. */
static void pass_warning(const strata_error *warning, void *user) {
    const strata_renderer *r = user;
    r->warning(warning, r->warning_user);
}

strata_status work_begin(work *w, const strata_renderer *renderer, strata_error *error) {
    const strata_renderer *r = renderer;
    *w = (work){.renderer = r};
    if (error) error_clear(error);
    strata_output *output = r->from.allocate(sizeof *output, r->from.user);
    if (!output) return api_fail(error, DIAGNOSTIC_NO_MEMORY, "out of memory");
    memset(output, 0, sizeof *output);
    output->from = r->from;
    output->limits = r->limits;
    meter_init(&output->meter, &output->from, &output->limits);
    arena_init(&output->memory, &output->meter.counting);
    buffer_init(&output->bytes, &output->meter.counting, r->limits.output);
    *w = (work){.renderer = r, .output = output, .loading = r->options.loading, .end = api_stop(r, NULL)};
    meter_restart(&output->meter, &w->end);
    w->sc = (scope){.arena = &output->memory,
                    .from = &output->meter.counting,
                    .limits = &output->limits,
                    .meter = &output->meter,
                    .origins = &output->origins,
                    .inputs = &output->inputs,
                    .error = error,
                    .strict = r->strict,
                    .warn = r->warning ? pass_warning : NULL,
                    .warn_user = (void *)(uintptr_t)r};
    if (!w->loading.allow_fetch) return STRATA_OK;
    w->loading.remote =
        remote_cache_new(&output->from, &(remote_options){.environment = environment_list(&r->options.environment),
                                                          .http_timeout_ms = output->limits.fetch_time,
                                                          .stop = &w->end});
    return w->loading.remote ? STRATA_OK : scope_no_memory(&w->sc);
}

/* A NUL behind the last byte, which does not count. */
static strata_status terminate(work *w) {
    buffer *b = &w->output->bytes;
    if (b->failure == BUFFER_TOO_LARGE)
        return scope_fail(&w->sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN, "the output is larger than %zu bytes", b->ceiling);
    b->ceiling = 0;
    if (!buffer_reserve(b, 1)) return scope_no_memory(&w->sc);
    b->data[b->size] = '\0';
    return STRATA_OK;
}

strata_status work_end(work *w, strata_status status, strata_output **out) {
    if (!w->output) return status;
    remote_cache_free(w->loading.remote);
    if (status == STRATA_OK) status = terminate(w);
    w->output->meter.stop = NULL;
    if (status == STRATA_OK)
        *out = w->output;
    else
        strata_output_free(w->output);
    return status;
}

file_outcome work_read(work *w, text full_path, text *out) {
    const filesystem *fs = w->loading.files;
    meter_begin_input(w->sc.meter);
    file_outcome outcome = fs->read(fs, w->sc.arena, full_path, TEXT_EMPTY, w->sc.limits->input_file, out);
    meter_end_input(w->sc.meter);
    return outcome;
}

text work_copy_input(work *w, const char *data, size_t size) {
    meter_begin_input(w->sc.meter);
    text copy = text_copy(w->sc.arena, text_of(data, size));
    meter_end_input(w->sc.meter);
    return copy;
}

strata_status work_count_input(work *w, size_t size) {
    w->input += size;
    meter_feed(w->sc.meter, size);
    if (w->input <= w->sc.limits->input_total) return STRATA_OK;
    return scope_fail(&w->sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN, "the input is larger than %zu bytes altogether",
                      w->sc.limits->input_total);
}

strata_status work_begin_writing(work *w) {
    w->output->meter.stop = NULL;
    return buffer_reserve(&w->output->bytes, 1) ? STRATA_OK : scope_no_memory(&w->sc);
}
void work_end_writing(work *w) { w->output->meter.stop = &w->end; }

text work_path(work *w, text path) {
    if (path_is_absolute(path)) return path_clean(w->sc.arena, path);
    return path_join(w->sc.arena, w->loading.working_directory, path);
}
