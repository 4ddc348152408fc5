#include "write_fixture.h"
#include "yaml/dialect.h"

#include <criterion/criterion.h>

TestSuite(dialect, .init = fixture_set_up, .fini = fixture_tear_down);

static strata_status check(text input, bool *odd) {
    return dialect_check(&sc, input, 1, false, TREE_JSON_COMMENTS, odd);
}

static void expect_refused_each(const char *const *inputs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bool odd;
        cr_expect_neq(check(text_from(inputs[i]), &odd), STRATA_OK, "accepted: %s", inputs[i]);
    }
}
#define EXPECT_REFUSED(...)                                                                                            \
    expect_refused_each((const char *const[]){__VA_ARGS__},                                                            \
                        sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

Test(dialect, refuses_tabs_where_a_key_could_begin) {
    EXPECT_REFUSED("a: b\n\t\nc: d\n", "\t# c\na: b\n", "a:\n\tb: c\n", "-\ta: b\n", "x: |\n\ttext\n",
                   "a:\n  b\n\tc\n");
}

Test(dialect, refuses_what_no_scalar_can_begin_with) {
    EXPECT_REFUSED("a: @b\n", "a: `b`\n", "a: %b\n", "[::c]\n", "a: b: c\n", "- a: b: c\n");
}

Test(dialect, refuses_malformed_names_and_escapes) {
    EXPECT_REFUSED("a: &x.y z\n", "a: &x/y z\n", "a: !nope!x b\n", "a: \"\\/\"\n", "a: \"\\ud83d\\ude00\"\n",
                   "a: \"\\q\"\n");
}

Test(dialect, refuses_markers_and_directives_out_of_place) {
    EXPECT_REFUSED("...\na: b\n", "%YAML 1.2\n---\na: b\n", "%NEXT\n---\na: b\n", "%YAML 1.1\na: b\n",
                   "a: 'b\n--- c'\n");
}

Test(dialect, refuses_text_after_an_empty_block_scalar_at_its_column) {
    EXPECT_REFUSED("name: >-\ntext\nkind: x\n", "a:\n  name: |\n  text\n  kind: x\n");
}

Test(dialect, refuses_control_characters_and_malformed_utf8) {
    EXPECT_REFUSED("a: \x7f\n", "a: \f\n", "a: \x01\n", "a: \xff\n", "a: \xc3", "a: \xed\xa0\x80\n",
                   "# \xc0\xaf\na: b\n");
    bool odd;
    cr_expect_neq(check(TEXT("a: b\0\n"), &odd), STRATA_OK);
}

static char *key_of(size_t size) {
    char *key = arena_alloc(sc.arena, size + 8);
    memset(key, 'k', size);
    memcpy(key + size, ": v\n", sizeof ": v\n");
    return key;
}

Test(dialect, takes_keys_of_up_to_1024_characters) {
    bool odd;
    cr_expect_eq(check(text_from(key_of(1024)), &odd), STRATA_OK);
    cr_expect_neq(check(text_from(key_of(1025)), &odd), STRATA_OK);
}

Test(dialect, says_where_the_text_is_refused) {
    parser p;
    yaml_event event;
    cr_assert(parser_init(&p, TEXT("a: b\nc: @d\n"), true, sc.arena, sc.from));
    parser_result result;
    do
        result = parser_next(&p, &event);
    while (result == PARSER_EVENT && event.type != EVENT_STREAM_END);
    cr_expect_eq(result, PARSER_REFUSED);
    cr_expect_eq(p.scan.problem_at, 8);
    parser_free(&p);
}

static void expect_odd(const char *input, bool expected) {
    bool odd = !expected;
    cr_expect_eq(check(text_from(input), &odd), STRATA_OK, "%s", input);
    cr_expect_eq(odd, expected, "%s", input);
}

Test(dialect, leaves_ordinary_texts_to_libfyaml) {
    expect_odd("---\na: &x {b: 'c', d: [e]} # f\ng: *x\nh: |\n  i\nj:\n- >\n  k\n  l\n", false);
}

Test(dialect, keeps_odd_texts_from_libfyaml) {
    static const char *const inputs[] = {"a: |\nb: c\n",
                                         "a: |\n  b",
                                         "a: |2\n  b\n",
                                         "a: >\n  b\n   c\n",
                                         "a: 'b'#c\n",
                                         "a: b\n...\nc\n",
                                         "? a\n",
                                         "a: \"b\\\n  c\"\n",
                                         "a: b\xc2\x85",
                                         "a: \"\tb\"\n",
                                         "\xef\xbb\xbfk: b",
                                         "%YAML 1.1\n---\na\n",
                                         "a: !<x> b\n",
                                         "a: # {\"b\": 1}\n  c: d\n",
                                         "a: \"\\u00e9\"\n",
                                         "a: b\n  c\n",
                                         "a: 'b''''c'\n",
                                         "!![a, b]"};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        expect_odd(inputs[i], true);
}
