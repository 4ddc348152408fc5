/* Values added to fields and to the paths in them. The expected values are those that kustomize writes. */
#include "fixture.h"

#include <stdio.h>

static fixture f;
static void set_up(void) { fixture_init(&f); }
static void tear_down(void) { fixture_free(&f); }
TestSuite(value_add, .init = set_up, .fini = tear_down);

/* The field `v` of a ConfigMap that holds `before`, after the value was added at a position. */
static void expect_value(const char *before, int64_t position, const char *value, const char *expected) {
    char yaml[200];
    value_add_target target = {.field_path = TEXT("data/v"), .file_path_position = position};
    f.set.count = 0;
    resource_set_changed(&f.set);
    snprintf(yaml, sizeof yaml, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: r}\ndata: {v: \"%s\"}\n", before);
    fixture_add(&f, yaml);
    cr_assert_ok(&f, value_add_apply(&f.sc, &f.set, text_from(value), &target, 1));
    text after = node_text(node_at(f.set.items[0]->root, "data", "v", NULL));
    cr_expect(text_is(after, expected), "%s at %lld: %.*s", before, (long long)position, TEXT_ARG(after));
}

Test(value_add, without_a_position_the_value_is_replaced) {
    expect_value("a/nice/pie", 0, "V", "V");
    expect_value("", 0, "V", "V");
}

Test(value_add, a_position_counts_elements_of_the_path) {
    expect_value("a/nice/pie", 1, "V", "V/a/nice/pie");
    expect_value("a/nice/pie", 2, "V", "a/V/nice/pie");
    expect_value("a/nice/pie", 9, "V", "a/nice/pie/V");
    expect_value("", 1, "V", "V");
    expect_value("../x", 1, "V", "x");
    expect_value("../x", 2, "V", "../V/x");
}

Test(value_add, an_absolute_path_stays_absolute) {
    expect_value("/a/b", 1, "V", "/V/a/b");
    expect_value("/a/b", 2, "V", "/a/V/b");
    expect_value("/", 1, "V", "/V");
    expect_value("/", 2, "/V", "//V");
    expect_value("//a/b", 2, "V", "/a/V/b");
}

Test(value_add, missing_fields_are_made) {
    value_add_target target = {.field_path = TEXT("spec/a.b\\/c/d")};
    fixture_add(&f, "apiVersion: v1\nkind: Foo\nmetadata: {name: r}\n");
    cr_assert_ok(&f, value_add_apply(&f.sc, &f.set, TEXT("V"), &target, 1));
    cr_expect_printed(&f, "apiVersion: v1\nkind: Foo\nmetadata:\n  name: r\nspec:\n  a.b/c:\n    d: V\n");
}

Test(value_add, the_namespace_is_set_as_the_namespace_transformer_does) {
    value_add_target target = {.field_path = TEXT("metadata/namespace")};
    fixture_add(
        &f, "apiVersion: v1\nkind: Foo\nmetadata: {name: r}\n---\napiVersion: v1\nkind: Node\nmetadata: {name: n}\n");
    cr_assert_ok(&f, value_add_apply(&f.sc, &f.set, TEXT("V"), &target, 1));
    cr_expect(text_is(resource_namespace(f.set.items[0]), "V"));
    cr_expect(text_is(resource_namespace(f.set.items[1]), ""));
}

Test(value_add, only_selected_resources_change) {
    selector select = {.type = {.kind = TEXT("Foo")}};
    value_add_target target = {.select = &select, .field_path = TEXT("spec")};
    fixture_add(
        &f, "apiVersion: v1\nkind: Foo\nmetadata: {name: r}\n---\napiVersion: v1\nkind: Bar\nmetadata: {name: n}\n");
    cr_assert_ok(&f, value_add_apply(&f.sc, &f.set, TEXT("V"), &target, 1));
    cr_expect_not_null(NODE_GET(fixture_get(&f, "Foo", "r")->root, "spec"));
    cr_expect_null(NODE_GET(fixture_get(&f, "Bar", "n")->root, "spec"));
}
