/*
 * strata/functions.h: runs functions over a directory of resources, as `kustomize fn run` does.
 *
 * Functions are programs or containers that get resources as a ResourceList on their standard input and print what they
 * make of them. They are declared by resources of the directory itself (annotation config.kubernetes.io/function), by
 * those of other directories, or by the options. What the renderer's options say of functions holds: containers need
 * docker or podman, executables need exec_enable.
 *
 *     strata_functions_options options;
 *     strata_functions_options_init(&options);
 *     options.path = "clusters/eu";
 *     strata_output *output;
 *     if (strata_functions_run(&output, renderer, &options, error) != STRATA_OK) ...
 *     strata_output_free(output);
 */
#ifndef STRATA_FUNCTIONS_H
#define STRATA_FUNCTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "strata/error.h"
#include "strata/export.h"
#include "strata/output.h"
#include "strata/renderer.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_functions_options {
    size_t size;       /* sizeof(strata_functions_options), set by strata_functions_options_init */
    const char *path;  /* a directory or file on the disk, which is changed; NULL: `input` */
    const char *input; /* a stream of resources, which comes out in the output */
    size_t input_size;
    bool dry_run;                      /* changes no file: the resources come out in the output */
    bool global_scope;                 /* a function in a directory sees all resources, not only those below it */
    bool log_steps;                    /* tells the renderer's log which function runs */
    const char *const *function_paths; /* NULL-terminated directories with functions; NULL: none */
    const char *image;                 /* one function by its image; NULL: none */
    const char *exec_path;             /* one by its executable; NULL: none */
    const char *const *arguments;      /* NULL-terminated, for that one: maybe its kind, then "key=value" */
    const char *results_directory;     /* gets results-0.yaml and so on; NULL: results are dropped */
} strata_functions_options;

/* Fills in the defaults; the second for callers that can't call inline functions. NULL is fine. Any thread. */
STRATA_API void strata_functions_options_init_size(strata_functions_options *out, size_t size);
static inline void strata_functions_options_init(strata_functions_options *out) {
    strata_functions_options_init_size(out, sizeof *out);
}

/*
 * Runs the functions, those in deeper directories first. Nothing is written before all have succeeded; each file is
 * then replaced whole, files whose resources are gone are removed, and without any function nothing changes.
 * *out is the caller's (strata_output_free): the resources with `input` or dry_run, else empty; NULL after a failure.
 * Fails with STRATA_NOT_FOUND when there is nothing at the path or no such program, with STRATA_COMMAND when a function
 * fails, with STRATA_REFUSED for a network without the renderer's function_network, with STRATA_INVALID for what is no
 * resource or may not be written, with the failures of reading and writing, and with STRATA_USAGE when an argument but
 * `error` is NULL or `size` is not what _init wrote. Any thread, but for two calls on one directory.
 */
STRATA_API strata_status strata_functions_run(strata_output **out, const strata_renderer *renderer,
                                              const strata_functions_options *options, strata_error *error);

#ifdef __cplusplus
}
#endif
#endif
