/*
 * model/resource_set.c: the ordered set; after kustomize's api/resmap/reswrangler.go. See resource_set.h. What its
 * index holds is in resource_index.h: candidates, each of which is compared here before it counts.
 */
#include "model/resource_set.h"

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

static strata_status need_index(scope *sc, resource_set *set) {
    if (set->index) return STRATA_OK;
    resource_index *index = ARENA_NEW(sc->arena, resource_index);
    if (!index) return scope_no_memory(sc);
    for (size_t i = 0; i < set->count; i++)
        if (!resource_index_add(sc->arena, index, set->items[i])) return scope_no_memory(sc);
    set->index = index;
    return STRATA_OK;
}

static strata_status need_kinds(scope *sc, resource_set *set) {
    TRY(need_index(sc, set));
    return resource_index_need_kinds(sc->arena, set->index, set) ? STRATA_OK : scope_no_memory(sc);
}

strata_status resource_set_renamed(scope *sc, resource_set *set, resource *r) {
    if (!set->index || resource_index_add(sc->arena, set->index, r)) return STRATA_OK;
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

/* Adds the candidates that pass `test` against `id` (all of them when there is no `id`). */
static strata_status collect(scope *sc, const resource_set *set, const resource_list *candidates, const resource_id *id,
                             bool current_only, id_test test, resource_list *out) {
    for (size_t i = 0; candidates && i < candidates->count; i++) {
        resource *r = candidates->items[i];
        if (r->position == RESOURCE_REMOVED || node_is_null_or_empty(r->root)) continue;
        if (id && !has_id(set, r, id, current_only, test)) continue;
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

static strata_status find_by_kind(scope *sc, resource_set *set, text kind, text name, const resource_id *id,
                                  bool current_only, id_test test, resource_list *out) {
    bool failed = false;
    *out = (resource_list){NULL, 0, 0};
    TRY(need_kinds(sc, set));
    const resource_list *list = resource_index_kind_and_name(sc->arena, set->index, kind, name, &failed);
    if (failed) return scope_no_memory(sc);
    TRY(collect(sc, set, list, id, current_only, test, out));
    arrange(out);
    return STRATA_OK;
}

strata_status resource_set_find_named(scope *sc, resource_set *set, text kind, text name, resource_list *out) {
    return find_by_kind(sc, set, kind, name, NULL, false, NULL, out);
}

strata_status resource_set_find_any_namespace(scope *sc, resource_set *set, const resource_id *id, resource_list *out) {
    return find_by_kind(sc, set, id->type.kind, id->name, id, false, same_but_namespace, out);
}

strata_status resource_set_find_name(scope *sc, resource_set *set, text name, resource_list *out) {
    *out = (resource_list){NULL, 0, 0};
    TRY(need_index(sc, set));
    if (!resource_index_need_names(sc->arena, set->index, set)) return scope_no_memory(sc);
    TRY(collect(sc, set, resource_index_name(set->index, name), NULL, false, NULL, out));
    arrange(out);
    return STRATA_OK;
}

/* Ids without a namespace are one whatever is written in metadata.namespace: their namespaces are no key. */
strata_status resource_set_find(scope *sc, resource_set *set, const resource_id *id, bool current_only,
                                resource_list *out) {
    if (id->cluster_scoped)
        return find_by_kind(sc, set, id->type.kind, id->name, id, current_only, resource_id_equal, out);
    bool failed = false;
    *out = (resource_list){NULL, 0, 0};
    TRY(need_index(sc, set));
    const resource_list *list = resource_index_current(sc->arena, set->index, id, &failed);
    if (!failed) TRY(collect(sc, set, list, id, current_only, resource_id_equal, out));
    list = current_only || failed ? NULL : resource_index_previous(sc->arena, set->index, id, &failed);
    if (failed) return scope_no_memory(sc);
    TRY(collect(sc, set, list, id, false, resource_id_equal, out));
    arrange(out);
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

static strata_status append(scope *sc, resource_set *set, resource *r) {
    resource **items = arena_grow(sc->arena, set->items, &set->capacity, set->count + 1, sizeof *items);
    if (!items) return scope_no_memory(sc);
    set->items = items;
    r->position = set->count;
    set->items[set->count++] = r;
    return resource_set_renamed(sc, set, r);
}

/* Fails when `set` has a resource with the current id of `r`, apart from `r` itself. */
static strata_status check_new(scope *sc, resource_set *set, const resource *r) {
    resource_id id = resource_current_id(r, set->schema);
    resource_list same;
    TRY(resource_set_find(sc, set, &id, true, &same));
    const resource *other = same.count && same.items[0] != r ? same.items[0] : same.count > 1 ? same.items[1] : NULL;
    if (!other) return STRATA_OK;
    text name = resource_id_format(sc->arena, &id);
    strata_status status = scope_fail(sc, DIAGNOSTIC_DUPLICATE_RESOURCE, r->root->where,
                                      "may not add resource with an already registered id: %.*s", TEXT_ARG(name));
    return scope_note(sc, status, other->root->where, "the other one is here");
}

strata_status resource_set_append(scope *sc, resource_set *set, resource *r) {
    TRY(check_new(sc, set, r));
    return append(sc, set, r);
}

strata_status resource_set_check(scope *sc, resource_set *set) {
    for (size_t i = 0; i < set->count; i++)
        TRY(check_new(sc, set, set->items[i]));
    return STRATA_OK;
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
