#include "fixture.h"

#include "transform/replacement_target.h"

static const char *const map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cm\n  annotations: {a: \"1\"}\n"
                               "data:\n"
                               "  \"null\":\n"
                               "  s: \"5\"\n"
                               "  i: 5\n"
                               "  e: \"\"\n"
                               "  path: /a/b/c\n"
                               "  list: [{name: x, v: 1}, {name: \"y\", v: 2}, {name: xx, v: 3}]\n"
                               "  cfg: |\n"
                               "    # head\n"
                               "    a: 1 # one\n"
                               "    b: \"two\"\n"
                               "  js: '{\"z\":1,\"a\":{\"b\":\"<x>\"}}'\n"
                               "  indented: |\n"
                               "    {\n"
                               "      \"z\": \"q\",\n"
                               "      \"a\": [],\n"
                               "      \"l\": [1, {}]\n"
                               "    }\n"
                               "  broken: |\n"
                               "    {\"z\": 1.0, \"b\": 1}\n";

typedef struct replacement_case {
    fixture f;
    selector select;
    located paths[4];
    field_options options;
    replacement_target target;
    replacement_source source;
    located value;
    replacement r;
} replacement_case;

/* A replacement of `path` in all ConfigMaps by the text `value`. */
static void begin(replacement_case *c, const char *value, const char *path) {
    memset(c, 0, sizeof *c);
    fixture_init(&c->f);
    fixture_add(&c->f, map);
    c->select.type.kind = TEXT("ConfigMap");
    c->paths[0].value = text_from(path);
    c->target = (replacement_target){.select = &c->select, .field_paths = {c->paths, 1}, .options = &c->options};
    c->value.value = text_from(value);
    c->r = (replacement){.source_value = &c->value, .targets = {&c->target, 1}};
}

/* Takes the value from a field of the ConfigMap instead. */
static void take_from(replacement_case *c, const char *path) {
    c->source =
        (replacement_source){.type = {.kind = TEXT("ConfigMap")}, .name = TEXT("cm"), .field_path = text_from(path)};
    c->r.source = &c->source;
    c->r.source_value = NULL;
}

static strata_status apply(replacement_case *c) { return replacement_apply(&c->f.sc, &c->f.set, &c->r); }

#define EXPECT_CHANGED(c, expected)                                                                                    \
    do {                                                                                                               \
        cr_assert_ok(&(c)->f, apply(c));                                                                               \
        cr_expect(strstr(fixture_print(&(c)->f), expected), "%s", (c)->f.printed.data);                                \
        fixture_free(&(c)->f);                                                                                         \
    } while (0)

#define EXPECT_REPLACED(path, expected)                                                                                \
    do {                                                                                                               \
        replacement_case c_;                                                                                           \
        begin(&c_, "new", path);                                                                                       \
        EXPECT_CHANGED(&c_, expected);                                                                                 \
    } while (0)

Test(replacements, scalar_changes_its_text_and_keeps_its_type) {
    EXPECT_REPLACED("data.e", "  e: new\n");
    replacement_case c;
    begin(&c, "7", "data.s");
    EXPECT_CHANGED(&c, "  s: \"7\"\n");
    begin(&c, "7", "data.i");
    EXPECT_CHANGED(&c, "  i: 7\n");
}

Test(replacements, elements_are_found_by_a_regular_expression) {
    replacement_case c;
    begin(&c, "9", "data.list.[name=^x$].v");
    EXPECT_CHANGED(&c, "  list:\n  - name: x\n    v: 9\n  - name: \"y\"\n    v: 2\n  - name: xx\n    v: 3\n");
}

Test(replacements, star_means_all_elements) {
    replacement_case c;
    begin(&c, "9", "data.list.*.v");
    EXPECT_CHANGED(&c, "  list:\n  - name: x\n    v: 9\n  - name: \"y\"\n    v: 9\n  - name: xx\n    v: 9\n");
}

Test(replacements, unanchored_expression_finds_every_element_that_contains_it) {
    replacement_case c;
    begin(&c, "9", "data.list.[name=x].v");
    EXPECT_CHANGED(&c, "  list:\n  - name: x\n    v: 9\n  - name: \"y\"\n    v: 2\n  - name: xx\n    v: 9\n");
}

Test(replacements, number_means_one_element) {
    replacement_case c;
    begin(&c, "9", "data.list.1.v");
    EXPECT_CHANGED(&c, "  - name: \"y\"\n    v: 9\n");
}

Test(replacements, json_inside_a_scalar_is_written_sorted) {
    EXPECT_REPLACED("data.js.a.b", "  js: '{\"a\":{\"b\":\"new\"},\"z\":1}'\n");
}

Test(replacements, json_with_an_indent_keeps_one) {
    EXPECT_REPLACED("data.indented.z",
                    "  indented: |-\n    {\n      \"a\": [],\n      \"l\": [\n        1,\n        {}\n"
                    "      ],\n      \"z\": \"new\"\n    }\n");
}

/* Text in the place of a number can't be written as JSON: kustomize leaves the scalar as it is, without a word. */
Test(replacements, json_that_can_not_be_written_stays) {
    EXPECT_REPLACED("data.broken.z", "  broken: |\n    {\"z\": 1.0, \"b\": 1}\n");
}

Test(replacements, delimiter_and_index_choose_a_part) {
    static const struct {
        int64_t index;
        const char *expected;
    } cases[] = {{0, "  path: new/a/b/c\n"},
                 {2, "  path: /a/new/c\n"},
                 {9, "  path: /a/b/c/new\n"},
                 {-1, "  path: new//a/b/c\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        replacement_case c;
        begin(&c, "new", "data.path");
        c.options = (field_options){.delimiter = TEXT("/"), .index = cases[i].index};
        EXPECT_CHANGED(&c, cases[i].expected);
    }
}

Test(replacements, created_field_has_no_type_of_its_own) {
    replacement_case c;
    begin(&c, "", "data.fresh.[name=a].port");
    take_from(&c, "data.s");
    c.options.create = true;
    EXPECT_CHANGED(&c, "  fresh:\n  - name: a\n    port: 5\n");
}

Test(replacements, element_that_does_not_match_itself_is_an_error) {
    replacement_case c;
    begin(&c, "new", "data.fresh.[name=a+b].port");
    c.options.create = true;
    cr_expect_eq(apply(&c), STRATA_INVALID);
    fixture_free(&c.f);
}

Test(replacements, mapping_is_copied) {
    replacement_case c;
    begin(&c, "", "data.fresh");
    take_from(&c, "metadata");
    c.options.create = true;
    EXPECT_CHANGED(&c, "  fresh:\n    annotations:\n      a: \"1\"\n    name: cm\n");
}

/* The history that kustomize keeps in annotations goes along. */
Test(replacements, metadata_is_copied_with_its_history) {
    replacement_case c;
    begin(&c, "", "data.fresh");
    take_from(&c, "metadata.annotations");
    c.options.create = true;
    cr_assert_ok(&c.f, name_prefix_apply(&c.f.sc, &c.f.set, TEXT("p-"), transformer_config_builtin.name_prefix));
    EXPECT_CHANGED(&c, "  fresh:\n    a: \"1\"\n    internal.config.kubernetes.io/prefixes: p-\n"
                       "    internal.config.kubernetes.io/previousKinds: ConfigMap\n"
                       "    internal.config.kubernetes.io/previousNames: cm\n"
                       "    internal.config.kubernetes.io/previousNamespaces: default\n");
}

Test(replacements, source_is_cut_by_its_own_options) {
    replacement_case c;
    begin(&c, "", "data.e");
    take_from(&c, "data.path");
    field_options options = {.delimiter = TEXT("/"), .index = 2};
    c.source.options = &options;
    EXPECT_CHANGED(&c, "  e: b\n");
}

static void expect_failure(replacement_case *c, strata_status wanted) {
    cr_expect_eq(apply(c), wanted);
    fixture_free(&c->f);
}

Test(replacements, missing_source_is_an_error_with_a_suggestion) {
    replacement_case c;
    begin(&c, "", "data.e");
    take_from(&c, "data.s");
    c.source.name = TEXT("cmm");
    cr_expect_eq(apply(&c), STRATA_NOT_FOUND);
    cr_expect_str_eq(strata_error_hint(c.f.sc.error), "did you mean ConfigMap/cm (test.yaml:1)?");
    fixture_free(&c.f);
    begin(&c, "", "data.e");
    take_from(&c, "data.nope");
    expect_failure(&c, STRATA_NOT_FOUND);
    begin(&c, "", "data.e");
    take_from(&c, "data.null");
    expect_failure(&c, STRATA_NOT_FOUND);
}

Test(replacements, missing_field_is_an_error_with_a_suggestion) {
    replacement_case c;
    begin(&c, "new", "data.pat");
    cr_expect_eq(apply(&c), STRATA_NOT_FOUND);
    cr_expect_str_eq(strata_error_hint(c.f.sc.error), "did you mean path?");
    fixture_free(&c.f);
}

Test(replacements, target_that_matches_nothing_is_no_error) {
    replacement_case c;
    begin(&c, "new", "data.nope");
    c.select.name = TEXT("other.*");
    cr_assert_ok(&c.f, apply(&c));
    fixture_free(&c.f);
}

Test(replacements, rejected_targets_are_left_alone) {
    replacement_case c;
    begin(&c, "new", "data.e");
    selector reject = {.name = TEXT("c.")};
    c.target.reject = (selector_list){&reject, 1};
    EXPECT_CHANGED(&c, "  e: \"\"\n");
}

Test(replacements, incomplete_ones_are_refused) {
    replacement_case c;
    begin(&c, "new", "data.e");
    c.r.targets.count = 0;
    expect_failure(&c, STRATA_INVALID);
    begin(&c, "new", "data.e");
    c.target.select = NULL;
    expect_failure(&c, STRATA_INVALID);
    begin(&c, "new", "data.e");
    take_from(&c, "data.s");
    c.r.source_value = &c.value;
    expect_failure(&c, STRATA_INVALID);
}

Test(replacements, text_is_cut_as_strings_split_does) {
    fixture f;
    fixture_init(&f);
    text_list parts;
    cr_assert_ok(&f, replacement_split(&f.sc, TEXT("--a--b--"), TEXT("--"), &parts));
    cr_assert_eq(parts.count, 4);
    cr_expect(text_is(parts.items[0], "") && text_is(parts.items[1], "a") && text_is(parts.items[3], ""));
    fixture_free(&f);
}
