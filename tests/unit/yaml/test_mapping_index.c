/* Unit tests of yaml/mapping_index.h: whatever is done to a mapping, the answers are those of node_find. */
#include "yaml/mapping_index.h"

#include <criterion/criterion.h>

enum { LARGE = 500 };

static arena memory;
static mapping_index map_index;

static void set_up(void) {
    arena_init(&memory, NULL);
    map_index = (mapping_index){0};
}

static void tear_down(void) { arena_free(&memory); }

TestSuite(mapping_index, .init = set_up, .fini = tear_down);

static text key_of(int i) { return text_format(&memory, "key-%d", i); }

static void add(node *mapping, text key) {
    cr_assert(node_add(&memory, mapping, node_new_string(&memory, key), node_new_string(&memory, key)));
}

static node *mapping_of(int count) {
    node *mapping = node_new_mapping(&memory);
    for (int i = 0; i < count; i++)
        add(mapping, key_of(i));
    return mapping;
}

static size_t find(const node *mapping, text key) {
    size_t at;
    cr_assert(mapping_index_find(&memory, &map_index, mapping, key, &at));
    return at;
}

static void expect_all(const node *mapping, int count) {
    for (int i = 0; i < count; i++)
        cr_expect_eq(find(mapping, key_of(i)), node_find(mapping, key_of(i)), "%d", i);
    cr_expect_eq(find(mapping, TEXT("")), SIZE_MAX);
}

Test(mapping_index, finds_every_key_and_no_other) {
    expect_all(mapping_of(3), 6);
    expect_all(mapping_of(LARGE), LARGE + 3);
}

Test(mapping_index, of_equal_keys_finds_the_first) {
    node *mapping = mapping_of(LARGE);
    for (int i = 0; i < LARGE; i += 2)
        add(mapping, key_of(i));
    expect_all(mapping, LARGE);
    expect_all(mapping, LARGE);
}

Test(mapping_index, sees_what_is_added) {
    node *mapping = mapping_of(LARGE);
    expect_all(mapping, LARGE);
    for (int i = LARGE; i < 2 * LARGE; i++) {
        cr_expect_eq(find(mapping, key_of(i)), SIZE_MAX);
        add(mapping, key_of(i));
    }
    expect_all(mapping, 2 * LARGE);
}

Test(mapping_index, starts_anew_once_it_has_forgotten) {
    node *mapping = mapping_of(LARGE);
    expect_all(mapping, LARGE);
    for (size_t i = 0; i < 100; i++) {
        node_remove_at(mapping, i);
        mapping_index_forget(&map_index, mapping);
        expect_all(mapping, 5);
    }
    expect_all(mapping, LARGE);
}

Test(mapping_index, looks_at_scalar_keys_only) {
    node *mapping = node_new_mapping(&memory), *value = node_new_string(&memory, TEXT("v"));
    cr_assert(node_add(&memory, mapping, node_new_mapping(&memory), value));
    for (int i = 0; i < LARGE; i++)
        add(mapping, key_of(i));
    expect_all(mapping, LARGE);
}

Test(mapping_index, other_kinds_have_no_keys) {
    cr_expect_eq(find(node_new_sequence(&memory), TEXT("a")), SIZE_MAX);
    cr_expect_eq(find(NULL, TEXT("a")), SIZE_MAX);
}
