/* function/exec_plugin.c: see exec_plugin.h. */
#include "function/exec_plugin.h"

#include "core/write_all.h"
#include "function/plugin_home.h"
#include "function/shlex.h"
#include "model/decode.h"
#include "model/kustomization.h"
#include "source/path.h"
#include "yaml/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- the program ------------------------------------------------------------------------------------------------- */

static strata_status refuse_go(scope *sc, const exec_plugin *plugin) {
    struct stat info;
    text object = TEXT_CONCAT(sc->arena, text_from(plugin->path), TEXT(".so"));
    if (!object.data) return scope_no_memory(sc);
    if (stat(object.data, &info) == 0)
        return scope_fail(sc, DIAGNOSTIC_PLUGIN_MISSING, plugin->where,
                          "%s is a Go plugin, which only a program built with the same Go sources can load; make it an "
                          "executable or a function",
                          object.data);
    return scope_fail(sc, DIAGNOSTIC_PLUGIN_MISSING, plugin->where, "there is no plugin %s", plugin->path);
}

static strata_status find_program(scope *sc, const resource *config, exec_plugin *out) {
    struct stat info;
    text path;
    TRY(plugin_home_path(sc, out->options->environment, config, &path));
    if (!(out->path = text_c_string(sc->arena, path))) return scope_no_memory(sc);
    if (stat(out->path, &info))
        return errno == ENOENT || errno == ENOTDIR
                   ? refuse_go(sc, out)
                   : scope_fail(sc, DIAGNOSTIC_PLUGIN_MISSING, out->where, "the plugin %s can't be reached", out->path);
    if (info.st_mode & 0111) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_PLUGIN_MISSING, out->where, "the plugin %s is not executable", out->path);
}

/* --- its arguments ----------------------------------------------------------------------------------------------- */

typedef struct argument_fields {
    text one_liner;
    located file;
} argument_fields;
static const field_row argument_rows[] = {
    {.key = "argsOneLiner", .type = FIELD_TEXT, .offset = offsetof(argument_fields, one_liner)},
    {.key = "argsFromFile", .type = FIELD_LOCATED, .offset = offsetof(argument_fields, file)},
};
static const struct_type argument_type = {"a plugin", argument_rows, sizeof argument_rows / sizeof *argument_rows,
                                          sizeof(argument_fields), false};

static strata_status add_one_liner(scope *sc, text line, exec_plugin *out) {
    switch (shlex_split(sc->arena, line, &out->arguments)) {
    case SHLEX_FINE: return STRATA_OK;
    case SHLEX_NO_MEMORY: return scope_no_memory(sc);
    case SHLEX_UNCLOSED_QUOTE: break;
    }
    return scope_fail(sc, DIAGNOSTIC_FUNCTION_SPEC, out->where, "a quote in argsOneLiner is not closed");
}

static strata_status add_file(scope *sc, loader *from, const located *file, exec_plugin *out) {
    text rest, line;
    bool more;
    TRY(loader_read(sc, from, file->value, file->where, &rest));
    do {
        more = text_cut(&rest, '\n', &line);
        while (line.size && line.data[0] == ' ')
            line = text_after(line, 1);
        if (line.size && !text_list_add(sc->arena, &out->arguments, line)) return scope_no_memory(sc);
    } while (more);
    return STRATA_OK;
}

static strata_status read_arguments(scope *sc, loader *from, exec_plugin *out) {
    static const yaml_options options = {.dialect = YAML_V2};
    node_list documents = {NULL, 0, 0, false};
    argument_fields fields = {.one_liner = TEXT_EMPTY};
    TRY(yaml_read_inline(sc, out->where, out->config, &options, &documents));
    TRY(decode_struct(sc, &argument_type, documents.items[0], DECODE_LENIENT, &fields));
    TRY(add_one_liner(sc, fields.one_liner, out));
    return text_empty(fields.file.value) ? STRATA_OK : add_file(sc, from, &fields.file, out);
}

