#include "write_fixture.h"
#include "yaml/reader.h"

#include <criterion/criterion.h>

TestSuite(reader, .init = fixture_set_up, .fini = fixture_tear_down);

/* The value of "a" in the document. */
static void expect_value(text input, text expected) {
    yaml_options options = {.dialect = YAML_V3};
    node_list documents = {0};
    cr_assert_eq(yaml_read(&sc, TEXT("t.yaml"), input, ORIGIN_UNKNOWN, &options, &documents), STRATA_OK, "%.*s",
                 TEXT_ARG(input));
    text value = node_text(NODE_GET(documents.items[0], "a"));
    cr_expect(text_equal(value, expected), "%.*s: %.*s", TEXT_ARG(input), TEXT_ARG(value));
}
#define EXPECT_VALUE(input, expected) expect_value(TEXT(input), TEXT(expected))

Test(reader, folds_quoted_and_plain_texts) {
    EXPECT_VALUE("a: b\n  c\n\n  d\n", "b c\nd");
    EXPECT_VALUE("a: 'b\n\n\tc'\n", "b\nc");
    EXPECT_VALUE("a: \"b \\\n   c\"\n", "b c");
    EXPECT_VALUE("a: \"b\nc\"\n", "b c");
    EXPECT_VALUE("a: b  \n  - c\n\n\n   'd' # e\nf: g\n", "b - c\n\n'd'");
    EXPECT_VALUE("a: ' b  \n   c''d  '\n", " b c'd  ");
    EXPECT_VALUE("a: \"\n  b\\n  \n\n  \"\n", " b\n\n");
}

Test(reader, takes_unicode_line_breaks_for_breaks) {
    EXPECT_VALUE("a: |\n  b\xc2\x85  c\n", "b\nc\n");
    EXPECT_VALUE("a: b\xe2\x80\xa8  c\n", "b\xe2\x80\xa8"
                                          "c");
}

Test(reader, ends_literals_as_go_yaml_does) {
    EXPECT_VALUE("a: |\n  b", "b");
    EXPECT_VALUE("x:\n  y: |\n  z: 1\na: |+\n\n", "\n");
    EXPECT_VALUE("a: |-\n", "");
    EXPECT_VALUE("a: |1\n  b\n", " b\n");
}

Test(reader, keeps_quotes_that_follow_each_other) {
    /* The anchor is what the fast reader leaves to libfyaml. */
    EXPECT_VALUE("x: &x y\na: 'b''''c'\n", "b''c");
    EXPECT_VALUE("x: &x y\na: ':'':''''''::::::::::'\n", ":':'''::::::::::");
    EXPECT_VALUE("x: &x y\n'a': 'b''''''bcd'\n", "b'''bcd");
}

Test(reader, folds_block_scalars) { EXPECT_VALUE("a: >\n  b\n  c\n\n   d\n  e\n", "b c\n\n d\ne\n"); }

Test(reader, passes_a_byte_order_mark) { EXPECT_VALUE("\xef\xbb\xbfx: 1\na: b\n", "b"); }

Test(reader, drops_what_follows_the_end_of_a_document) { EXPECT_VALUE("a: b\n...\nc: d\ne\nf: [", "b"); }

Test(reader, decodes_escapes) {
    EXPECT_VALUE("a: \"\\x41\\u00e9\\U0001F600\\0\\_\"\n", "A\xc3\xa9\xf0\x9f\x98\x80\0\xc2\xa0");
}

/* Comments of a document that go through a scalar are written where go-yaml writes them. */
static void expect_kept(const char *input, const char *expected) {
    yaml_options options = {.dialect = YAML_V3, .keep_comments = true};
    node_list documents = {0};
    cr_assert_eq(yaml_read(&sc, TEXT("t.yaml"), text_from(input), ORIGIN_UNKNOWN, &options, &documents), STRATA_OK);
    buffer out;
    buffer_init(&out, NULL, 0);
    cr_assert_eq(yaml_write_v3(&sc, documents.items[0], &out), STRATA_OK);
    cr_expect(text_is(buffer_text(&out), expected), "%.*s", TEXT_ARG(buffer_text(&out)));
    buffer_free(&out);
}

Test(reader, keeps_comments_where_they_belong) {
    const char *input = "# head\n\n# of a\na: 1 # line\n# foot of a\n\nb: # of b\n  # of c\n  c: 2\n  d:\n    # item\n"
                        "    - x # x\n    - y\n# end\n";
    const char *expected = "# head\n\n# of a\na: 1 # line\n# foot of a\n\nb: # of b\n  # of c\n  c: 2\n  d:\n  # item\n"
                           "  - x # x\n  - y\n# end\n";
    expect_kept(input, expected);
}

Test(reader, keeps_comments_that_may_be_json_always) {
    yaml_options options = {.dialect = YAML_RESOURCE};
    node_list documents = {0};
    text input = TEXT("a:\n# {\"b\": \"c\"}\n- d # {\"e\": 1}\n- f # g\n");
    cr_assert_eq(yaml_read(&sc, TEXT("t.yaml"), input, ORIGIN_UNKNOWN, &options, &documents), STRATA_OK);
    const node *items = NODE_GET(documents.items[0], "a");
    cr_assert_not_null(items->items[0]->extra);
    cr_expect(text_is(items->items[0]->extra->head_comment, "# {\"b\": \"c\"}"));
    cr_expect(text_is(items->items[0]->extra->line_comment, "# {\"e\": 1}"));
    cr_expect_null(items->items[1]->extra);
}

/* The value of "a" in a kustomization file or the like. */
static void expect_v2(text input, text expected) {
    yaml_options options = {.dialect = YAML_V2};
    node_list documents = {0};
    cr_assert_eq(yaml_read(&sc, TEXT("t.yaml"), input, ORIGIN_UNKNOWN, &options, &documents), STRATA_OK, "%.*s",
                 TEXT_ARG(input));
    text value = node_text(NODE_GET(documents.items[0], "a"));
    cr_expect(text_equal(value, expected), "%.*s: %.*s", TEXT_ARG(input), TEXT_ARG(value));
}

Test(reader, merges_where_the_key_stands_in_kustomization_files) {
    expect_v2(TEXT("<<: {a: b}\na: c\n"), TEXT("c"));
    expect_v2(TEXT("a: c\n<<: {a: b}\n"), TEXT("b"));
    expect_v2(TEXT("<<: {a: b}\n<<: {a: c}\n"), TEXT("c"));
    expect_v2(TEXT("<<: [{a: b}, {a: c}]\n"), TEXT("b"));
}

Test(reader, merges_once_and_under_own_keys_in_resources) {
    EXPECT_VALUE("a: c\n<<: {a: b}\n", "c");
    EXPECT_VALUE("<<: [{a: b}, {a: c}]\n", "b");
    yaml_options options = {.dialect = YAML_RESOURCE};
    node_list documents = {0};
    text twice = TEXT("<<: {a: b}\n<<: {c: d}\n");
    cr_expect_neq(yaml_read(&sc, TEXT("t.yaml"), twice, ORIGIN_UNKNOWN, &options, &documents), STRATA_OK);
}
