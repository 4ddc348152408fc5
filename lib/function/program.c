/* function/program.c: see program.h. */
#include "function/program.h"

/* Of what a program prints on its standard error. */
enum { ERRORS_LIMIT = 1024 * 1024 };

strata_status argument_add(scope *sc, argument_list *list, text argument) {
    const char **items = arena_grow(sc->arena, list->items, &list->capacity, list->count + 2, sizeof *items);
    if (!items) return scope_no_memory(sc);
    list->items = items;
    if (memchr(argument.data ? argument.data : "", '\0', argument.size))
        return scope_fail(sc, DIAGNOSTIC_FUNCTION_SPEC, ORIGIN_UNKNOWN, "an argument of a program has a NUL in it");
    char *copy = text_c_string(sc->arena, argument);
    if (!copy) return scope_no_memory(sc);
    items[list->count++] = copy;
    items[list->count] = NULL;
    return STRATA_OK;
}

static text last_line(text t) {
    t = text_trim(t);
    size_t at = text_find_last_char(t, '\n');
    return at == SIZE_MAX ? t : text_after(t, at + 1);
}

static strata_status fail(scope *sc, const function_options *options, const program *p, const command_result *result) {
    text how = command_describe(sc->arena, result);
    strata_status status =
        scope_fail(sc, DIAGNOSTIC_FUNCTION_FAILED, p->where, "%.*s failed: %.*s", TEXT_ARG(p->label), TEXT_ARG(how));
    text line = last_line(buffer_text(&result->errors));
    if (options->log || text_empty(line)) return status;
    return scope_note(sc, status, ORIGIN_UNKNOWN, "it printed: %.*s", TEXT_ARG(line));
}

strata_status program_run(scope *sc, const function_options *options, const program *p, text input,
                          command_result *out) {
    const char *directory = text_c_string(sc->arena, p->directory);
    command c = {.program = p->path,
                 .arguments = p->arguments,
                 .environment = environment_list(&p->environment),
                 .directory = directory,
                 .input = input,
                 .output_limit = sc->limits->function_output,
                 .errors_limit = ERRORS_LIMIT,
                 .stop = scope_stop(sc)};
    *out = (command_result){.outcome = COMMAND_NO_MEMORY};
    if (!directory) return scope_no_memory(sc);
    TRY(scope_progress(sc, STRATA_STAGE_RUN, p->label));
    meter_begin_input(sc->meter);
    command_run(&c, sc->from, out);
    meter_end_input(sc->meter);
    meter_feed(sc->meter, out->output.size);
    text errors = buffer_text(&out->errors);
    if (options->log && !text_empty(errors)) options->log(errors.data, errors.size, options->log_user);
    if (out->outcome == COMMAND_NO_MEMORY) return scope_no_memory(sc);
    if (out->outcome == COMMAND_STOPPED) return scope_check(sc);
    return out->outcome == COMMAND_EXITED ? STRATA_OK : fail(sc, options, p, out);
}

strata_status program_check(scope *sc, const function_options *options, const program *p,
                            const command_result *result) {
    return command_succeeded(result) ? STRATA_OK : fail(sc, options, p, result);
}
