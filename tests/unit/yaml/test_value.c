#include "write_fixture.h"

#include <criterion/criterion.h>

TestSuite(values, .init = fixture_set_up, .fini = fixture_tear_down);
TestSuite(keys, .init = fixture_set_up, .fini = fixture_tear_down);
TestSuite(file, .init = fixture_set_up, .fini = fixture_tear_down);

Test(values, integers_lose_their_base) {
    expect_stream("a: 0644\n"
                  "b: 0x1F\n"
                  "c: 0b101\n"
                  "d: 0o17\n"
                  "e: 1_000\n"
                  "f: +12\n"
                  "g: -0x10\n"
                  "h: 18446744073709551615\n"
                  "i: -9223372036854775808\n",
                  "a: 420\n"
                  "b: 31\n"
                  "c: 5\n"
                  "d: 15\n"
                  "e: 1000\n"
                  "f: 12\n"
                  "g: -16\n"
                  "h: 18446744073709551615\n"
                  "i: -9223372036854775808\n");
}

Test(values, floats_are_written_shortest) {
    expect_stream("a: 1.0\n"
                  "b: 1.10\n"
                  "c: 1e3\n"
                  "d: 1e19\n"
                  "e: 1e20\n"
                  "f: 1234567.5\n"
                  "g: 0.00001\n"
                  "h: -0.0\n"
                  "i: .5\n"
                  "j: 08\n"
                  "k: 5.684341886080802e-14\n"
                  "l: 18446744073709551616\n"
                  "m: -9223372036854775809\n",
                  "a: 1\n"
                  "b: 1.1\n"
                  "c: 1000\n"
                  "d: 10000000000000000000\n"
                  "e: 1e+20\n"
                  "f: 1.2345675e+06\n"
                  "g: 1e-05\n"
                  "h: 0\n"
                  "i: 0.5\n"
                  "j: 8\n"
                  "k: 5.684341886080802e-14\n"
                  "l: 1.8446744073709552e+19\n"
                  "m: -9.223372036854776e+18\n");
}

Test(values, texts_that_are_no_numbers_stay_texts) {
    expect_stream("a: 1e400\n"
                  "b: 0x1p3\n"
                  "c: 1:30\n"
                  "d: 2001-01-01 10:00:00.5 +2\n",
                  "a: 1e400\n"
                  "b: 0x1p3\n"
                  "c: \"1:30\"\n"
                  "d: 2001-01-01 10:00:00.5 +2\n");
}

Test(values, infinite_numbers_are_refused) {
    expect_refused(YAML_TO_STREAM, "a: .inf\n");
    expect_refused(YAML_TO_STREAM, "a: [-.INF]\n");
    expect_refused(YAML_TO_STREAM, "a: .nan\n");
}

Test(values, unquoted_times_become_rfc_3339) {
    expect_stream("a: 2001-01-01\n"
                  "b: 2001-1-2\n"
                  "c: 2001-01-01 10:00:00\n"
                  "d: 2001-01-01T10:00:00.50+02:00\n"
                  "e: \"2001-1-1\"\n",
                  "a: \"2001-01-01T00:00:00Z\"\n"
                  "b: \"2001-01-02T00:00:00Z\"\n"
                  "c: \"2001-01-01T10:00:00Z\"\n"
                  "d: \"2001-01-01T10:00:00.5+02:00\"\n"
                  "e: \"2001-1-1\"\n");
}

Test(values, times_with_a_colon_stay_in_flow_style) {
    expect_stream("a: {t: 2001-1-1 10:00:00, u: 2001-1-1}\n", "a:\n"
                                                              "  t: \"2001-1-1 10:00:00\"\n"
                                                              "  u: \"2001-01-01T00:00:00Z\"\n");
}

Test(values, yaml_1_1_booleans_are_strings_in_quotes) {
    expect_stream("a: yes\n"
                  "b: NO\n"
                  "c: on\n"
                  "d: y\n"
                  "e: true\n"
                  "f: False\n"
                  "g: \"true\"\n",
                  "a: \"yes\"\n"
                  "b: \"NO\"\n"
                  "c: \"on\"\n"
                  "d: \"y\"\n"
                  "e: true\n"
                  "f: false\n"
                  "g: \"true\"\n");
}

Test(values, empty_is_null_in_block_style_and_a_string_in_flow_style) {
    expect_stream("a:\n"
                  "b: {c: , d: ~, e: null}\n"
                  "f: [a, \"\", ~]\n",
                  "a: null\n"
                  "b:\n"
                  "  c: \"\"\n"
                  "  d: null\n"
                  "  e: null\n"
                  "f:\n"
                  "- a\n"
                  "- \"\"\n"
                  "- null\n");
}

