/*
 * core/error.h: the inside of a strata_error. An error owns its strings; a failure to store one leaves it empty.
 */
#ifndef CORE_ERROR_H
#define CORE_ERROR_H

#include "core/diagnostics.h"
#include "core/origin.h"
#include "core/text.h"
#include "strata/error.h"

enum { ERROR_MOST_NOTES = 32 };

struct strata_error {
    strata_status status; /* STRATA_OK: no failure */
    const diagnostic_row *row;
    strata_severity severity; /* of this occurrence: --strict turns warnings into errors */
    char *message;
    char *hint;
    char *file;
    char *excerpt;
    uint32_t line;
    uint32_t column;
    strata_error_note *notes; /* their strings are the error's */
    size_t note_count;
    const allocator *from;
    bool provisional; /* of an attempt: where it happened is not looked up yet, it is only noted here: */
    origin where;
    bool hide_lines;
};

void error_init(strata_error *e, const allocator *from);
/* Forgets the failure and frees its strings. */
void error_clear(strata_error *e);
/* Moves the failure of `from` into `to`, whose own is forgotten; `from` is empty afterwards. */
void error_move(strata_error *to, strata_error *from);

/* A copy of a failure into `to`, whose own is forgotten; a string for which there is no memory is left out. */
void error_copy(strata_error *to, const strata_error *from);

/* A copy of a text as C string, NULL when memory is out. A NUL becomes a space, and line breaks when `one_line`. */
char *error_string(const strata_error *e, text t, bool one_line);
/* Adds a note; beyond ERROR_MOST_NOTES they are dropped. */
void error_add_note(strata_error *e, text message, text file, uint32_t line, uint32_t column);

#endif
