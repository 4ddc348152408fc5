/*
 * model/resource_set.c: the ordered set; after kustomize's api/resmap/reswrangler.go. See resource_set.h. What its
 * index holds is in resource_index.h: candidates, each of which is compared here before it counts.
 */
#include "model/resource_set.h"

#include "core/table.h"
#include "model/near_miss.h"
#include "model/resource_index.h"

#include <stdlib.h>

bool resource_list_add(arena *a, resource_list *list, resource *r) {
    resource **items = arena_grow(a, list->items, &list->capacity, list->count + 1, sizeof *items);
    if (!items) return false;
    list->items = items;
    list->items[list->count++] = r;
    return true;
}

void resource_set_init(resource_set *set, const schema *s) {
    memset(set, 0, sizeof *set);
    set->schema = s;
}

/* --- the index --------------------------------------------------------------------------------------------------- */

static strata_status need_index(scope *sc, resource_set *set, resource_key key) {
    if (!set->index && !(set->index = resource_index_new(sc->arena))) return scope_no_memory(sc);
    return resource_index_need(sc->arena, set->index, key, set) ? STRATA_OK : scope_no_memory(sc);
}

static strata_status enter(scope *sc, resource_set *set, resource *r, const resource_id *id) {
    if (!set->index || resource_index_add(sc->arena, set->index, r, id)) return STRATA_OK;
    return scope_no_memory(sc);
}

strata_status resource_set_renamed(scope *sc, resource_set *set, resource *r) {
    set->may_have_twins = true;
    if (!set->index) return STRATA_OK;
    resource_id id = resource_current_id(r, set->schema);
    return enter(sc, set, r, &id);
}

/* Made anew, an index takes all that the resources were called; brought up to date, an id of each. */
static bool is_worth_keeping(const resource_set *set) {
    enum { SHORT_HISTORY = 4 };
    size_t former = 0;
    for (size_t i = 0; i < set->count; i++)
        former += set->items[i]->previous_count;
    return former / SHORT_HISTORY > set->count;
}

strata_status resource_set_all_renamed(scope *sc, resource_set *set) {
    set->may_have_twins = true;
    if (set->index && !is_worth_keeping(set)) set->index = NULL;
    for (size_t i = 0; set->index && i < set->count; i++)
        TRY(resource_set_renamed(sc, set, set->items[i]));
    return STRATA_OK;
}

void resource_set_changed(resource_set *set) {
    set->may_have_twins = true;
    set->index = NULL;
}

/* --- finding ----------------------------------------------------------------------------------------------------- */

typedef bool (*id_test)(const resource_id *a, const resource_id *b);

static bool same_but_namespace(const resource_id *a, const resource_id *b) {
    return text_equal(a->name, b->name) && gvk_equal(a->type, b->type);
}

static bool has_id(const resource_set *set, const resource *r, const resource_id *id, bool current_only, id_test test) {
    for (size_t i = current_only ? r->previous_count : 0; i < resource_id_count(r); i++) {
        resource_id own = resource_id_at(r, set->schema, i);
        if (test(id, &own)) return true;
    }
    return false;
}

static int compare_positions(const void *a, const void *b) {
    size_t first = (*(resource *const *)a)->position, second = (*(resource *const *)b)->position;
    return (first > second) - (first < second);
}

static bool is_there(const resource *r) { return r->position != RESOURCE_REMOVED && !node_is_null_or_empty(r->root); }

