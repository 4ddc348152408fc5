/*
 * core/replace_files.h: new files in the place of old ones. Each is written beside its place and renamed: a reader sees
 * the old one or the new one, never a part.
 */
#ifndef CORE_REPLACE_FILES_H
#define CORE_REPLACE_FILES_H

#include "core/scope.h"

/*
 * In an open directory whose contents may be a stranger's: a symbolic link in the file's place is replaced, not
 * followed. Only a file that was made here is ever removed. False, with errno, when the system refuses.
 */
bool replace_in_directory(int directory, const char *name, text bytes);

typedef struct replaced_file {
    text path; /* of a file that is there; a symbolic link is followed */
    text bytes;
    bool is_new; /* no file is there, but its directory is: a symbolic link in its place is replaced */
} replaced_file;

/*
 * The user's own files, all or, as far as the disk can promise, none: they are renamed when each has been written, with
 * the mode, owner and group of the old one. A file that can't be written to is refused, though its directory could be;
 * one in a directory that takes no new file, whose owner no file can be given to, or that is mounted by itself, is
 * written in place.
 */
strata_status replace_files(scope *sc, const replaced_file *files, size_t count);

#endif
