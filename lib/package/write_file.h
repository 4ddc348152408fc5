/* package/write_file.h: changes of files on the disk: whole or not at all. */
#ifndef PACKAGE_WRITE_FILE_H
#define PACKAGE_WRITE_FILE_H

#include "core/replace_files.h"

/*
 * Replaces files as core/replace_files.h does, or makes them with the directories on the way to them, and then removes
 * those of `removed`, if they are there. One that has its bytes already is left alone. Unless the disk fails once files
 * are being renamed or removed, a failure leaves everything as it was. Whether a file is new is found out.
 */
strata_status write_files(scope *sc, const replaced_file *files, size_t count, const text_list *removed);
/* One of them. */
strata_status write_file(scope *sc, text path, text bytes);
/* Makes a directory and those above it, unless it is there. */
strata_status make_directories(scope *sc, text path);

#endif
