/* Expectations are kyaml's: utils.PathSplitter, utils.SmarterPathSplitter, strconv.Atoi, yaml.Lookup, PathMatcher. */
#include "scope_fixture.h"
#include "yaml/path.h"

#include <criterion/criterion.h>

TestSuite(path, .init = fixture_set_up, .fini = fixture_tear_down);
TestSuite(path_get, .init = fixture_set_up, .fini = fixture_tear_down);
TestSuite(path_match, .init = fixture_set_up, .fini = fixture_tear_down);

/* The parts joined by '|'. */
static void expect_parts(const char *path, bool bracketed, const char *expected) {
    text_list parts;
    cr_assert_eq(bracketed ? path_split_bracketed(&sc, text_from(path), '.', &parts)
                           : path_split(&sc, text_from(path), '/', &parts),
                 STRATA_OK);
    text joined = TEXT_EMPTY;
    for (size_t i = 0; i < parts.count; i++)
        joined = TEXT_CONCAT(&memory, joined, i ? TEXT("|") : TEXT_EMPTY, parts.items[i]);
    cr_expect(text_is(joined, expected), "%s: %.*s instead of %s", path, TEXT_ARG(joined), expected);
}

Test(path, is_cut_at_delimiters_without_a_backslash) {
    expect_parts("", false, "");
    expect_parts("/", false, "");
    expect_parts("a/b", false, "a|b");
    expect_parts("/a/b", false, "a|b");
    expect_parts("a//b", false, "a||b");
    expect_parts("a/", false, "a|");
    expect_parts("a\\/b/c", false, "a/b|c");
    expect_parts("a/\\/b", false, "a|/b");
    expect_parts("\\/a", false, "/a");
    expect_parts("a\\\\/b", false, "a\\/b");
}

Test(path, brackets_keep_delimiters) {
    expect_parts("a.[n=x.y].c", true, "a|[n=x.y]|c");
    expect_parts("a.[b.c].d", true, "a|b.c|d");
    expect_parts("a.[b].c", true, "a|[b]|c");
    expect_parts("a.[.].c", true, "a|.|c");
    expect_parts("a\\.b.c", true, "a.b|c");
}

Test(path, open_bracket_takes_the_rest) {
    expect_parts("a.[b", true, "a|b");
    expect_parts("a.[b=c.d", true, "a|[b=c.d");
    expect_parts("a.[x.y=z].w.[q", true, "a|[x.y=z]|w|q");
}

static void expect_number(const char *part, bool is_one, int64_t value) {
    int64_t number = 0;
    cr_expect_eq(path_part_number(text_from(part), &number), is_one, "%s", part);
    if (is_one) cr_expect_eq(number, value, "%s", part);
}

Test(path, numbers_are_what_atoi_reads) {
    expect_number("0", true, 0);
    expect_number("-0", true, 0);
    expect_number("+5", true, 5);
    expect_number("007", true, 7);
    expect_number("-1", true, -1);
    expect_number("9223372036854775807", true, INT64_MAX);
    expect_number("9223372036854775808", false, 0);
    expect_number("-9223372036854775808", true, INT64_MIN);
    expect_number("", false, 0);
    expect_number("+", false, 0);
    expect_number("1_0", false, 0);
    expect_number("0x1", false, 0);
    expect_number(" 1", false, 0);
}

/* --- following --------------------------------------------------------------------------------------------------- */

static const char *const document = "a: {b: 1}\n"
                                    "list: [{name: x, v: 1}, {name: \"y\", v: 2}, {name: xx, v: 3}]\n"
                                    "words: [one, two]\n"
                                    "nothing:\n"
                                    "inside: '{\"k\": {\"l\": 5}}'\n"
                                    "empty: \"\"\n";

static node *read_document(void) {
    yaml_options options = {.dialect = YAML_V3};
    node_list list = {0};
    cr_assert_eq(yaml_read(&sc, TEXT("test.yaml"), text_from(document), ORIGIN_UNKNOWN, &options, &list), STRATA_OK);
    return list.items[0];
}

