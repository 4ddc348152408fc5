/* What an index of hashes promises: all values of a hash, in order, whatever else is in it. */
#include "core/hash_index.h"

#include <criterion/criterion.h>

static size_t count_of(const hash_index *index, uint64_t hash, const int *first) {
    size_t count = 0;
    for (hash_found f = hash_index_find(index, hash); f.value; f = hash_index_next(index, f))
        cr_assert_eq(f.value, first + count++);
    return count;
}

Test(hash_index, an_empty_one_has_nothing) {
    hash_index index = {0};
    cr_assert_null(hash_index_find(&index, 0).value);
    cr_assert_null(hash_index_find(&index, 7).value);
}

Test(hash_index, values_of_a_hash_come_in_order_through_growth) {
    enum { HASHES = 1000, VALUES = 5 };
    static int values[HASHES][VALUES];
    hash_index index = {0};
    arena a;
    arena_init(&a, NULL);
    /* Hashes that all want the same few slots, one of them 0. */
    for (size_t v = 0; v < VALUES; v++)
        for (size_t h = 0; h < HASHES; h++)
            cr_assert(hash_index_add(&index, &a, h << 40, &values[h][v]));
    for (size_t h = 0; h < HASHES; h++)
        cr_assert_eq(count_of(&index, h << 40, values[h]), VALUES);
    cr_assert_null(hash_index_find(&index, 1).value);
    arena_free(&a);
}

Test(hash_index, a_value_twice_in_a_row_is_added_once) {
    int values[2];
    hash_index index = {0};
    arena a;
    arena_init(&a, NULL);
    for (size_t i = 0; i < 2; i++)
        for (size_t times = 0; times < 3; times++)
            cr_assert(hash_index_add(&index, &a, 12, &values[i]));
    cr_assert_eq(count_of(&index, 12, values), 2);
    arena_free(&a);
}
