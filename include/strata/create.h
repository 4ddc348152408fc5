/*
 * strata/create.h: the text of a new kustomization, as `kustomize create` makes it.
 *
 * The library looks at the directory and makes the text; writing it to kustomization.yaml is the caller's.
 */
#ifndef STRATA_CREATE_H
#define STRATA_CREATE_H

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

typedef struct strata_create_options {
    size_t size;                  /* sizeof(strata_create_options), set by strata_create_options_init */
    const char *const *resources; /* NULL-terminated: files, directories, patterns of them, URLs of repositories */
    bool autodetect;              /* adds every file of the directory that holds resources */
    bool recursive;               /* in the directories below, too; one with a kustomization counts as a whole */
    const char *name_space;       /* this and the others: NULL for none */
    const char *name_prefix;
    const char *name_suffix;
    const char *const *labels;      /* NULL-terminated "key:value", "key" or "key:\"value\"" */
    const char *const *annotations; /* the same */
} strata_create_options;

/* Fills in nothing to add; the second for callers that can't call inline functions. NULL is fine. Any thread. */
STRATA_API void strata_create_options_init_size(strata_create_options *out, size_t size);
static inline void strata_create_options_init(strata_create_options *out) {
    strata_create_options_init_size(out, sizeof *out);
}

/*
 * The text of a kustomization for the renderer's working directory. NULL as `options` means the defaults. Entries of
 * `resources` that match no file must be directories or repositories, which are cloned to see whether they are there:
 * that needs the renderer's fetch_enable.
 * *out is the caller's (strata_output_free); it is NULL after a failure.
 * Fails with STRATA_CONFLICT when the directory has a kustomization file; with STRATA_INVALID for a malformed pair or
 * pattern; with the failures of reading (STRATA_NOT_FOUND, STRATA_IO ...), and with STRATA_USAGE when `out` or
 * `renderer` is NULL or `size` is not what _init wrote. `error` may be NULL. Any thread.
 */
STRATA_API strata_status strata_create_run(strata_output **out, const strata_renderer *renderer,
                                           const strata_create_options *options, strata_error *error);

#ifdef __cplusplus
}
#endif
#endif
