/*
 * cli/build.c: the command `build`. It opens the doors that kustomize has open or that the options name, builds, and
 * writes only after the build has succeeded. Several targets are left to many.c.
 */
#include "commands.h"
#include "interrupt.h"
#include "limits.h"
#include "many.h"
#include "messages.h"
#include "output.h"
#include "renderer.h"

#include "strata/strata.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MOST_JOBS = 256,
    CACHE_SIZE = 64 << 20 /* for parsed files that several targets name: the bases of most repositories fit */
};

/* What the file of each target is called when there are several. */
#define FILE_OF_TARGET "manifests.yaml"

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
static int fill_options(const invocation *call, size_t jobs, strata_limits *limits, strata_renderer_options *out) {
    const build_arguments *given = call->options;
    const char *label = getenv("KUSTOMIZE_ENABLE_MANAGEDBY_LABEL");
    fill_renderer_options(out);
    if (call->argument_count > 1 && call->as_kustomize)
        return usage_error(call, NULL, "specify one path to kustomization.yaml, not %zu", call->argument_count);
    if (!choose_restriction(given->load_restrictor, &out->load_restriction))
        return usage_error(call, NULL,
                           "illegal flag value --load-restrictor %s; legal values: [LoadRestrictionsRootOnly "
                           "LoadRestrictionsNone]",
                           given->load_restrictor);
    if (!choose_order(given->reorder, &out->reorder))
        return usage_error(call, NULL, "illegal flag value --reorder %s; legal values: [legacy none]", given->reorder);
    out->limits = limits;
    int status = limits_read(call, &given->limits, limits);
    if (status) return status;
    out->root = given->root && *given->root ? given->root : NULL;
    out->fetch_enable = !out->root; /* what comes from elsewhere lies outside of every directory */
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
    /* Threads either build targets or read for one. */
    bool several = given->recursive || call->argument_count > 1;
    out->cache_size = several ? CACHE_SIZE : 0;
    out->jobs = several ? 1 : jobs;
    return 0;
}

static int write_result(const build_arguments *given, strata_result *result, strata_error *error) {
    const char *path = given->output && *given->output ? given->output : NULL;
    const char *data;
    size_t size;
    if (path && output_is_directory(path)) {
        interrupt_begin(); /* no signal leaves a temporary file */
        int status = strata_result_write_directory(result, path, error) ? failure_of(error) : EXIT_FINE;
        interrupt_end();
        return status;
    }
    if (strata_result_stream(&data, &size, result, error)) return failure_of(error);
    return path ? output_to_file(path, data, size) : output_to_stdout(data, size);
}

/* --- several targets --------------------------------------------------------------------------------------------- */

/* How many processors this process may use. */
static size_t processor_count(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) return (size_t)CPU_COUNT(&set);
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (size_t)online : 1;
}

/* The number of --jobs; 0 for what is none. */
static size_t read_jobs(const char *given) {
    char *end;
    if (!given) return processor_count();
    unsigned long jobs = *given >= '1' && *given <= '9' ? strtoul(given, &end, 10) : 0;
    return jobs && *end == '\0' && jobs <= MOST_JOBS ? jobs : 0;
}

/* Removes "." and ".." from a path by its text; NULL, with no message, when it leads out of where it starts. */
static char *inside_path(const char *path) {
    char *out = malloc(strlen(path) + 1);
    size_t size = 0;
    bool inside = out && *path != '/';
    while (inside && *path) {
        size_t length = strcspn(path, "/");
        if (length == 2 && memcmp(path, "..", 2) == 0) {
            inside = size > 0;
            while (size > 0 && out[--size] != '/')
                continue;
        } else if (length && !(length == 1 && *path == '.')) {
            if (size) out[size++] = '/';
            memcpy(out + size, path, length);
            size += length;
        }
        path += length + (path[length] == '/');
    }
    if (inside) {
        out[size] = '\0';
        return out;
    }
    free(out);
    return NULL;
}

/* The file of a target below the output directory. */
static char *place_of(const char *relative) {
    char *inside = inside_path(relative), *place = NULL;
    if (inside && asprintf(&place, "%s%s" FILE_OF_TARGET, inside, *inside ? "/" : "") < 0) place = NULL;
    free(inside);
    return place;
}

/* Builds a list that came from calloc (or didn't), and frees it. */
static int build_list(const invocation *call, const strata_renderer *renderer, many_target *targets, size_t count,
                      size_t jobs) {
    const build_arguments *given = call->options;
    if (!targets) return out_of_memory();
    int status = many_build(renderer, targets, count, jobs, given->output && *given->output ? given->output : NULL);
    for (size_t i = 0; i < count; i++)
        free(targets[i].place);
    free(targets);
    return status;
}

static int build_recursive(const invocation *call, const strata_renderer *renderer, size_t jobs, strata_error *error) {
    strata_targets *found;
    const char *directory = call->argument_count ? call->arguments[0] : ".";
    interrupt_begin();
    strata_status looked = strata_targets_find(&found, renderer, directory, error);
    interrupt_end();
    if (looked) return failure_of(error);
    size_t count = strata_targets_count(found);
    int status = EXIT_FAILED;
    if (count == 0) {
        failure("there is no kustomization to build in or below %s", directory);
    } else {
        many_target *targets = calloc(count, sizeof *targets);
        for (size_t i = 0; targets && i < count; i++)
            targets[i] = (many_target){strata_targets_path(found, i), place_of(strata_targets_relative(found, i))};
        status = build_list(call, renderer, targets, count, jobs);
    }
    strata_targets_free(found);
    return status;
}

static int build_named(const invocation *call, const strata_renderer *renderer, size_t jobs) {
    size_t count = call->argument_count;
    many_target *targets = calloc(count, sizeof *targets);
    for (size_t i = 0; targets && i < count; i++) {
        const char *path = call->arguments[i];
        /* A repository has no place in a tree of directories, whatever its URL looks like. */
        targets[i] = (many_target){path, output_is_directory(path) ? place_of(path) : NULL};
    }
    return build_list(call, renderer, targets, count, jobs);
}

/* --- the command ------------------------------------------------------------------------------------------------- */

static int build_single(const invocation *call, const strata_renderer *renderer, strata_error *error) {
    strata_result *result = NULL;
    const char *target = call->argument_count ? call->arguments[0] : ".";
    interrupt_begin();
    int status = strata_build_run(&result, renderer, target, error) ? failure_of(error) : EXIT_FINE;
    interrupt_end();
    if (status == EXIT_FINE) status = write_result(call->options, result, error);
    strata_result_free(result);
    return status;
}

int command_build_run(const invocation *call) {
    const build_arguments *given = call->options;
    strata_renderer_options options;
    strata_limits limits;
    size_t jobs = read_jobs(given->jobs);
    int status = fill_options(call, jobs, &limits, &options);
    if (status) return status;
    if (jobs == 0) return usage_error(call, NULL, "--jobs needs a number from 1 to %d, not %s", MOST_JOBS, given->jobs);
    if (given->recursive && call->argument_count > 1)
        return usage_error(call, NULL, "--recursive searches one directory, not %zu", call->argument_count);
    strata_renderer *renderer = NULL;
    strata_error *error = strata_error_new();
    if (!error) return out_of_memory();
    if (strata_renderer_new(&renderer, &options, error))
        status = failure_of(error);
    else if (given->recursive)
        status = build_recursive(call, renderer, jobs, error);
    else if (call->argument_count > 1)
        status = build_named(call, renderer, jobs);
    else
        status = build_single(call, renderer, error);
    strata_renderer_free(renderer);
    strata_error_free(error);
    return status;
}
