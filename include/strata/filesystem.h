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
 * The other trees: a directory as if it were the whole disk, files laid over another tree, and functions of the
 * caller's own. Nothing is ever written to a tree. Programs (helm, functions) see the real disk only, so a build that
 * starts one needs strata_filesystem_new_disk, or no tree at all.
 *
 * Each constructor gives *out to the caller (strata_filesystem_free); it is NULL after a failure. All fail with
 * STRATA_NO_MEMORY, with STRATA_USAGE when a pointer that is needed is NULL, and as they say. `error` may be NULL.
 * Threads: a filesystem is only read once it has been made; any number of renderers and threads may share it.
 */
#ifndef STRATA_FILESYSTEM_H
#define STRATA_FILESYSTEM_H

#include <stddef.h>

#include "strata/error.h"
#include "strata/export.h"
#include "strata/sink.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_filesystem strata_filesystem;

/* The disk as the process sees it. */
STRATA_API strata_status strata_filesystem_new_disk(strata_filesystem **out, strata_error *error);

/*
 * The directory as if it were the whole disk: "/" is the directory, and nothing outside of it exists. Symbolic links
 * are followed inside; those that lead out are refused.
 * Fails with STRATA_NOT_FOUND when the directory doesn't exist or is none.
 */
STRATA_API strata_status strata_filesystem_new_below(strata_filesystem **out, const char *directory,
                                                     strata_error *error);

typedef struct strata_file {
    const char *path; /* absolute and clean: "/app/base/service.yaml", no "." or ".." in it */
    const char *data; /* the bytes; may be NULL when `size` is 0 */
    size_t size;
} strata_file;

/*
 * A tree of `count` files in memory. Paths and bytes are copied; the directories on the way to a file exist.
 * Fails with STRATA_INVALID for a path that is relative, not clean, or there twice, or that is a file and a directory;
 * `files` may be NULL when `count` is 0.
 */
STRATA_API strata_status strata_filesystem_new_memory(strata_filesystem **out, const strata_file *files, size_t count,
                                                      strata_error *error);

/*
 * One tree laid over another: what `upper` has hides what `lower` has at the same path, and directories have the
 * entries of both. With a tree in memory above and the disk below, a build sees changed or added files (a kustomization
 * for a directory that has none, say) and nothing on the disk changes. Directories on the way to a file above are best
 * named by their real paths, as the disk's symbolic links are not followed above.
 * Both must outlive the overlay, and may be shared.
 */
STRATA_API strata_status strata_filesystem_new_overlay(strata_filesystem **out, const strata_filesystem *upper,
                                                       const strata_filesystem *lower, strata_error *error);

typedef enum strata_file_kind {
    STRATA_FILE_MISSING = 0,
    STRATA_FILE_REGULAR = 1,
    STRATA_FILE_DIRECTORY = 2
} strata_file_kind;

/*
 * A caller's own tree. All paths are absolute and clean. The functions are called by every thread that builds, and
 * by threads of the library when the renderer's `jobs` allows a build several, at the same time. There are no symbolic
 * links: what a path leads to is the functions' affair, and so is the answer not changing during a build.
 */
typedef struct strata_filesystem_functions {
    size_t size; /* sizeof(strata_filesystem_functions), set by strata_filesystem_functions_init */
    /* What is at the path. */
    strata_file_kind (*kind)(const char *path, void *user);
    /*
     * Writes the whole file into the sink. STRATA_OK; STRATA_NOT_FOUND when there is nothing at the path;
     * STRATA_REFUSED when it may not be read; anything else is a failure to read it.
     */
    strata_status (*read)(strata_sink *out, const char *path, void *user);
    /* Writes the names in a directory into the sink, a call of strata_sink_write each: for hints in messages. May be
     * NULL. */
    strata_status (*list)(strata_sink *out, const char *path, void *user);
    /* Called by strata_filesystem_free, or by the constructor when memory is out. May be NULL. */
    void (*release)(void *user);
} strata_filesystem_functions;

/* Fills in no functions; the second for callers that can't call inline functions. NULL is fine. Any thread. */
STRATA_API void strata_filesystem_functions_init_size(strata_filesystem_functions *out, size_t size);
static inline void strata_filesystem_functions_init(strata_filesystem_functions *out) {
    strata_filesystem_functions_init_size(out, sizeof *out);
}

/* A tree that asks these functions, which are copied. Fails with STRATA_USAGE unless `kind` and `read` are there. */
STRATA_API strata_status strata_filesystem_new_functions(strata_filesystem **out,
                                                         const strata_filesystem_functions *functions, void *user,
                                                         strata_error *error);

/* Frees it; no renderer and no overlay may use it any more. NULL is fine. */
STRATA_API void strata_filesystem_free(strata_filesystem *filesystem);

#ifdef __cplusplus
}
#endif
#endif