Test(values, explicit_tags_are_applied) {
    expect_stream("a: !!str 12\n"
                  "b: !!int \"12\"\n"
                  "c: !!float 1\n"
                  "d: !!bool \"true\"\n"
                  "e: !!null \"\"\n"
                  "f: !!timestamp \"2001-1-1\"\n"
                  "g: !!binary aGk=\n"
                  "h: !foo 12\n"
                  "i: ! 12\n"
                  "j: !!set {x, y}\n",
                  "a: \"12\"\n"
                  "b: 12\n"
                  "c: 1\n"
                  "d: true\n"
                  "e: null\n"
                  "f: \"2001-01-01T00:00:00Z\"\n"
                  "g: hi\n"
                  "h: \"12\"\n"
                  "i: 12\n"
                  "j:\n"
                  "  x: \"\"\n"
                  "  \"y\": \"\"\n");
}

Test(values, a_tag_that_disagrees_is_refused) {
    expect_refused(YAML_TO_STREAM, "a: !!int x\n");
    expect_refused(YAML_TO_STREAM, "a: !!bool yes\n");
    expect_refused(YAML_TO_STREAM, "a: !!float 18446744073709551615\n");
    expect_refused(YAML_TO_STREAM, "a: !!null x\n");
    expect_refused(YAML_TO_STREAM, "a: !!binary \"a\"\n");
    expect_refused(YAML_TO_STREAM, "a: !!binary \"aGk=aGk=\"\n");
}

Test(values, binary_that_is_no_utf8_is_replaced) {
    expect_stream("a: !!binary gGE=\n", "a: \xef\xbf\xbd"
                                        "a\n");
}

Test(values, folded_scalars_gain_breaks) {
    expect_stream("a: >\n"
                  "  text\n"
                  "   more\n"
                  "  end\n",
                  "a: |\n"
                  "  text\n"
                  "\n"
                  "   more\n"
                  "  end\n");
    expect_stream("a: >+\n"
                  "  text\n"
                  "\n"
                  "\n",
                  "a: |+\n"
                  "  text\n"
                  "\n"
                  "\n"
                  "\n");
    expect_stream("a: >2\n"
                  "   indented\n"
                  "  b\n"
                  "  c\n",
                  "a: |2\n"
                  "   indented\n"
                  "  b c\n");
    expect_stream("a: >\n"
                  "  a\n"
                  "\n"
                  "  b\n"
                  "  c\n",
                  "a: |\n"
                  "  a\n"
                  "  b c\n");
    expect_stream("a: >-\n"
                  "  a\n"
                  "  \tb\n",
                  "a: \"a\\n\\n\\tb\"\n");
}

Test(values, folded_scalars_in_flow_or_quotes_do_not_change) {
    expect_stream("a: [\">\\n  x\\n   y\\n\"]\n", "a:\n"
                                                  "- |\n"
                                                  "  >\n"
                                                  "    x\n"
                                                  "     y\n");
    expect_stream("a: \"text\\n more\\nend\\n\"\n", "a: |\n"
                                                    "  text\n"
                                                    "   more\n"
                                                    "  end\n");
}

Test(values, a_block_that_begins_with_a_tab_is_refused) {
    expect_refused(YAML_TO_STREAM, "a: |2\n"
                                   "  \tx\n"
                                   "  y\n");
    expect_refused(YAML_TO_STREAM, "a: >2\n"
                                   "  \tx\n");
    expect_stream("a: \"\\tx\\ny\"\n", "a: \"\\tx\\ny\"\n");
}

Test(values, control_characters_are_refused_or_escaped) {
    expect_stream("a: \"\\0\\a\\e\\x1f\"\n", "a: \"\\0\\a\\e\\x1F\"\n");
    expect_refused(YAML_TO_STREAM, "a: \"\\x7f\"\n");
    expect_refused(YAML_TO_STREAM, "a: \"\\x80\"\n");
    expect_refused(YAML_TO_STREAM, "a: \"\\ufffe\"\n");
}

Test(values, a_next_line_character_is_folded) {
    expect_stream("a: \"x\\Ny\"\n"
                  "b: \"x \\N \\N y\"\n"
                  "c: \"\\N\"\n",
                  "a: x y\n"
                  "b: |-\n"
                  "  x\n"
                  "  y\n"
                  "c: ' '\n");
    expect_refused(YAML_TO_STREAM, "\"x\\Ny\": 1\n");
}

