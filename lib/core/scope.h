/*
 * core/scope.h: what every function of one build shares: memory, limits, origins, and the place for its error.
 *
 * A function that can fail takes a scope first and returns a strata_status. On failure it calls one of the functions
 * below, once, and returns what that returns; callers pass it on with TRY. The first error of a scope stays: a caller
 * further up never overwrites what a lower function knew better, it can only add context (scope_note).
 */
#ifndef CORE_SCOPE_H
#define CORE_SCOPE_H

#include "core/arena.h"
#include "core/diagnostics.h"
#include "core/limits.h"
#include "core/meter.h"
#include "core/origin.h"
#include "core/table.h"
#include "core/text.h"
#include "strata/error.h"
#include "strata/progress.h"
#include "strata/status.h"

/* Called for each warning, in the order in which they arise. */
typedef void (*warning_sink)(const strata_error *warning, void *user);

/* A file or page that a build read, by the name that messages give it. */
typedef struct input_file {
    text name;
    text bytes;  /* as they were read; they live as long as the build's arena */
    bool hidden; /* messages show no line of it */
} input_file;

/* All of them, each once. The table leads from a name to the number of its item, plus one. */
typedef struct input_log {
    input_file *items;
    size_t count;
    size_t capacity;
    table seen;
} input_log;

/* Parsed files that builds share: yaml/document_cache.h. */
typedef struct document_cache document_cache;

typedef struct scope {
    arena *arena;          /* everything that lives as long as the build */
    const allocator *from; /* for buffers and other memory that is freed earlier */
    const limits *limits;
    meter *meter; /* what `arena` and `from` take their memory from; may be NULL */
    origin_table *origins;
    strata_error *error; /* where a failure is described; may be NULL */
    warning_sink warn;   /* may be NULL */
    void *warn_user;
    bool strict;                       /* warnings fail the build */
    table *warned;                     /* the warnings so far, so that each comes once; may be NULL */
    input_log *inputs;                 /* may be NULL */
    document_cache *documents;         /* may be NULL */
    strata_progress_function progress; /* may be NULL */
    void *progress_user;
    size_t progressed[STRATA_STAGE_FINISH + 1]; /* how often each stage was told */
    bool hide_lines;                            /* what is at hand makes Secrets: messages show no line of input */
} scope;

#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        strata_status try_status_ = (call);                                                                            \
        if (try_status_ != STRATA_OK) return try_status_;                                                              \
    } while (0)

/* Describes the failure `code` (its status is in the table of core/diagnostics.h) and returns that status. */
strata_status scope_fail(scope *sc, diagnostic code, origin where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same with a hint for the line under the excerpt ("did you mean Deployment/api?"). */
strata_status scope_fail_hint(scope *sc, diagnostic code, origin where, text hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Adds "note: ..." to the failure at hand: where the thing was named, what else is involved. Returns `status`. */
strata_status scope_note(scope *sc, strata_status status, origin where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Fails when the build has to stop (core/stop.h): for loops that work long without allocating. */
strata_status scope_check(scope *sc);
static inline const stop *scope_stop(const scope *sc) { return sc->meter ? sc->meter->stop : NULL; }
/* Memory is out, or a limit on it is reached, or the build has to stop. The second knows what was being made then. */
strata_status scope_no_memory(scope *sc);
strata_status scope_no_memory_for(scope *sc, origin where);

/*
 * Reports a warning; an error instead when the scope is strict. What was said of the same place before is not said
 * again: a base may be read for each of its consumers.
 */
strata_status scope_warn(scope *sc, diagnostic code, origin where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
strata_status scope_warn_hint(scope *sc, diagnostic code, origin where, text hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Whether anybody hears of warnings: what only a warning needs is not looked for otherwise. */
static inline bool scope_hears_warnings(const scope *sc) { return sc->warn || sc->strict; }
/* Whether a warning is to have its line and hint: each costs a walk, which thousands of warnings must not. */
enum { SCOPE_MOST_HINTS = 100 };
static inline bool scope_hints(const scope *sc) {
    return sc->strict || (sc->warn && (!sc->warned || sc->warned->count < SCOPE_MOST_HINTS));
}

/* Enters a file in the log; nothing happens without one. */
strata_status scope_log_input(scope *sc, text name, text bytes);
/* From now on no message shows a line of that file of the log. */
void scope_hide_input(scope *sc, text name);

/* Tells the caller what comes now. `name` need not end in NUL. */
strata_status scope_progress(scope *sc, strata_stage stage, text name);

/*
 * For trying one way and then another: runs with an error of its own that is dropped or kept by the caller.
 * scope_attempt_begin puts a fresh error in place; scope_attempt_drop takes the old one back and forgets the new one;
 * scope_attempt_keep takes the old place back with the new error in it.
 */
typedef struct scope_attempt {
    strata_error *outer;
    strata_error *inner;
} scope_attempt;
strata_status scope_attempt_begin(scope *sc, scope_attempt *out);
void scope_attempt_drop(scope *sc, scope_attempt *attempt);
void scope_attempt_keep(scope *sc, scope_attempt *attempt);
/* The same when the old place holds an error already, that of an attempt around this one: the new error replaces it. */
void scope_attempt_replace(scope *sc, scope_attempt *attempt);
/* Whether a failure tells of memory or limits and so nothing of the input: then no other way is to be tried. */
static inline bool scope_is_exhausted(strata_status status) {
    return status == STRATA_NO_MEMORY || status == STRATA_LIMIT || status == STRATA_CANCELLED;
}

#endif
