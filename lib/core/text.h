/*
 * core/text.h: slices of text. A slice does not own its bytes and does not end in NUL.
 *
 * The empty slice has size 0 and any data (NULL included). Comparing is by bytes; nothing here knows of Unicode.
 */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct text {
    const char *data;
    size_t size;
} text;

/* A slice of a string literal. */
#define TEXT(literal) ((text){"" literal, sizeof(literal) - 1})
/* The same for a static initialiser. */
#define TEXT_INIT(literal)                                                                                             \
    { "" literal, sizeof(literal) - 1 }
#define TEXT_EMPTY ((text){"", 0})

/* For "%.*s" in a format. */
#define TEXT_ARG(t) ((int)((t).size < 0x7fffffff ? (t).size : 0x7fffffff)), ((t).data ? (t).data : "")

static inline text text_of(const char *data, size_t size) { return (text){data, size}; }
static inline text text_from(const char *string) { return (text){string ? string : "", string ? strlen(string) : 0}; }
static inline bool text_empty(text t) { return t.size == 0; }
static inline bool text_equal(text a, text b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}
static inline bool text_is(text a, const char *literal) {
    size_t n = strlen(literal);
    return a.size == n && (n == 0 || memcmp(a.data, literal, n) == 0);
}

/* Byte order, the shorter first: <0, 0, >0. */
int text_compare(text a, text b);
bool text_equal_ignoring_case(text a, text b); /* ASCII only */
bool text_starts(text t, text prefix);
bool text_ends(text t, text suffix);
bool text_contains(text t, text part);
/* Where `part` begins, or SIZE_MAX. */
size_t text_find(text t, text part);
size_t text_find_char(text t, char c);
size_t text_find_last_char(text t, char c);
text text_slice(text t, size_t from, size_t to); /* to > size means the end */
text text_after(text t, size_t from);
/* Without the white space around it, as Go's strings.TrimSpace sees it (Unicode spaces too). */
text text_trim(text t);
/* How many bytes of such white space the text begins with: one character of it, or 0. */
size_t text_space_size(text t);
text text_trim_chars(text t, const char *set);

/*
 * Cuts at the first `separator`: the part before goes to *head, `*rest` moves past it. False when there is none: then
 * *head is all of it and *rest is empty.
 */
bool text_cut(text *rest, char separator, text *head);

/* A copy in the arena, followed by a NUL that isn't counted; data is NULL when memory is out. */
text text_copy(arena *a, text t);
/* The same with A to Z as a to z. */
text text_to_lower(arena *a, text t);
/* The same as a C string; a NUL inside the text ends what C functions see of it. */
char *text_c_string(arena *a, text t);
/* The parts one after the other; data is NULL when memory is out. */
text text_concat(arena *a, size_t count, const text *parts);
#define TEXT_CONCAT(a, ...) text_concat((a), sizeof((text[]){__VA_ARGS__}) / sizeof(text), (const text[]){__VA_ARGS__})

/* printf into the arena; data is NULL when memory is out. */
text text_format(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A growing list of slices. */
typedef struct text_list {
    text *items;
    size_t count;
    size_t capacity;
} text_list;

bool text_list_add(arena *a, text_list *list, text t); /* false when memory is out */
bool text_list_has(const text_list *list, text t);

/* Key and value, in the order in which they were added. */
typedef struct text_pair {
    text key;
    text value;
} text_pair;

typedef struct text_map {
    text_pair *items;
    size_t count;
    size_t capacity;
} text_map;

/* Replaces the value of `key` or adds it at the end; false when memory is out. */
bool text_map_set(arena *a, text_map *map, text key, text value);
/* The value of `key`, or NULL. */
const text *text_map_get(const text_map *map, text key);
void text_map_sort(text_map *map); /* by key, in byte order */
/*
 * *out gets the pairs of both, sorted by key. Of pairs with one key that of `over` counts, and in each of the two maps
 * the last one. Neither map is changed; false when memory is out.
 */
bool text_map_join(arena *a, const text_map *under, const text_map *over, text_map *out);

#endif
