/* Aliases and merge keys in resources, and in what goes through go-yaml v2. */
#include "write_fixture.h"
#include "yaml/json.h"
#include "yaml/reader.h"

#include <criterion/criterion.h>

TestSuite(expand, .init = fixture_set_up, .fini = fixture_tear_down);

static strata_status read_text(yaml_dialect dialect, bool strict, const char *input, node **out) {
    yaml_options options = {.dialect = dialect, .refuse_duplicate_keys = strict};
    node_list documents = {0};
    strata_status status = yaml_read(&sc, TEXT("t.yaml"), text_from(input), ORIGIN_UNKNOWN, &options, &documents);
    *out = documents.count ? documents.items[0] : NULL;
    return status;
}

/* The tree as v3 writes it: in order, and with the merge keys that are left. */
static void expect_tree(const char *input, const char *expected) {
    node *root;
    buffer out;
    cr_assert_eq(read_text(YAML_RESOURCE, false, input, &root), STRATA_OK, "%s: %s", input,
                 strata_error_message(sc.error));
    buffer_init(&out, NULL, 0);
    cr_assert_eq(yaml_write_v3(&sc, root, &out), STRATA_OK);
    cr_expect(text_is(buffer_text(&out), expected), "%s\ngave:\n%.*s", input, TEXT_ARG(buffer_text(&out)));
    buffer_free(&out);
}

static void expect_failure(yaml_dialect dialect, bool strict, const char *input, strata_status expected) {
    node *root;
    cr_expect_eq(read_text(dialect, strict, input, &root), expected, "%s", input);
}

Test(expand, aliases_become_copies_of_the_latest_anchor) {
    expect_tree("x: &x 1\ny: &x 2\nz: *x\n", "x: 1\ny: 2\nz: 2\n");
    expect_tree("a: &a {b: c}\nd: [*a, *a]\n", "a: {b: c}\nd: [{b: c}, {b: c}]\n");
    expect_tree("? &k a\n: b\nc: *k\n", "a: b\nc: a\n");
}

Test(expand, an_alias_without_an_anchor_above_it_fails) {
    expect_failure(YAML_RESOURCE, false, "a: *b\nb: &b c\n", STRATA_INVALID);
    expect_failure(YAML_V2, false, "a: *b\nb: &b c\n", STRATA_INVALID);
}

Test(expand, an_alias_inside_its_own_anchor_fails) {
    expect_failure(YAML_RESOURCE, false, "a: &a {b: *a}\n", STRATA_INVALID);
    expect_failure(YAML_RESOURCE, false, "a: &a [*a]\n", STRATA_INVALID);
    expect_failure(YAML_RESOURCE, false, "&a b: *a\nc: &c\n  d: {<<: *c}\n", STRATA_LIMIT);
    expect_failure(YAML_V2, false, "a: &a {b: *a}\n", STRATA_INVALID);
    expect_failure(YAML_V2, false, "a: &a {b: c, <<: *a}\n", STRATA_INVALID);
}

Test(expand, earlier_mappings_of_a_merge_win_and_own_pairs_over_all) {
    expect_tree("a: &a {x: 1, y: 2}\nb: &b {y: 3, w: 4}\nc: {z: 0, <<: [*a, *b], w: 9}\n",
                "a: {x: 1, y: 2}\nb: {y: 3, w: 4}\nc: {z: 0, w: 9, y: 2, x: 1}\n");
    expect_tree("a: {x: 1, <<: {x: 2, y: 3}}\n", "a: {x: 1, y: 3}\n");
}

Test(expand, the_first_of_equal_keys_is_merged) {
    expect_tree("a: &a {x: 1, x: 2}\nb: {<<: *a}\n", "a: {x: 1, x: 2}\nb: {x: 1}\n");
}

/* kyaml merges the mapping as it was written: its own merge key comes along as a pair. */
Test(expand, the_merge_key_of_a_merged_mapping_stays) {
    expect_tree("a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}\n",
                "a: {x: 1}\nb: {y: 2, x: 1}\nc: {z: 3, !!merge <<: {x: 1}, y: 2}\n");
    expect_tree("a: &a {<<: *a}\n", "a: {!!merge <<: {}}\n");
}

Test(expand, the_first_key_with_the_text_of_a_merge_key_is_dropped) {
    expect_tree("a: {\"<<\": q, b: 1}\n", "a: {b: 1}\n");
    expect_tree("a: {<<: {x: 1}, \"<<\": q}\n", "a: {\"<<\": q, x: 1}\n");
}

