/*
 * strata/filesystem.h: the tree of files that a renderer reads.
 *
 * Without one a renderer reads the disk. A tree in memory serves a program that has the files already, from a request
 * or an archive; nothing then touches the disk, and paths begin at the tree's own root, "/".
 *
 *     strata_file files[] = {
 *         {"/app/kustomization.yaml", kustomization, strlen(kustomization)},
 *         {"/app/deployment.yaml", deployment, strlen(deployment)},
 *     };
 *     strata_filesystem *tree;
 *     if (strata_filesystem_new_memory(&tree, files, 2, error) == STRATA_OK) options.filesystem = tree;
 *
 * Threads: a filesystem is only read once it has been made; any number of renderers and threads may share it.
 */
#ifndef STRATA_FILESYSTEM_H
#define STRATA_FILESYSTEM_H

#include <stddef.h>

#include "strata/error.h"
#include "strata/export.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_filesystem strata_filesystem;

typedef struct strata_file {
    const char *path; /* absolute and clean: "/app/base/service.yaml", no "." or ".." in it */
    const char *data; /* the bytes; may be NULL when `size` is 0 */
    size_t size;
} strata_file;

/*
 * A tree of `count` files in memory. Paths and bytes are copied; the directories on the way to a file exist.
 * *out is the caller's (strata_filesystem_free); it is NULL after a failure.
 * Fails with STRATA_INVALID for a path that is relative, not clean, or there twice, or that is a file and a directory;
 * with STRATA_NO_MEMORY; and with STRATA_USAGE when `out` is NULL, or `files` is while `count` is not 0. `error` may be
 * NULL.
 */
STRATA_API strata_status strata_filesystem_new_memory(strata_filesystem **out, const strata_file *files, size_t count,
                                                      strata_error *error);

/* Frees it; no renderer may use it any more. NULL is fine. */
STRATA_API void strata_filesystem_free(strata_filesystem *filesystem);

#ifdef __cplusplus
}
#endif
#endif
