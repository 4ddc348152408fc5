/*
 * cli/read_files.h: the files that builds have read, so that no output takes the place of one.
 *
 * Order: read_files_add for each result, read_files_have before something is written, read_files_free.
 * Cost: a stat for each input of the name; looking one up is logarithmic.
 */
#ifndef CLI_READ_FILES_H
#define CLI_READ_FILES_H

#include <strata/strata.h>

#include <stdbool.h>

typedef struct read_files {
    void *tree; /* NULL: none yet */
} read_files;

/* Adds those inputs of a result whose last name is `name`: others can't be where an output of that name goes. False
 * when memory is out. */
bool read_files_add(read_files *all, const strata_result *result, const char *name);
/* Whether the path leads to one of them. */
bool read_files_have(const read_files *all, const char *path);
void read_files_free(read_files *all);

#endif
