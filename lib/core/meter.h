/*
 * core/meter.h: counts what one build has allocated, and holds it to its limits.
 *
 * A meter is an allocator in front of another one. What it has given out at any time may not pass
 *
 *   - `memory`, an absolute limit, and
 *   - what the input warrants: METER_FREE bytes and `growth` bytes for each byte that was read, and a part of that for
 *     what is written to be used again (meter_feed_again). Aliases, patches, replacements, vars, labels, bases that
 *     multiply: whatever makes much out of little is held by this one rule, at no cost beside an addition for each
 *     block.
 *
 * An allocation that would pass either gives NULL, and so does every one once the build has to stop; `passed` says why,
 * so that scope_no_memory (core/scope.h) can name it. meter_init first; a meter belongs to one thread at a time and
 * must not move.
 */
#ifndef CORE_METER_H
#define CORE_METER_H

#include "core/arena.h"
#include "core/limits.h"
#include "core/stop.h"

/*
 * What is free is enough for small inputs. What is used again warrants a quarter of what is read, and no more than that
 * in all, since places that name what names others can multiply, too.
 */
enum { METER_FREE = 24 * 1024 * 1024, METER_AGAIN_DIVISOR = 4, METER_AGAIN_MOST = 256 * 1024 * 1024 };

typedef enum meter_limit { METER_FINE, METER_MEMORY, METER_GROWTH, METER_CANCELLED, METER_TIME } meter_limit;

typedef struct meter {
    allocator counting; /* allocate from this */
    const allocator *from;
    size_t memory; /* 0: no limit */
    size_t growth; /* 0: no limit */
    size_t input;  /* bytes that were read */
    size_t again;  /* those of them that are used again; many times over, perhaps */
    size_t used;   /* bytes given out and not given back, with what the meter itself needs */
    size_t ceiling;
    bool reading;
    const stop *stop; /* asked with each block: then no more memory is given. May be NULL */
    meter_limit passed;
} meter;

void meter_init(meter *m, const allocator *from, const limits *l);
/* For the next call that uses it: what ends that, NULL for nothing; why an earlier one failed is forgotten. */
void meter_restart(meter *m, const stop *end);
/* So many bytes were read. NULL is fine. */
void meter_feed(meter *m, size_t bytes);
/*
 * What was read before, so many bytes, is named once more: 200 overlays of a base warrant 200 times that base. To be
 * said once for each place in the input that names it, not each time that it is used: bases that multiply earn nothing.
 */
void meter_feed_again(meter *m, size_t bytes);
/* Around the reading, since what is read counts only afterwards: `growth` does not hold in between. NULL is fine. */
void meter_begin_input(meter *m);
void meter_end_input(meter *m);
/*
 * Counts what takes time rather than memory as that much memory, for good. False when the limit is passed; NULL is
 * fine.
 */
bool meter_charge(meter *m, size_t bytes);
/* What the input warrants; SIZE_MAX without that limit. */
size_t meter_warranted(const meter *m);

#endif
