/* core/table.c: chained hashing; see table.h. */
#include "core/table.h"

#include <sys/random.h>
#include <xxhash.h>

enum { FIRST_BUCKETS = 16 };

uint64_t hash_seed(void) {
    uint64_t seed = 0;
    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != (ssize_t)sizeof seed) seed = (uintptr_t)&seed;
    return seed;
}

uint64_t hash_text(text t, uint64_t seed) { return XXH3_64bits_withSeed(t.data ? t.data : "", t.size, seed); }

/* The system is asked once for an arena; nobody outside sees the seeds, so each may follow from the one before. */
uint64_t hash_seed_of(arena *a) {
    if (a->seed == 0) a->seed = hash_seed();
    a->seed = XXH3_64bits_withSeed(&a->seed, sizeof a->seed, a->seed);
    return a->seed;
}

static bool has_key(const table_entry *entry, uint64_t hash, text key) {
    return entry->hash == hash && text_equal(entry->key, key);
}

/* Behind the last entry with its key, so that equal keys stay in order; a new key goes to the front of the bucket. */
static void link_entry(table *t, table_entry *entry) {
    table_entry **front = &t->buckets[entry->hash & (t->bucket_count - 1)], *first = *front;
    while (first && !has_key(first, entry->hash, entry->key))
        first = first->next;
    table_entry **place = first ? &first->last->next : front;
    entry->next = *place;
    *place = entry;
    (first ? first : entry)->last = entry;
}

static bool grow(table *t, arena *a) {
    size_t count = t->bucket_count ? t->bucket_count * 2 : FIRST_BUCKETS;
    table_entry **buckets = ARENA_ARRAY(a, table_entry *, count);
    if (!buckets) return false;
    t->buckets = buckets;
    t->bucket_count = count;
    /* From newest to oldest, each put in front: the order of adding comes out again. */
    for (table_entry *entry = t->newest; entry; entry = entry->older) {
        table_entry **front = &buckets[entry->hash & (count - 1)];
        entry->next = *front;
        *front = entry;
    }
    return true;
}

bool table_add(table *t, arena *a, text key, void *value) {
    if (t->bucket_count == 0) t->seed = hash_seed_of(a);
    if (t->count >= t->bucket_count && !grow(t, a)) return false;
    table_entry *entry = ARENA_NEW(a, table_entry);
    if (!entry) return false;
    entry->hash = hash_text(key, t->seed);
    entry->key = key;
    entry->value = value;
    entry->older = t->newest;
    t->newest = entry;
    t->count++;
    link_entry(t, entry);
    return true;
}

static const table_entry *match(const table_entry *entry, uint64_t hash, text key) {
    while (entry && !has_key(entry, hash, key))
        entry = entry->next;
    return entry;
}

const table_entry *table_find(const table *t, text key) {
    if (t->count == 0) return NULL;
    uint64_t hash = hash_text(key, t->seed);
    return match(t->buckets[hash & (t->bucket_count - 1)], hash, key);
}

const table_entry *table_next(const table_entry *entry) { return match(entry->next, entry->hash, entry->key); }

void *table_get(const table *t, text key) {
    const table_entry *entry = table_find(t, key);
    return entry ? entry->value : NULL;
}
