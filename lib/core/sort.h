/*
 * core/sort.h: a sort that keeps the order of equal elements, in n log n comparisons whatever the input.
 */
#ifndef CORE_SORT_H
#define CORE_SORT_H

#include "core/arena.h"

/* <0, 0 or >0. */
typedef int (*sort_comparison)(const void *a, const void *b, void *user);

/* Sorts `count` elements of `size` bytes in place; false when memory is out. Short or sorted arrays need no memory. */
bool sort_stable(const allocator *from, void *items, size_t count, size_t size, sort_comparison compare, void *user);

#endif
