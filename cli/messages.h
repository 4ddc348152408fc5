/*
 * cli/messages.h: everything that is said on standard error. The functions for errors give the exit status, so that a
 * command can end with `return failure(...)`.
 */
#ifndef CLI_MESSAGES_H
#define CLI_MESSAGES_H

#include "commands.h"
#include "strata/error.h"

#include <stdio.h>

/* Exit statuses. Wrong usage is EXIT_WRONG_USAGE, but 1 when the program was called as kustomize. */
enum { EXIT_FINE = 0, EXIT_FAILED = 1, EXIT_WRONG_USAGE = 2 };

/* "error: ...", where to read more, and `hint` ("did you mean --output?") unless it is NULL. */
int usage_error(const invocation *call, const char *hint, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "error: ..." for a failure that has no strata_error. */
int failure(const char *format, ...) __attribute__((format(printf, 1, 2)));
int out_of_memory(void);

/* A failure or a warning of the library, with place, excerpt, hint and notes. */
int failure_of(const strata_error *error);
void warning_of(const strata_error *warning);

/* "note: ...", below a failure. */
void message_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What another program printed: its lines, and in them nothing that a terminal obeys. */
void message_lines(const char *data, size_t size);

/* Bytes as they are: what the functions above have made. */
void message_bytes(const char *data, size_t size);

/* Sends what this thread says from now on to `stream`, in the colours of standard error; NULL ends that. */
void messages_redirect(FILE *stream);

/* One line as it is. */
void message_plain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
