/* model/resource_index.c: see resource_index.h. */
#include "model/resource_index.h"

enum { SHORT_KEY = 256 };

/* The parts with a NUL after each: in `space` when they fit, else in the arena; data is NULL when memory is out. */
static text make_key(arena *a, char space[SHORT_KEY], const text *parts, size_t count) {
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += parts[i].size + 1;
    char *key = size <= SHORT_KEY ? space : arena_chars(a, size), *end = key;
    if (!key) return text_of(NULL, 0);
    for (size_t i = 0; i < count; i++) {
        if (parts[i].size) memcpy(end, parts[i].data, parts[i].size);
        end += parts[i].size;
        *end++ = '\0';
    }
    return text_of(key, size);
}

static bool enter(arena *a, table *t, text key, const char *space, resource *r) {
    if (!key.data) return false;
    resource_list *list = table_get(t, key);
    if (!list) {
        list = ARENA_NEW(a, resource_list);
        if (key.data == space) key = text_copy(a, key);
        if (!list || !key.data || !table_add(t, a, key, list)) return false;
    }
    if (list->count && list->items[list->count - 1] == r) return true;
    return resource_list_add(a, list, r);
}

static text written_namespace(text name_space) { return text_empty(name_space) ? TEXT("default") : name_space; }

static bool enter_id(arena *a, table *t, text kind, text name, text name_space, resource *r) {
    char space[SHORT_KEY];
    text parts[] = {kind, name, written_namespace(name_space)};
    return enter(a, t, make_key(a, space, parts, 3), space, r);
}

static bool enter_kind(arena *a, table *t, text kind, text name, resource *r) {
    char space[SHORT_KEY];
    text parts[] = {kind, name};
    return enter(a, t, make_key(a, space, parts, 2), space, r);
}

/* Names live as long as their documents: no copy. */
static bool enter_name(arena *a, table *t, text name, resource *r) { return enter(a, t, name, NULL, r); }

static bool enter_without_namespace(arena *a, resource_index *index, text kind, text name, resource *r) {
    return (!index->has_kinds || enter_kind(a, &index->by_kind_and_name, kind, name, r)) &&
           (!index->has_names || enter_name(a, &index->by_name, name, r));
}

bool resource_index_add(arena *a, resource_index *index, resource *r) {
    size_t known = r->indexed_in == index && r->indexed_ids <= r->previous_count ? r->indexed_ids : 0;
    for (size_t i = known; i < r->previous_count; i++) {
        const previous_id *id = &r->previous[i];
        if (!enter_id(a, &index->previous, id->kind, id->name, id->name_space, r) ||
            !enter_without_namespace(a, index, id->kind, id->name, r))
            return false;
    }
    r->indexed_in = index;
    r->indexed_ids = r->previous_count;
    text kind = resource_kind(r), name = resource_name(r);
    return enter_id(a, &index->current, kind, name, resource_namespace(r), r) &&
           enter_without_namespace(a, index, kind, name, r);
}

bool resource_index_need_kinds(arena *a, resource_index *index, const resource_set *set) {
    for (size_t i = 0; !index->has_kinds && i < set->count; i++) {
        resource *r = set->items[i];
        for (size_t k = 0; k < r->previous_count; k++)
            if (!enter_kind(a, &index->by_kind_and_name, r->previous[k].kind, r->previous[k].name, r)) return false;
        if (!enter_kind(a, &index->by_kind_and_name, resource_kind(r), resource_name(r), r)) return false;
    }
    index->has_kinds = true;
    return true;
}

bool resource_index_need_names(arena *a, resource_index *index, const resource_set *set) {
    for (size_t i = 0; !index->has_names && i < set->count; i++) {
        resource *r = set->items[i];
        for (size_t k = 0; k < r->previous_count; k++)
            if (!enter_name(a, &index->by_name, r->previous[k].name, r)) return false;
        if (!enter_name(a, &index->by_name, resource_name(r), r)) return false;
    }
    index->has_names = true;
    return true;
}

static const resource_list *look_up(arena *a, const table *t, const text *parts, size_t count, bool *failed) {
    char space[SHORT_KEY];
    text key = make_key(a, space, parts, count);
    if (!key.data) *failed = true;
    return key.data ? table_get(t, key) : NULL;
}

const resource_list *resource_index_current(arena *a, const resource_index *index, const resource_id *id,
                                            bool *failed) {
    text parts[] = {id->type.kind, id->name, written_namespace(id->name_space)};
    return look_up(a, &index->current, parts, 3, failed);
}

const resource_list *resource_index_previous(arena *a, const resource_index *index, const resource_id *id,
                                             bool *failed) {
    text parts[] = {id->type.kind, id->name, resource_id_effective_namespace(id)};
    return look_up(a, &index->previous, parts, 3, failed);
}

const resource_list *resource_index_kind_and_name(arena *a, const resource_index *index, text kind, text name,
                                                  bool *failed) {
    text parts[] = {kind, name};
    return look_up(a, &index->by_kind_and_name, parts, 2, failed);
}

const resource_list *resource_index_name(const resource_index *index, text name) {
    return table_get(&index->by_name, name);
}
