/* cli/fn.c: the command `fn run`. */
#include "commands.h"
#include "input.h"
#include "interrupt.h"
#include "limits.h"
#include "lists.h"
#include "messages.h"
#include "output.h"
#include "renderer.h"

#include "strata/strata.h"

#include <stdlib.h>

static bool is_given(const char *text) { return text && *text; }

static int run(const invocation *call, const strata_functions_options *options) {
    const fn_arguments *given = call->options;
    strata_renderer_options doors;
    strata_limits limits;
    strata_renderer *renderer = NULL;
    strata_output *output = NULL;
    int status = limits_read(call, &given->limits, &limits);
    if (status) return status;
    strata_error *error = strata_error_new();
    if (!error) return out_of_memory();
    fill_renderer_options(&doors);
    doors.limits = &limits;
    doors.plugins_enable = true;
    doors.exec_enable = given->enable_exec;
    doors.function_network = given->network;
    doors.function_as_current_user = given->as_current_user;
    doors.function_mounts = given->mounts.items;
    doors.function_environment = given->env.items;
    interrupt_begin();
    if (strata_renderer_new(&renderer, &doors, error) || strata_functions_run(&output, renderer, options, error))
        status = failure_of(error);
    interrupt_end();
    if (!status) status = output_to_stdout(strata_output_data(output), strata_output_size(output));
    strata_output_free(output);
    strata_renderer_free(renderer);
    strata_error_free(error);
    return status;
}

/* Wrong usage, in kustomize's words; 0 when there is none. */
static int check_usage(const invocation *call, size_t own_arguments) {
    const fn_arguments *given = call->options;
    bool has_executable = is_given(given->exec_path);
    if (has_executable && !given->enable_exec)
        return usage_error(call, NULL, "must specify --enable-exec with --exec-path");
    if (call->dash != SIZE_MAX && !is_given(given->image) && !has_executable)
        return usage_error(call, NULL, "must specify --image");
    if (own_arguments > 1)
        return usage_error(call, NULL, "0 or 1 arguments supported, function arguments go after '--'");
    return EXIT_FINE;
}

int command_fn_run_run(const invocation *call) {
    const fn_arguments *given = call->options;
    size_t own_arguments = call->dash < call->argument_count ? call->dash : call->argument_count;
    strata_functions_options options;
    int status = check_usage(call, own_arguments);
    if (status) return status;
    strata_functions_options_init(&options);
    options.path = own_arguments ? call->arguments[0] : NULL;
    options.dry_run = given->dry_run;
    options.global_scope = given->global_scope;
    options.log_steps = given->log_steps;
    options.image = given->image;
    options.exec_path = given->exec_path;
    options.results_directory = given->results_directory;
    options.arguments = call->arguments ? call->arguments + own_arguments : NULL;
    const char **paths = lists_split(&given->function_paths);
    if (!paths) return out_of_memory();
    options.function_paths = paths;
    char *input = NULL;
    if (!options.path) status = input_read(&input, &options.input_size);
    options.input = input;
    if (!status) status = run(call, &options);
    free(input);
    free(paths);
    return status;
}
