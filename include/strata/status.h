/*
 * strata/status.h: what a call of the library can answer.
 *
 * Every function that can fail returns a strata_status. STRATA_OK is 0 and stays 0, so `if (strata_...())` reads as
 * "if it failed". The numbers are part of the ABI: they never change their meaning, and gaps are reserved.
 *
 * A status is the coarse kind of failure, for code. What happened, and where, is in the strata_error (strata/error.h).
 */
#ifndef STRATA_STATUS_H
#define STRATA_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

typedef enum strata_status {
    STRATA_OK = 0,        /* success */
    STRATA_NO_MEMORY = 1, /* an allocation failed; a memory limit that was reached is STRATA_LIMIT */
    STRATA_INVALID = 2,   /* the input is wrong: malformed YAML, an unknown field, a bad value */
    STRATA_NOT_FOUND = 3, /* a file, base, resource, patch target or field that was named does not exist */
    STRATA_CONFLICT = 4,  /* two things have one identity: duplicate resources, duplicate keys */
    STRATA_REFUSED = 5,   /* the input asks for something that is switched off or lies outside the root */
    STRATA_LIMIT = 6,     /* a limit was reached (strata/limits.h) */
    STRATA_IO = 7,        /* reading or writing failed */
    STRATA_COMMAND = 8,   /* a command that was started (git, helm, a function) failed */
    STRATA_CANCELLED = 9, /* the caller cancelled the call */
    STRATA_USAGE = 10     /* the call itself is wrong: a NULL where none is allowed, an unknown option value */
} strata_status;

#ifdef __cplusplus
}
#endif
#endif
