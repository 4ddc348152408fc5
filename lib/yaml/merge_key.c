/* yaml/merge_key.c: see merge_key.h; after merge() of go-yaml v3's decode.go. Cost: linear in what is merged. */
#include "yaml/merge_key.h"

#include "core/table.h"

typedef struct merging {
    scope *sc;
    node *out;
    table seen;
    uint32_t depth;
} merging;

bool merge_key_is(const node *key) {
    return key->kind == NODE_SCALAR && key->style == STYLE_PLAIN && (key->tag == TAG_UNSET || key->tag == TAG_MERGE) &&
           text_is(node_text(key), "<<");
}

static strata_status add_mapping(merging *m, const node *mapping, bool own);

static strata_status add_merged(merging *m, const node *key, const node *value) {
    bool list = value->kind == NODE_SEQUENCE;
    for (uint32_t i = 0; i < (list ? value->count : 1); i++) {
        const node *mapping = list ? value->items[i] : value;
        if (mapping->kind != NODE_MAPPING)
            return scope_fail(m->sc, DIAGNOSTIC_YAML_VALUE, key->where,
                              "the merge key << stands for a mapping or a list of them");
        TRY(add_mapping(m, mapping, false));
    }
    return STRATA_OK;
}

/* Keys of the mapping itself are all kept: whether one is there twice is checked when they are sorted. */
static strata_status add_pair(merging *m, const node_pair *pair, bool own) {
    text key = node_text(pair->key);
    if (!own && table_find(&m->seen, key)) return STRATA_OK;
    bool done = node_add(m->sc->arena, m->out, pair->key, pair->value) && table_add(&m->seen, m->sc->arena, key, m);
    return done ? STRATA_OK : scope_no_memory(m->sc);
}

static strata_status add_mapping(merging *m, const node *mapping, bool own) {
    const node_pair *merge = NULL;
    if (m->depth++ >= m->sc->limits->nesting)
        return scope_fail(m->sc, DIAGNOSTIC_LIMIT, mapping->where, "merge keys are nested more than %u levels deep",
                          m->sc->limits->nesting);
    for (uint32_t i = 0; i < mapping->count; i++) {
        const node_pair *pair = &mapping->pairs[i];
        if (!merge_key_is(pair->key)) {
            TRY(add_pair(m, pair, own));
            continue;
        }
        if (merge) return scope_fail(m->sc, DIAGNOSTIC_YAML_DUPLICATE_KEY, pair->key->where, "two merge keys");
        merge = pair;
    }
    if (merge) TRY(add_merged(m, merge->key, merge->value));
    m->depth--;
    return STRATA_OK;
}

strata_status merge_key_resolve(scope *sc, const node **mapping) {
    const node *n = *mapping;
    bool any = false;
    for (uint32_t i = 0; n->kind == NODE_MAPPING && !any && i < n->count; i++)
        any = merge_key_is(n->pairs[i].key);
    if (!any) return STRATA_OK;
    merging m = {.sc = sc, .out = node_new_mapping(sc->arena)};
    if (!m.out) return scope_no_memory(sc);
    m.out->flags = n->flags;
    m.out->where = n->where;
    TRY(add_mapping(&m, n, true));
    *mapping = m.out;
    return STRATA_OK;
}
