/*
 * source/filesystem.h: the tree of files that a build reads, whatever it lies on.
 *
 * Paths are absolute and clean ("/a/b": no ".", "..", or double slash), except where a function says otherwise. The
 * kinds are constructors: filesystem_disk, filesystem_memory and so on; a caller's own fills in the same table of
 * functions.
 *
 * The functions describe no failure: they answer with a file_outcome, since a missing file is an ordinary answer (three
 * names are tried for each kustomization file). The loader (source/loader.h) turns outcomes into errors; rooms beyond
 * this one read through a loader.
 * Thread safety: a filesystem may be read by many threads at once.
 */
#ifndef SOURCE_FILESYSTEM_H
#define SOURCE_FILESYSTEM_H

#include "core/scope.h"

typedef enum file_kind { FILE_MISSING, FILE_REGULAR, FILE_DIRECTORY, FILE_OTHER } file_kind;

typedef enum file_outcome {
    FILE_DONE,
    FILE_ABSENT,        /* there is nothing at the path */
    FILE_IS_DIRECTORY,  /* a file was wanted */
    FILE_NOT_DIRECTORY, /* a directory was wanted */
    FILE_SPECIAL,       /* a FIFO, socket or device: never read, as it could block or never end */
    FILE_OUTSIDE,       /* it leads out of the directory that it has to lie in */
    FILE_DENIED,        /* permission denied */
    FILE_TOO_LARGE,     /* larger than the ceiling that was given */
    FILE_FAILED,        /* any other failure of the system */
    FILE_NO_MEMORY
} file_outcome;

typedef struct filesystem filesystem;
struct filesystem {
    /* What the path leads to, symbolic links followed. Unreadable parents count as missing. */
    file_kind (*stat)(const filesystem *fs, text path);
    /*
     * The whole file, at most `ceiling` bytes; they live in the arena and a readable NUL follows them. When `within` is
     * not empty, the file must really lie below that directory (a real path), whatever symbolic links say and whoever
     * changes them meanwhile; when it is empty, the path need not be clean. After FILE_FAILED and FILE_DENIED *out is
     * why, in a few words, when that is known.
     */
    file_outcome (*read)(const filesystem *fs, arena *a, text path, text within, size_t ceiling, text *out);
    /* The path with all symbolic links resolved, and what is there. */
    file_outcome (*real_path)(const filesystem *fs, arena *a, text path, text *out, file_kind *kind);
    /* Names in a directory, sorted by bytes, without "." and "..". */
    file_outcome (*list)(const filesystem *fs, arena *a, text path, text_list *out);
    void *user;
};

/* The disk as the process sees it. */
extern const filesystem filesystem_disk;

/* Files in memory: paths and contents are given once and then only read. Every directory on the way to a file exists.
 */
typedef struct memory_file {
    text path; /* absolute and clean */
    text bytes;
} memory_file;
/* Fails for a path that is relative or not clean, that occurs twice, or that is both a file and a directory. */
strata_status filesystem_memory(scope *sc, const memory_file *files, size_t count, filesystem *out);

/* The directory, a path on the disk, as the root of a tree of its own; fails when it is none. */
strata_status filesystem_below(scope *sc, text directory, filesystem *out);

/* What `upper` has hides what `lower` has; directories have the entries of both. Both must outlive it. */
strata_status filesystem_overlay(scope *sc, const filesystem *upper, const filesystem *lower, filesystem *out);

#endif
