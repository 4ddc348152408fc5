/*
 * core/stop.h: whether a build, or another piece of work, has to end before it is done: it was cancelled, or its time
 * is up.
 *
 * The meter (core/meter.h) asks with every block of memory, so whatever allocates ends by itself; loops that do long
 * work without, and all waiting for others, ask for themselves.
 */
#ifndef CORE_STOP_H
#define CORE_STOP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum stop_reason { STOP_NOT, STOP_CANCELLED, STOP_TIME } stop_reason;

typedef struct stop {
    const atomic_bool *cancelled[2]; /* either may be NULL: nobody can cancel so */
    int64_t deadline_ms;             /* on the clock of stop_now_ms; 0: none */
} stop;

/* A clock that only goes forward. */
int64_t stop_now_ms(void);
/* NULL never stops. */
stop_reason stop_check(const stop *s);
/* How long to wait at most before asking again, out of `most` milliseconds. */
int64_t stop_wait_ms(const stop *s, int64_t most);

#endif
