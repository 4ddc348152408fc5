/*
 * cli/many.h: builds many targets in one process, side by side, and writes them in order.
 *
 * Targets are built by as many threads as are asked for and written by the calling one, in the order of the list, so
 * output and messages are the same whatever the threads do. A target's messages are printed together when its turn
 * comes. Nothing of a target is kept once it has been written; a few more than there are threads wait to be.
 */
#ifndef CLI_MANY_H
#define CLI_MANY_H

#include "strata/strata.h"

typedef struct many_target {
    const char *path; /* as strata_build_run takes it */
    char *place;      /* the file below `output`; NULL: it has no place there, which is an error when it is built */
} many_target;

/*
 * `output` is a directory, made when it is missing, or NULL for one stream on standard output. What fails is reported,
 * and the others are written. Gives the exit status.
 */
int many_build(const strata_renderer *renderer, const many_target *targets, size_t count, size_t threads,
               const char *output);

#endif
