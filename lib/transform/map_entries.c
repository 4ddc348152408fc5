/* transform/map_entries.c: see map_entries.h. */
#include "transform/map_entries.h"

#include "transform/field_walk.h"
#include "transform/set_scalar.h"

typedef struct entry {
    text key;
    node *value;
    mapping_index *index;
} entry;

static strata_status set_at(scope *sc, node *field, void *user) {
    const entry *e = user;
    return set_entry_indexed(sc, e->index, field, e->key, e->value);
}

static strata_status set_pair(scope *sc, node *root, const text_pair *pair, field_spec_list specs,
                              mapping_index *index) {
    entry e = {pair->key, node_new_string(sc->arena, pair->value), index};
    if (!e.value) return scope_no_memory(sc);
    field_walk walk = {true, NODE_MAPPING, TAG_MAP, set_at, &e};
    return field_walk_specs(sc, root, specs, &walk);
}

/* Whether a spec leads into what identifies a resource: then the index of the set has to be told. */
static bool may_rename(field_spec_list specs) {
    for (size_t i = 0; i < specs.count; i++)
        if (text_is(specs.items[i].path, "metadata")) return true;
    return false;
}

strata_status map_entries_set(scope *sc, resource_set *set, const text_map *pairs, field_spec_list specs) {
    mapping_index index = {0};
    for (size_t i = 0; i < set->count; i++) {
        resources_look_ahead(set->items, set->count, i);
        for (size_t k = 0; k < pairs->count; k++)
            TRY(set_pair(sc, set->items[i]->root, &pairs->items[k], specs, &index));
    }
    if (may_rename(specs)) resource_set_changed(set);
    return STRATA_OK;
}