/* Adds what the index has for `id` under `key` and passes `test` against it (all of that when there is no test). */
static strata_status collect(scope *sc, resource_set *set, resource_key key, const resource_id *id, bool current_only,
                             id_test test, resource_list *out) {
    TRY(need_index(sc, set, key));
    resource_candidates candidates = resource_index_find(set->index, key, id);
    for (resource *r; (r = resource_candidates_next(&candidates));) {
        if (!is_there(r) || (test && !has_id(set, r, id, current_only, test))) continue;
        if (!resource_list_add(sc->arena, out, r)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

/* In the order of the set, each resource once. */
static void arrange(resource_list *list) {
    if (list->count < 2) return;
    qsort(list->items, list->count, sizeof *list->items, compare_positions);
    size_t kept = 1;
    for (size_t i = 1; i < list->count; i++)
        if (list->items[i] != list->items[kept - 1]) list->items[kept++] = list->items[i];
    list->count = kept;
}

static strata_status find(scope *sc, resource_set *set, resource_key key, const resource_id *id, bool current_only,
                          id_test test, resource_list *out) {
    *out = (resource_list){NULL, 0, 0};
    TRY(collect(sc, set, key, id, current_only, test, out));
    arrange(out);
    return STRATA_OK;
}

strata_status resource_set_find_named(scope *sc, resource_set *set, text kind, text name, resource_list *out) {
    resource_id id = {.type.kind = kind, .name = name};
    return find(sc, set, BY_KIND_AND_NAME, &id, false, NULL, out);
}

strata_status resource_set_find_any_namespace(scope *sc, resource_set *set, const resource_id *id, resource_list *out) {
    return find(sc, set, BY_KIND_AND_NAME, id, false, same_but_namespace, out);
}

strata_status resource_set_find_name(scope *sc, resource_set *set, text name, resource_list *out) {
    resource_id id = {.name = name};
    return find(sc, set, BY_NAME, &id, false, NULL, out);
}

/* Ids without a namespace are one whatever is written in metadata.namespace: their namespaces are no key. */
strata_status resource_set_find(scope *sc, resource_set *set, const resource_id *id, bool current_only,
                                resource_list *out) {
    if (id->cluster_scoped) return find(sc, set, BY_KIND_AND_NAME, id, current_only, resource_id_equal, out);
    *out = (resource_list){NULL, 0, 0};
    TRY(collect(sc, set, BY_CURRENT_ID, id, current_only, resource_id_equal, out));
    if (!current_only) TRY(collect(sc, set, BY_FORMER_ID, id, false, resource_id_equal, out));
    arrange(out);
    return STRATA_OK;
}

/* Another resource with the current id of `r`. */
static strata_status twin_of(scope *sc, resource_set *set, const resource *r, const resource_id *id, resource **out) {
    resource_key key = id->cluster_scoped ? BY_KIND_AND_NAME : BY_CURRENT_ID;
    *out = NULL;
    TRY(need_index(sc, set, key));
    resource_candidates candidates = resource_index_find(set->index, key, id);
    for (resource *other; !*out && (other = resource_candidates_next(&candidates));)
        if (other != r && is_there(other) && has_id(set, other, id, true, resource_id_equal)) *out = other;
    return STRATA_OK;
}

strata_status resource_set_twin(scope *sc, resource_set *set, const resource *r, resource **out) {
    resource_id id = resource_current_id(r, set->schema);
    return twin_of(sc, set, r, &id, out);
}

static uint64_t hash_of(uint64_t seed, const resource_id *id) {
    const text parts[] = {id->name, id->type.kind, id->type.version, id->type.group,
                          resource_id_effective_namespace(id)};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        seed = hash_text(parts[i], seed);
    return seed;
}

typedef struct hashed_resource {
    resource *r;
    uint64_t hash; /* of its current id */
} hashed_resource;

/* Those that are not empty, so that finding twins among them looks into no more documents. NULL when memory is out. */
static hashed_resource *hash_all(scope *sc, const resource_set *set, size_t *count) {
    const uint64_t seed = hash_seed_of(sc->arena);
    hashed_resource *items = ARENA_ARRAY(sc->arena, hashed_resource, set->count);
    *count = 0;
    for (size_t i = 0; items && i < set->count; i++) {
        resource *r = set->items[i];
        resources_look_ahead(set->items, set->count, i);
        if (node_is_null_or_empty(r->root)) continue;
        resource_id id = resource_current_id(r, set->schema);
        items[(*count)++] = (hashed_resource){r, hash_of(seed, &id)};
    }
    return items;
}

/* One with the same current id among those of one hash. */
static resource *twin_among(const resource_set *set, const hash_index *known, hash_found found, const resource *r) {
    if (!found.value) return NULL;
    resource_id id = resource_current_id(r, set->schema);
    for (; found.value; found = hash_index_next(known, found))
        if (has_id(set, found.value, &id, true, resource_id_equal)) return found.value;
    return NULL;
}

/* With an index of its own: the ids in force now count, whatever they were when the set's index was filled. */
strata_status resource_set_find_twins(scope *sc, const resource_set *set, resource **first, resource **second) {
    enum { AHEAD = 8 };
    size_t count;
    hash_index known = {0};
    const hashed_resource *items = hash_all(sc, set, &count);
    *first = *second = NULL;
    if (!items || !hash_index_expect(&known, sc->arena, count)) return scope_no_memory(sc);
    for (size_t i = 0; i < count; i++) {
        if (i + AHEAD < count) hash_index_look_ahead(&known, items[i + AHEAD].hash);
        *first = twin_among(set, &known, hash_index_find(&known, items[i].hash), items[i].r);
        if (*first) {
            *second = items[i].r;
            return STRATA_OK;
        }
        if (!hash_index_add(&known, sc->arena, items[i].hash, items[i].r)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

strata_status resource_set_get(scope *sc, resource_set *set, const resource_id *id, origin named_at, resource **out) {
    resource_list found;
    TRY(resource_set_find(sc, set, id, false, &found));
    if (found.count == 1) {
        *out = found.items[0];
        return STRATA_OK;
    }
    text name = resource_id_format(sc->arena, id);
    if (found.count > 1)
        return scope_fail(sc, DIAGNOSTIC_RESOURCE_NOT_FOUND, named_at, "%zu resources match %.*s; one is wanted",
                          found.count, TEXT_ARG(name));
    return scope_fail_hint(sc, DIAGNOSTIC_RESOURCE_NOT_FOUND, named_at, near_miss_hint(sc, set, id, true),
                           "no matches for Id %.*s", TEXT_ARG(name));
}

/* --- changing ---------------------------------------------------------------------------------------------------- */

static strata_status append(scope *sc, resource_set *set, resource *r, const resource_id *id) {
    resource **items = arena_grow(sc->arena, set->items, &set->capacity, set->count + 1, sizeof *items);
    if (!items) return scope_no_memory(sc);
    set->items = items;
    r->position = set->count;
    set->items[set->count++] = r;
    return enter(sc, set, r, id);
}

static strata_status fail_twins(scope *sc, const resource_set *set, const resource *r, const resource *other) {
    resource_id id = resource_current_id(r, set->schema);
    text name = resource_id_format(sc->arena, &id);
    strata_status status = scope_fail(sc, DIAGNOSTIC_DUPLICATE_RESOURCE, r->root->where,
                                      "may not add resource with an already registered id: %.*s", TEXT_ARG(name));
    return scope_note(sc, status, other->root->where, "the other one is here");
}

strata_status resource_set_append(scope *sc, resource_set *set, resource *r) {
    resource_id id = resource_current_id(r, set->schema);
    resource *other;
    TRY(twin_of(sc, set, r, &id, &other));
    return other ? fail_twins(sc, set, r, other) : append(sc, set, r, &id);
}

/* Each resource was compared with the others when it was added; only a new schema can make two of other scope clash. */
strata_status resource_set_check(scope *sc, resource_set *set) {
    resource *first, *second;
    if (!set->may_have_twins && schema_is_builtin(set->schema)) return STRATA_OK;
    TRY(resource_set_find_twins(sc, set, &first, &second));
    set->may_have_twins = second != NULL;
    return second ? fail_twins(sc, set, second, first) : STRATA_OK;
}

strata_status resource_set_append_all(scope *sc, resource_set *set, const resource_set *from) {
    for (size_t i = 0; i < from->count; i++)
        TRY(resource_set_append(sc, set, from->items[i]));
    return STRATA_OK;
}

void resource_set_keep(resource_set *set, const bool *keep) {
    size_t kept = 0;
    for (size_t i = 0; i < set->count; i++) {
        resource *r = set->items[i];
        r->position = keep[i] ? kept : RESOURCE_REMOVED;
        if (keep[i]) set->items[kept++] = r;
    }
    set->count = kept;
}

void resource_set_drop_empty(resource_set *set) {
    size_t kept = 0;
    set->may_have_empty = false;
    for (size_t i = 0; i < set->count; i++) {
        resource *r = set->items[i];
        bool empty = node_is_null_or_empty(r->root);
        r->position = empty ? RESOURCE_REMOVED : kept;
        if (!empty) set->items[kept++] = r;
    }
    set->count = kept;
}
