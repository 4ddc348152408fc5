/* function/exec.c: functions that are executables; after kyaml's fn/runtime/exec. See function_program.h. */
#include "function/function_program.h"

/* Entries without exactly one '=' are left out: the reference splits them there. */
static strata_status add_variable(scope *sc, text entry, child_environment *out) {
    text value = entry, name;
    if (!text_cut(&value, '=', &name) || text_find_char(value, '=') != SIZE_MAX) return STRATA_OK;
    return environment_set(sc->arena, out, name, value) ? STRATA_OK : scope_no_memory(sc);
}

static strata_status add_variables(scope *sc, const function_options *options, const exec_spec *spec,
                                   child_environment *out) {
    if (!environment_add_all(sc->arena, out, environment_list(options->environment))) return scope_no_memory(sc);
    for (size_t i = 0; i < spec->envs.count; i++)
        TRY(add_variable(sc, spec->envs.items[i].value, out));
    for (size_t i = 0; i < options->env.count; i++)
        TRY(add_variable(sc, options->env.items[i], out));
    return STRATA_OK;
}

strata_status exec_program(scope *sc, const function_options *options, const exec_spec *spec, program *out) {
    argument_list arguments = {NULL, 0, 0};
    TRY(argument_add(sc, &arguments, spec->path));
    for (size_t i = 0; i < spec->args.count; i++)
        TRY(argument_add(sc, &arguments, spec->args.items[i].value));
    out->arguments = arguments.items;
    TRY(add_variables(sc, options, spec, &out->environment));
    if (!command_find_program(sc->arena, options->environment, spec->path, &out->path)) return scope_no_memory(sc);
    if (out->path) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_PROGRAM_MISSING, out->where, "there is no program %.*s on PATH",
                      TEXT_ARG(spec->path));
}
