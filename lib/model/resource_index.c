/* model/resource_index.c: see resource_index.h. */
#include "model/resource_index.h"

#include "core/table.h"

/* The parts of an id that a key is made of; `name_space` is the one to compare by. */
static uint64_t hash_of(const resource_index *index, resource_key key, text kind, text name, text name_space) {
    uint64_t hash = hash_text(name, index->seed);
    if (key != BY_NAME) hash = hash_text(kind, hash);
    return key == BY_CURRENT_ID || key == BY_FORMER_ID ? hash_text(name_space, hash) : hash;
}

static text written_namespace(text name_space) { return text_empty(name_space) ? TEXT("default") : name_space; }

static bool enter_current(arena *a, resource_index *index, resource_key key, resource *r, const resource_id *id) {
    uint64_t hash = hash_of(index, key, id->type.kind, id->name, written_namespace(id->name_space));
    return hash_index_add(&index->by[key], a, hash, r);
}

static bool enter_former(arena *a, resource_index *index, resource_key key, resource *r, size_t from) {
    for (size_t i = from; i < r->previous_count; i++) {
        const previous_id *id = &r->previous[i];
        uint64_t hash = hash_of(index, key, id->kind, id->name, written_namespace(id->name_space));
        if (!hash_index_add(&index->by[key], a, hash, r)) return false;
    }
    return true;
}

resource_index *resource_index_new(arena *a) {
    resource_index *index = ARENA_NEW(a, resource_index);
    if (index) index->seed = hash_seed_of(a);
    return index;
}

bool resource_index_need(arena *a, resource_index *index, resource_key key, const resource_set *set) {
    if (index->is_filled[key]) return true;
    if (key != BY_FORMER_ID && !hash_index_expect(&index->by[key], a, set->count)) return false;
    for (size_t i = 0; i < set->count; i++) {
        resource *r = set->items[i];
        resources_look_ahead(set->items, set->count, i);
        if (key != BY_CURRENT_ID && !enter_former(a, index, key, r, 0)) return false;
        if (key == BY_FORMER_ID) continue;
        resource_id id = resource_current_id(r, set->schema);
        if (!enter_current(a, index, key, r, &id)) return false;
    }
    index->is_filled[key] = true;
    return true;
}

bool resource_index_add(arena *a, resource_index *index, resource *r, const resource_id *current) {
    size_t known = r->indexed_in == index && r->indexed_ids <= r->previous_count ? r->indexed_ids : 0;
    r->indexed_in = index;
    r->indexed_ids = r->previous_count;
    for (resource_key key = BY_CURRENT_ID; key <= BY_NAME; key++) {
        if (!index->is_filled[key]) continue;
        if (key != BY_CURRENT_ID && !enter_former(a, index, key, r, known)) return false;
        if (key != BY_FORMER_ID && !enter_current(a, index, key, r, current)) return false;
    }
    return true;
}

resource_candidates resource_index_find(const resource_index *index, resource_key key, const resource_id *id) {
    text name_space = key == BY_FORMER_ID ? resource_id_effective_namespace(id) : written_namespace(id->name_space);
    uint64_t hash = hash_of(index, key, id->type.kind, id->name, name_space);
    return (resource_candidates){&index->by[key], hash_index_find(&index->by[key], hash)};
}

resource *resource_candidates_next(resource_candidates *candidates) {
    resource *r = candidates->found.value;
    if (r) candidates->found = hash_index_next(candidates->index, candidates->found);
    return r;
}
