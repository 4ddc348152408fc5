/*
 * package/walk.h: goes through a directory as Go's filepath.Walk does: names in byte order, the content of a directory
 * in its place, symbolic links not followed. Directories may be nested as deep as the limits allow.
 */
#ifndef PACKAGE_WALK_H
#define PACKAGE_WALK_H

#include "package/work.h"

typedef struct walk_entry {
    text path; /* below the start: "base/a.yaml" */
    text full;
    bool is_directory; /* a link to one is none */
} walk_entry;

/* *enter is true when it is called; for a directory, false passes over its content. */
typedef strata_status (*walk_visit)(void *user, const walk_entry *entry, bool *enter);

/* Visits all that is below the directory `full`, but not itself. */
strata_status walk_directory(work *w, text full, walk_visit visit, void *user);

#endif
