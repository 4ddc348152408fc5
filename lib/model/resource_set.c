/*
 * model/resource_set.c: the ordered set and its index; after kustomize's api/resmap/reswrangler.go. See resource_set.h.
 *
 * The index maps "kind, name" of every id, current or previous, to resources. It may hold ids that a resource no longer
 * has and resources that have left the set, since each candidate is compared before it counts.
 */
#include "model/resource_set.h"

#include "core/suggest.h"
#include "core/table.h"

#include <stdlib.h>

struct resource_index {
    table by_kind_and_name;
    bool has_names; /* by_name is filled: only once it is asked for */
    table by_name;
};

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

enum { SHORT_KEY = 256 };

/* "kind\0name": in `space` when it fits, else in the arena. */
static text index_key(arena *a, char space[SHORT_KEY], text kind, text name) {
    if (kind.size + 1 + name.size > SHORT_KEY) return TEXT_CONCAT(a, kind, TEXT("\0"), name);
    if (kind.size) memcpy(space, kind.data, kind.size);
    space[kind.size] = '\0';
    if (name.size) memcpy(space + kind.size + 1, name.data, name.size);
    return text_of(space, kind.size + 1 + name.size);
}

/* Enters a resource under a key, once. The key is copied when it lies in `space`. */
static bool index_under(arena *a, table *t, text key, const char *space, resource *r) {
    for (const table_entry *e = table_find(t, key); e; e = table_next(e))
        if (e->value == r) return true;
    if (key.data == space && !(key = text_copy(a, key)).data) return false;
    return table_add(t, a, key, r);
}

static bool index_id(arena *a, resource_index *index, text kind, text name, resource *r) {
    char space[SHORT_KEY];
    text key = index_key(a, space, kind, name);
    if (!key.data || !index_under(a, &index->by_kind_and_name, key, space, r)) return false;
    return !index->has_names || index_under(a, &index->by_name, name, NULL, r);
}

static bool index_resource(arena *a, resource_index *index, resource *r) {
    for (size_t i = 0; i < r->previous_count; i++)
        if (!index_id(a, index, r->previous[i].kind, r->previous[i].name, r)) return false;
    return index_id(a, index, resource_kind(r), resource_name(r), r);
}

static strata_status need_index(scope *sc, resource_set *set) {
    if (set->index) return STRATA_OK;
    resource_index *index = ARENA_NEW(sc->arena, resource_index);
    if (!index) return scope_no_memory(sc);
    for (size_t i = 0; i < set->count; i++)
        if (!index_resource(sc->arena, index, set->items[i])) return scope_no_memory(sc);
    set->index = index;
    return STRATA_OK;
}

static strata_status need_names(scope *sc, resource_set *set) {
    TRY(need_index(sc, set));
    if (set->index->has_names) return STRATA_OK;
    set->index->has_names = true;
    for (size_t i = 0; i < set->count; i++)
        if (!index_resource(sc->arena, set->index, set->items[i])) return scope_no_memory(sc);
    return STRATA_OK;
}

strata_status resource_set_renamed(scope *sc, resource_set *set, resource *r) {
    if (!set->index || index_resource(sc->arena, set->index, r)) return STRATA_OK;
    return scope_no_memory(sc);
}

void resource_set_changed(resource_set *set) { set->index = NULL; }

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

/* Of the entries from `e` on those that pass `test` against `id` (all of them when there is no `id`), in set order. */
static strata_status collect(scope *sc, const resource_set *set, const table_entry *e, const resource_id *id,
                             bool current_only, id_test test, resource_list *out) {
    *out = (resource_list){NULL, 0, 0};
    for (; e; e = table_next(e)) {
        resource *r = e->value;
        if (r->position == RESOURCE_REMOVED || node_is_null_or_empty(r->root)) continue;
        if (id && !has_id(set, r, id, current_only, test)) continue;
        if (!resource_list_add(sc->arena, out, r)) return scope_no_memory(sc);
    }
    if (out->count > 1) qsort(out->items, out->count, sizeof *out->items, compare_positions);
    return STRATA_OK;
}

