#include "function/shlex.h"

#include <criterion/criterion.h>

/* Expectations are what kustomize's ShlexSplit gives; arguments are joined by '|'. */
static void split_to(const char *line, const char *expected) {
    arena a;
    text_list list = {NULL, 0, 0};
    arena_init(&a, &allocator_libc);
    cr_assert_eq(shlex_split(&a, text_from(line), &list), SHLEX_FINE, "%s", line);
    text joined = TEXT_EMPTY;
    for (size_t i = 0; i < list.count; i++)
        joined = TEXT_CONCAT(&a, joined, i ? TEXT("|") : TEXT_EMPTY, list.items[i]);
    cr_expect(text_is(joined, expected), "%s: %.*s", line, TEXT_ARG(joined));
    arena_free(&a);
}

Test(shlex, white_space_of_any_kind_separates) {
    split_to("a b\tc\n d ", "a|b|c|d");
    split_to("a\xC2\xA0"
             "b\xE3\x80\x80"
             "c\xE2\x80\xA8"
             "d",
             "a|b|c|d");
    split_to("", "");
}

Test(shlex, quotes_join_and_vanish) {
    split_to("a='b c'\"d e\"f g", "a=b cd ef|g");
    split_to("'it'\"'\"s", "it's");
    split_to("'' \"\" a", "a");
}

Test(shlex, backslash_takes_the_next_character_but_in_single_quotes) {
    split_to("a\\ b \\'c \\\\", "a b|'c|\\");
    split_to("\"x\\ny\\\"\" 'x\\ny'", "xny\"|x\\ny");
    split_to("end\\", "end");
    split_to("\\\xC3\xA9", "\xC3\xA9");
}

Test(shlex, hash_outside_quotes_ends_everything) {
    split_to("a b#c d\ne", "a|b");
    split_to("'#a' \"#b\" \\#c #d", "#a|#b|#c");
}

Test(shlex, open_quote_is_refused) {
    arena a;
    text_list list = {NULL, 0, 0};
    arena_init(&a, &allocator_libc);
    cr_expect_eq(shlex_split(&a, TEXT("a 'b"), &list), SHLEX_UNCLOSED_QUOTE);
    cr_expect_eq(shlex_split(&a, TEXT("a \"b'"), &list), SHLEX_UNCLOSED_QUOTE);
    arena_free(&a);
}