Test(keys, of_the_document_become_strings) {
    expect_stream("1: a\n"
                  "true: b\n"
                  ".inf: c\n"
                  "2001-01-01: d\n"
                  "!foo e: f\n"
                  "!!binary aGk=: g\n",
                  "\".inf\": c\n"
                  "\"1\": a\n"
                  "\"2001-01-01\": d\n"
                  "e: f\n"
                  "hi: g\n"
                  "\"true\": b\n");
    expect_stream("? \n"
                  ": x\n",
                  "\"\": x\n");
    expect_refused(YAML_TO_STREAM, "? [a]\n"
                                   ": x\n");
}

Test(keys, below_it_must_be_strings) {
    expect_refused(YAML_TO_STREAM, "a: {1: x}\n");
    expect_refused(YAML_TO_STREAM, "a:\n"
                                   "  true: x\n");
    expect_refused(YAML_TO_STREAM, "a:\n"
                                   "  ~: x\n");
    expect_refused(YAML_TO_STREAM, "a:\n"
                                   "  !foo b: x\n");
    expect_refused(YAML_TO_STREAM, "a:\n"
                                   "  2001-01-01: x\n");
    expect_stream("a:\n"
                  "  yes: x\n"
                  "  ? \n"
                  "  : y\n"
                  "  \"1\": z\n",
                  "a:\n"
                  "  \"\": \"y\"\n"
                  "  \"1\": z\n"
                  "  \"yes\": x\n");
}

Test(keys, twice_in_one_mapping_are_refused) {
    expect_refused(YAML_TO_STREAM, "a: 1\n"
                                   "a: 2\n");
    expect_refused(YAML_TO_STREAM, "a: {b: 1, c: 1, \"b\": 2}\n");
    expect_refused(YAML_TO_STREAM, "a12: 1\n"
                                   "a1b: 2\n"
                                   "a2: 3\n"
                                   "a12: 4\n");
    expect_refused(YAML_TO_STREAM, "\"1\": a\n"
                                   "1: b\n");
}

Test(keys, that_are_long_or_have_several_lines_are_explicit) {
    expect_stream("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
                  "kkkkkkkkkkkkkkkkkkkkkkkkkkkk: x\n",
                  "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
                  "kkkkkkkkkkkkkkkkkkkkkkkkkkkk: x\n");
    expect_stream("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
                  "kkkkkkkkkkkkkkkkkkkkkkkkkkkkk: x\n",
                  "? "
                  "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
                  "kkkkkkkkkkkkkkkkkkkkkkkkkkkkk\n"
                  ": x\n");
    expect_stream("\"a\\nb\": x\n", "? |-\n"
                                    "  a\n"
                                    "  b\n"
                                    ": x\n");
    expect_stream("? \"a\\nb\"\n"
                  ": [1, {c: d}]\n",
                  "? |-\n"
                  "  a\n"
                  "  b\n"
                  ": - 1\n"
                  "  - c: d\n");
    expect_stream("? \"a\\nb\"\n"
                  ": {c: d, e: [f]}\n",
                  "? |-\n"
                  "  a\n"
                  "  b\n"
                  ": c: d\n"
                  "  e:\n"
                  "  - f\n");
    expect_stream("x: "
                  "{\"\xc3\xa9kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
                  "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\": 1}\n",
                  "x:\n"
                  "  ? "
                  "\xc3\xa9kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
                  "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\n"
                  "  : 1\n");
}

Test(keys, of_more_than_1022_characters_are_refused) {
    expect_stream(
        "? "
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\n"
        ": x\n",
        "? "
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\n"
        ": x\n");
    expect_refused(
        YAML_TO_STREAM,
        "? "
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\n"
        ": x\n");
    expect_refused(YAML_TO_STREAM,
                   "? "
                   "\"<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"
                   "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\"\n"
                   ": x\n");
    expect_stream("? "
                  "\"<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"
                  "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\"\n"
                  ": x\n",
                  "? "
                  "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"
                  "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
                  ": x\n");
}

Test(file, path_keeps_what_the_detour_through_text_changes) {
    expect_file("a: {b: , c: [2001-1-1 10:00:00]}\n"
                "d: >\n"
                "  x\n"
                "   y\n",
                "a:\n"
                "  b: null\n"
                "  c:\n"
                "  - \"2001-01-01T10:00:00Z\"\n"
                "d: |\n"
                "  x\n"
                "   y\n");
    expect_file("a: |2\n"
                "  \tx\n",
                "a: \"\\tx\\n\"\n");
    expect_file("? \n"
                ": x\n"
                "b: 1\n",
                "b: 1\n");
}

