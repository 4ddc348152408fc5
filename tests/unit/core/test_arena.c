#include "core/arena.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

Test(arena, memory_is_aligned_for_pointers_and_numbers) {
    arena a;
    arena_init(&a, NULL);
    for (size_t size = 1; size < 100; size++) {
        cr_assert_not_null(arena_chars(&a, 1));
        cr_assert_eq((uintptr_t)arena_alloc(&a, size) % 8, 0);
    }
    arena_free(&a);
}

Test(arena, objects_do_not_overlap) {
    arena a;
    arena_init(&a, NULL);
    char *blocks[500];
    for (int i = 0; i < 500; i++) {
        size_t size = (size_t)(i * 37 % 9000) + 1;
        blocks[i] = arena_alloc(&a, size);
        cr_assert_not_null(blocks[i]);
        memset(blocks[i], i % 251, size);
    }
    for (int i = 0; i < 500; i++)
        for (size_t j = 0; j < (size_t)(i * 37 % 9000) + 1; j++)
            cr_assert_eq((unsigned char)blocks[i][j], i % 251);
    arena_free(&a);
}

Test(arena, grown_array_keeps_its_content) {
    arena a;
    arena_init(&a, NULL);
    int *numbers = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 10000; i++) {
        if (i % 7 == 0) cr_assert_not_null(arena_alloc(&a, 24)); /* so that it can't always grow in place */
        numbers = arena_grow(&a, numbers, &capacity, (size_t)i + 1, sizeof *numbers);
        cr_assert_not_null(numbers);
        numbers[i] = i;
    }
    for (int i = 0; i < 10000; i++)
        cr_assert_eq(numbers[i], i);
    arena_free(&a);
}

Test(arena, sizes_that_overflow_fail) {
    arena a;
    arena_init(&a, NULL);
    cr_assert_null(arena_array(&a, SIZE_MAX / 2, 4));
    cr_assert_null(arena_alloc(&a, SIZE_MAX - 8));
    size_t capacity = 0;
    cr_assert_null(arena_grow(&a, NULL, &capacity, SIZE_MAX / 2, 16));
    cr_assert_eq(capacity, 0);
    arena_free(&a);
}

static int outstanding;
static void *counted_allocate(size_t size, void *user) {
    (void)user;
    outstanding++;
    return malloc(size);
}
static void *counted_reallocate(void *block, size_t size, void *user) {
    (void)user;
    return realloc(block, size);
}
static void counted_release(void *block, void *user) {
    (void)user;
    outstanding--;
    free(block);
}

Test(arena, free_returns_every_chunk) {
    const allocator counted = {counted_allocate, counted_reallocate, counted_release, NULL};
    arena a;
    arena_init(&a, &counted);
    for (int i = 0; i < 1000; i++)
        cr_assert_not_null(arena_alloc(&a, 3000));
    cr_assert_gt(outstanding, 0);
    arena_free(&a);
    cr_assert_eq(outstanding, 0);
    cr_assert_not_null(arena_alloc(&a, 10), "an arena can be used again after it was freed");
    arena_free(&a);
}

static int released[3], release_count;
static void release_number(void *number) { released[release_count++] = *(int *)number; }

Test(arena, held_objects_are_released_with_it_and_once) {
    arena a;
    int numbers[] = {1, 2, 3};
    arena_init(&a, NULL);
    for (size_t i = 0; i < 3; i++)
        cr_assert(arena_hold_object(&a, release_number, &numbers[i]));
    cr_assert_eq(release_count, 0);
    arena_free(&a);
    cr_assert_eq(release_count, 3);
    cr_assert_eq(released[0] + released[1] + released[2], 6);
    arena_free(&a);
    cr_assert_eq(release_count, 3);
}

Test(arena, expected_size_is_one_chunk) {
    arena a;
    arena_init(&a, NULL);
    arena_expect(&a, 100000);
    char *first = arena_chars(&a, 1), *last = first;
    for (int i = 1; i < 90000; i++)
        last = arena_chars(&a, 1);
#ifndef STRATA_ARENA_MALLOC
    cr_assert_eq(last - first, 89999);
#endif
    cr_assert_not_null(last);
    arena_free(&a);
}

#ifndef STRATA_ARENA_MALLOC
Test(arena, expected_size_wastes_less_than_itself) {
    size_t asked = 0, given = 0;
    arena a;
    arena_init(&a, NULL);
    arena_expect(&a, 10000);
    for (const char *end = NULL; asked < 60000; asked += 100) {
        arena_chars(&a, 100);
        if (a.end != end) given += (size_t)(a.end - a.cursor) + 100;
        end = a.end;
    }
    cr_assert_lt(given, asked + 10000);
    arena_free(&a);
}
#endif
