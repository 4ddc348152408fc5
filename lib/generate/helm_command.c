/* generate/helm_command.c: the helm command and its arguments; see helm_inside.h. After types.HelmChart.AsHelmArgs. */
#include "core/command.h"
#include "generate/helm_inside.h"
#include "source/path.h"

/* Of what helm prints on its standard error. */
enum { ERRORS_LIMIT = 1024 * 1024 };

/* --- what helm sees ---------------------------------------------------------------------------------------------- */

/*
 * A name template may read any variable of the environment, and what it reads gets into the output. So then helm sees
 * none but those that it needs to run; charts themselves can't read any.
 */
static bool is_plain_variable(const char *entry) {
    static const char *const names[] = {"PATH=", "HOME=", "TMPDIR=", "LANG=", "LC_ALL="};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(entry, names[i], strlen(names[i])) == 0) return true;
    return false;
}

static bool inherit(scope *sc, const helm_inflation *h, child_environment *out) {
    const char *const *list = environment_list(h->place->environment);
    if (text_empty(h->chart.name_template)) return environment_add_all(sc->arena, out, list);
    for (; *list; list++) {
        const char *const one[] = {*list, NULL};
        if (is_plain_variable(*list) && !environment_add_all(sc->arena, out, one)) return false;
    }
    return true;
}

static bool set_below(scope *sc, child_environment *e, text name, text home, text folder) {
    text value = TEXT_CONCAT(sc->arena, home, folder);
    return value.data && environment_set(sc->arena, e, name, value);
}

static strata_status make_environment(scope *sc, const helm_inflation *h, text directory, child_environment *out) {
    text home = h->config_home, plugins = path_join(sc->arena, directory, TEXT("plugins"));
    if (text_empty(home)) home = path_join(sc->arena, directory, TEXT("helm"));
    if (!home.data || !plugins.data || !inherit(sc, h, out) ||
        !set_below(sc, out, TEXT("HELM_CONFIG_HOME"), home, TEXT_EMPTY) ||
        !set_below(sc, out, TEXT("HELM_CACHE_HOME"), home, TEXT("/.cache")) ||
        !set_below(sc, out, TEXT("HELM_DATA_HOME"), home, TEXT("/.data")) ||
        !set_below(sc, out, TEXT("HELM_PLUGINS"), plugins, TEXT_EMPTY))
        return scope_no_memory(sc);
    return helm_directory_add(sc, h, plugins);
}

strata_status helm_runner_init(scope *sc, const helm_inflation *h, text directory, helm_runner *out) {
    text name = h->place->options->command;
    *out = (helm_runner){.h = h};
    if (!command_find_program(sc->arena, h->place->environment, name, &out->program)) return scope_no_memory(sc);
    if (!out->program)
        return scope_fail(sc, DIAGNOSTIC_PROGRAM_MISSING, h->chart.where,
                          "charts are rendered by %.*s, which is in no directory of PATH", TEXT_ARG(name));
    return make_environment(sc, h, directory, &out->environment);
}

/* --- running it -------------------------------------------------------------------------------------------------- */

typedef struct arguments {
    const char **items; /* NULL-terminated, the program first */
    size_t count;
    size_t capacity;
    bool no_memory;
    bool has_nul;
} arguments;

static void add(scope *sc, arguments *list, text argument) {
    const char **items = arena_grow(sc->arena, list->items, &list->capacity, list->count + 2, sizeof *items);
    const char *copy = items ? text_c_string(sc->arena, argument) : NULL;
    if (items) list->items = items;
    list->no_memory |= !copy;
    list->has_nul |= argument.size && memchr(argument.data, '\0', argument.size);
    if (!copy) return;
    items[list->count++] = copy;
    items[list->count] = NULL;
}

static void add_option(scope *sc, arguments *list, text option, text value) {
    if (text_empty(value)) return;
    add(sc, list, option);
    add(sc, list, value);
}

static void add_flag(scope *sc, arguments *list, text flag, bool given) {
    if (given) add(sc, list, flag);
}

static text last_line(text t) {
    t = text_trim(t);
    size_t at = text_find_last_char(t, '\n');
    return at == SIZE_MAX ? t : text_after(t, at + 1);
}

/* The command as a person would read it. */
static text command_line(scope *sc, const arguments *list) {
    text line = text_from(list->items[0]);
    for (size_t i = 1; line.data && i < list->count; i++)
        line = TEXT_CONCAT(sc->arena, line, TEXT(" "), text_from(list->items[i]));
    return line;
}

static strata_status fail(scope *sc, const helm_runner *r, const arguments *list, const command_result *result) {
    const helm_options *options = r->h->place->options;
    text how = command_describe(sc->arena, result), errors = buffer_text(&result->errors), last = last_line(errors);
    text line = command_line(sc, list);
    if (!how.data || !line.data) return scope_no_memory(sc);
    if (options->log) {
        options->log(errors.data, errors.size, options->log_user);
        text output = buffer_text(&result->output);
        if (r->h->chart.debug) options->log(output.data, output.size, options->log_user);
    }
    strata_status status =
        scope_fail(sc, DIAGNOSTIC_HELM_FAILED, r->h->chart.where, "helm failed for the chart %.*s: %.*s",
                   TEXT_ARG(r->h->chart.name), TEXT_ARG(how));
    if (!options->log && !text_empty(last)) scope_note(sc, status, ORIGIN_UNKNOWN, "it printed: %.*s", TEXT_ARG(last));
    return scope_note(sc, status, ORIGIN_UNKNOWN, "the command was: %.*s", TEXT_ARG(line));
}

