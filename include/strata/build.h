/*
 * strata/build.h: renders one target.
 *
 * A build reads a kustomization and all that it names, and ends in a result (strata/result.h) or in an error; nothing
 * is written anywhere by it.
 */
#ifndef STRATA_BUILD_H
#define STRATA_BUILD_H

#include "strata/cancellation.h"
#include "strata/error.h"
#include "strata/export.h"
#include "strata/filter.h"
#include "strata/overrides.h"
#include "strata/progress.h"
#include "strata/renderer.h"
#include "strata/result.h"
#include "strata/status.h"
#include "strata/visitor.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Builds `target`, as `kustomize build TARGET` does: a directory with a kustomization file, absolute or relative to the
 * renderer's working directory, or the URL of a repository.
 * *out is the caller's (strata_result_free); it is NULL after a failure. The renderer is not changed and may be shared.
 * Fails with any status, described in `error`, which may be NULL; with STRATA_USAGE when `out`, `renderer` or `target`
 * is NULL. Any thread; builds do not wait for each other.
 */
STRATA_API strata_status strata_build_run(strata_result **out, const strata_renderer *renderer, const char *target,
                                          strata_error *error);

/* What one build is asked for beside its target. */
typedef struct strata_build_options {
    size_t size; /* sizeof(strata_build_options), set by strata_build_options_init */

    const strata_overrides *overrides; /* changes to the target's kustomization (strata/overrides.h); NULL: none */

    strata_filter_function filter; /* changes files before they are parsed (strata/filter.h); NULL: none */
    void *filter_user;
    strata_visitor_function visitor; /* sees the finished resources (strata/visitor.h); NULL: none */
    void *visitor_user;
    strata_progress_function progress; /* is told what the build does (strata/progress.h); NULL: nobody */
    void *progress_user;

    strata_cancellation *cancellation; /* ends the build from elsewhere (strata/cancellation.h); NULL: nobody does */
} strata_build_options;

/* Fills in a plain build; the second for callers that can't call inline functions. NULL is fine. Any thread. */
STRATA_API void strata_build_options_init_size(strata_build_options *out, size_t size);
static inline void strata_build_options_init(strata_build_options *out) {
    strata_build_options_init_size(out, sizeof *out);
}

/*
 * strata_build_run with options; NULL means those that strata_build_options_init fills in. Nothing of them is needed
 * after the call. Fails with STRATA_USAGE also when `size` is not what _init wrote.
 */
STRATA_API strata_status strata_build_run_with(strata_result **out, const strata_renderer *renderer, const char *target,
                                               const strata_build_options *options, strata_error *error);

/* The kind of the builtin generator or transformer with number `index`, in their order; NULL when there is none. Any
 * thread. */
STRATA_API const char *strata_builtin_plugin(size_t index);

#ifdef __cplusplus
}
#endif
#endif
