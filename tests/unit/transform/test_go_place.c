/* Places as go-yaml counts them. */
#include "fixture.h"

#include "transform/go_place.h"

static fixture f;
static go_places places;
static void set_up(void) {
    fixture_init(&f);
    places = (go_places){NULL, 0};
}
static void tear_down(void) { fixture_free(&f); }
TestSuite(go_place, .init = set_up, .fini = tear_down);

static origin enter(text bytes) {
    origin first;
    cr_assert(origin_add(f.sc.origins, f.sc.arena, TEXT("r.yaml"), bytes, ORIGIN_UNKNOWN, &first));
    return first;
}

static void expect_place(origin where, uint32_t line, uint32_t column) {
    go_place place;
    cr_assert(go_place_find(&f.sc, &places, where, &place));
    cr_expect_eq(place.line, line, "line %u instead of %u", place.line, line);
    cr_expect_eq(place.column, column, "column %u instead of %u", place.column, column);
}

/* Where `what` stands, in a text of its own. */
static void expect_in(const char *bytes, const char *what, uint32_t line, uint32_t column) {
    text all = text_from(bytes);
    size_t at = text_find(all, text_from(what));
    cr_assert_neq(at, SIZE_MAX);
    expect_place(enter(all) + (origin)at, line, column);
}

Test(go_place, lines_count_from_the_document) {
    expect_in("a: b\nc: d\n", "c:", 2, 1);
    expect_in("a: b\n---\n\nc: d\n", "d", 2, 4);
    expect_in("--- # one\na: b\n--- # two\nc: d\n---\ne: f\n", "c:", 1, 1);
    expect_in("--- # one\na: b\n", "b", 2, 4);
}

Test(go_place, columns_count_characters) {
    expect_in("\xC3\xA9: {\xE2\x82\xAC: b}\n", "b", 1, 8);
    expect_in("\xF0\x9F\x98\x80 c: d\n", "d", 1, 6);
}

Test(go_place, every_break_of_yaml_ends_a_line) {
    expect_in("a:\r\n  b\r\n", "b", 2, 3);
    expect_in("a: x\rb: c\n", "c", 2, 4);
    expect_in("a: \"x\xC2\x85y\", b\n", "b", 2, 5);
    expect_in("a: \"x\xE2\x80\xA8y\", b\n", "b", 2, 5);
    expect_in("a: \"x\xE2\x80\xA9y\", b\n", "b", 2, 5);
    expect_in("a: \"x\xE2\x80\xA6y\", b\n", "b", 1, 11);
}

Test(go_place, byte_order_mark_is_no_character_of_its_document) {
    expect_in("\xEF\xBB\xBF"
              "a: b\n",
              "b", 1, 4);
    expect_in("a: b\n---\n\xEF\xBB\xBF"
              "c: d\n",
              "d", 1, 4);
    expect_in("\xEF\xBB\xBF"
              "a: b\nc: d\n",
              "d", 2, 4);
}

Test(go_place, what_was_read_from_nowhere_has_none) {
    expect_place(ORIGIN_UNKNOWN, 0, 0);
    expect_place(enter(TEXT_EMPTY), 0, 0);
}

/* Longer than the marks are apart, with lines that are not; asked in an order that is not the text's. */
Test(go_place, place_in_a_long_text_is_that_of_counting) {
    enum { SIZE = 20000, STEP = 7919 };
    static char bytes[SIZE];
    static go_place want[SIZE];
    go_place place = {1, 1};
    for (size_t i = 0; i < SIZE; i++) {
        bytes[i] = i % 997 == 996 ? '\n' : 'x';
        want[i] = place;
        place = bytes[i] == '\n' ? (go_place){place.line + 1, 1} : (go_place){place.line, place.column + 1};
    }
    origin first = enter(text_of(bytes, SIZE));
    for (size_t i = 0, k = 0; i < SIZE; i++, k = (k + STEP) % SIZE)
        expect_place(first + (origin)k, want[k].line, want[k].column);
    expect_place(first + SIZE, place.line, place.column);
}
