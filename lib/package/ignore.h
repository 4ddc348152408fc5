/*
 * package/ignore.h: files that .krmignore leaves out of a package; after the go-gitignore library that kyaml uses.
 *
 * A line is a pattern: with a leading '/' for the path from the file's own directory, else for the last parts of any
 * path below it; with a trailing '/' for directories only; with a leading '!' for what is kept in spite of the others.
 */
#ifndef PACKAGE_IGNORE_H
#define PACKAGE_IGNORE_H

#include "core/scope.h"

typedef struct ignore_list {
    text directory; /* the real path that the file lies in */
    text_list dropped;
    text_list kept;
} ignore_list;

/* Reads the lines of a .krmignore. */
strata_status ignore_read(scope *sc, text directory, text bytes, ignore_list *out);
/* Whether a path, absolute and below the list's directory, is left out. */
bool ignore_matches(const ignore_list *list, text full, bool is_directory);

#endif
