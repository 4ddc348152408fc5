#include "core/table.h"

#include <criterion/criterion.h>

Test(table, finds_all_values_of_a_key_in_order) {
    arena a;
    arena_init(&a, NULL);
    table t = {0};
    int values[3000];
    cr_assert_null(table_find(&t, TEXT("x")));
    for (int i = 0; i < 3000; i++) {
        values[i] = i;
        cr_assert(table_add(&t, &a, text_format(&a, "key%d", i % 1000), &values[i]));
    }
    for (int i = 0; i < 1000; i++) {
        const table_entry *entry = table_find(&t, text_format(&a, "key%d", i));
        for (int round = 0; round < 3; round++) {
            cr_assert_not_null(entry);
            cr_assert_eq(*(int *)entry->value, i + 1000 * round);
            entry = table_next(entry);
        }
        cr_assert_null(entry);
    }
    cr_assert_null(table_get(&t, TEXT("key1000")));
    arena_free(&a);
}

Test(table, the_values_of_a_key_stay_in_order_while_the_table_grows) {
    enum { MANY = 5000 };
    arena a;
    arena_init(&a, NULL);
    table t = {0};
    for (uintptr_t i = 0; i < MANY; i++)
        cr_assert(table_add(&t, &a, TEXT("key"), (void *)i) && table_add(&t, &a, text_format(&a, "%zu", i), NULL));
    const table_entry *entry = table_find(&t, TEXT("key"));
    for (uintptr_t i = 0; i < MANY; i++, entry = table_next(entry))
        cr_assert_eq((uintptr_t)entry->value, i);
    cr_assert_null(entry);
    arena_free(&a);
}

Test(table, seeds_differ_within_an_arena_and_between_arenas) {
    arena a, b;
    table tables[3] = {{0}};
    arena_init(&a, NULL);
    arena_init(&b, NULL);
    cr_assert(table_add(&tables[0], &a, TEXT("k"), NULL));
    cr_assert(table_add(&tables[1], &a, TEXT("k"), NULL));
    cr_assert(table_add(&tables[2], &b, TEXT("k"), NULL));
    cr_assert_neq(tables[0].seed, tables[1].seed);
    cr_assert_neq(tables[0].seed, tables[2].seed);
    cr_assert_neq(tables[1].seed, tables[2].seed);
    arena_free(&a);
    arena_free(&b);
}
