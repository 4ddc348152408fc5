/*
 * model/resource_index.h: which resources of a set have, or had, an id: the index behind resource_set.h.
 *
 * It gives candidates. It may hold ids that a resource no longer has, resources that have left the set, and a resource
 * several times: whoever asks compares the ids. Current and former ids are kept apart, with their namespaces, because a
 * base that is used a thousand times gives a thousand resources one former name, or one name in a thousand namespaces.
 *
 * Cost: entering a resource and asking take time in proportion to its ids and to the candidates. What is not asked for
 * is not filled.
 */
#ifndef MODEL_RESOURCE_INDEX_H
#define MODEL_RESOURCE_INDEX_H

#include "core/hash_index.h"
#include "model/resource_set.h"

/* One way to ask. */
typedef enum resource_key {
    BY_CURRENT_ID,    /* kind, name and namespace as written ("default" for none), of ids that are or were current */
    BY_FORMER_ID,     /* the same of former ids, with their effective namespace */
    BY_KIND_AND_NAME, /* of all ids */
    BY_NAME           /* of all ids */
} resource_key;

enum { RESOURCE_KEYS = BY_NAME + 1 };

typedef struct resource_index {
    uint64_t seed;
    bool is_filled[RESOURCE_KEYS];
    hash_index by[RESOURCE_KEYS];
} resource_index;

/* A new index of the set with nothing filled; NULL when memory is out. */
resource_index *resource_index_new(arena *a);
/* Enters the whole set under a key, if that was not done yet. False when memory is out. */
bool resource_index_need(arena *a, resource_index *index, resource_key key, const resource_set *set);
/* Enters the ids that are not in the index yet, under the filled keys; the current one in any case. */
bool resource_index_add(arena *a, resource_index *index, resource *r, const resource_id *current);

/* The candidates for an id under a filled key; the key says which parts of it count. */
typedef struct resource_candidates {
    const hash_index *index;
    hash_found found;
} resource_candidates;

resource_candidates resource_index_find(const resource_index *index, resource_key key, const resource_id *id);
/* The next one; NULL when there are no more. */
resource *resource_candidates_next(resource_candidates *candidates);

#endif
