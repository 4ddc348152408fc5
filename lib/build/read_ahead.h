/*
 * build/read_ahead.h: reads and parses, on a few threads, the resource files that a build will come to.
 *
 * The build goes on as if nobody else read: in its order, with its own checks, and it takes from here only what was
 * read without any trouble. Whatever failed, warned or was refused it reads again itself. So the result, and the first
 * error, do not depend on the threads, which look only where the build will look: the files and directories that
 * kustomizations name, under the same restrictions.
 *
 * Order: read_ahead_new; read_ahead_announce for the lists of paths that the build is about to go through; for each
 * file read_ahead_take and read_ahead_documents; read_ahead_free. All but the threads' own work is for one thread.
 */
#ifndef BUILD_READ_AHEAD_H
#define BUILD_READ_AHEAD_H

#include "model/kustomization.h"
#include "source/loader.h"
#include "yaml/reader.h"

typedef struct read_ahead read_ahead;
typedef struct ahead_file ahead_file;

/* `threads` beside the caller's. `from` serves many threads at once. NULL when memory is out. */
read_ahead *read_ahead_new(const allocator *from, const limits *bounds, size_t threads);
/* What was taken stays. NULL is fine. */
void read_ahead_free(read_ahead *ahead);

/* What a kustomization names from number `first` on: files, and directories with all that these name. Never fails: what
 * can't be announced is not read ahead. */
void read_ahead_announce(read_ahead *ahead, const loader *l, const located_list *paths, size_t first);

/* What loader_load gives, if the file was read ahead: *file is NULL when it was not, or has been taken before. */
strata_status read_ahead_take(scope *sc, read_ahead *ahead, loader *l, const located *path, loaded *out,
                              ahead_file **file);
/* Parses a text that the build has read, on all threads; it lives as long as the scope's arena. NULL when that is not
 * worth it. */
ahead_file *read_ahead_split(scope *sc, read_ahead *ahead, text bytes);

/* The documents of the file, as yaml_read gives them; *given is false when they have to be read by that. */
strata_status read_ahead_documents(scope *sc, read_ahead *ahead, ahead_file *file, text name, origin named_at,
                                   node_list *out, bool *given);

#endif
