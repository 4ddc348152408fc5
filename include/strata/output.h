/*
 * strata/output.h: a text that a call made: a new kustomization file, resources that were looked for, a tree of them.
 *
 *     strata_output *output;
 *     if (strata_create_run(&output, renderer, NULL, error) == STRATA_OK)
 *         fwrite(strata_output_data(output), 1, strata_output_size(output), stdout);
 *     strata_output_free(output);
 *
 * Threads: an output never changes; any number of threads may read it.
 */
#ifndef STRATA_OUTPUT_H
#define STRATA_OUTPUT_H

#include <stddef.h>

#include "strata/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_output strata_output;

/* The text, which belongs to the output and is followed by a NUL that isn't counted; "" for NULL. */
STRATA_API const char *strata_output_data(const strata_output *output);
/* How many bytes it has; 0 for NULL. */
STRATA_API size_t strata_output_size(const strata_output *output);
/* Frees it with its text. NULL is fine. */
STRATA_API void strata_output_free(strata_output *output);

#ifdef __cplusplus
}
#endif
#endif
