/* yaml/mapping_index.c: see mapping_index.h. */
#include "yaml/mapping_index.h"

enum { LARGE_MAPPING = 64 };

typedef struct indexed_mapping {
    const node *mapping;
    table keys;       /* scalar key → number of its first pair + 1 */
    uint32_t covered; /* so many pairs are in it; 0: it is not indexed yet */
    size_t searched;  /* pairs that were gone over since then */
} indexed_mapping;

static text pointer_text(const node *const *mapping) { return text_of((const char *)mapping, sizeof *mapping); }

static indexed_mapping *record_of(arena *a, mapping_index *index, const node *mapping) {
    indexed_mapping *own = table_get(&index->mappings, pointer_text(&mapping));
    if (own) return own;
    own = ARENA_NEW(a, indexed_mapping);
    if (!own) return NULL;
    own->mapping = mapping;
    return table_add(&index->mappings, a, pointer_text(&own->mapping), own) ? own : NULL;
}

/* Enters the pairs that have been added. */
static bool cover(arena *a, indexed_mapping *own) {
    for (; own->covered < own->mapping->count; own->covered++) {
        const node *key = own->mapping->pairs[own->covered].key;
        if (key->kind != NODE_SCALAR || table_find(&own->keys, node_text(key))) continue;
        if (!table_add(&own->keys, a, node_text(key), (void *)((uintptr_t)own->covered + 1))) return false;
    }
    return true;
}

bool mapping_index_find(arena *a, mapping_index *index, const node *mapping, text key, size_t *at) {
    if (!node_is_mapping(mapping) || mapping->count < LARGE_MAPPING) {
        *at = node_find(mapping, key);
        return true;
    }
    indexed_mapping *own = record_of(a, index, mapping);
    if (!own) return false;
    /* Where pairs are removed all the time, making the index anew each time would cost more than it saves. */
    if (own->covered == 0 && own->searched < mapping->count) {
        *at = node_find(mapping, key);
        own->searched += *at == SIZE_MAX ? mapping->count : *at + 1;
        return true;
    }
    if (!cover(a, own)) return false;
    *at = (size_t)(uintptr_t)table_get(&own->keys, key) - 1;
    return true;
}

void mapping_index_forget(mapping_index *index, const node *mapping) {
    indexed_mapping *own = table_get(&index->mappings, pointer_text(&mapping));
    if (own) *own = (indexed_mapping){.mapping = mapping};
}
