/* core/meter.c: see meter.h. The size of a block stands before it. */
#include "core/meter.h"

#include <stdint.h>

typedef union block_header {
    size_t size;       /* of the block with its header */
    max_align_t align; /* what follows is aligned for any object */
} block_header;

static size_t add(size_t a, size_t b) { return b > SIZE_MAX - a ? SIZE_MAX : a + b; }
static size_t times(size_t a, size_t b) { return b && a > SIZE_MAX / b ? SIZE_MAX : a * b; }

size_t meter_warranted(const meter *m) {
    if (!m->growth) return SIZE_MAX;
    size_t again = times(m->again / METER_AGAIN_DIVISOR, m->growth);
    size_t free = METER_FREE + (again < METER_AGAIN_MOST ? again : METER_AGAIN_MOST);
    return add(free, times(m->input, m->growth));
}

static void set_ceiling(meter *m) {
    m->ceiling = m->reading ? SIZE_MAX : meter_warranted(m);
    if (m->memory && m->memory < m->ceiling) m->ceiling = m->memory;
}

/* Whether `size` bytes may take the place of `old` ones. */
static bool admit(meter *m, size_t old, size_t size) {
    size_t others = m->used - old;
    stop_reason reason = stop_check(m->stop);
    if (reason != STOP_NOT) {
        m->passed = reason == STOP_CANCELLED ? METER_CANCELLED : METER_TIME;
        return false;
    }
    if (others <= m->ceiling && size <= m->ceiling - others) return true;
    m->passed = m->ceiling == m->memory ? METER_MEMORY : METER_GROWTH;
    return false;
}

bool meter_charge(meter *m, size_t bytes) {
    if (!m) return true;
    if (!admit(m, 0, bytes)) return false;
    m->used += bytes;
    return true;
}

static void *reallocate(void *block, size_t size, void *user) {
    meter *m = user;
    block_header *header = block ? (block_header *)block - 1 : NULL;
    size_t old = header ? header->size : 0;
    if (size > SIZE_MAX - sizeof *header || !admit(m, old, size + sizeof *header)) return NULL;
    header = m->from->reallocate(header, size + sizeof *header, m->from->user);
    if (!header) return NULL;
    header->size = size + sizeof *header;
    m->used += header->size - old;
    return header + 1;
}

static void *allocate(size_t size, void *user) {
    meter *m = user;
    if (size > SIZE_MAX - sizeof(block_header) || !admit(m, 0, size + sizeof(block_header))) return NULL;
    block_header *header = m->from->allocate(size + sizeof *header, m->from->user);
    if (!header) return NULL;
    header->size = size + sizeof *header;
    m->used += header->size;
    return header + 1;
}

static void release(void *block, void *user) {
    meter *m = user;
    if (!block) return;
    block_header *header = (block_header *)block - 1;
    m->used -= header->size;
    m->from->release(header, m->from->user);
}

void meter_init(meter *m, const allocator *from, const limits *l) {
    *m =
        (meter){.counting = {allocate, reallocate, release, m}, .from = from, .memory = l->memory, .growth = l->growth};
    set_ceiling(m);
}

void meter_restart(meter *m, const stop *end) {
    m->stop = end;
    m->passed = METER_FINE;
}

void meter_begin_input(meter *m) {
    if (!m) return;
    m->reading = true;
    set_ceiling(m);
}

void meter_end_input(meter *m) {
    if (!m) return;
    m->reading = false;
    set_ceiling(m);
}

void meter_feed(meter *m, size_t bytes) {
    if (!m) return;
    m->input = add(m->input, bytes);
    set_ceiling(m);
}

void meter_feed_again(meter *m, size_t bytes) {
    if (!m) return;
    m->again = add(m->again, bytes);
    set_ceiling(m);
}
