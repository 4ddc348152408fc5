/*
 * strata/build.h: renders one target.
 *
 * A build reads a kustomization and all that it names, and ends in a result (strata/result.h) or in an error; nothing
 * is written anywhere by it.
 */
#ifndef STRATA_BUILD_H
#define STRATA_BUILD_H

#include "strata/error.h"
#include "strata/export.h"
#include "strata/renderer.h"
#include "strata/result.h"
#include "strata/status.h"

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

#ifdef __cplusplus
}
#endif
#endif
