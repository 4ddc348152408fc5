/* core/stop.c: see stop.h. */
#include "core/stop.h"

#include <time.h>

enum { GLANCE_MS = 20 }; /* while something is waited for, between two looks at `cancelled` */

int64_t stop_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_set(const atomic_bool *flag) { return flag && atomic_load_explicit(flag, memory_order_relaxed); }

stop_reason stop_check(const stop *s) {
    if (!s) return STOP_NOT;
    if (is_set(s->cancelled[0]) || is_set(s->cancelled[1])) return STOP_CANCELLED;
    return s->deadline_ms && stop_now_ms() >= s->deadline_ms ? STOP_TIME : STOP_NOT;
}

int64_t stop_wait_ms(const stop *s, int64_t most) {
    if (!s) return most;
    if ((s->cancelled[0] || s->cancelled[1]) && most > GLANCE_MS) most = GLANCE_MS;
    int64_t left = s->deadline_ms ? s->deadline_ms - stop_now_ms() : most;
    if (left < most) most = left;
    return most < 0 ? 0 : most;
}
