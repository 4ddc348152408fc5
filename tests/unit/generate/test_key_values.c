/* Keys and values from literals, files and env files. */
#include "fixture.h"

#include "generate/key_values.h"

TestSuite(key_values, .init = root_set_up, .fini = root_tear_down);

static text_map values;

static void expect_pair(size_t index, const char *key, const char *value) {
    cr_assert_lt(index, values.count);
    cr_expect(text_is(values.items[index].key, key), "key \"%.*s\"", TEXT_ARG(values.items[index].key));
    cr_expect(text_is(values.items[index].value, value), "value \"%.*s\"", TEXT_ARG(values.items[index].value));
}

static strata_status read_env(text bytes) {
    generator_args args = {.name = TEXT("c"), .envs = TEXTS("e")};
    fixture_file("e", bytes);
    fixture_open();
    return key_values_read(&sc, root, &args, &values);
}

static strata_status read_literal(const char *literal) {
    generator_args args = {.name = TEXT("c"), .literals = TEXTS(literal)};
    return key_values_read(&sc, root, &args, &values);
}

static strata_status read_source(const char *file) {
    generator_args args = {.name = TEXT("c"), .files = TEXTS(file)};
    return key_values_read(&sc, root, &args, &values);
}

/* --- env files --------------------------------------------------------------------------------------------------- */

Test(key_values, env_lines_lose_only_the_space_before_them) {
    assert_ok(read_env(TEXT(" \t A=1 \nB = 2\nC=x=y # no comment\n  # a comment\n\n\xC2\xA0"
                            "D='q'\nE\nF=\n")));
    cr_assert_eq(values.count, 6);
    expect_pair(0, "A", "1 ");
    expect_pair(1, "B ", " 2");
    expect_pair(2, "C", "x=y # no comment");
    expect_pair(3, "D", "'q'");
    expect_pair(4, "E", "");
    expect_pair(5, "F", "");
}

Test(key_values, env_lines_without_a_key_are_passed_over) {
    assert_ok(read_env(TEXT("=x\n= y\nA=1\n")));
    cr_assert_eq(values.count, 1);
}

Test(key_values, one_carriage_return_ends_an_env_line_with_the_break) {
    assert_ok(read_env(TEXT("A=1\r\nB=2\r\r\nC=3\rD=4\r\n")));
    cr_assert_eq(values.count, 3);
    expect_pair(0, "A", "1");
    expect_pair(1, "B", "2\r");
    expect_pair(2, "C", "3\rD=4");
}

Test(key_values, a_byte_order_mark_is_dropped_from_the_first_env_line) {
    assert_ok(read_env(TEXT("\xEF\xBB\xBF"
                            "A=1\n\xEF\xBB\xBF"
                            "B=2\n")));
    cr_assert_eq(values.count, 2);
    expect_pair(0, "A", "1");
    expect_pair(1,
                "\xEF\xBB\xBF"
                "B",
                "2");
}

Test(key_values, env_lines_must_be_utf8_even_comments) {
    expect_failure(read_env(TEXT("A=1\n#\xFF\n")), DIAGNOSTIC_ENV_FILE);
}

/* `size` bytes in the second line, break not counted. */
static void read_long_line(size_t size) {
    char *bytes = arena_alloc(sc.arena, size + 12);
    memcpy(bytes, "A=1\n", 4);
    memset(bytes + 4, 'x', size);
    memcpy(bytes + 4, "B=", 2);
    memcpy(bytes + 4 + size, "\nC=3\n", 5);
    assert_ok(read_env(text_of(bytes, size + 9)));
}

Test(key_values, env_lines_may_have_65535_bytes_with_their_break) {
    read_long_line(65535);
    cr_expect_eq(values.count, 3);
    cr_expect_eq(warning_count, 0);
}

Test(key_values, a_longer_env_line_ends_the_file_with_a_warning) {
    read_long_line(65536);
    cr_expect_eq(values.count, 1);
    cr_expect_eq(warning_count, 1);
}

/* --- literals and files ------------------------------------------------------------------------------------------ */

Test(key_values, literals_lose_one_pair_of_equal_quotes) {
    static const char *const literals[][2] = {{"a=\"b\"", "b"}, {"a='b'", "b"},       {"a=\"b'", "\"b'"}, {"a='", "'"},
                                              {"a=''", ""},     {"a=\"'b'\"", "'b'"}, {"a=b=c", "b=c"},   {"a=", ""}};
    fixture_open();
    for (size_t i = 0; i < sizeof literals / sizeof *literals; i++) {
        assert_ok(read_literal(literals[i][0]));
        expect_pair(0, "a", literals[i][1]);
    }
}

Test(key_values, literals_need_a_key_and_an_equals_sign) {
    fixture_open();
    expect_failure(read_literal("=b"), DIAGNOSTIC_LITERAL);
    expect_failure(read_literal("a"), DIAGNOSTIC_LITERAL);
    expect_failure(read_literal(""), DIAGNOSTIC_LITERAL);
}

Test(key_values, files_are_named_by_their_last_element_unless_given_a_key) {
    fixture_file("d/a.txt", TEXT("hello\n"));
    fixture_open();
    assert_ok(read_source("d/a.txt"));
    expect_pair(0, "a.txt", "hello\n");
    assert_ok(read_source("x y=./d/a.txt"));
    expect_pair(0, "x y", "hello\n");
}

Test(key_values, files_need_what_stands_at_either_side_of_the_equals_sign) {
    fixture_file("a", TEXT("x"));
    fixture_open();
    expect_failure(read_source("=a"), DIAGNOSTIC_FILE_SOURCE);
    expect_failure(read_source("a="), DIAGNOSTIC_FILE_SOURCE);
    expect_failure(read_source("a=b=c"), DIAGNOSTIC_FILE_SOURCE);
}

Test(key_values, a_key_that_comes_twice_is_refused) {
    generator_args args = {.name = TEXT("c"), .literals = TEXTS("a=1", "a=1")};
    fixture_open();
    expect_failure(key_values_read(&sc, root, &args, &values), DIAGNOSTIC_DUPLICATE_KEY);
}

Test(key_values, all_sources_come_sorted_by_key) {
    generator_args args = {
        .name = TEXT("c"), .literals = TEXTS("m=1", "B=2"), .files = TEXTS("a=f"), .envs = TEXTS("e")};
    fixture_file("f", TEXT("x"));
    fixture_file("e", TEXT("z=9\n"));
    fixture_open();
    assert_ok(key_values_read(&sc, root, &args, &values));
    cr_assert_eq(values.count, 4);
    expect_pair(0, "B", "2");
    expect_pair(1, "a", "x");
    expect_pair(2, "m", "1");
    expect_pair(3, "z", "9");
}
