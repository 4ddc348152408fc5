#include "write_fixture.h"

#include "yaml/key_order.h"
#include "yaml/shape.h"

#include <criterion/criterion.h>

#include <stdio.h>

TestSuite(key_order, .init = fixture_set_up, .fini = fixture_tear_down);

static void expect_before(const char *a, const char *b) {
    cr_expect_lt(yaml_key_compare(text_from(a), text_from(b)), 0, "%s < %s", a, b);
    cr_expect_gt(yaml_key_compare(text_from(b), text_from(a)), 0, "%s > %s", b, a);
}

Test(key_order, letters_compare_by_code_point) {
    expect_before("B", "a");
    expect_before("apiVersion", "kind");
    expect_before("z", "\xc3\xa9");
    expect_before("Kind", "kind");
}

Test(key_order, other_characters_come_before_letters) {
    expect_before("a-b", "ab");
    expect_before("_", "A");
    expect_before("a.b", "aa");
    expect_before("-", "_");
}

Test(key_order, digits_compare_as_numbers) {
    expect_before("a9", "a10");
    expect_before("a2b", "a10");
    expect_before("1", "02");
    expect_before("1", "01");
    expect_before("a10", "a1a");
    expect_before("a01", "a10");
}

Test(key_order, a_beginning_comes_first) {
    expect_before("", "a");
    expect_before("ab", "abc");
    cr_expect_eq(yaml_key_compare(TEXT("ab"), TEXT("ab")), 0);
}

Test(key_order, is_not_transitive) {
    expect_before("a12", "a1b");
    expect_before("a1b", "a2");
    expect_before("a2", "a12");
}

Test(key_order, v3_puts_letters_after_digits_first) {
    cr_expect_lt(key_compare(TEXT("a1b"), TEXT("a12"), KEY_ORDER_V3), 0);
    cr_expect_lt(key_compare(TEXT("a-b"), TEXT("ab"), KEY_ORDER_V3), 0);
}

Test(key_order, of_bytes_is_that_of_bytes) {
    cr_expect_lt(key_compare(TEXT("a10"), TEXT("a9"), KEY_ORDER_BYTES), 0);
    cr_expect_lt(key_compare(TEXT("z"), TEXT("\xc3\xa9"), KEY_ORDER_BYTES), 0);
    cr_expect_lt(key_compare(TEXT("a"), TEXT("a-"), KEY_ORDER_BYTES), 0);
}

/* An ambiguous order comes out the same however the keys came in. */
Test(key_order, does_not_depend_on_the_order_of_the_input) {
    expect_stream("a12: 1\na1b: 2\na2: 3\n", "a12: 1\na1b: 2\na2: 3\n");
    expect_stream("a2: 3\na12: 1\na1b: 2\n", "a12: 1\na1b: 2\na2: 3\n");
    expect_stream("a1b: 2\na2: 3\na12: 1\n", "a12: 1\na1b: 2\na2: 3\n");
}

enum { MANY = 3000 };

static void make_fields(value_field *fields, char (*keys)[16], size_t count) {
    for (size_t i = 0; i < count; i++) {
        snprintf(keys[i], sizeof keys[i], "k%zu", i * 7919 % count);
        fields[i] = (value_field){.key = text_from(keys[i]), .classes = text_classes(text_from(keys[i]))};
    }
}

Test(key_order, sorts_many_keys) {
    static value_field fields[MANY], scratch[MANY];
    static char keys[MANY][16];
    make_fields(fields, keys, MANY);
    cr_assert_eq(key_order_sort(&sc, fields, MANY, KEY_ORDER_V2, scratch), STRATA_OK);
    for (size_t i = 0; i < MANY; i++) {
        char expected[16];
        snprintf(expected, sizeof expected, "k%zu", i);
        cr_assert(text_is(fields[i].key, expected), "%zu: %.*s", i, TEXT_ARG(fields[i].key));
    }
}

Test(key_order, finds_a_duplicate_among_many_keys) {
    static value_field fields[MANY], scratch[MANY];
    static char keys[MANY][16];
    static const node key_node = {.kind = NODE_SCALAR, .data = ""};
    make_fields(fields, keys, MANY);
    for (size_t i = 0; i < MANY; i++)
        fields[i].key_node = &key_node;
    fields[17].key = fields[2017].key;
    cr_assert_eq(key_order_sort(&sc, fields, MANY, KEY_ORDER_V2, scratch), STRATA_CONFLICT);
}
