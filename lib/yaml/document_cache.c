/* yaml/document_cache.c: see document_cache.h. A chained hash table whose entries are also in the order of their use.
 */
#include "yaml/document_cache.h"

#include <pthread.h>
#include <xxhash.h>

enum {
    BUCKETS = 4096,
    SEEN = 4096, /* a power of two */
    /* To read a smaller file into a pack and copy it out costs more than it saves, unless the file comes again. */
    SMALL = 4096
};

typedef struct cache_entry cache_entry;
struct cache_entry {
    XXH128_hash_t hash;
    document_pack *pack;
    cache_entry *next;  /* in the bucket */
    cache_entry *newer; /* in the order of use */
    cache_entry *older;
};

struct document_cache {
    const allocator *from;
    const limits *limits;
    size_t room;
    uint64_t seed;
    pthread_mutex_t lock; /* guards what follows */
    size_t used;
    uint64_t seen[SEEN]; /* hashes of small files that were asked for; newer ones take the places of others */
    cache_entry *newest;
    cache_entry *oldest;
    cache_entry *buckets[BUCKETS];
};

document_cache *document_cache_new(const allocator *from, const limits *bounds, size_t size) {
    document_cache *cache = from->allocate(sizeof *cache, from->user);
    if (!cache) return NULL;
    memset(cache, 0, sizeof *cache);
    cache->from = from;
    cache->limits = bounds;
    cache->room = size;
    cache->seed = hash_seed();
    pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

static cache_entry **bucket_of(document_cache *cache, XXH128_hash_t hash) {
    return &cache->buckets[hash.low64 % BUCKETS];
}

/* --- the order of use -------------------------------------------------------------------------------------------- */

static void take_out_of_order(document_cache *cache, cache_entry *e) {
    *(e->newer ? &e->newer->older : &cache->newest) = e->older;
    *(e->older ? &e->older->newer : &cache->oldest) = e->newer;
}

static void put_in_front(document_cache *cache, cache_entry *e) {
    e->newer = NULL;
    e->older = cache->newest;
    *(cache->newest ? &cache->newest->newer : &cache->oldest) = e;
    cache->newest = e;
}

static void drop_oldest(document_cache *cache) {
    cache_entry *e = cache->oldest;
    take_out_of_order(cache, e);
    cache_entry **link = bucket_of(cache, e->hash);
    while (*link != e)
        link = &(*link)->next;
    *link = e->next;
    cache->used -= document_pack_size(e->pack);
    document_pack_release(e->pack);
    cache->from->release(e, cache->from->user);
}

void document_cache_free(document_cache *cache) {
    if (!cache) return;
    while (cache->oldest)
        drop_oldest(cache);
    pthread_mutex_destroy(&cache->lock);
    cache->from->release(cache, cache->from->user);
}

size_t document_cache_size(document_cache *cache) {
    pthread_mutex_lock(&cache->lock);
    size_t used = cache->used;
    pthread_mutex_unlock(&cache->lock);
    return used;
}

/* --- looking up -------------------------------------------------------------------------------------------------- */

/* Whether a small file is asked for the first time. Called with the lock. */
static bool is_new(document_cache *cache, XXH128_hash_t hash, size_t size) {
    uint64_t *seen = &cache->seen[hash.low64 & (SEEN - 1)];
    if (size >= SMALL || *seen == hash.high64) return false;
    *seen = hash.high64;
    return true;
}

/* A reference to what is there, or NULL. Called with the lock. */
static document_pack *find(document_cache *cache, XXH128_hash_t hash, text bytes) {
    for (cache_entry *e = *bucket_of(cache, hash); e; e = e->next) {
        if (!XXH128_isEqual(e->hash, hash) || !text_equal(document_pack_source(e->pack), bytes)) continue;
        take_out_of_order(cache, e);
        put_in_front(cache, e);
        return document_pack_share(e->pack);
    }
    return NULL;
}

/* Keeps a pack, unless another thread was faster or there is no room. Called with the lock. */
static void keep(document_cache *cache, XXH128_hash_t hash, document_pack *pack) {
    size_t size = document_pack_size(pack);
    if (size > cache->room) return;
    cache_entry *e = cache->from->allocate(sizeof *e, cache->from->user);
    if (!e) return;
    while (cache->used > cache->room - size)
        drop_oldest(cache);
    cache_entry **bucket = bucket_of(cache, hash);
    *e = (cache_entry){.hash = hash, .pack = document_pack_share(pack), .next = *bucket};
    *bucket = e;
    put_in_front(cache, e);
    cache->used += size;
}

document_pack *document_cache_get(document_cache *cache, text bytes) {
    XXH128_hash_t hash = XXH3_128bits_withSeed(bytes.data ? bytes.data : "", bytes.size, cache->seed);
    pthread_mutex_lock(&cache->lock);
    document_pack *pack = find(cache, hash, bytes);
    bool leave = !pack && is_new(cache, hash, bytes.size);
    pthread_mutex_unlock(&cache->lock);
    if (pack || leave) return pack;
    pack = document_pack_new(cache->from, cache->limits, bytes);
    if (!pack) return NULL;
    pthread_mutex_lock(&cache->lock);
    document_pack *other = find(cache, hash, bytes);
    if (!other) keep(cache, hash, pack);
    pthread_mutex_unlock(&cache->lock);
    if (!other) return pack;
    document_pack_release(pack);
    return other;
}
