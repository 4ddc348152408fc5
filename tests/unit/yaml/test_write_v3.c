#include "write_fixture.h"

#include <criterion/criterion.h>

TestSuite(write_v3, .init = fixture_set_up, .fini = fixture_tear_down);

Test(write_v3, keeps_order_and_styles) {
    expect_v3("b: 1\n"
              "a: \"x\"\n"
              "c: 'y'\n"
              "d: |\n"
              "  l1\n"
              "  l2\n"
              "e: >\n"
              "  f1\n"
              "  f2\n"
              "f: [1, {g: h}]\n",
              "b: 1\n"
              "a: \"x\"\n"
              "c: 'y'\n"
              "d: |\n"
              "  l1\n"
              "  l2\n"
              "e: >\n"
              "  f1 f2\n"
              "\n"
              "f: [1, {g: h}]\n");
}

/* Gives a node comments; NULL for none. */
static void comment(node *n, const char *head, const char *line, const char *foot) {
    node_extra *extra = node_extra_of(sc.arena, n);
    cr_assert_not_null(extra);
    extra->head_comment = text_from(head);
    extra->line_comment = text_from(line);
    extra->foot_comment = text_from(foot);
}

static void expect_tree(const node *document, const char *expected) {
    buffer out;
    buffer_init(&out, NULL, 0);
    cr_assert_eq(yaml_write_v3(&sc, document, &out), STRATA_OK);
    cr_expect(text_is(buffer_text(&out), expected), "%.*s", TEXT_ARG(buffer_text(&out)));
    buffer_free(&out);
}

Test(write_v3, writes_comments_around_pairs_and_items) {
    node *document = read_yaml("a: 1\nb:\n  c: 1\n  d:\n  - x\n  - y\n");
    node *b = node_get(document, TEXT("b"));
    comment(document, NULL, NULL, "# end");
    document->extra->document_head = text_from("# head");
    comment(document->pairs[0].key, "# of a", NULL, "# foot of a");
    comment(document->pairs[0].value, NULL, "# line", NULL);
    comment(document->pairs[1].key, NULL, "# of b", NULL);
    comment(b->pairs[1].key, "# of d", NULL, NULL);
    comment(b->pairs[1].value->items[0], "# item", "# x", NULL);
    expect_tree(document, "# head\n\n"
                          "# of a\na: 1 # line\n# foot of a\n\n"
                          "b: # of b\n  c: 1\n  # of d\n  d:\n  # item\n  - x # x\n  - y\n"
                          "\n# end\n");
}

Test(write_v3, writes_comments_in_flow_collections_and_before_blocks) {
    node *document = read_yaml("a: [1, 2]\nb: {c: d}\ne: |\n  x\n");
    comment(node_get(document, TEXT("a"))->items[0], NULL, "# one", NULL);
    comment(node_get(document, TEXT("b")), NULL, "# b", NULL);
    comment(node_get(document, TEXT("e")), NULL, "# e", NULL);
    expect_tree(document, "a: [1, # one\n  2]\nb: {c: d} # b\ne: | # e\n  x\n");
}

Test(write_v3, indents_compact_sequences) {
    expect_v3("a:\n"
              "    - b:\n"
              "        - c\n"
              "    - - d\n"
              "      - e\n",
              "a:\n"
              "- b:\n"
              "  - c\n"
              "- - d\n"
              "  - e\n");
}

Test(write_v3, does_not_break_long_lines) {
    expect_v3("a: the quick brown fox jumps over the lazy dog and then walks back home again, slowly, the quick brown "
              "fox jumps over the lazy dog and then walks back home again, slowly, end\n",
              "a: the quick brown fox jumps over the lazy dog and then walks back home again, slowly, the quick brown "
              "fox jumps over the lazy dog and then walks back home again, slowly, end\n");
}

Test(write_v3, writes_tags_that_do_not_go_without_saying) {
    expect_v3("a: !!str 12\n"
              "b: !foo x\n"
              "c: !<tag:x,2000:y> z\n"
              "d: !!set {e, f}\n"
              "g: !!binary aGk=\n",
              "a: !!str 12\n"
              "b: !foo x\n"
              "c: !<tag:x,2000:y> z\n"
              "d: !!set {e: '', f: ''}\n"
              "g: !!binary aGk=\n");
}

Test(write_v3, quotes_what_is_empty_in_flow_style) {
    expect_v3("a: {b: , c: ~}\n"
              "d:\n",
              "a: {b: '', c: ~}\n"
              "d:\n");
}

Test(write_v3, doubles_breaks_of_folded_scalars) {
    expect_v3("a: >\n"
              "  text\n"
              "   more\n"
              "  end\n",
              "a: >\n"
              "  text\n"
              "\n"
              "   more\n"
              "  end\n"
              "\n");
}

Test(write_v3, writes_long_keys_explicitly) {
    expect_v3("? "
              "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
              "kkkkkkkkkkkkkkkkkkkkkkkkk\n"
              ": [a]\n"
              "? [x]\n"
              ": y\n",
              "? "
              "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
              "kkkkkkkkkkkkkkkkkkkkkkkkk\n"
              ": [a]\n"
              "? [x]\n"
              ": y\n");
}
