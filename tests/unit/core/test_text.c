#include "core/suggest.h"
#include "core/text.h"

#include <criterion/criterion.h>

static arena a;
static void setup(void) { arena_init(&a, NULL); }
static void teardown(void) { arena_free(&a); }
TestSuite(text, .init = setup, .fini = teardown);
TestSuite(suggest);

#define assert_text(actual, expected) cr_assert(text_is((actual), (expected)), "got \"%.*s\"", TEXT_ARG(actual))

Test(text, compares_by_bytes_then_length) {
    cr_assert_lt(text_compare(TEXT("a"), TEXT("b")), 0);
    cr_assert_lt(text_compare(TEXT("a"), TEXT("ab")), 0);
    cr_assert_gt(text_compare(TEXT("\xc3"), TEXT("z")), 0);
    cr_assert_eq(text_compare(TEXT(""), TEXT_EMPTY), 0);
}

Test(text, cut_splits_at_the_first_separator_only) {
    text rest = TEXT("a=b=c"), head;
    cr_assert(text_cut(&rest, '=', &head));
    assert_text(head, "a");
    assert_text(rest, "b=c");
    rest = TEXT("abc");
    cr_assert_not(text_cut(&rest, '=', &head));
    assert_text(head, "abc");
    cr_assert(text_empty(rest));
}

Test(text, trim_removes_unicode_spaces_as_go_does) {
    assert_text(text_trim(TEXT(" \t\r\n a b \v\f")), "a b");
    assert_text(text_trim(TEXT("\xc2\xa0\xe2\x80\x83x\xe3\x80\x80")), "x");
    assert_text(text_trim(TEXT("\xe2\x80\x8bx")), "\xe2\x80\x8bx"); /* zero width space is none */
    assert_text(text_trim(TEXT("  ")), "");
}

Test(text, finds_parts) {
    cr_assert_eq(text_find(TEXT("abcabc"), TEXT("ca")), 2);
    cr_assert_eq(text_find(TEXT("abc"), TEXT("abcd")), SIZE_MAX);
    cr_assert_eq(text_find_last_char(TEXT("a/b/c"), '/'), 3);
    cr_assert(text_starts(TEXT("abc"), TEXT("")));
    cr_assert(text_ends(TEXT("abc"), TEXT("bc")));
}

Test(text, map_replaces_and_keeps_order) {
    text_map map = {NULL, 0, 0};
    cr_assert(text_map_set(&a, &map, TEXT("b"), TEXT("1")));
    cr_assert(text_map_set(&a, &map, TEXT("a"), TEXT("2")));
    cr_assert(text_map_set(&a, &map, TEXT("b"), TEXT("3")));
    cr_assert_eq(map.count, 2);
    assert_text(map.items[0].key, "b");
    assert_text(*text_map_get(&map, TEXT("b")), "3");
    cr_assert_null(text_map_get(&map, TEXT("c")));
    text_map_sort(&map);
    assert_text(map.items[0].key, "a");
}

Test(text, joined_maps_are_sorted_and_the_later_pair_counts) {
    text_map under = {NULL, 0, 0}, joined;
    text_pair repeated[] = {{TEXT("c"), TEXT("1")}, {TEXT("a"), TEXT("2")}, {TEXT("c"), TEXT("3")}};
    text_map over = {repeated, 3, 3};
    cr_assert(text_map_set(&a, &under, TEXT("b"), TEXT("4")));
    cr_assert(text_map_set(&a, &under, TEXT("a"), TEXT("5")));
    cr_assert(text_map_join(&a, &under, &over, &joined));
    cr_assert_eq(joined.count, 3);
    assert_text(joined.items[0].key, "a");
    assert_text(joined.items[0].value, "2");
    assert_text(joined.items[1].value, "4");
    assert_text(joined.items[2].value, "3");
    assert_text(under.items[0].key, "b");
}

Test(text, copies_end_in_nul) {
    text copy = TEXT_CONCAT(&a, TEXT("ab"), TEXT_EMPTY, TEXT("c"));
    cr_assert_str_eq(copy.data, "abc");
    cr_assert_str_eq(text_format(&a, "%d-%.*s", 7, TEXT_ARG(copy)).data, "7-abc");
}

Test(suggest, counts_edits_and_swaps) {
    cr_assert_eq(text_distance(TEXT("resources"), TEXT("resources")), 0);
    cr_assert_eq(text_distance(TEXT("resource"), TEXT("resources")), 1);
    cr_assert_eq(text_distance(TEXT("reosurces"), TEXT("resources")), 1);
    cr_assert_eq(text_distance(TEXT("kitten"), TEXT("sitting")), 3);
}

Test(suggest, names_the_nearest_only_when_it_is_near) {
    const text names[] = {TEXT("namePrefix"), TEXT("nameSuffix"), TEXT("namespace")};
    assert_text(suggest_nearest(TEXT("nameprefix"), names, 3), "namePrefix");
    assert_text(suggest_nearest(TEXT("zzz"), names, 3), "");
}
