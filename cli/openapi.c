/* cli/openapi.c: the commands `openapi`. */
#include "commands.h"
#include "interrupt.h"
#include "messages.h"
#include "output.h"
#include "renderer.h"

#include "strata/strata.h"

#include <stdio.h>
#include <string.h>

int command_openapi_info_run(const invocation *call) {
    char line[128];
    (void)call;
    int size = snprintf(line, sizeof line, "%s\n", strata_openapi_info());
    return output_to_stdout(line, (size_t)size);
}

int command_openapi_fetch_run(const invocation *call) {
    const openapi_arguments *given = call->options;
    bool yaml = strcmp(given->format, "yaml") == 0;
    if (!yaml && strcmp(given->format, "json") != 0)
        return usage_error(call, NULL, "format must be either 'json' or 'yaml'");
    strata_renderer *renderer = NULL;
    strata_output *output = NULL;
    strata_error *error = strata_error_new();
    if (!error) return out_of_memory();
    int status = open_renderer(&renderer, call, &given->limits, error);
    interrupt_begin();
    if (!status && strata_openapi_fetch(&output, renderer, yaml ? STRATA_OPENAPI_YAML : STRATA_OPENAPI_JSON, error))
        status = failure_of(error);
    interrupt_end();
    if (!status) status = output_to_stdout(strata_output_data(output), strata_output_size(output));
    strata_output_free(output);
    strata_renderer_free(renderer);
    strata_error_free(error);
    return status;
}
