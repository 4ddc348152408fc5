/* core/text.c: see text.h. */
#include "core/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int text_compare(text a, text b) {
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    if (order) return order;
    return (a.size > b.size) - (a.size < b.size);
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

bool text_equal_ignoring_case(text a, text b) {
    if (a.size != b.size) return false;
    for (size_t i = 0; i < a.size; i++)
        if (lower(a.data[i]) != lower(b.data[i])) return false;
    return true;
}

bool text_starts(text t, text prefix) {
    return t.size >= prefix.size && (prefix.size == 0 || memcmp(t.data, prefix.data, prefix.size) == 0);
}

bool text_ends(text t, text suffix) {
    return t.size >= suffix.size &&
           (suffix.size == 0 || memcmp(t.data + t.size - suffix.size, suffix.data, suffix.size) == 0);
}

size_t text_find(text t, text part) {
    if (part.size == 0) return 0;
    if (t.size < part.size) return SIZE_MAX;
    const char *found = memmem(t.data, t.size, part.data, part.size);
    return found ? (size_t)(found - t.data) : SIZE_MAX;
}

bool text_contains(text t, text part) { return text_find(t, part) != SIZE_MAX; }

size_t text_find_char(text t, char c) {
    const char *found = t.size ? memchr(t.data, c, t.size) : NULL;
    return found ? (size_t)(found - t.data) : SIZE_MAX;
}

size_t text_find_last_char(text t, char c) {
    const char *found = t.size ? memrchr(t.data, c, t.size) : NULL;
    return found ? (size_t)(found - t.data) : SIZE_MAX;
}

text text_slice(text t, size_t from, size_t to) {
    if (to > t.size) to = t.size;
    if (from > to) from = to;
    /* An empty text may have no data to add to. */
    return text_of(from ? t.data + from : t.data, to - from);
}

text text_after(text t, size_t from) { return text_slice(t, from, t.size); }

/* The size of the white space (as unicode.IsSpace has it) at the start of `s`, 0 when there is none. */
static size_t space_at(const unsigned char *s, size_t size) {
    if (size == 0) return 0;
    if (s[0] == ' ' || (s[0] >= '\t' && s[0] <= '\r')) return 1;
    if (size >= 2 && s[0] == 0xC2 && (s[1] == 0x85 || s[1] == 0xA0)) return 2;
    if (size < 3) return 0;
    if (s[0] == 0xE1 && s[1] == 0x9A && s[2] == 0x80) return 3;                   /* U+1680 */
    if (s[0] == 0xE2 && s[1] == 0x80 && (s[2] >= 0x80 && s[2] <= 0x8A)) return 3; /* U+2000-200A */
    if (s[0] == 0xE2 && s[1] == 0x80 && (s[2] == 0xA8 || s[2] == 0xA9 || s[2] == 0xAF)) return 3;
    if (s[0] == 0xE2 && s[1] == 0x81 && s[2] == 0x9F) return 3; /* U+205F */
    if (s[0] == 0xE3 && s[1] == 0x80 && s[2] == 0x80) return 3; /* U+3000 */
    return 0;
}

size_t text_space_size(text t) { return space_at((const unsigned char *)t.data, t.size); }

text text_trim(text t) {
    size_t n;
    while ((n = space_at((const unsigned char *)t.data, t.size)) > 0)
        t = text_after(t, n);
    for (;;) {
        size_t cut = 0;
        for (size_t width = 1; width <= 3 && width <= t.size; width++)
            if (space_at((const unsigned char *)t.data + t.size - width, width) == width) cut = width;
        if (cut == 0) return t;
        t.size -= cut;
    }
}

text text_trim_chars(text t, const char *set) {
    while (t.size && t.data[0] && strchr(set, t.data[0]))
        t = text_after(t, 1);
    while (t.size && t.data[t.size - 1] && strchr(set, t.data[t.size - 1]))
        t.size--;
    return t;
}

bool text_cut(text *rest, char separator, text *head) {
    size_t at = text_find_char(*rest, separator);
    if (at == SIZE_MAX) {
        *head = *rest;
        *rest = TEXT_EMPTY;
        return false;
    }
    *head = text_slice(*rest, 0, at);
    *rest = text_after(*rest, at + 1);
    return true;
}

