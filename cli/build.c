/*
 * cli/build.c: the command `build`. It opens the doors that kustomize has open or that the options name, builds, and
 * writes only after the build has succeeded.
 */
#include "commands.h"
#include "messages.h"
#include "output.h"

#include "strata/strata.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static void on_warning(const strata_error *warning, void *user) {
    (void)user;
    warning_of(warning);
}

/* What functions print goes to the terminal as they print it, as kustomize lets it. */
static void on_log(const char *data, size_t size, void *user) {
    (void)user;
    fwrite(data, 1, size, stderr);
}

static bool choose_restriction(const char *name, strata_load_restriction *out) {
    *out = strcmp(name, "LoadRestrictionsNone") == 0 ? STRATA_LOAD_ANYWHERE : STRATA_LOAD_ROOT_ONLY;
    return *out == STRATA_LOAD_ANYWHERE || strcmp(name, "LoadRestrictionsRootOnly") == 0 || *name == '\0';
}

static bool choose_order(const char *name, strata_reorder *out) {
    *out = STRATA_REORDER_UNSPECIFIED;
    if (!name) return true;
    *out = strcmp(name, "legacy") == 0 ? STRATA_REORDER_LEGACY : STRATA_REORDER_NONE;
    return *out == STRATA_REORDER_LEGACY || strcmp(name, "none") == 0;
}

/* The options of the command as the library's. 0, or the status of a usage error. */
static int fill_options(const invocation *call, strata_renderer_options *out) {
    const build_arguments *given = call->options;
    const char *label = getenv("KUSTOMIZE_ENABLE_MANAGEDBY_LABEL");
    strata_renderer_options_init(out);
    if (call->argument_count > 1)
        return usage_error(call, NULL, "specify one path to kustomization.yaml, not %zu", call->argument_count);
    if (!choose_restriction(given->load_restrictor, &out->load_restriction))
        return usage_error(call, NULL,
                           "illegal flag value --load-restrictor %s; legal values: [LoadRestrictionsRootOnly "
                           "LoadRestrictionsNone]",
                           given->load_restrictor);
    if (!choose_order(given->reorder, &out->reorder))
        return usage_error(call, NULL, "illegal flag value --reorder %s; legal values: [legacy none]", given->reorder);
    out->root = given->root && *given->root ? given->root : NULL;
    out->fetch_enable = !out->root; /* what comes from elsewhere lies outside of every directory */
    out->environment = (const char *const *)environ;
    out->helm_enable = given->enable_helm || given->enable_alpha_plugins;
    out->helm_debug = given->helm_debug;
    out->helm_command = given->helm_command;
    out->helm_kube_version = given->helm_kube_version;
    out->helm_api_versions = given->helm_api_versions.items;
    out->plugins_enable = given->enable_alpha_plugins;
    out->exec_enable = given->enable_exec;
    out->function_network = given->network;
    out->function_as_current_user = given->as_current_user;
    out->function_mounts = given->mounts.items;
    out->function_environment = given->env.items;
    out->managed_by_label = given->enable_managedby_label || (label && strcmp(label, "on") == 0);
    out->strict = given->strict;
    out->warning = on_warning;
    out->log = on_log;
    return 0;
}

static int write_result(const build_arguments *given, strata_result *result, strata_error *error) {
    const char *path = given->output && *given->output ? given->output : NULL;
    const char *data;
    size_t size;
    if (path && output_is_directory(path))
        return strata_result_write_directory(result, path, error) ? failure_of(error) : EXIT_FINE;
    if (strata_result_stream(&data, &size, result, error)) return failure_of(error);
    return path ? output_to_file(path, data, size) : output_to_stdout(data, size);
}

int command_build_run(const invocation *call) {
    strata_renderer_options options;
    int status = fill_options(call, &options);
    if (status) return status;
    strata_renderer *renderer = NULL;
    strata_result *result = NULL;
    strata_error *error = strata_error_new();
    if (!error) return out_of_memory();
    const char *target = call->argument_count ? call->arguments[0] : ".";
    if (strata_renderer_new(&renderer, &options, error) || strata_build_run(&result, renderer, target, error))
        status = failure_of(error);
    else
        status = write_result(call->options, result, error);
    strata_result_free(result);
    strata_renderer_free(renderer);
    strata_error_free(error);
    return status;
}
