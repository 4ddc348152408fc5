/* function/container.c: functions in containers; after kyaml's fn/runtime/container. See function_program.h. */
#include "function/function_program.h"

#include "source/path.h"

#include <unistd.h>

/* --- what a spec may ask for ------------------------------------------------------------------------------------- */

/* The engine reads a mount as a line of comma-separated values: these would end a field, or the line. */
static bool ends_field(text t) {
    for (size_t i = 0; i < t.size; i++)
        if (t.data[i] == ',' || t.data[i] == '"' || (unsigned char)t.data[i] < 0x20) return true;
    return false;
}

static strata_status check_mount(scope *sc, const storage_mount *mount, origin where) {
    if (ends_field(mount->type) || ends_field(mount->source) || ends_field(mount->target))
        return scope_fail(sc, DIAGNOSTIC_FUNCTION_SPEC, where,
                          "a mount must not have commas, quotes or control characters in its type, src or dst");
    if (path_is_absolute(mount->source))
        return scope_fail(sc, DIAGNOSTIC_FUNCTION_SPEC, where,
                          "the mount path %.*s must be relative to the kustomization's directory",
                          TEXT_ARG(mount->source));
    text clean = path_clean(sc->arena, mount->source);
    if (!clean.data) return scope_no_memory(sc);
    if (text_starts(clean, TEXT("..")))
        return scope_fail(sc, DIAGNOSTIC_FUNCTION_SPEC, where,
                          "the mount path %.*s must lie below the kustomization's directory", TEXT_ARG(mount->source));
    return STRATA_OK;
}

strata_status function_spec_check(scope *sc, const function_spec *spec, origin where) {
    const container_spec *c = &spec->container;
    if (text_starts(c->image, TEXT("-")))
        return scope_fail(sc, DIAGNOSTIC_FUNCTION_SPEC, where,
                          "the image %.*s begins with a dash: docker would take it for an option", TEXT_ARG(c->image));
    for (size_t i = 0; i < c->mounts.count; i++)
        TRY(check_mount(sc, &c->mounts.items[i], where));
    return STRATA_OK;
}

/* --- mounts ------------------------------------------------------------------------------------------------------ */

static strata_status add_mount(scope *sc, const storage_mount *mount, text directory, argument_list *out) {
    text source = mount->source;
    if (!path_is_absolute(source)) source = path_join(sc->arena, directory, source);
    if (!source.data) return scope_no_memory(sc);
    text option = TEXT_CONCAT(sc->arena, TEXT("type="), mount->type, TEXT(",source="), source, TEXT(",target="),
                              mount->target, mount->read_write ? TEXT_EMPTY : TEXT(",readonly"));
    if (!option.data) return scope_no_memory(sc);
    TRY(argument_add(sc, out, TEXT("--mount")));
    return argument_add(sc, out, option);
}

static strata_status add_mounts(scope *sc, const function_options *options, const container_spec *spec, text directory,
                                argument_list *out) {
    for (size_t i = 0; i < spec->mounts.count; i++)
        TRY(add_mount(sc, &spec->mounts.items[i], directory, out));
    for (size_t i = 0; i < options->mounts.count; i++) {
        storage_mount mount = storage_mount_parse(options->mounts.items[i]);
        TRY(add_mount(sc, &mount, directory, out));
    }
    return STRATA_OK;
}

/* --- environment ------------------------------------------------------------------------------------------------- */

/* Variables with a value, and those whose value is the engine's own. */
typedef struct container_variables {
    text_map set;
    text_list exported;
} container_variables;

static strata_status add_variable(scope *sc, text entry, container_variables *out) {
    text value = entry, name;
    bool fine = text_cut(&value, '=', &name)
                    ? text_map_set(sc->arena, &out->set, name, value)
                    : text_list_has(&out->exported, entry) || text_list_add(sc->arena, &out->exported, entry);
    return fine ? STRATA_OK : scope_no_memory(sc);
}

/* The command line wins over the spec, and these two, which it implies, do so as well. */
static strata_status gather(scope *sc, const function_options *options, const container_spec *spec,
                            container_variables *out) {
    for (size_t i = 0; i < spec->envs.count; i++)
        TRY(add_variable(sc, spec->envs.items[i].value, out));
    TRY(add_variable(sc, TEXT("LOG_TO_STDERR=true"), out));
    TRY(add_variable(sc, TEXT("STRUCTURED_RESULTS=true"), out));
    for (size_t i = 0; i < options->env.count; i++)
        TRY(add_variable(sc, options->env.items[i], out));
    text_map_sort(&out->set);
    return STRATA_OK;
}

static strata_status add_option(scope *sc, argument_list *out, text option, text value) {
    if (!value.data) return scope_no_memory(sc);
    TRY(argument_add(sc, out, option));
    return argument_add(sc, out, value);
}

static strata_status add_variables(scope *sc, const function_options *options, const container_spec *spec,
                                   argument_list *out) {
    container_variables variables = {.set = {NULL, 0, 0}};
    TRY(gather(sc, options, spec, &variables));
    for (size_t i = 0; i < variables.set.count; i++) {
        const text_pair *pair = &variables.set.items[i];
        TRY(add_option(sc, out, TEXT("-e"), TEXT_CONCAT(sc->arena, pair->key, TEXT("="), pair->value)));
    }
    for (size_t i = 0; i < variables.exported.count; i++)
        TRY(add_option(sc, out, TEXT("-e"), variables.exported.items[i]));
    return STRATA_OK;
}

/* --- the command ------------------------------------------------------------------------------------------------- */

static strata_status find_engine(scope *sc, const function_options *options, program *out, text *out_name) {
    static const text engines[] = {TEXT_INIT("docker"), TEXT_INIT("podman")};
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        *out_name = engines[i];
        if (!command_find_program(sc->arena, options->environment, engines[i], &out->path)) return scope_no_memory(sc);
        if (out->path) return STRATA_OK;
    }
    return scope_fail(sc, DIAGNOSTIC_PROGRAM_MISSING, out->where,
                      "a function in a container needs docker or podman, and neither is on PATH");
}

strata_status container_program(scope *sc, const function_options *options, const container_spec *spec, program *out) {
    static const text fixed[] = {TEXT_INIT("run"),    TEXT_INIT("--rm"),  TEXT_INIT("-i"),
                                 TEXT_INIT("-a"),     TEXT_INIT("STDIN"), TEXT_INIT("-a"),
                                 TEXT_INIT("STDOUT"), TEXT_INIT("-a"),    TEXT_INIT("STDERR")};
    argument_list arguments = {NULL, 0, 0};
    text engine;
    TRY(find_engine(sc, options, out, &engine));
    TRY(argument_add(sc, &arguments, engine));
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        TRY(argument_add(sc, &arguments, fixed[i]));
    text user = options->as_current_user ? text_format(sc->arena, "%u:%u", (unsigned)getuid(), (unsigned)getgid())
                                         : TEXT("nobody");
    TRY(add_option(sc, &arguments, TEXT("--network"), spec->network ? TEXT("host") : TEXT("none")));
    TRY(add_option(sc, &arguments, TEXT("--user"), user));
    TRY(argument_add(sc, &arguments, TEXT("--security-opt=no-new-privileges")));
    TRY(add_mounts(sc, options, spec, out->directory, &arguments));
    TRY(add_variables(sc, options, spec, &arguments));
    TRY(argument_add(sc, &arguments, spec->image));
    out->arguments = arguments.items;
    bool fine = environment_add_all(sc->arena, &out->environment, environment_list(options->environment));
    return fine ? STRATA_OK : scope_no_memory(sc);
}
