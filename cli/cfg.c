/* cli/cfg.c: the commands `cfg`. */
#include "commands.h"
#include "input.h"
#include "interrupt.h"
#include "lists.h"
#include "messages.h"
#include "output.h"
#include "renderer.h"

#include "strata/strata.h"

#include <stdlib.h>
#include <string.h>

typedef strata_status (*package_function)(strata_output **, const strata_renderer *, const strata_package_options *,
                                          strata_error *);

static int print_output(const cfg_arguments *given, const strata_output *output) {
    const char *data = strata_output_data(output);
    size_t size = strata_output_size(output);
    return given->dest && *given->dest ? output_to_file(given->dest, data, size) : output_to_stdout(data, size);
}

static int run_with_renderer(const invocation *call, const strata_package_options *options, package_function run) {
    strata_renderer *renderer = NULL;
    strata_output *output = NULL;
    strata_error *error = strata_error_new();
    if (!error) return out_of_memory();
    const cfg_arguments *given = call->options;
    int status = open_renderer(&renderer, call, &given->limits, error);
    interrupt_begin();
    if (!status && run(&output, renderer, options, error)) status = failure_of(error);
    interrupt_end();
    if (!status) status = print_output(given, output);
    strata_output_free(output);
    strata_renderer_free(renderer);
    strata_error_free(error);
    return status;
}

/* Runs over the directory that is named, or over standard input for NULL. */
static int run_on(const invocation *call, strata_package_options *options, const char *path, package_function run) {
    char *input = NULL;
    options->path = path;
    int status = path ? EXIT_FINE : input_read(&input, &options->input_size);
    options->input = input;
    if (!status) status = run_with_renderer(call, options, run);
    free(input);
    return status;
}

static strata_package_options common_options(const cfg_arguments *given) {
    strata_package_options options;
    strata_package_options_init(&options);
    options.own_package_only = !given->recurse;
    options.include_local = given->include_local;
    options.exclude_non_local = given->exclude_non_local;
    options.annotate = given->annotate;
    return options;
}

static int too_many(const invocation *call, size_t most) {
    return usage_error(call, NULL, "accepts at most %zu arg(s), received %zu", most, call->argument_count);
}

static const char *argument(const invocation *call, size_t index) {
    return index < call->argument_count ? call->arguments[index] : NULL;
}

static bool has_style(const char **styles, const char *name) {
    for (; *styles; styles++)
        if (strcmp(*styles, name) == 0) return true;
    return false;
}

int command_cat_run(const invocation *call) {
    const cfg_arguments *given = call->options;
    strata_package_options options = common_options(given);
    if (call->argument_count > 1) return too_many(call, 1);
    options.unformatted = !given->format;
    options.strip_comments = given->strip_comments;
    options.wrap_kind = given->wrap_kind;
    options.wrap_version = given->wrap_version;
    options.function_config = given->function_config;
    const char **styles = lists_split(&given->styles);
    if (!styles) return out_of_memory();
    options.flow_style = has_style(styles, "FlowStyle");
    options.tagged_style = has_style(styles, "TaggedStyle");
    free(styles);
    return run_on(call, &options, argument(call, 0), strata_package_cat);
}

int command_count_run(const invocation *call) {
    const cfg_arguments *given = call->options;
    strata_package_options options = common_options(given);
    if (call->argument_count > 1) return too_many(call, 1);
    options.total_only = !given->by_kind;
    return run_on(call, &options, argument(call, 0), strata_package_count);
}

int command_grep_run(const invocation *call) {
    const cfg_arguments *given = call->options;
    strata_package_options options = common_options(given);
    if (call->argument_count == 0) return usage_error(call, NULL, "missing required argument: QUERY");
    if (call->argument_count > 2) return too_many(call, 2);
    options.query = call->arguments[0];
    options.invert = given->invert;
    return run_on(call, &options, argument(call, 1), strata_package_grep);
}

static unsigned tree_fields(const cfg_arguments *given) {
    const struct {
        switch_state state;
        unsigned flag;
    } rows[] = {{given->name, STRATA_TREE_NAME},
                {given->image, STRATA_TREE_IMAGE},
                {given->command, STRATA_TREE_COMMAND},
                {given->args, STRATA_TREE_ARGS},
                {given->env, STRATA_TREE_ENV},
                {given->replicas, STRATA_TREE_REPLICAS},
                {given->resources, STRATA_TREE_RESOURCES},
                {given->ports, STRATA_TREE_PORTS}};
    unsigned fields = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].state == SWITCH_ON || (given->all && rows[i].state == SWITCH_NOT_GIVEN)) fields |= rows[i].flag;
    return fields;
}

static strata_tree_graph tree_graph(const char *name) {
    if (name && strcmp(name, "directory") == 0) return STRATA_TREE_GRAPH_DIRECTORY;
    return name && strcmp(name, "owners") == 0 ? STRATA_TREE_GRAPH_OWNERS : STRATA_TREE_GRAPH_UNSPECIFIED;
}

int command_tree_run(const invocation *call) {
    const cfg_arguments *given = call->options;
    strata_package_options options = common_options(given);
    if (call->argument_count > 1) return too_many(call, 1);
    options.graph = tree_graph(given->graph);
    options.fields = tree_fields(given);
    const char **paths = lists_split(&given->fields);
    if (!paths) return out_of_memory();
    options.field_paths = paths;
    const char *path = call->argument_count ? call->arguments[0] : ".";
    int status = run_on(call, &options, strcmp(path, "-") == 0 ? NULL : path, strata_package_tree);
    free(paths);
    return status;
}
