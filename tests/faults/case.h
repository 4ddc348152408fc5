/* tests/faults/case.h: the trees of testdata/ and the options that the file `command` of each asks for. */
#ifndef FAULTS_CASE_H
#define FAULTS_CASE_H

#include <strata/strata.h>

#include <stdbool.h>
#include <stddef.h>

enum { CASES_AT_MOST = 256, COMMAND_SIZE = 512 };

typedef struct fault_case {
    char *folder;
    char command[COMMAND_SIZE]; /* what `target` points into */
    const char *target;
    bool succeeds; /* a stream is expected of it */
    strata_renderer_options options;
} fault_case;

/* The cases in and below `folder`; ends the program when there is none, or one asks for an unknown option. */
size_t cases_find(fault_case *out, const char *folder);
void cases_free(fault_case *cases, size_t count);

#endif
