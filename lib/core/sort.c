/* core/sort.c: a merge sort; see sort.h. */
#include "core/sort.h"

#include <stdint.h>
#include <string.h>

typedef struct sorter {
    char *items;
    char *space;
    size_t size;
    sort_comparison compare;
    void *user;
} sorter;

static bool is_sorted(const sorter *s, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (s->compare(s->items + (i - 1) * s->size, s->items + i * s->size, s->user) > 0) return false;
    return true;
}

static void merge_halves(const sorter *s, size_t low, size_t middle, size_t high) {
    size_t left = low, right = middle;
    for (size_t to = low; to < high; to++) {
        bool take_left = left < middle && (right == high || s->compare(s->items + left * s->size,
                                                                       s->items + right * s->size, s->user) <= 0);
        memcpy(s->space + to * s->size, s->items + (take_left ? left++ : right++) * s->size, s->size);
    }
    memcpy(s->items + low * s->size, s->space + low * s->size, (high - low) * s->size);
}

bool sort_stable(const allocator *from, void *items, size_t count, size_t size, sort_comparison compare, void *user) {
    enum { SMALL = 1024 };
    char small[SMALL];
    sorter s = {items, small, size, compare, user};
    if (is_sorted(&s, count)) return true;
    if (count > SIZE_MAX / size) return false;
    if (count * size > SMALL && !(s.space = from->allocate(count * size, from->user))) return false;
    for (size_t width = 1; width < count; width *= 2)
        for (size_t low = 0; low + width < count; low += 2 * width)
            merge_halves(&s, low, low + width, count - low < 2 * width ? count : low + 2 * width);
    if (s.space != small) from->release(s.space, from->user);
    return true;
}
