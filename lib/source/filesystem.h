/*
 * source/filesystem.h: the tree of files that a build reads, whatever it lies on.
 *
 * Paths are absolute and clean ("/a/b": no ".", "..", or double slash), except where a function says otherwise. The
 * kinds are constructors: filesystem_disk, filesystem_memory; a caller's own fills in the same table of functions.
 * Thread safety: a filesystem may be read by many threads at once.
 */
#ifndef SOURCE_FILESYSTEM_H
#define SOURCE_FILESYSTEM_H

#include "core/scope.h"

typedef enum file_kind { FILE_MISSING, FILE_REGULAR, FILE_DIRECTORY, FILE_OTHER } file_kind;

typedef struct filesystem filesystem;
struct filesystem {
    /* What the path leads to, symbolic links followed. Unreadable parents count as missing. */
    file_kind (*stat)(const filesystem *fs, text path);
    /* The whole file. Bytes live as long as the scope's arena. Fails for directories and special files. */
    strata_status (*read)(const filesystem *fs, scope *sc, text path, origin named_at, text *out);
    /* The path with all symbolic links resolved (realpath). */
    strata_status (*real_path)(const filesystem *fs, scope *sc, text path, origin named_at, text *out);
    /* Names in a directory, sorted by bytes, without "." and "..". */
    strata_status (*list)(const filesystem *fs, scope *sc, text path, text_list *out);
    void *user;
};

/* The disk as the process sees it. */
extern const filesystem filesystem_disk;

/* Files in memory: paths and contents are given once and then only read. */
typedef struct memory_file {
    text path; /* absolute and clean */
    text bytes;
} memory_file;
strata_status filesystem_memory(scope *sc, const memory_file *files, size_t count, filesystem *out);

#endif
