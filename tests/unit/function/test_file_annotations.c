#include "../transform/fixture.h"

#include "function/annotation.h"
#include "function/file_annotations.h"

#define INTERNAL "internal.config.kubernetes.io/"

static node *add(fixture *f, const char *annotations) {
    text yaml =
        text_format(&f->memory, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c%zu\n  annotations: {%s}\n",
                    f->set.count, annotations);
    fixture_add(f, yaml.data);
    return f->set.items[f->set.count - 1]->root;
}

static void expect(const node *root, const char *key, const char *value) {
    text found = annotation_get(root, text_from(key));
    cr_expect(text_is(found, value), "%s: %.*s", key, TEXT_ARG(found));
}

Test(file_annotations, number_and_spellings_are_set_both) {
    fixture f;
    fixture_init(&f);
    node *root = add(&f, "config.kubernetes.io/path: a.yaml, config.k8s.io/id: '9'");
    file_annotations before;
    cr_assert_ok(&f, file_annotations_number(&f.sc, root, 4));
    cr_assert_ok(&f, file_annotations_prepare(&f.sc, root, 4, &before));
    cr_expect(text_is(before.path, "a.yaml"));
    cr_expect(text_is(before.index, "4"));
    expect(root, INTERNAL "path", "a.yaml");
    expect(root, INTERNAL "id", "9");
    expect(root, INTERNAL "index", "4");
    expect(root, "config.kubernetes.io/index", "4");
    expect(root, INTERNAL "annotations-migration-resource-id", "4");
    fixture_free(&f);
}

Test(file_annotations, differing_spellings_are_refused) {
    fixture f;
    fixture_init(&f);
    node *root = add(&f, "config.kubernetes.io/path: a.yaml, " INTERNAL "path: b.yaml");
    file_annotations before;
    cr_expect_eq(file_annotations_prepare(&f.sc, root, 0, &before), STRATA_INVALID);
    fixture_free(&f);
}

Test(file_annotations, change_of_one_spelling_holds_for_both) {
    fixture f;
    fixture_init(&f);
    const file_annotations before = {TEXT("old.yaml"), TEXT("0")};
    node *legacy = add(&f, "config.kubernetes.io/path: new.yaml, " INTERNAL "path: old.yaml, " INTERNAL
                           "annotations-migration-resource-id: '0'");
    node *internal = add(&f, "config.kubernetes.io/path: old.yaml, " INTERNAL "path: new.yaml, " INTERNAL
                             "annotations-migration-resource-id: '0'");
    node *both = add(&f, "config.kubernetes.io/path: x.yaml, " INTERNAL "path: y.yaml, " INTERNAL
                         "annotations-migration-resource-id: '0'");
    cr_assert_ok(&f, file_annotations_reconcile(&f.sc, legacy, &before, 1));
    cr_assert_ok(&f, file_annotations_reconcile(&f.sc, internal, &before, 1));
    expect(legacy, INTERNAL "path", "new.yaml");
    expect(internal, "config.kubernetes.io/path", "new.yaml");
    expect(internal, INTERNAL "annotations-migration-resource-id", "");
    cr_expect_eq(file_annotations_reconcile(&f.sc, both, &before, 1), STRATA_INVALID);
    fixture_free(&f);
}

Test(file_annotations, default_path_has_namespace_kind_and_name) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "kind: ConfigMap\nmetadata: {name: c, namespace: n}\n");
    node *root = f.set.items[0]->root;
    cr_assert_ok(&f, file_annotations_default_path(&f.sc, root, TEXT("dir")));
    expect(root, "config.kubernetes.io/path", "dir/n/configmap_c.yaml");
    expect(root, INTERNAL "path", "dir/n/configmap_c.yaml");
    fixture_free(&f);
}

Test(file_annotations, only_known_ids_are_taken_away) {
    fixture f;
    fixture_init(&f);
    node *known = add(&f, "config.k8s.io/id: '2'"), *unknown = add(&f, "config.k8s.io/id: '3'"),
         *odd = add(&f, "config.k8s.io/id: '02'");
    file_annotations_take_id(known, 2);
    file_annotations_take_id(unknown, 2);
    file_annotations_take_id(odd, 2);
    expect(known, "config.k8s.io/id", "");
    expect(unknown, "config.k8s.io/id", "3");
    expect(odd, "config.k8s.io/id", "02");
    fixture_free(&f);
}
