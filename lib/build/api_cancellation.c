/* build/api_cancellation.c: strata_cancellation (strata/cancellation.h). */
#include "build/api.h"

#include <stdlib.h>

strata_cancellation *strata_cancellation_new(void) {
    strata_cancellation *c = malloc(sizeof *c);
    if (c) atomic_init(&c->requested, false);
    return c;
}

void strata_cancellation_free(strata_cancellation *c) { free(c); }

void strata_cancellation_request(strata_cancellation *c) {
    if (c) atomic_store_explicit(&c->requested, true, memory_order_relaxed);
}
