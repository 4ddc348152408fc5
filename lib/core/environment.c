/* core/environment.c: see environment.h. */
#include "core/environment.h"

static bool has_name(const char *entry, text name) {
    return strncmp(entry, name.data, name.size) == 0 && entry[name.size] == '=';
}

static bool add(arena *a, child_environment *e, const char *entry) {
    const char **items = arena_grow(a, e->items, &e->capacity, e->count + 2, sizeof *items);
    if (!items) return false;
    e->items = items;
    items[e->count++] = entry;
    items[e->count] = NULL;
    return true;
}

bool environment_add_all(arena *a, child_environment *e, const char *const *list) {
    for (; list && *list; list++)
        if (strchr(*list, '=') && !add(a, e, *list)) return false;
    return true;
}

void environment_remove(child_environment *e, text name) {
    size_t kept = 0;
    for (size_t i = 0; i < e->count; i++)
        if (!has_name(e->items[i], name)) e->items[kept++] = e->items[i];
    e->count = kept;
    if (e->items) e->items[kept] = NULL;
}

bool environment_set(arena *a, child_environment *e, text name, text value) {
    text entry = TEXT_CONCAT(a, name, TEXT("="), value);
    if (!entry.data) return false;
    environment_remove(e, name);
    return add(a, e, entry.data);
}

const char *environment_get(const child_environment *e, text name) {
    for (size_t i = e ? e->count : 0; i-- > 0;)
        if (has_name(e->items[i], name)) return e->items[i] + name.size + 1;
    return NULL;
}

const char *const *environment_list(const child_environment *e) {
    static const char *const none[] = {NULL};
    return e && e->items ? e->items : none;
}
