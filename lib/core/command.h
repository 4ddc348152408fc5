/*
 * core/command.h: runs a program as a child and collects what it prints. Shared by git, helm, functions and plugins.
 *
 * There is no shell: a program and its argument vector, so nothing in an argument is ever interpreted. The child gets
 * the environment that it is given and nothing else, no open file but its three streams, and a session of its own: it
 * can't ask on the terminal, and whatever it started is killed with it, at the timeout, at too much output, and at its
 * end.
 *
 *     command_result result;
 *     command c = {.program = path, .arguments = argv, .environment = environment_list(&e), .timeout_ms = 27000};
 *     command_run(&c, allocator, &result);
 *     if (!command_succeeded(&result)) ... command_describe(arena, &result) ...
 *     command_result_free(&result);
 *
 * command_find_program looks a program up first. Threads: any number of commands may run at once. The process must
 * leave SIGCHLD at its default and wait for no child that isn't its own (waitpid(-1)); else the status is lost
 * (COMMAND_LOST).
 */
#ifndef CORE_COMMAND_H
#define CORE_COMMAND_H

#include "core/buffer.h"
#include "core/environment.h"
#include "core/stop.h"

typedef struct command {
    const char *program;            /* a path; see command_find_program */
    const char *const *arguments;   /* NULL-terminated, the program's name first */
    const char *const *environment; /* NULL-terminated NAME=VALUE: all that the child sees */
    const char *directory;          /* its working directory; NULL: that of the process */
    text input;                     /* what it reads on its standard input; empty: the null device */
    bool one_stream;                /* its standard error goes to `output`, too, in the order written */
    size_t output_limit;            /* bytes of output at which it is killed; 0: none */
    size_t errors_limit;            /* bytes of standard error that are kept; the rest is read and dropped; 0: all */
    uint32_t timeout_ms;            /* after which it is killed; 0: never */
    const stop *stop;               /* then it is killed, too; may be NULL */
} command;

typedef enum command_outcome {
    COMMAND_EXITED,          /* by itself: `status` is its exit status */
    COMMAND_SIGNALLED,       /* by a signal: `status` is its number */
    COMMAND_NOT_STARTED,     /* `status` is the errno */
    COMMAND_TIMED_OUT,       /* killed at the timeout */
    COMMAND_STOPPED,         /* killed since `stop` said so */
    COMMAND_TOO_MUCH_OUTPUT, /* killed at output_limit */
    COMMAND_CUT_OFF,         /* what it reads or prints can't be passed on: `status` is the errno; killed */
    COMMAND_LOST,            /* it ended, but somebody else took its status */
    COMMAND_NO_MEMORY        /* memory was out while its output was read; killed */
} command_outcome;

typedef struct command_result {
    command_outcome outcome;
    int status;
    uint32_t timeout_ms; /* that of the command, for the description */
    buffer output;
    buffer errors;
} command_result;

/* Always fills in `out`, whose buffers the caller frees with command_result_free, whatever happened. */
void command_run(const command *c, const allocator *from, command_result *out);
void command_result_free(command_result *result);

static inline bool command_succeeded(const command_result *result) {
    return result->outcome == COMMAND_EXITED && result->status == 0;
}
/* "exit status 3", "killed by signal 11 (Segmentation fault)", "stopped after 27s", ...; data is NULL when memory is
 * out. */
text command_describe(arena *a, const command_result *result);

/*
 * The path of a program: `name` itself when it contains a slash, else the first executable file of that name in the
 * PATH of the environment. Entries of PATH that are empty or relative are passed over: they would find programs in the
 * tree that is being built. *out is NULL when there is none; false when memory is out.
 */
bool command_find_program(arena *a, const child_environment *e, text name, const char **out);

#endif
