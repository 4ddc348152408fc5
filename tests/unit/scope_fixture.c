#include "scope_fixture.h"

arena memory;
static origin_table origins;
scope sc;

void fixture_set_up(void) {
    arena_init(&memory, &allocator_libc);
    origins = (origin_table){0};
    sc = (scope){.arena = &memory,
                 .from = &allocator_libc,
                 .limits = &limits_default,
                 .origins = &origins,
                 .error = strata_error_new()};
}

void fixture_tear_down(void) {
    strata_error_free(sc.error);
    arena_free(&memory);
}
