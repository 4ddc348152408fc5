/* tests/faulty.h: an allocator of which one allocation fails, or all from one on. */
#ifndef FAULTY_H
#define FAULTY_H

#include <stdbool.h>
#include <stddef.h>
#include <strata/strata.h>

/* Counts what is out; the allocation with number `fail_at` fails, and all after it when `lasting`; 0: none. */
typedef struct faulty {
    size_t live;
    size_t asked;
    size_t fail_at;
    bool lasting;
} faulty;

strata_allocator faulty_allocator(faulty *f);

#endif
