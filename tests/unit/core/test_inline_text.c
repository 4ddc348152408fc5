#include "core/inline_text.h"

#include "core/origin.h"

#include <criterion/criterion.h>

/* Checks that the place of `part` in the value of the scalar after "p: " begins with `there` in the file. */
static void expect(const char *file, const char *value, const char *part, const char *there) {
    text all = text_from(file), inner = text_from(value);
    size_t scalar = text_find(all, TEXT("p: ")) + 3;
    size_t at = inline_text_find(all, scalar, inner, text_find(inner, text_from(part)));
    cr_assert_neq(at, SIZE_MAX, "%s in %s", part, file);
    cr_expect(text_starts(text_after(all, at), text_from(there)), "%s in %s is at %zu", part, file, at);
}

static bool is_lost(const char *file, const char *value, const char *part) {
    text all = text_from(file), inner = text_from(value);
    size_t scalar = text_find(all, TEXT("p: ")) + 3;
    return inline_text_find(all, scalar, inner, text_find(inner, text_from(part))) == SIZE_MAX;
}

Test(inline_text, literals_keep_their_lines) {
    const char *file = "x:\n- p: |- # a comment\n\n    a: 1\n      \n    b:\n      c: 2\n";
    expect(file, "\na: 1\n  \nb:\n  c: 2", "a", "a: 1");
    expect(file, "\na: 1\n  \nb:\n  c: 2", "c", "c: 2");
    expect(file, "a: 1\n  \nb:\n  c: 2", "c", "c: 2");
}

Test(inline_text, white_space_of_a_literal_has_its_line) {
    expect("p: |\n  a:\n  \tb: 1\n", "a:\n\tb: 1\n", "\tb", "\tb: 1\n");
    expect("p: |\n  \ta\n", "\ta\n", "\ta", "\ta\n");
    expect("p: |\r\n  a:\r\n  \tb: 1\r\n", "a:\n\tb: 1\n", "\tb", "\tb: 1\r\n");
}

Test(inline_text, end_of_the_value_is_a_place) {
    text file = TEXT("p: |\n  a: [\nq: 1\n"), value = TEXT("a: [\n");
    cr_expect_eq(inline_text_find(file, 3, value, value.size), text_find(file, TEXT("q:")));
    cr_expect_eq(inline_text_find(file, 3, value, value.size - 1), text_find(file, TEXT("\nq:")));
}

Test(inline_text, folded_and_plain_scalars_are_matched_over_their_breaks) {
    expect("p: >-\n  [{\"op\": \"add\",\n  \"path\": \"/x\"}]\n", "[{\"op\": \"add\", \"path\": \"/x\"}]", "\"path",
           "\"path\": \"/x");
    expect("p: a: b\n   c: d\n", "a: b c: d", "c", "c: d");
    expect("p: a b\n", "a b", "b", "b\n");
}

Test(inline_text, quotes_and_their_escapes_are_passed_over) {
    expect("p: '[{''op'': 1, x: y}]'", "[{'op': 1, x: y}]", "x: y", "x: y}]'");
    expect("p: \"a: \\\"b\\\"\\nc:\\td\\\n   e\"", "a: \"b\"\nc:\tde", "c:", "c:\\td");
    expect("p: \"a: \\\"b\\\"\\nc:\\td\\\n   e\"", "a: \"b\"\nc:\tde", "e", "e\"");
}

Test(inline_text, tag_and_anchor_are_passed_over) {
    expect("p: !!str &a |\n  x: y\n", "x: y\n", "y", "y\n");
    expect("p: &a 'x: y'\n", "x: y", "y", "y'");
}

Test(inline_text, other_texts_are_not_matched) {
    cr_expect(is_lost("p: \"\\x41: b\"", "A: b", "b"));
    cr_expect(is_lost("p: |\n  a: b\n", "{\"a\": \"b\"}", "b"));
    cr_expect(is_lost("p: |\n  a: b\n", "a: b: c", "c"));
}

Test(inline_text, places_in_inline_texts_are_those_of_the_file) {
    arena a;
    arena_init(&a, &allocator_libc);
    origin_table table = {0};
    origin file, patch, nested;
    origin_place place;
    text bytes = TEXT("t:\n- |\n  patch: |\n    kind: X\n    a: b\n");
    cr_assert(origin_add(&table, &a, TEXT("k.yaml"), bytes, ORIGIN_UNKNOWN, &file));
    cr_assert(origin_add_inline(&table, &a, TEXT("patch: |\n  kind: X\n  a: b\n"), file + 5, &patch));
    cr_assert(origin_add_inline(&table, &a, TEXT("kind: X\na: b\n"), patch + 7, &nested));
    cr_assert(origin_resolve(&table, nested + 11, &place));
    cr_expect(text_is(place.file, "k.yaml"));
    cr_expect_eq(place.line, 5);
    cr_expect_eq(place.column, 8);
    cr_expect(text_is(place.line_text, "    a: b"));
    cr_expect_eq(place.included_from, ORIGIN_UNKNOWN);
    cr_assert(origin_resolve_inside(&table, nested + 11, &place));
    cr_expect_eq(place.line, 2);
    cr_expect_eq(place.column, 4);
    arena_free(&a);
}

Test(inline_text, text_that_is_not_the_scalars_stands_for_the_scalar) {
    arena a;
    arena_init(&a, &allocator_libc);
    origin_table table = {0};
    origin file, made;
    origin_place place;
    cr_assert(origin_add(&table, &a, TEXT("l.yaml"), TEXT("items:\n- kind: X\n"), ORIGIN_UNKNOWN, &file));
    cr_assert(origin_add_inline(&table, &a, TEXT("{\"kind\":\"X\"}"), file + 9, &made));
    cr_assert(origin_resolve(&table, made + 8, &place));
    cr_expect_eq(place.line, 2);
    cr_expect_eq(place.column, 3);
    arena_free(&a);
}
