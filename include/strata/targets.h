/*
 * strata/targets.h: which directories of a tree are there to be built.
 *
 *     strata_targets *targets;
 *     if (strata_targets_find(&targets, renderer, "clusters", error) == STRATA_OK)
 *         for (size_t i = 0; i < strata_targets_count(targets); i++)
 *             ... strata_build_run(&result, renderer, strata_targets_path(targets, i), error)
 *     strata_targets_free(targets);
 *
 * Threads: the list is only read once it has been made.
 */
#ifndef STRATA_TARGETS_H
#define STRATA_TARGETS_H

#include <stddef.h>

#include "strata/error.h"
#include "strata/export.h"
#include "strata/renderer.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_targets strata_targets;

/*
 * Finds the targets in and below `directory` (absolute, or relative to the renderer's working directory): each
 * directory with a kustomization file, except for Components, which mean nothing on their own, and for directories that
 * a kustomization of the tree names under generators, transformers or validators, which hold configuration and no
 * resources. A directory whose kustomization file can't be read is a target: building it says why. Symbolic links to
 * directories and directories whose name begins with a dot are not entered.
 * *out is the caller's (strata_targets_free); it is NULL after a failure. `error` may be NULL.
 * Fails when `directory` can't be entered, with STRATA_REFUSED when it lies outside the renderer's root, with
 * STRATA_NO_MEMORY, and with STRATA_USAGE for a NULL argument. Any thread.
 */
STRATA_API strata_status strata_targets_find(strata_targets **out, const strata_renderer *renderer,
                                             const char *directory, strata_error *error);

/* How many there are; 0 for NULL. */
STRATA_API size_t strata_targets_count(const strata_targets *targets);
/* Target `index`, in byte order of the paths: `directory` with the way from there; "" when there is none. */
STRATA_API const char *strata_targets_path(const strata_targets *targets, size_t index);
/* The way from `directory` to it alone; "." is `directory` itself. */
STRATA_API const char *strata_targets_relative(const strata_targets *targets, size_t index);

/* Frees the list. NULL is fine. */
STRATA_API void strata_targets_free(strata_targets *targets);

#ifdef __cplusplus
}
#endif
#endif
