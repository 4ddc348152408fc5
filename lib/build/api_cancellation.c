/* build/api_cancellation.c: strata_cancellation (strata/cancellation.h). */
#include "build/api.h"

#include <stdlib.h>

int64_t api_deadline(const limits *l) { return l->time ? stop_now_ms() + l->time : 0; }

static const atomic_bool *flag_of(const strata_cancellation *c) { return c ? &c->requested : NULL; }

stop api_stop(const strata_renderer *renderer, const strata_cancellation *own) {
    return (stop){{flag_of(renderer->cancellation), flag_of(own)}, api_deadline(&renderer->limits)};
}

strata_cancellation *strata_cancellation_new(void) {
    strata_cancellation *c = malloc(sizeof *c);
    if (c) atomic_init(&c->requested, false);
    return c;
}

void strata_cancellation_free(strata_cancellation *c) { free(c); }

void strata_cancellation_request(strata_cancellation *c) {
    if (c) atomic_store_explicit(&c->requested, true, memory_order_relaxed);
}
