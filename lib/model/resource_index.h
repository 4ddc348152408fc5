/*
 * model/resource_index.h: which resources of a set have, or had, an id: the index behind resource_set.h.
 *
 * It gives candidates. It may hold ids that a resource no longer has, resources that have left the set, and a resource
 * several times: whoever asks compares the ids. Current and former ids are kept apart, with their namespaces, because a
 * base that is used a thousand times gives a thousand resources one former name, or one name in a thousand namespaces.
 *
 * Cost: entering a resource and asking take time in proportion to its ids and to the candidates.
 */
#ifndef MODEL_RESOURCE_INDEX_H
#define MODEL_RESOURCE_INDEX_H

#include "core/table.h"
#include "model/resource_set.h"

typedef struct resource_index {
    table current;  /* kind, name and namespace as written ("default" for none), of ids that are or were current */
    table previous; /* the same of former ids, with their effective namespace */
    bool has_kinds; /* the next one is filled: only once it is asked for */
    table by_kind_and_name;
    bool has_names; /* as above */
    table by_name;
} resource_index;

/* Enters the ids that are not in the index yet; the current one in any case. False when memory is out. */
bool resource_index_add(arena *a, resource_index *index, resource *r);
/* Fill what is made only when needed. False when memory is out. */
bool resource_index_need_kinds(arena *a, resource_index *index, const resource_set *set);
bool resource_index_need_names(arena *a, resource_index *index, const resource_set *set);

/* The candidates for an id; NULL when there are none. *failed is set when memory is out. */
const resource_list *resource_index_current(arena *a, const resource_index *index, const resource_id *id, bool *failed);
const resource_list *resource_index_previous(arena *a, const resource_index *index, const resource_id *id,
                                             bool *failed);
const resource_list *resource_index_kind_and_name(arena *a, const resource_index *index, text kind, text name,
                                                  bool *failed);
const resource_list *resource_index_name(const resource_index *index, text name);

#endif
