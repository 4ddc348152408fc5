/* cli/localize.c: the command `localize`. It says on standard error what it did, as kustomize does. */
#include "commands.h"
#include "interrupt.h"
#include "messages.h"
#include "renderer.h"

#include "strata/strata.h"

static void report(const strata_localize_options *options, const strata_output *output) {
    const char *target = options->target ? options->target : ".", *place = strata_output_data(output);
    if (options->verify)
        message_plain("VERIFICATION SUCCESS: `kustomize build` for %s and %s are the same after localization.", target,
                      place);
    message_plain("SUCCESS: localized \"%s\" to directory %s", target, place);
}

int command_localize_run(const invocation *call) {
    const localize_arguments *given = call->options;
    strata_localize_options options;
    strata_renderer *renderer = NULL;
    strata_output *output = NULL;
    if (call->argument_count > 2)
        return usage_error(call, NULL, "accepts at most 2 arg(s), received %zu", call->argument_count);
    strata_localize_options_init(&options);
    options.target = call->argument_count > 0 ? call->arguments[0] : NULL;
    options.destination = call->argument_count > 1 ? call->arguments[1] : NULL;
    options.scope = given->scope;
    options.verify = !given->no_verify;
    strata_error *error = strata_error_new();
    if (!error) return out_of_memory();
    int status = open_renderer(&renderer, call, &given->limits, error);
    interrupt_begin();
    if (!status && strata_localize_run(&output, renderer, &options, error)) status = failure_of(error);
    interrupt_end();
    if (!status) report(&options, output);
    strata_output_free(output);
    strata_renderer_free(renderer);
    strata_error_free(error);
    return status;
}
