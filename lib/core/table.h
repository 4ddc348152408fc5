/*
 * core/table.h: a hash table from texts to pointers; a key may have several values.
 *
 * Hashing is XXH3 with a random seed for each table, since a renderer looks up names that strangers chose. Entries are
 * never removed. Values of one key come out in the order in which they were added. Memory is the arena's; keys are not
 * copied. Adding and finding take constant time on average.
 */
#ifndef CORE_TABLE_H
#define CORE_TABLE_H

#include "core/text.h"

typedef struct table_entry {
    uint64_t hash;
    text key;
    void *value;
    struct table_entry *next;  /* in the bucket */
    struct table_entry *last;  /* of this key, in the first entry that has it */
    struct table_entry *older; /* for growing: all entries, newest first */
} table_entry;

typedef struct table {
    table_entry **buckets; /* a power of two of them */
    size_t bucket_count;
    size_t count;
    table_entry *newest;
    uint64_t seed;
} table;

/* An all-zero table is empty and ready; the first table_add seeds it. */
bool table_add(table *t, arena *a, text key, void *value); /* false when memory is out */
/* The first entry with that key, NULL when there is none; table_next gives the others. */
const table_entry *table_find(const table *t, text key);
const table_entry *table_next(const table_entry *entry);
/* The value of the first entry, or NULL. */
void *table_get(const table *t, text key);

/* A seed that differs from run to run. */
uint64_t hash_seed(void);
/* The next seed of the tables in an arena. */
uint64_t hash_seed_of(arena *a);
uint64_t hash_text(text t, uint64_t seed);

#endif