/* What transformers make: a scalar of any tag and style, as the value of k. */
static node *with_value(text value, node_tag tag, node_style style) {
    node *document = node_new_mapping(sc.arena);
    node *scalar = node_new_scalar(sc.arena, value, tag, style);
    cr_assert(document && scalar);
    cr_assert(node_add(sc.arena, document, node_new_string(sc.arena, TEXT("k")), scalar));
    return document;
}

Test(values, without_a_tag_are_resolved_again) {
    expect_written(with_value(TEXT("013"), TAG_UNSET, STYLE_PLAIN), "k: 11\n");
    expect_written(with_value(TEXT("012"), TAG_UNSET, STYLE_DOUBLE_QUOTED), "k: \"012\"\n");
    expect_written(with_value(TEXT(""), TAG_UNSET, STYLE_PLAIN), "k: null\n");
    expect_written(with_value(TEXT("a: b"), TAG_UNSET, STYLE_PLAIN), "k: 'a: b'\n");
    expect_written(with_value(TEXT("x\ny"), TAG_UNSET, STYLE_PLAIN), "k: |-\n  x\n  y\n");
    expect_written(with_value(TEXT("true"), TAG_UNSET, STYLE_FOLDED), "k: \"true\"\n");
    expect_written(with_value(TEXT("<<"), TAG_UNSET, STYLE_PLAIN), "k: <<\n");
}

Test(values, with_a_tag_keep_it) {
    expect_written(with_value(TEXT("12"), TAG_STR, STYLE_PLAIN), "k: \"12\"\n");
    expect_written(with_value(TEXT("~"), TAG_STR, STYLE_PLAIN), "k: \"~\"\n");
    expect_written(with_value(TEXT("12"), TAG_INT, STYLE_DOUBLE_QUOTED), "k: \"12\"\n");
}

static void expect_tree_refused(const node *document) {
    buffer out;
    buffer_init(&out, NULL, 0);
    cr_expect_eq(yaml_write(&sc, document, YAML_TO_STREAM, &out), STRATA_INVALID);
    buffer_free(&out);
}

Test(values, made_by_transformers_can_disagree_with_their_tag) {
    expect_tree_refused(with_value(TEXT("new"), TAG_INT, STYLE_PLAIN));
    expect_tree_refused(with_value(TEXT("\x80"
                                        "a"),
                                   TAG_STR, STYLE_PLAIN));
    expect_written(with_value(TEXT("\x80"
                                   "a"),
                              TAG_UNSET, STYLE_PLAIN),
                   "k: \xef\xbf\xbd"
                   "a\n");
}

/* x: {key: v}, with a key as FieldSetter makes one: without a tag. */
static node *with_key(text key, node_tag tag) {
    node *document = node_new_mapping(sc.arena), *inner = node_new_mapping(sc.arena);
    cr_assert(document && inner);
    node *key_node = node_new_scalar(sc.arena, key, tag, STYLE_PLAIN);
    cr_assert(node_add(sc.arena, inner, key_node, node_new_string(sc.arena, TEXT("v"))));
    cr_assert(node_add(sc.arena, document, node_new_string(sc.arena, TEXT("x")), inner));
    return document;
}

Test(keys, without_a_tag_are_resolved_again) {
    expect_written(with_key(TEXT("a"), TAG_UNSET), "x:\n  a: v\n");
    expect_written(with_key(TEXT("1"), TAG_STR), "x:\n  \"1\": v\n");
    expect_tree_refused(with_key(TEXT("1"), TAG_UNSET));
    expect_tree_refused(with_key(TEXT("<<"), TAG_UNSET));
}

Test(keys, twice_name_both_places) {
    node *document = read_yaml("a: 1\nb: 2\na: 3\n");
    buffer out;
    buffer_init(&out, NULL, 0);
    cr_assert_eq(yaml_write(&sc, document, YAML_TO_STREAM, &out), STRATA_CONFLICT);
    cr_assert_str_eq(strata_error_name(sc.error), "duplicate-key");
    cr_assert_eq(strata_error_line(sc.error), 3);
    cr_assert_eq(strata_error_note_count(sc.error), 1);
    cr_assert_eq(strata_error_note_at(sc.error, 0).line, 1);
    buffer_free(&out);
}

Test(values, that_cannot_be_written_name_their_place_but_not_themselves) {
    node *document = read_yaml("a: b\nsecret: !!int hunter2\n");
    buffer out;
    buffer_init(&out, NULL, 0);
    cr_assert_eq(yaml_write(&sc, document, YAML_TO_STREAM, &out), STRATA_INVALID);
    cr_assert_eq(strata_error_line(sc.error), 2);
    cr_assert_null(strstr(strata_error_message(sc.error), "hunter2"));
    buffer_free(&out);
}
