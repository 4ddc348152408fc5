/*
 * strata/localize.h: copies a kustomization with all that it names into a new directory, as `kustomize localize` does.
 *
 * What the kustomization fetches is in the copy, below directories named localized-files, so the copy builds without a
 * network. Kustomization files of the copy name the copies; their comments are gone and their fields sorted.
 */
#ifndef STRATA_LOCALIZE_H
#define STRATA_LOCALIZE_H

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

typedef struct strata_localize_options {
    size_t size;        /* sizeof(strata_localize_options), set by strata_localize_options_init */
    const char *target; /* a directory or a repository's URL with its ref; NULL: the working directory */
    const char *scope;  /* a directory around a local target that local bases must lie in; NULL: the target */
    const char
        *destination; /* must not be there, its parent must; NULL: localized-<target>, in the working directory */
    bool verify;      /* builds target and copy, and compares */
} strata_localize_options;

/* Fills in the defaults; the second for callers that can't call inline functions. NULL is fine. Any thread. */
STRATA_API void strata_localize_options_init_size(strata_localize_options *out, size_t size);
static inline void strata_localize_options_init(strata_localize_options *out) {
    strata_localize_options_init_size(out, sizeof *out);
}

/*
 * Copies. Nothing is written unless all could be read. With `verify` a build that fails, or comes out otherwise, fails
 * the call, and the copy stays. Repositories and URLs need the renderer's fetch_enable.
 * *out is the caller's (strata_output_free): the absolute path of the new directory; NULL after a failure.
 * Fails with the failures of reading and building; with STRATA_CONFLICT when the destination is there or the builds
 * differ; with STRATA_REFUSED for a root outside the scope or a repository without a ref; with STRATA_IO when the copy
 * can't be written; and with STRATA_USAGE when `out` or `renderer` is NULL or `size` is not what _init wrote. NULL as
 * `options` means the defaults, `error` may be NULL. Any thread.
 */
STRATA_API strata_status strata_localize_run(strata_output **out, const strata_renderer *renderer,
                                             const strata_localize_options *options, strata_error *error);

#ifdef __cplusplus
}
#endif
#endif
