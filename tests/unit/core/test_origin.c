#include "core/origin.h"

#include <criterion/criterion.h>

Test(origin, gives_file_line_and_column) {
    arena a;
    arena_init(&a, NULL);
    origin_table table = {0};
    origin first, second;
    origin_place place;
    cr_assert(origin_add(&table, &a, TEXT("a.yaml"), TEXT("one\n  two\n"), ORIGIN_UNKNOWN, &first));
    cr_assert(origin_add(&table, &a, TEXT("b.yaml"), TEXT("x: y\r\nz"), first + 6, &second));
    cr_assert(origin_resolve(&table, first + 6, &place));
    cr_assert(text_is(place.file, "a.yaml"));
    cr_assert_eq(place.line, 2);
    cr_assert_eq(place.column, 3);
    cr_assert(text_is(place.line_text, "  two"));
    cr_assert(origin_resolve(&table, second + 3, &place));
    cr_assert(text_is(place.file, "b.yaml"));
    cr_assert(text_is(place.line_text, "x: y"));
    cr_assert_eq(place.included_from, first + 6);
    cr_assert(origin_resolve(&table, second + 7, &place), "the end of a text is a place too");
    cr_assert_eq(place.line, 2);
    cr_assert_not(origin_resolve(&table, ORIGIN_UNKNOWN, &place));
    cr_assert_not(origin_resolve(&table, second + 8, &place));
    arena_free(&a);
}

Test(origin, refuses_more_text_than_it_has_numbers) {
    arena a;
    arena_init(&a, NULL);
    origin_table table = {0};
    origin first;
    cr_assert_not(origin_add(&table, &a, TEXT("huge"), text_of("", UINT32_MAX), ORIGIN_UNKNOWN, &first));
    arena_free(&a);
}

Test(origin, file_is_known_without_its_lines) {
    origin_table table = {0};
    arena a;
    origin first, second;
    arena_init(&a, &allocator_libc);
    cr_assert(origin_add(&table, &a, TEXT("a.yaml"), TEXT("one\ntwo\n"), ORIGIN_UNKNOWN, &first));
    cr_assert(origin_add(&table, &a, TEXT("b.yaml"), TEXT("x"), first, &second));
    cr_expect(text_is(origin_file(&table, first + 5), "a.yaml"));
    cr_expect(text_is(origin_file(&table, second + 1), "b.yaml"));
    cr_expect(text_empty(origin_file(&table, ORIGIN_UNKNOWN)));
    cr_expect(text_empty(origin_file(&table, second + 2)));
    arena_free(&a);
}

Test(origin, place_in_a_long_text_is_that_of_counting) {
    arena a;
    arena_init(&a, NULL);
    origin_table table = {0};
    enum { LINES = 3000, LINE = 7 };
    char *bytes = arena_chars(&a, LINES * LINE);
    for (size_t i = 0; i < LINES * LINE; i++)
        bytes[i] = i % LINE == LINE - 1 ? '\n' : 'x';
    origin first;
    cr_assert(origin_add(&table, &a, TEXT("long"), text_of(bytes, LINES * LINE), ORIGIN_UNKNOWN, &first));
    for (uint32_t at = LINES * LINE; at-- > 0;) {
        origin_place place;
        cr_assert(origin_resolve(&table, first + at, &place));
        cr_assert_eq(place.line, at / LINE + 1, "byte %u", at);
        cr_assert_eq(place.column, at % LINE + 1, "byte %u", at);
        cr_assert_eq(place.line_text.size, LINE - 1);
    }
    origin_place end;
    cr_assert(origin_resolve(&table, first + LINES * LINE, &end));
    cr_assert_eq(end.line, LINES + 1);
    arena_free(&a);
}
