/* cli/create.c: the command `create`: the library makes the text, this writes it. */
#include "commands.h"
#include "interrupt.h"
#include "lists.h"
#include "messages.h"
#include "output.h"
#include "renderer.h"

#include "strata/strata.h"

#include <stdlib.h>

static int write_file(const invocation *call, const strata_create_options *options) {
    const create_arguments *given = call->options;
    strata_renderer *renderer = NULL;
    strata_output *output = NULL;
    strata_error *error = strata_error_new();
    if (!error) return out_of_memory();
    int status = open_renderer(&renderer, call, &given->limits, error);
    interrupt_begin();
    if (!status && strata_create_run(&output, renderer, options, error)) status = failure_of(error);
    interrupt_end();
    if (!status) status = output_to_file("kustomization.yaml", strata_output_data(output), strata_output_size(output));
    strata_output_free(output);
    strata_renderer_free(renderer);
    strata_error_free(error);
    return status;
}

int command_create_run(const invocation *call) {
    const create_arguments *given = call->options;
    strata_create_options options;
    strata_create_options_init(&options);
    const char **resources = list_split(given->resources);
    const char **labels = list_split(given->labels);
    const char **annotations = list_split(given->annotations);
    options.resources = resources;
    options.labels = labels;
    options.annotations = annotations;
    options.autodetect = given->autodetect;
    options.recursive = given->recursive;
    options.name_space = given->name_space;
    options.name_prefix = given->name_prefix;
    options.name_suffix = given->name_suffix;
    int status = resources && labels && annotations ? write_file(call, &options) : out_of_memory();
    free(resources);
    free(labels);
    free(annotations);
    return status;
}