strata_status exec_plugin_load(scope *sc, const plugin_place *place, const resource *config, text config_text,
                               exec_plugin *out) {
    *out = (exec_plugin){.options = place->options,
                         .config = config_text,
                         .where = config->root->where,
                         .root = loader_root(place->loader)};
    TRY(find_program(sc, config, out));
    return read_arguments(sc, place->loader, out);
}

/* --- a run ------------------------------------------------------------------------------------------------------- */

/* What exec takes as one string on Linux, with its NUL: the reference leaves a longer variable out. */
enum { LONGEST_VARIABLE = 131071 };

static strata_status add_variable(scope *sc, child_environment *e, text name, text value, origin where) {
    if (name.size + 1 + value.size > LONGEST_VARIABLE)
        return scope_warn(sc, DIAGNOSTIC_PLUGIN_VARIABLE, where, "%.*s is longer than %d bytes and left out",
                          TEXT_ARG(name), LONGEST_VARIABLE);
    return environment_set(sc->arena, e, name, value) ? STRATA_OK : scope_no_memory(sc);
}

static strata_status make_program(scope *sc, const exec_plugin *plugin, text config_file, program *out) {
    argument_list arguments = {NULL, 0, 0};
    text name = TEXT_CONCAT(sc->arena, TEXT("the plugin "), text_from(plugin->path));
    if (!name.data) return scope_no_memory(sc);
    *out = (program){.label = name, .where = plugin->where, .path = plugin->path, .directory = plugin->root};
    TRY(argument_add(sc, &arguments, text_from(plugin->path)));
    TRY(argument_add(sc, &arguments, config_file));
    for (size_t i = 0; i < plugin->arguments.count; i++)
        TRY(argument_add(sc, &arguments, plugin->arguments.items[i]));
    out->arguments = arguments.items;
    if (!environment_add_all(sc->arena, &out->environment, environment_list(plugin->options->environment)))
        return scope_no_memory(sc);
    TRY(add_variable(sc, &out->environment, TEXT("KUSTOMIZE_PLUGIN_CONFIG_STRING"), plugin->config, plugin->where));
    return add_variable(sc, &out->environment, TEXT("KUSTOMIZE_PLUGIN_CONFIG_ROOT"), plugin->root, plugin->where);
}

static strata_status run(scope *sc, const exec_plugin *plugin, text config_file, text input, text *out) {
    program p;
    command_result result;
    TRY(make_program(sc, plugin, config_file, &p));
    strata_status status = program_run(sc, plugin->options, &p, input, &result);
    if (status == STRATA_OK) status = program_check(sc, plugin->options, &p, &result);
    if (status == STRATA_OK && !(*out = text_copy(sc->arena, buffer_text(&result.output))).data)
        status = scope_no_memory(sc);
    command_result_free(&result);
    return status;
}

strata_status exec_plugin_run(scope *sc, const exec_plugin *plugin, text input, text *out) {
    text folder = text_from(environment_get(plugin->options->environment, TEXT("TMPDIR")));
    text name = path_join(sc->arena, text_empty(folder) ? TEXT("/tmp") : folder, TEXT("kust-plugin-config-XXXXXX"));
    char *path = name.data ? text_c_string(sc->arena, name) : NULL;
    if (!path) return scope_no_memory(sc);
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd < 0)
        return scope_fail(sc, DIAGNOSTIC_TEMPORARY_FILE, plugin->where,
                          "can't make a file for the configuration of a plugin: %s", strerror(errno));
    bool written = write_all(fd, plugin->config);
    written = close(fd) == 0 && written;
    strata_status status = written ? run(sc, plugin, text_from(path), input, out)
                                   : scope_fail(sc, DIAGNOSTIC_TEMPORARY_FILE, plugin->where,
                                                "can't write the configuration of a plugin to %s", path);
    unlink(path);
    return status;
}
