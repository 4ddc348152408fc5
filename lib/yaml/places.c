/* yaml/places.c: see places.h. */
#include "yaml/places.h"

#include "core/table.h"

enum { FEW_PAIRS = 16 };

/* Finds pairs by key: large mappings by a table. */
typedef struct pair_finder {
    const node *mapping;
    table by_key; /* empty for a small mapping */
} pair_finder;

static bool finder_init(scope *sc, pair_finder *f, const node *mapping) {
    *f = (pair_finder){.mapping = mapping};
    bool large = mapping->kind == NODE_MAPPING && mapping->count > FEW_PAIRS;
    for (uint32_t i = 0; large && i < mapping->count; i++)
        if (!table_add(&f->by_key, sc->arena, node_text(mapping->pairs[i].key), &mapping->pairs[i])) return false;
    return true;
}

static const node_pair *find(const pair_finder *f, text key) {
    if (f->by_key.count) return table_get(&f->by_key, key);
    size_t at = node_find(f->mapping, key);
    return at == SIZE_MAX ? NULL : &f->mapping->pairs[at];
}

static strata_status copy(scope *sc, const node *from, origin around, node *to);

static strata_status copy_pairs(scope *sc, const node *from, node *to) {
    pair_finder finder;
    if (!finder_init(sc, &finder, from)) return scope_no_memory(sc);
    for (uint32_t i = 0; i < to->count; i++) {
        const node_pair *pair = find(&finder, node_text(to->pairs[i].key));
        TRY(copy(sc, pair ? pair->key : NULL, to->where, to->pairs[i].key));
        TRY(copy(sc, pair ? pair->value : NULL, to->where, to->pairs[i].value));
    }
    return STRATA_OK;
}

static strata_status copy(scope *sc, const node *from, origin around, node *to) {
    static const node nothing = {.kind = NODE_SCALAR};
    if (!from) from = &nothing;
    to->where = from->where != ORIGIN_UNKNOWN ? from->where : around;
    if (to->kind == NODE_MAPPING) return copy_pairs(sc, from, to);
    for (uint32_t i = 0; to->kind == NODE_SEQUENCE && i < to->count; i++)
        TRY(copy(sc, from->kind == NODE_SEQUENCE && i < from->count ? from->items[i] : NULL, to->where, to->items[i]));
    return STRATA_OK;
}

strata_status places_copy(scope *sc, const node *from, node *to) { return copy(sc, from, to->where, to); }
