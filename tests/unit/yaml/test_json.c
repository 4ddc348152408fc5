#include "write_fixture.h"

#include "yaml/json.h"

#include <criterion/criterion.h>

TestSuite(json_write, .init = fixture_set_up, .fini = fixture_tear_down);
TestSuite(json_normalize, .init = fixture_set_up, .fini = fixture_tear_down);

TestSuite(json_read, .init = fixture_set_up, .fini = fixture_tear_down);

Test(json_write, sorts_keys_by_bytes_and_leaves_no_space) {
    expect_json("b: [1, 1.5, true, null]\n"
                "a10: {}\n"
                "a9: []\n"
                "B: x\n",
                "{\"B\":\"x\",\"a10\":{},\"a9\":[],\"b\":[1,1.5,true,null]}");
}

Test(json_write, escapes_what_go_escapes) {
    expect_json(
        "a: \"<&>\\u2028\\u2029\\b\\f\\n\\r\\t\\x01\\x7f\\\"\\\\/\xc3\xa9\xf0\x9f\x98\x80\"\n",
        "{\"a\":\"\\u003c\\u0026\\u003e\\u2028\\u2029\\b\\f\\n\\r\\t\\u0001\x7f\\\"\\\\/\xc3\xa9\xf0\x9f\x98\x80\"}");
}

Test(json_write, prints_numbers_as_go_does) {
    expect_json("a: 1e20\n"
                "b: 1e21\n"
                "c: 0.000001\n"
                "d: 0.0000001\n"
                "e: -0.0\n"
                "f: 1234567.5\n"
                "g: 18446744073709551615\n"
                "h: 1e-300\n",
                "{\"a\":100000000000000000000,\"b\":1e+21,\"c\":0.000001,\"d\":1e-7,\"e\":-0,\"f\":1234567.5,\"g\":"
                "18446744073709551615,\"h\":1e-300}");
}

Test(json_write, replaces_what_is_no_utf8) { expect_json("a: !!binary gGE=\n", "{\"a\":\"\\ufffda\"}"); }

Test(json_normalize, numbers_become_float64) {
    expect_normalized("a: 12345678901234567890\n"
                      "b: 9007199254740993\n"
                      "c: 100\n"
                      "d: 1000000\n"
                      "e: 0x10\n"
                      "f: 1.50\n",
                      "a: 1.2345678901234567e+19\n"
                      "b: 9.007199254740992e+15\n"
                      "c: 100\n"
                      "d: 1e+06\n"
                      "e: 16\n"
                      "f: 1.5\n");
}

Test(json_normalize, strings_are_quoted_only_where_needed) {
    expect_normalized("a: \"x\"\n"
                      "b: '12'\n"
                      "c: \"yes\"\n"
                      "d: \"a: b\"\n"
                      "e: \"x\\ny\\n\"\n"
                      "f: \"1:30\"\n"
                      "g: 2001-01-01\n",
                      "a: x\n"
                      "b: \"12\"\n"
                      "c: \"yes\"\n"
                      "d: 'a: b'\n"
                      "e: |\n"
                      "  x\n"
                      "  y\n"
                      "f: \"1:30\"\n"
                      "g: \"2001-01-01T00:00:00Z\"\n");
}

Test(json_normalize, keys_are_sorted_and_styles_forgotten) {
    expect_normalized("b: {d: 1, c: [x, {}]}\n"
                      "a10: []\n"
                      "a9: ~\n"
                      "\"k "
                      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\": v\n",
                      "a9: null\n"
                      "a10: []\n"
                      "b:\n"
                      "  c:\n"
                      "  - x\n"
                      "  - {}\n"
                      "  d: 1\n"
                      "? k "
                      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"
                      ": v\n");
}

Test(json_normalize, refuses_a_block_that_begins_with_a_tab) {
    node *normal;
    cr_assert_eq(json_normalize(&sc, read_yaml("a: \"\\tx\\ny\"\n"), &normal), STRATA_INVALID);
}

static node *json(const char *input) {
    node *document = NULL;
    cr_assert_eq(json_read(&sc, TEXT("in.json"), text_from(input), ORIGIN_UNKNOWN, &document), STRATA_OK, "%s in %s",
                 strata_error_message(sc.error), input);
    return document;
}

static void expect_string(const char *input, const char *expected) {
    node *document = json(input);
    cr_expect_eq(document->tag, TAG_STR);
    cr_expect(text_is(node_text(document), expected), "%.*s", TEXT_ARG(node_text(document)));
}

Test(json_read, decodes_strings_as_go_does) {
    expect_string("\"a\"", "a");
    expect_string("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t");
    expect_string("\"\\u00e9\\ud83d\\ude00\"", "\xc3\xa9\xf0\x9f\x98\x80");
    expect_string("\"\\ud83dx\\ude00\"", "\xef\xbf\xbdx\xef\xbf\xbd");
    expect_string("\"\xff\"", "\xef\xbf\xbd");
}

Test(json_read, keeps_the_text_of_numbers) {
    node *document = json(" [1, -0, 1.50, 1E+5, 18446744073709551616, 12345678e01234567890123]");
    cr_assert_eq(document->count, 6);
    static const node_tag tags[] = {TAG_INT, TAG_INT, TAG_FLOAT, TAG_FLOAT, TAG_FLOAT, TAG_FLOAT};
    for (size_t i = 0; i < 6; i++)
        cr_expect_eq(document->items[i]->tag, tags[i], "%zu", i);
    cr_assert(text_is(node_text(document->items[2]), "1.50"));
    cr_assert(text_is(node_text(document->items[5]), "12345678e01234567890123"));
}

Test(json_read, keeps_order_and_duplicates) {
    node *document = json("{\"b\": 1, \"a\": {}, \"b\": null}");
    cr_assert_eq(document->count, 3);
    cr_assert(text_is(node_text(document->pairs[0].key), "b"));
    cr_assert_eq(document->pairs[2].value->tag, TAG_NULL);
}

Test(json_read, refuses_what_is_no_json) {
    static const char *const inputs[] = {"",        " ",         "01",       "1.",   "-",          ".5",      "1e",
                                         "+1",      "tru",       "nul",      "[1,]", "{\"a\":1,}", "{a: 1}",  "'a'",
                                         "\"\\x\"", "\"\\u12\"", "\"a\nb\"", "\"a",  "[1",         "{\"a\"}", "1 2",
                                         "[1 2]",   "// c\n1",   "\"\x01\"", "NaN",  "{\"a\":}",   "[\v1]"};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        node *document;
        cr_expect_eq(json_read(&sc, TEXT("in.json"), text_from(inputs[i]), ORIGIN_UNKNOWN, &document), STRATA_INVALID,
                     "%s", inputs[i]);
    }
}

Test(json_read, names_the_place_of_an_error) {
    node *document;
    cr_assert_eq(json_read(&sc, TEXT("in.json"), TEXT("[1,\n  x]"), ORIGIN_UNKNOWN, &document), STRATA_INVALID);
    cr_assert_str_eq(strata_error_name(sc.error), "json-syntax");
    cr_assert_eq(strata_error_line(sc.error), 2);
    cr_assert_eq(strata_error_column(sc.error), 3);
}

Test(json_read, stops_at_the_nesting_limit) {
    char deep[5001];
    memset(deep, '[', 5000);
    deep[5000] = 0;
    node *document;
    cr_assert_eq(json_read(&sc, TEXT("in.json"), text_from(deep), ORIGIN_UNKNOWN, &document), STRATA_LIMIT);
}
