/*
 * strata/error.h: what went wrong, and where.
 *
 * The caller makes an error object, passes it to a call, and asks it afterwards. It is the caller's: nothing in the
 * library keeps it, and no other thread's failure can change it. An object may be used for any number of calls, one
 * after the other: a call that fails replaces what it held.
 *
 *     strata_error *error = strata_error_new();
 *     if (strata_build_run(&result, renderer, target, error) != STRATA_OK)
 *         fprintf(stderr, "%s:%u: %s\n", strata_error_file(error), strata_error_line(error),
 *                 strata_error_message(error));
 *     strata_error_free(error);
 *
 * All strings belong to the object and live until the next call that is given it, or until it is freed. None of the
 * functions below fails; all of them accept NULL and then answer as for an object that holds no failure.
 * Threads: an object may be used by one thread at a time.
 */
#ifndef STRATA_ERROR_H
#define STRATA_ERROR_H

#include <stddef.h>
#include <stdint.h>

#include "strata/export.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_error strata_error;

typedef enum strata_severity { STRATA_SEVERITY_ERROR = 0, STRATA_SEVERITY_WARNING = 1 } strata_severity;

/* A new object that holds no failure; NULL when memory is out. Free it with strata_error_free. */
STRATA_API strata_error *strata_error_new(void);
/* Frees the object and its strings; NULL is fine. */
STRATA_API void strata_error_free(strata_error *error);

/* STRATA_OK when the object holds no failure. */
STRATA_API strata_status strata_error_status(const strata_error *error);
/* The stable number of the diagnostic (see docs/diagnostics.md), 0 when there is none. */
STRATA_API int strata_error_code(const strata_error *error);
/* Its stable short name, such as "unknown-field"; "" when there is none. */
STRATA_API const char *strata_error_name(const strata_error *error);
STRATA_API strata_severity strata_error_severity(const strata_error *error);

/* One sentence without a newline, without the place; "" when there is none. Never NULL. */
STRATA_API const char *strata_error_message(const strata_error *error);
/* What might help ("did you mean ..."); "" when there is nothing to say. */
STRATA_API const char *strata_error_hint(const strata_error *error);

/* The file as the build named it, "" when the failure has no place in a file. */
STRATA_API const char *strata_error_file(const strata_error *error);
/* From 1; 0 when unknown. The column counts bytes. */
STRATA_API uint32_t strata_error_line(const strata_error *error);
STRATA_API uint32_t strata_error_column(const strata_error *error);
/* The text of that line, a very long one cut; "" when it is unknown or must not be shown (Secrets, files outside the
 * root). */
STRATA_API const char *strata_error_excerpt(const strata_error *error);

/* The notes that follow: which kustomizations led there, which other place is involved. */
typedef struct strata_error_note {
    const char *message;
    const char *file; /* "" when the note has no place */
    uint32_t line;
    uint32_t column;
} strata_error_note;
STRATA_API size_t strata_error_note_count(const strata_error *error);
/* The note with number `index`; an empty one when there is none. */
STRATA_API strata_error_note strata_error_note_at(const strata_error *error, size_t index);

#ifdef __cplusplus
}
#endif
#endif