/* The texts that the path leads to, joined by '|'; "-" for what is no scalar. NULL for `expected`: it fails. */
static void expect_found(const char *path, const node_kind *create, bool all, const char *expected) {
    node *root = read_document();
    text_list parts;
    node_list found = {0};
    cr_assert_eq(path_split_bracketed(&sc, text_from(path), '.', &parts), STRATA_OK);
    strata_status status;
    if (all) {
        status = path_match(&sc, root, parts.items, parts.count, create, &found);
    } else {
        node *one = NULL;
        status = path_get(&sc, root, parts.items, parts.count, create, &one);
        if (one) node_list_add(&memory, &found, one);
    }
    cr_expect_eq(status != STRATA_OK, expected == NULL, "%s: %d", path, status);
    text joined = TEXT_EMPTY;
    for (size_t i = 0; i < found.count; i++) {
        text t = node_is_scalar(found.items[i]) ? node_text(found.items[i]) : TEXT("-");
        joined = TEXT_CONCAT(&memory, joined, i ? TEXT("|") : TEXT_EMPTY, t);
    }
    if (expected) cr_expect(text_is(joined, expected), "%s: %.*s instead of %s", path, TEXT_ARG(joined), expected);
}

static const node_kind scalar = NODE_SCALAR;

Test(path_get, follows_names_numbers_and_elements) {
    expect_found("a.b", NULL, false, "1");
    expect_found("a. .b", NULL, false, "1");
    expect_found("list.1.v", NULL, false, "2");
    expect_found("list.-.v", NULL, false, "3");
    expect_found("list.[name=y].v", NULL, false, "2");
    expect_found("words.[=two]", NULL, false, "two");
}

Test(path_get, finds_nothing_without_failing) {
    expect_found("a.c.d", NULL, false, "");
    expect_found("list.7", NULL, false, "");
    expect_found("nothing.x", NULL, false, "");
    expect_found("words.[=x]", NULL, false, "");
}

Test(path_get, fails_where_the_document_has_another_shape) {
    expect_found("a.b.c", NULL, false, NULL);
    expect_found("a.0", NULL, false, NULL);
    expect_found("list.name", NULL, false, NULL);
    expect_found("list.-1", NULL, false, NULL);
    expect_found("list.*", NULL, false, NULL);
    expect_found("list.[name]", NULL, false, NULL);
    expect_found("nothing.-", NULL, false, NULL);
}

Test(path_get, creates_what_is_missing) {
    expect_found("a.new.[name=q].x", &scalar, false, "");
    expect_found("list.[name=new].name", &scalar, false, "new");
    expect_found("nothing.x", &scalar, false, "");
}

Test(path_match, leads_to_several) {
    expect_found("list.*.v", NULL, true, "1|2|3");
    expect_found("list.[name=x].v", NULL, true, "1|3");
    expect_found("list.[name=^x$].v", NULL, true, "1");
    expect_found("words.*", NULL, true, "one|two");
    expect_found("a", NULL, true, "-");
}

/* The text of an element is compared as YAML, with its quotes. */
Test(path_match, compares_the_text_with_its_quotes) {
    expect_found("list.[name=^y$].v", NULL, true, "");
    expect_found("list.[name=^\"y\"$].v", NULL, true, "2");
}

Test(path_match, ignores_what_follows_a_compared_element) { expect_found("words.[=o].x.y", NULL, true, "one|two"); }

Test(path_match, reads_inside_a_scalar) {
    expect_found("inside.k.l", NULL, true, "5");
    expect_found("inside.k.m", NULL, true, "");
    expect_found("empty.k", NULL, true, NULL);
}

Test(path_match, fails_where_the_document_has_another_shape) {
    expect_found("a.*", NULL, true, NULL);
    expect_found("list.9.v", NULL, true, NULL);
    expect_found("list.name", NULL, true, NULL);
    expect_found("list.[name=(].v", NULL, true, NULL);
    expect_found("a..b", NULL, true, NULL);
}

Test(path_match, creates_what_is_missing) {
    expect_found("a.new.0.x", &scalar, true, "");
    expect_found("list.3.name", &scalar, true, "");
    expect_found("list.[name=z].name", &scalar, true, "z");
    expect_found("list.5.name", &scalar, true, NULL);
}

Test(path_match, element_that_does_not_match_itself_is_an_error) {
    expect_found("list.[name=a+b].v", &scalar, true, NULL);
    expect_found("list.[name=q].w.*", &scalar, true, NULL);
}

Test(path_match, depth_is_limited) {
    limits shallow = limits_default;
    shallow.nesting = 3;
    sc.limits = &shallow;
    node *root = node_new_mapping(&memory);
    text_list parts;
    node_list found = {0};
    cr_assert_eq(path_split_bracketed(&sc, TEXT("a.b.c.d.e"), '.', &parts), STRATA_OK);
    cr_expect_eq(path_match(&sc, root, parts.items, parts.count, &scalar, &found), STRATA_LIMIT);
}
