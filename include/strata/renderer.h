/*
 * strata/renderer.h: what builds may do, decided once.
 *
 * A renderer holds the options that many builds share. All doors are closed in the defaults: a build reads files in and
 * below its kustomizations' roots and nothing else, it starts no program and opens no connection. Each door is opened
 * by a field of its own.
 *
 *     strata_renderer_options options;
 *     strata_renderer_options_init(&options);
 *     options.load_restriction = STRATA_LOAD_ANYWHERE;
 *     strata_renderer *renderer;
 *     if (strata_renderer_new(&renderer, &options, error) != STRATA_OK) ...
 *     ... any number of strata_build_run(&result, renderer, path, error) (strata/build.h), from any number of threads
 *     strata_renderer_free(renderer);
 *
 * Threads: a renderer never changes what a build can see; builds may run in it at the same time. Only
 * strata_renderer_free must be the last call.
 */
#ifndef STRATA_RENDERER_H
#define STRATA_RENDERER_H

#include <stdbool.h>
#include <stddef.h>

#include "strata/allocator.h"
#include "strata/cancellation.h"
#include "strata/error.h"
#include "strata/export.h"
#include "strata/fetch.h"
#include "strata/filesystem.h"
#include "strata/limits.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_renderer strata_renderer;

typedef enum strata_load_restriction {
    STRATA_LOAD_ROOT_ONLY = 0, /* files lie in or below the root of the kustomization that names them */
    STRATA_LOAD_ANYWHERE = 1   /* files may lie anywhere (still inside `root`, when that is set) */
} strata_load_restriction;

typedef enum strata_reorder {
    STRATA_REORDER_UNSPECIFIED = 0, /* as the kustomization's sortOptions say, without them as LEGACY */
    STRATA_REORDER_NONE = 1,        /* the same, without them in order of appearance */
    STRATA_REORDER_LEGACY = 2       /* the same, without them by kind: Namespaces first, webhooks last */
} strata_reorder;

/* Called for each warning of a build, on the thread that runs it; `warning` is valid during the call only. */
typedef void (*strata_warning_function)(const strata_error *warning, void *user);

/* Called with what functions and plugins print on their standard error, on the thread that runs the build. */
typedef void (*strata_log_function)(const char *data, size_t size, void *user);

typedef struct strata_renderer_options {
    size_t size; /* sizeof(strata_renderer_options), set by strata_renderer_options_init */

    /* Memory and limits. */
    const strata_allocator *allocator; /* NULL: the C library's */
    const strata_limits *limits;       /* NULL: the defaults */

    /* Files. */
    const strata_filesystem *filesystem; /* NULL: the disk; else it must outlive the renderer */
    const char *working_directory;       /* what relative paths start from; NULL: the process's own on
                                            the disk, else "/" */
    const char *root;                    /* nothing outside this directory is ever read; NULL: no such jail */
    strata_load_restriction load_restriction;

    /* Remote sources. */
    bool fetch_enable;                   /* git repositories and http(s) URLs may be fetched */
    const strata_fetch_functions *fetch; /* who fetches in place of the library (strata/fetch.h); NULL: nobody */

    /* Programs in general. */
    const char *const *environment; /* NULL-terminated "NAME=value": all that git, helm and functions inherit.
                                       NULL: nothing but a plain PATH */

    /* Helm charts. */
    bool helm_enable;
    bool helm_debug;
    const char *helm_command;             /* NULL: "helm", found by the PATH of `environment` */
    const char *helm_kube_version;        /* NULL: what helm assumes */
    const char *const *helm_api_versions; /* NULL-terminated; NULL: none */

    /* Functions and plugins. */
    bool plugins_enable;                     /* generators, transformers and validators that are not built in */
    bool exec_enable;                        /* functions that are executables; needs plugins_enable */
    bool function_network;                   /* container functions that ask for a network get the host's */
    bool function_as_current_user;           /* containers run with the user and group of this process, not as nobody */
    const char *const *function_mounts;      /* NULL-terminated "type=bind,src=...,dst=..."; NULL: none */
    const char *const *function_environment; /* NULL-terminated "NAME=value" or "NAME"; NULL: none */

    /* Output. */
    strata_reorder reorder;
    bool managed_by_label; /* adds app.kubernetes.io/managed-by: kustomize-<version> */

    /* Warnings. */
    bool strict; /* the first warning fails the build */
    strata_warning_function warning;
    void *warning_user;

    /* What programs say. */
    strata_log_function log; /* NULL: dropped, but for the last line of a program that failed */
    void *log_user;

    /* Speed. */
    size_t cache_size; /* bytes of parsed resource files that are kept for later builds; files are read again each time,
                          and what is the same need not be parsed. 0: none */
    size_t jobs;       /* how many threads one build may use, the caller's among them: large builds read and parse their
                          files on them; the result and the first error are the same for each number. The allocator and
                          the filesystem are then called from them, callbacks never. 0 and 1: no threads */

    /* An early end. */
    strata_cancellation *cancellation; /* ends whatever is done with this renderer, edits and packages too; it must
                                          outlive the renderer. NULL: each build has its own or none */
} strata_renderer_options;

/* Fills in the closed defaults; the second for callers that can't call inline functions. NULL is fine. Any thread. */
STRATA_API void strata_renderer_options_init_size(strata_renderer_options *out, size_t size);
static inline void strata_renderer_options_init(strata_renderer_options *out) {
    strata_renderer_options_init_size(out, sizeof *out);
}

/*
 * A renderer with these options, which are copied with all their strings; the filesystem and the allocator's context
 * are not. NULL as `options` means the defaults.
 * *out is the caller's (strata_renderer_free); it is NULL after a failure.
 * Fails with STRATA_NO_MEMORY; with STRATA_USAGE when `out` is NULL, `size` is not what _init wrote, or an enumeration
 * has no such value; with STRATA_NOT_FOUND or STRATA_IO when `root` or the working directory can't be resolved.
 * `error` may be NULL.
 */
STRATA_API strata_status strata_renderer_new(strata_renderer **out, const strata_renderer_options *options,
                                             strata_error *error);

/* Frees it; no build may be running in it. Results outlive their renderer. NULL is fine. */
STRATA_API void strata_renderer_free(strata_renderer *renderer);

#ifdef __cplusplus
}
#endif
#endif
