/*
 * function/program.h: runs the program of a function or plugin and says what went wrong.
 *
 * What it prints on its standard error goes to the log of the options, whether it fails or not.
 */
#ifndef FUNCTION_PROGRAM_H
#define FUNCTION_PROGRAM_H

#include "core/command.h"
#include "function/function.h"

typedef struct program {
    text label;                   /* how messages name it */
    origin where;                 /* the place of its configuration */
    const char *path;             /* see command_find_program */
    const char *const *arguments; /* NULL-terminated, its name first */
    child_environment environment;
    text directory; /* its working directory */
} program;

/* A growing list of arguments. */
typedef struct argument_list {
    const char **items; /* NULL-terminated */
    size_t count;
    size_t capacity;
} argument_list;
strata_status argument_add(scope *sc, argument_list *list, text argument);

/*
 * Runs it. Fails when it did not come to an exit status, or printed more than limits->function_output; the status
 * itself is for program_check. The caller frees `out` (command_result_free) whatever happened.
 */
strata_status program_run(scope *sc, const function_options *options, const program *p, text input,
                          command_result *out);
/* Fails unless it ended with status 0. */
strata_status program_check(scope *sc, const function_options *options, const program *p, const command_result *result);

#endif
