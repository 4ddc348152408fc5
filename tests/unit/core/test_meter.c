#include "core/meter.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

static meter *new_meter(size_t memory, size_t growth) {
    static meter m;
    limits l = limits_default;
    l.memory = memory;
    l.growth = growth;
    meter_init(&m, &allocator_libc, &l);
    return &m;
}

static void *get(meter *m, size_t size) { return m->counting.allocate(size, m->counting.user); }
static void give_back(meter *m, void *block) { m->counting.release(block, m->counting.user); }

Test(meter, memory_is_what_is_held_at_one_time) {
    meter *m = new_meter(10000, 0);
    for (int i = 0; i < 10; i++) {
        void *block = get(m, 8000);
        cr_assert(block);
        cr_assert_null(get(m, 8000));
        cr_assert(m->passed == METER_MEMORY);
        give_back(m, block);
    }
    cr_assert(m->used == 0);
}

Test(meter, growth_follows_the_input) {
    meter *m = new_meter(0, 1000);
    void *block = get(m, METER_FREE - 100);
    cr_assert(block);
    cr_assert_null(get(m, 10000));
    cr_assert(m->passed == METER_GROWTH);
    meter_feed(m, 10);
    void *more = get(m, 9000);
    cr_assert(more);
    cr_assert_null(get(m, 2000));
    give_back(m, more);
    give_back(m, block);
}

Test(meter, what_is_named_again_warrants_less_and_not_without_end) {
    meter *m = new_meter(0, 1000);
    meter_feed(m, 100);
    meter_feed_again(m, 1000 * METER_AGAIN_DIVISOR);
    cr_assert(meter_warranted(m) == METER_FREE + 100 * 1000 + 1000 * 1000);
    meter_feed_again(m, SIZE_MAX / 2);
    cr_assert(meter_warranted(m) == METER_FREE + 100 * 1000 + METER_AGAIN_MOST);
}

Test(meter, the_lower_limit_holds) {
    meter *m = new_meter(5000, 1000);
    meter_feed(m, 1 << 20);
    cr_assert_null(get(m, 6000));
    cr_assert(m->passed == METER_MEMORY);
}

Test(meter, input_is_read_before_it_counts) {
    meter *m = new_meter(0, 1);
    meter_begin_input(m);
    void *file = get(m, 2 * METER_FREE);
    meter_end_input(m);
    cr_assert(file);
    cr_assert_null(get(m, 1));
    meter_feed(m, 2 * METER_FREE);
    void *node = get(m, 1);
    cr_assert(node);
    give_back(m, node);
    give_back(m, file);
}

Test(meter, blocks_grow_and_keep_their_bytes) {
    meter *m = new_meter(10000, 0);
    char *block = get(m, 10);
    memcpy(block, "0123456789", 10);
    block = m->counting.reallocate(block, 5000, m->counting.user);
    cr_assert(block);
    cr_assert_arr_eq(block, "0123456789", 10);
    cr_assert_null(m->counting.reallocate(block, 20000, m->counting.user));
    cr_assert_arr_eq(block, "0123456789", 10);
    give_back(m, block);
    cr_assert(m->used == 0);
}

Test(meter, charges_are_never_given_back) {
    meter *m = new_meter(10000, 0);
    cr_assert(meter_charge(m, 6000));
    cr_assert_not(meter_charge(m, 6000));
    cr_assert_null(get(m, 6000));
    cr_assert(m->used == 6000);
}

Test(meter, sizes_that_overflow_are_refused) {
    meter *m = new_meter(0, SIZE_MAX);
    meter_feed(m, SIZE_MAX);
    cr_assert_null(get(m, SIZE_MAX));
    cr_assert_null(get(m, SIZE_MAX - 8));
    cr_assert(m->used == 0);
}