static arguments begin(scope *sc, const helm_runner *r, text verb) {
    arguments list = {NULL, 0, 0, false, false};
    add(sc, &list, text_from(r->program));
    add(sc, &list, verb);
    return list;
}

static strata_status run(scope *sc, const helm_runner *r, const arguments *list, text *out) {
    const char *directory = text_c_string(sc->arena, r->h->place->working_directory);
    command_result result;
    if (list->no_memory || !directory) return scope_no_memory(sc);
    if (list->has_nul)
        return scope_fail(sc, DIAGNOSTIC_HELM_CHART, r->h->chart.where, "an option of the chart has a NUL in it");
    command c = {.program = r->program,
                 .arguments = list->items,
                 .environment = environment_list(&r->environment),
                 .directory = directory,
                 .output_limit = sc->limits->function_output,
                 .errors_limit = ERRORS_LIMIT,
                 .stop = scope_stop(sc)};
    meter_begin_input(sc->meter);
    command_run(&c, sc->from, &result);
    meter_end_input(sc->meter);
    meter_feed(sc->meter, result.output.size);
    strata_status status = STRATA_OK;
    if (result.outcome == COMMAND_NO_MEMORY)
        status = scope_no_memory(sc);
    else if (result.outcome == COMMAND_STOPPED)
        status = scope_check(sc);
    else if (!command_succeeded(&result))
        status = fail(sc, r, list, &result);
    else if (!(*out = text_copy(sc->arena, buffer_text(&result.output))).data)
        status = scope_no_memory(sc);
    command_result_free(&result);
    return status;
}

/* --- version ----------------------------------------------------------------------------------------------------- */

static bool is_digit(text t, size_t at) { return at < t.size && t.data[at] >= '0' && t.data[at] <= '9'; }

static size_t digits_end(text t, size_t at) {
    while (is_digit(t, at))
        at++;
    return at;
}

/* The first text like 3.19.0 that has at least one dot; empty when there is none. */
static text find_version(text t) {
    for (size_t at = 0; at < t.size; at = is_digit(t, at) ? digits_end(t, at) : at + 1) {
        size_t end = digits_end(t, at);
        bool dotted = false;
        while (end > at && end < t.size && t.data[end] == '.' && is_digit(t, end + 1)) {
            end = digits_end(t, end + 1);
            dotted = true;
        }
        if (dotted) return text_slice(t, at, end);
    }
    return TEXT_EMPTY;
}

strata_status helm_check_version(scope *sc, const helm_runner *r) {
    text printed, version, rest, major;
    arguments list = begin(sc, r, TEXT("version"));
    add(sc, &list, TEXT("--short"));
    TRY(run(sc, r, &list, &printed));
    rest = version = find_version(printed);
    text_cut(&rest, '.', &major);
    if (text_is(major, "3") || text_is(major, "4")) return STRATA_OK;
    if (text_empty(version))
        return scope_fail(sc, DIAGNOSTIC_HELM_VERSION, r->h->chart.where, "%s printed no version", r->program);
    return scope_fail(sc, DIAGNOSTIC_HELM_VERSION, r->h->chart.where,
                      "helm of version 3 or 4 is needed, and %s is version %.*s", r->program, TEXT_ARG(version));
}

/* --- pull and template ------------------------------------------------------------------------------------------- */

strata_status helm_pull(scope *sc, const helm_runner *r) {
    const helm_chart *chart = &r->h->chart;
    text repo = chart->repo, printed;
    arguments list = begin(sc, r, TEXT("pull"));
    add(sc, &list, TEXT("--untar"));
    add_option(sc, &list, TEXT("--untardir"), r->h->chart_home);
    if (text_starts(repo, TEXT("oci://"))) {
        if (text_ends(repo, TEXT("/"))) repo.size--;
        text whole = TEXT_CONCAT(sc->arena, repo, TEXT("/"), chart->name);
        if (!whole.data) return scope_no_memory(sc);
        add(sc, &list, whole);
    } else {
        add_option(sc, &list, TEXT("--repo"), repo);
        add(sc, &list, chart->name);
    }
    add_option(sc, &list, TEXT("--version"), chart->version);
    add_flag(sc, &list, TEXT("--devel"), chart->devel);
    return run(sc, r, &list, &printed);
}

strata_status helm_template(scope *sc, const helm_runner *r, text values_file, text *out) {
    const helm_chart *chart = &r->h->chart;
    arguments list = begin(sc, r, TEXT("template"));
    add(sc, &list, text_empty(chart->release_name) ? TEXT("--generate-name") : chart->release_name);
    add(sc, &list, r->h->chart_path);
    add_option(sc, &list, TEXT("--namespace"), chart->name_space);
    add_option(sc, &list, TEXT("--name-template"), chart->name_template);
    add_option(sc, &list, TEXT("-f"), values_file);
    for (size_t i = 0; i < r->h->values_files.count; i++)
        add_option(sc, &list, TEXT("-f"), r->h->values_files.items[i]);
    for (size_t i = 0; i < r->h->api_versions.count; i++) {
        add(sc, &list, TEXT("--api-versions"));
        add(sc, &list, r->h->api_versions.items[i]);
    }
    add_option(sc, &list, TEXT("--kube-version"), chart->kube_version);
    add_flag(sc, &list, TEXT("--include-crds"), chart->include_crds);
    add_flag(sc, &list, TEXT("--skip-tests"), chart->skip_tests);
    add_flag(sc, &list, TEXT("--no-hooks"), chart->skip_hooks);
    add_flag(sc, &list, TEXT("--debug"), chart->debug);
    add_flag(sc, &list, TEXT("--devel"), chart->devel);
    return run(sc, r, &list, out);
}
