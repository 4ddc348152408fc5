/*
 * build/api.h: the insides of the public objects, and helpers that their functions share.
 */
#ifndef BUILD_API_H
#define BUILD_API_H

#include "build/build.h"
#include "core/error.h"
#include "strata/strata.h"

struct strata_filesystem {
    filesystem files;
    arena memory; /* of a tree in memory */
};

struct strata_renderer {
    allocator from;
    limits limits;
    arena memory; /* the copied strings of the options */
    build_options options;
    bool strict;
    strata_warning_function warning;
    void *warning_user;
};

struct strata_result {
    allocator from;
    limits limits;
    arena memory;
    origin_table origins;
    input_log inputs;
    resource_set set;
    buffer stream;
    bool has_stream;
};

/* A failed call without a build: fills in `error`, which may be NULL, and returns the diagnostic's status. */
strata_status api_fail(strata_error *error, diagnostic code, const char *message);

/* api_functions.c: what functions and plugins may do, copied out of the renderer's options. */
strata_status api_function_options(scope *sc, const strata_renderer_options *given, function_options *out);

/* api_helm.c: the same for Helm charts. */
strata_status api_helm_options(scope *sc, const strata_renderer_options *given, helm_options *out);

/* The scope for further work on a result, with `error` (which may be NULL) to describe failures. */
scope api_result_scope(strata_result *result, strata_error *error);

#endif
