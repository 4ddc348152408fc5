#include "fixture.h"

static const char *const deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d\n"
                                      "  labels: {old: 'x', none: null}\n"
                                      "spec:\n  template:\n    metadata:\n      annotations: null\n    spec: {}\n";

static const field_spec paths[] = {
    {.path = TEXT_INIT("metadata/labels"), .create = true},
    {.kind = TEXT_INIT("Deployment"), .path = TEXT_INIT("spec/selector/matchLabels"), .create = true},
    {.path = TEXT_INIT("spec/template/metadata/annotations"), .create = false},
    {.path = TEXT_INIT("spec/absent/labels"), .create = false},
};
static const field_spec_list specs = {paths, sizeof paths / sizeof *paths};

static text_map pairs_of(fixture *f, const char *key, const char *value) {
    text_map map = {NULL, 0, 0};
    cr_assert(text_map_set(&f->memory, &map, text_from(key), text_from(value)));
    return map;
}

Test(labels, are_strings_and_created_where_the_spec_says_so) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, deployment);
    text_map map = pairs_of(&f, "old", "true");
    cr_assert_ok(&f, labels_apply(&f.sc, &f.set, &map, specs));
    cr_expect_printed(&f,
                      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    none: null\n    old: \"true\"\n"
                      "  name: d\nspec:\n  selector:\n    matchLabels:\n      old: \"true\"\n"
                      "  template:\n    metadata:\n      annotations: null\n    spec: {}\n");
    fixture_free(&f);
}

/* kustomize puts one node at all places of a resource, so a replacement of one of them changes all. */
Test(labels, new_label_is_one_value_at_all_its_places) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, deployment);
    text_map map = pairs_of(&f, "app", "foo");
    cr_assert_ok(&f, labels_apply(&f.sc, &f.set, &map, specs));
    const node *root = f.set.items[0]->root;
    cr_expect_eq(node_at(root, "metadata", "labels", "app", NULL),
                 node_at(root, "spec", "selector", "matchLabels", "app", NULL));
    fixture_free(&f);
}

Test(labels, mapping_is_wanted) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: v1\nkind: A\nmetadata:\n  name: a\n  labels: [x]\n");
    text_map map = pairs_of(&f, "app", "foo");
    cr_expect_eq(labels_apply(&f.sc, &f.set, &map, specs), STRATA_INVALID);
    cr_expect_eq(strata_error_line(f.sc.error), 5);
    fixture_free(&f);
}

Test(annotations, are_written_like_labels) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: v1\nkind: A\nmetadata: {name: a}\n");
    text_map map = pairs_of(&f, "note", "1.0");
    cr_assert_ok(&f, annotations_apply(&f.sc, &f.set, &map, transformer_config_builtin.common_annotations));
    cr_expect_printed(&f, "apiVersion: v1\nkind: A\nmetadata:\n  annotations:\n    note: \"1.0\"\n  name: a\n");
    fixture_free(&f);
}