static strata_status find_under(scope *sc, resource_set *set, text kind, text name, const resource_id *id,
                                bool current_only, id_test test, resource_list *out) {
    TRY(need_index(sc, set));
    char space[SHORT_KEY];
    text key = index_key(sc->arena, space, kind, name);
    if (!key.data) return scope_no_memory(sc);
    return collect(sc, set, table_find(&set->index->by_kind_and_name, key), id, current_only, test, out);
}

static strata_status find(scope *sc, resource_set *set, const resource_id *id, bool current_only, id_test test,
                          resource_list *out) {
    return find_under(sc, set, id->type.kind, id->name, id, current_only, test, out);
}

strata_status resource_set_find_named(scope *sc, resource_set *set, text kind, text name, resource_list *out) {
    return find_under(sc, set, kind, name, NULL, false, NULL, out);
}

strata_status resource_set_find_name(scope *sc, resource_set *set, text name, resource_list *out) {
    TRY(need_names(sc, set));
    return collect(sc, set, table_find(&set->index->by_name, name), NULL, false, NULL, out);
}

strata_status resource_set_find(scope *sc, resource_set *set, const resource_id *id, bool current_only,
                                resource_list *out) {
    return find(sc, set, id, current_only, resource_id_equal, out);
}

strata_status resource_set_find_any_namespace(scope *sc, resource_set *set, const resource_id *id, resource_list *out) {
    return find(sc, set, id, false, same_but_namespace, out);
}

/* The resource that the user may have meant: same name and another kind, or same kind and a similar name. */
static text near_miss(scope *sc, const resource_set *set, const resource_id *id) {
    const resource *best = NULL;
    size_t best_distance = SIZE_MAX;
    for (size_t i = 0; i < set->count; i++) {
        const resource *r = set->items[i];
        bool same_kind = text_equal(resource_kind(r), id->type.kind);
        size_t distance = text_distance(resource_name(r), id->name) + (same_kind ? 0 : 2);
        if (distance < best_distance && distance <= 2 + id->name.size / 3) {
            best = r;
            best_distance = distance;
        }
    }
    if (!best) return TEXT_EMPTY;
    origin_place place;
    text kind = resource_kind(best), name = resource_name(best);
    if (!origin_resolve(sc->origins, best->root->where, &place))
        return text_format(sc->arena, "did you mean %.*s/%.*s?", TEXT_ARG(kind), TEXT_ARG(name));
    return text_format(sc->arena, "did you mean %.*s/%.*s (%.*s:%u)?", TEXT_ARG(kind), TEXT_ARG(name),
                       TEXT_ARG(place.file), place.line);
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
    return scope_fail_hint(sc, DIAGNOSTIC_RESOURCE_NOT_FOUND, named_at, near_miss(sc, set, id),
                           "no matches for Id %.*s", TEXT_ARG(name));
}

/* --- changing ---------------------------------------------------------------------------------------------------- */

static strata_status append(scope *sc, resource_set *set, resource *r) {
    resource **items = arena_grow(sc->arena, set->items, &set->capacity, set->count + 1, sizeof *items);
    if (!items) return scope_no_memory(sc);
    set->items = items;
    r->position = set->count;
    set->items[set->count++] = r;
    return resource_set_renamed(sc, set, r);
}

strata_status resource_set_append(scope *sc, resource_set *set, resource *r) {
    resource_id id = resource_current_id(r, set->schema);
    resource_list same;
    TRY(resource_set_find(sc, set, &id, true, &same));
    if (same.count == 0) return append(sc, set, r);
    text name = resource_id_format(sc->arena, &id);
    strata_status status = scope_fail(sc, DIAGNOSTIC_DUPLICATE_RESOURCE, r->root->where,
                                      "may not add resource with an already registered id: %.*s", TEXT_ARG(name));
    return scope_note(sc, status, same.items[0]->root->where, "the other one is here");
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
    for (size_t i = 0; i < set->count; i++) {
        resource *r = set->items[i];
        bool empty = node_is_null_or_empty(r->root);
        r->position = empty ? RESOURCE_REMOVED : kept;
        if (!empty) set->items[kept++] = r;
    }
    set->count = kept;
}
