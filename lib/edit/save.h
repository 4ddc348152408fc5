/*
 * edit/save.h: puts files in the place of old ones, all or, as far as the disk can promise, none.
 */
#ifndef EDIT_SAVE_H
#define EDIT_SAVE_H

#include "core/scope.h"

typedef struct saved_file {
    text path; /* absolute; a symbolic link is followed */
    text bytes;
} saved_file;

/*
 * Writes each file beside its place, with the mode, owner and group of the old one, and renames them when all have been
 * written. A file that can't be written to is refused, though its directory could be; one in a directory that takes no
 * new file, whose owner no file can be given to, or that is mounted by itself, is written in place.
 */
strata_status save_files(scope *sc, const saved_file *files, size_t count);

#endif
