/*
 * model/resource_set.h: the resources of a build in order, with an index over all their ids.
 *
 * The index gives candidates; every function compares the ids themselves, so an entry for an id that a resource no
 * longer has does no harm. Whoever changes an id calls resource_set_renamed (one resource) or resource_set_changed
 * (any). A set and its resources belong to one thread.
 */
#ifndef MODEL_RESOURCE_SET_H
#define MODEL_RESOURCE_SET_H

#include "model/resource.h"

typedef struct resource_index resource_index;

typedef struct resource_set {
    resource **items;
    size_t count;
    size_t capacity;
    bool may_have_empty;   /* a patch has left a resource without fields since they were last dropped */
    bool may_have_twins;   /* an id was changed since they were last looked for */
    const schema *schema;  /* the one in force: cluster scope depends on it */
    resource_index *index; /* NULL until asked for */
} resource_set;

typedef struct resource_list {
    resource **items;
    size_t count;
    size_t capacity;
} resource_list;
bool resource_list_add(arena *a, resource_list *list, resource *r);

/*
 * Asks the processor for what a loop over resources will touch soon: at the head of each loop that looks at every
 * document. Documents that are too many for its caches cost a wait for memory for each place looked at otherwise. What
 * was read from one document lies together, from its root on. (Out of line gcc would leave it out, as without effect.)
 */
__attribute__((always_inline)) static inline void resources_look_ahead(resource *const *items, size_t count, size_t i) {
    enum { RESOURCE = 5, ROOT = 3, PAIRS = 1, LINE = 64, LINES = 12 };
    if (count - i <= RESOURCE) return;
    __builtin_prefetch(items[i + RESOURCE]);
    const node *root = items[i + ROOT]->root;
    for (size_t line = 0; line < LINES; line++)
        __builtin_prefetch((const char *)root + line * LINE);
    root = items[i + PAIRS]->root;
    if (root) __builtin_prefetch(root->pairs);
}

void resource_set_init(resource_set *set, const schema *s);

/* Adds at the end; a resource with the same current id fails with both places (resmap.Append). */
strata_status resource_set_append(scope *sc, resource_set *set, resource *r);
/* Fails when two resources have one current id: patches and replacements can bring that about. */
strata_status resource_set_check(scope *sc, resource_set *set);
strata_status resource_set_append_all(scope *sc, resource_set *set, const resource_set *from);
/* Adds a generator's resource by its behavior: create, merge or replace (resmap.AbsorbAll). */
strata_status resource_set_absorb(scope *sc, resource_set *set, resource *r);
strata_status resource_set_absorb_all(scope *sc, resource_set *set, const resource_set *from);
/* Takes out the resources whose root is null or empty (DropEmpties). Whoever leaves one so sets may_have_empty. */
void resource_set_drop_empty(resource_set *set);
/* Keeps the resources for which keep[i] is true, in order. */
void resource_set_keep(resource_set *set, const bool *keep);

/* Resources of which some id (current only when `current_only`) equals `id` (ResId.Equals). In set order. */
strata_status resource_set_find(scope *sc, resource_set *set, const resource_id *id, bool current_only,
                                resource_list *out);
/* The same by GvknEquals: the namespace does not count. */
strata_status resource_set_find_any_namespace(scope *sc, resource_set *set, const resource_id *id, resource_list *out);
/* Resources that have, or had, an id with that kind and name, in set order: candidates to compare further. */
strata_status resource_set_find_named(scope *sc, resource_set *set, text kind, text name, resource_list *out);
/* The same for a name alone. */
strata_status resource_set_find_name(scope *sc, resource_set *set, text name, resource_list *out);
/* Another resource than `r` with its current id; NULL when there is none. */
strata_status resource_set_twin(scope *sc, resource_set *set, const resource *r, resource **out);
/* Two resources with one current id, the earlier one first; of several such pairs, the one that is complete first; NULL
 * when there are none. */
strata_status resource_set_find_twins(scope *sc, const resource_set *set, resource **first, resource **second);
/* The one resource with that id among all ids (GetById); fails when there is none (with near misses) or several. */
strata_status resource_set_get(scope *sc, resource_set *set, const resource_id *id, origin named_at, resource **out);

strata_status resource_set_renamed(scope *sc, resource_set *set, resource *r);
/* All of them were, or nearly all. */
strata_status resource_set_all_renamed(scope *sc, resource_set *set);
void resource_set_changed(resource_set *set);

#endif
