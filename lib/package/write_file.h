/* package/write_file.h: changes of files on the disk: whole or not at all. */
#ifndef PACKAGE_WRITE_FILE_H
#define PACKAGE_WRITE_FILE_H

#include "core/scope.h"

/*
 * Replaces a file as core/replace_files.h does, or makes it with the directories on the way to it. A file with these
 * bytes already is left alone.
 */
strata_status write_file(scope *sc, text path, text bytes);
/* Makes a directory and those above it, unless it is there. */
strata_status make_directories(scope *sc, text path);
/* Removes a file, if it is there. */
strata_status remove_file(scope *sc, text path);

#endif