text text_copy(arena *a, text t) { return text_concat(a, 1, &t); }

text text_to_lower(arena *a, text t) {
    char *data = arena_chars(a, t.size + 1);
    if (!data) return text_of(NULL, 0);
    for (size_t i = 0; i < t.size; i++)
        data[i] = (char)(t.data[i] >= 'A' && t.data[i] <= 'Z' ? t.data[i] | 0x20 : t.data[i]);
    data[t.size] = '\0';
    return text_of(data, t.size);
}

char *text_c_string(arena *a, text t) {
    char *copy = arena_chars(a, t.size + 1);
    if (!copy) return NULL;
    if (t.size) memcpy(copy, t.data, t.size);
    copy[t.size] = '\0';
    return copy;
}

text text_concat(arena *a, size_t count, const text *parts) {
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += parts[i].size;
    char *joined = arena_chars(a, size + 1);
    if (!joined) return text_of(NULL, 0);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].size) memcpy(joined + at, parts[i].data, parts[i].size);
        at += parts[i].size;
    }
    joined[at] = '\0';
    return text_of(joined, size);
}

text text_format(arena *a, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (size < 0) return text_of(NULL, 0);
    char *out = arena_chars(a, (size_t)size + 1);
    if (!out) return text_of(NULL, 0);
    va_start(args, format);
    vsnprintf(out, (size_t)size + 1, format, args);
    va_end(args);
    return text_of(out, (size_t)size);
}

bool text_list_add(arena *a, text_list *list, text t) {
    text *items = arena_grow(a, list->items, &list->capacity, list->count + 1, sizeof *items);
    if (!items) return false;
    list->items = items;
    list->items[list->count++] = t;
    return true;
}

bool text_list_has(const text_list *list, text t) {
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->items[i], t)) return true;
    return false;
}

bool text_map_set(arena *a, text_map *map, text key, text value) {
    for (size_t i = 0; i < map->count; i++)
        if (text_equal(map->items[i].key, key)) {
            map->items[i].value = value;
            return true;
        }
    text_pair *items = arena_grow(a, map->items, &map->capacity, map->count + 1, sizeof *items);
    if (!items) return false;
    map->items = items;
    map->items[map->count++] = (text_pair){key, value};
    return true;
}

const text *text_map_get(const text_map *map, text key) {
    for (size_t i = 0; i < map->count; i++)
        if (text_equal(map->items[i].key, key)) return &map->items[i].value;
    return NULL;
}

static int compare_pairs(const void *a, const void *b) {
    return text_compare(((const text_pair *)a)->key, ((const text_pair *)b)->key);
}

void text_map_sort(text_map *map) {
    if (map->count > 1) qsort(map->items, map->count, sizeof *map->items, compare_pairs);
}

/* By key, then by the place in the array that the pointers lead to. */
static int compare_places(const void *a, const void *b) {
    const text_pair *first = *(const text_pair *const *)a, *second = *(const text_pair *const *)b;
    int order = text_compare(first->key, second->key);
    return order ? order : (first > second) - (first < second);
}

bool text_map_join(arena *a, const text_map *under, const text_map *over, text_map *out) {
    size_t count = under->count + over->count;
    text_pair *all = ARENA_ARRAY(a, text_pair, count + 1);
    const text_pair **places = ARENA_ARRAY(a, const text_pair *, count + 1);
    text_map joined = {ARENA_ARRAY(a, text_pair, count + 1), 0, count + 1};
    if (!all || !places || !joined.items) return false;
    if (under->count) memcpy(all, under->items, under->count * sizeof *all);
    if (over->count) memcpy(all + under->count, over->items, over->count * sizeof *all);
    for (size_t i = 0; i < count; i++)
        places[i] = &all[i];
    if (count > 1) qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count; i++)
        if (i + 1 == count || !text_equal(places[i]->key, places[i + 1]->key))
            joined.items[joined.count++] = *places[i];
    *out = joined;
    return true;
}
