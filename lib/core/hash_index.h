/*
 * core/hash_index.h: from hashes to pointers, several for one hash: an index that gives candidates.
 *
 * It keeps no keys: whoever asks compares what comes out, since two keys may have one hash. That makes it small, and a
 * look-up reads one place in memory where core/table.h reads four. Hashes come from hash_text with a random seed.
 * Nothing is removed. Values of one hash come out in the order in which they were added; the same value twice in a row
 * is added once. Memory is the arena's. Adding and finding take constant time on average.
 */
#ifndef CORE_HASH_INDEX_H
#define CORE_HASH_INDEX_H

#include "core/arena.h"

typedef struct hash_slot {
    uint64_t hash;
    void *first;   /* NULL: the slot is free */
    uint32_t more; /* number of the second value, from 1; 0: there is none */
    uint32_t last;
} hash_slot;

typedef struct hash_more {
    void *value;
    uint32_t next;
} hash_more;

/* All zero to begin with. */
typedef struct hash_index {
    hash_slot *slots; /* open addressing; a power of two of them */
    size_t slot_count;
    size_t used;
    hash_more *more;
    size_t more_count;
    size_t more_capacity;
} hash_index;

/* Makes room for `count` hashes at once. False when memory is out. */
bool hash_index_expect(hash_index *index, arena *a, size_t count);
/* `value` is not NULL. False when memory is out. */
bool hash_index_add(hash_index *index, arena *a, uint64_t hash, void *value);

/*
 * Asks the processor for the place that a hash leads to, which will be looked at soon. (Out of line gcc would leave it
 * out, as without effect.)
 */
__attribute__((always_inline)) static inline void hash_index_look_ahead(const hash_index *index, uint64_t hash) {
    __builtin_prefetch(&index->slots[hash & (index->slot_count - 1)]);
}

/* A value, and how to get to the next one; the value is NULL behind the last. Adding ends it. */
typedef struct hash_found {
    void *value;
    uint32_t next;
} hash_found;

hash_found hash_index_find(const hash_index *index, uint64_t hash);
hash_found hash_index_next(const hash_index *index, hash_found found);

#endif