Test(expand, only_mappings_can_be_merged) {
    expect_failure(YAML_RESOURCE, false, "a: {<<: ~}\n", STRATA_INVALID);
    expect_failure(YAML_RESOURCE, false, "a: {<<: [[{b: c}]]}\n", STRATA_INVALID);
    expect_failure(YAML_RESOURCE, false, "a: &a [1]\nb: {<<: *a}\n", STRATA_INVALID);
    expect_failure(YAML_V2, false, "a: {<<: b}\n", STRATA_INVALID);
}

/* Ten to the sixth leaves. */
static const char *const bomb =
    "a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
    "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
    "e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]\n";

Test(expand, aliases_expand_to_a_limited_number_of_nodes) {
    expect_failure(YAML_RESOURCE, false, bomb, STRATA_LIMIT);
    expect_failure(YAML_V2, false, bomb, STRATA_LIMIT);
}

Test(expand, merge_keys_that_stay_are_resolved_when_written) {
    expect_stream("a: &a {x: 1, k: a}\nb: &b {<<: *a, w: 2, k: b}\nc: {<<: *b, z: 3}\nd: {<<: [*b, *a], x: 5}\n",
                  "a:\n  k: a\n  x: 1\nb:\n  k: b\n  w: 2\n  x: 1\nc:\n  k: b\n  w: 2\n  x: 1\n  z: 3\n"
                  "d:\n  k: b\n  w: 2\n  x: 5\n");
    expect_json("a: &a {<<: *a}\n", "{\"a\":{}}");
}

/* --- go-yaml v2 -------------------------------------------------------------------------------------------------- */

static void expect_v2(const char *input, const char *expected) {
    node *root, *json;
    buffer out;
    cr_assert_eq(read_text(YAML_V2, false, input, &root), STRATA_OK, "%s", input);
    cr_assert_eq(json_from_yaml(&sc, root, &json), STRATA_OK, "%s", input);
    buffer_init(&out, NULL, 0);
    cr_assert_eq(json_write(&sc, json, &out), STRATA_OK);
    cr_expect(text_is(buffer_text(&out), expected), "%s\ngave:\n%.*s", input, TEXT_ARG(buffer_text(&out)));
    buffer_free(&out);
}

Test(expand, v2_takes_the_last_of_equal_keys) {
    expect_v2("a: 1\nb: 2\na: 3\n", "{\"a\":3,\"b\":2}");
    expect_v2("1: a\n\"1\": b\n", "{\"1\":\"b\"}");
}

Test(expand, v2_merges_over_what_stands_before) {
    expect_v2("a: {b: 2, <<: {b: 1}}\n", "{\"a\":{\"b\":1}}");
    expect_v2("a: {<<: {b: 1}, b: 2}\n", "{\"a\":{\"b\":2}}");
    expect_v2("a: &a {b: 1}\nc: &c {<<: *a, d: 2}\ne: {<<: *c}\n",
              "{\"a\":{\"b\":1},\"c\":{\"b\":1,\"d\":2},\"e\":{\"b\":1,\"d\":2}}");
    expect_v2("\"<<\": {b: 1}\n", "{\"\\u003c\\u003c\":{\"b\":1}}");
}

Test(expand, v2_types_scalars_by_yaml_1_1) {
    expect_v2("a: ! 12\nb: !!float 3\nc: 2001-01-01\nd: yes\ne: !foo 1\nf: 0o7\ng: ~\n",
              "{\"a\":\"12\",\"b\":3,\"c\":\"2001-01-01\",\"d\":true,\"e\":\"1\",\"f\":7,\"g\":null}");
}

Test(expand, strict_v2_counts_merged_keys_too) {
    expect_failure(YAML_V2, true, "x: &x {b: 1}\ny: {<<: *x, b: 2}\n", STRATA_CONFLICT);
    expect_failure(YAML_V2, true, "a: 1\na: 1\n", STRATA_CONFLICT);
    expect_failure(YAML_V2, true, "1: a\n\"1\": b\n", STRATA_OK);
}

Test(expand, many_equal_keys_are_found_too) {
    buffer in;
    buffer_init(&in, NULL, 0);
    for (int i = 0; i < 100; i++)
        buffer_add_format(&in, "k%d: a\n", i);
    buffer_add_format(&in, "k50: b\n%c", '\0');
    node *root;
    cr_assert_eq(read_text(YAML_V2, false, in.data, &root), STRATA_OK);
    cr_expect_eq(root->count, 100);
    cr_expect(text_is(node_text(NODE_GET(root, "k50")), "b"));
    expect_failure(YAML_V2, true, in.data, STRATA_CONFLICT);
    buffer_free(&in);
}
