/*
 * strata/cancellation.h: ends a build, or other work of a renderer, from another thread or from a signal handler.
 *
 *     strata_cancellation *stop = strata_cancellation_new();
 *     strata_build_options_init(&options);
 *     options.cancellation = stop;
 *     ... strata_build_run_with(&result, renderer, path, &options, error), and meanwhile, elsewhere:
 *     strata_cancellation_request(stop);
 *
 * The build then ends soon with STRATA_CANCELLED: what it started (git, helm, functions) is killed, and what it cloned
 * is removed first. One object may be given to any number of builds, or to a renderer, in its options: then it ends
 * its builds, edits, and the calls of strata/package.h, functions.h, localize.h and create.h. What is asked of a result
 * goes on: its build is done.
 */
#ifndef STRATA_CANCELLATION_H
#define STRATA_CANCELLATION_H

#include "strata/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_cancellation strata_cancellation;

/* The caller's (strata_cancellation_free); NULL when memory is out. */
STRATA_API strata_cancellation *strata_cancellation_new(void);
/* No build and no renderer may have it any more. NULL is fine. */
STRATA_API void strata_cancellation_free(strata_cancellation *cancellation);

/* Cancels what has it, now and later. Any thread, any number of times, also from a signal handler. */
STRATA_API void strata_cancellation_request(strata_cancellation *cancellation);

#ifdef __cplusplus
}
#endif
#endif
