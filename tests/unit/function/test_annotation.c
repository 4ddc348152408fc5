#include "../transform/fixture.h"

#include "function/annotation.h"
#include "yaml/writer.h"

static const char *v3_of(fixture *f, const node *n) {
    buffer_clear(&f->printed);
    cr_assert_ok(f, yaml_write_v3(&f->sc, n, &f->printed));
    buffer_add_char(&f->printed, '\0');
    return f->printed.data;
}

Test(annotation, new_one_is_in_single_quotes_and_an_old_one_keeps_its_style) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "kind: A\nmetadata:\n  name: a\n  annotations: {x: \"1\", y: plain}\n");
    node *root = f.set.items[0]->root;
    cr_assert_ok(&f, annotation_set(&f.sc, root, TEXT("x"), TEXT("2")));
    cr_assert_ok(&f, annotation_set(&f.sc, root, TEXT("y"), TEXT("3")));
    cr_assert_ok(&f, annotation_set(&f.sc, root, TEXT("z"), TEXT("4")));
    cr_expect_str_eq(v3_of(&f, root), "kind: A\nmetadata:\n  name: a\n  annotations: {x: \"2\", y: \"3\", z: '4'}\n");
    fixture_free(&f);
}

/* An empty mapping goes first, so its successor stands at the end of the metadata. */
Test(annotation, empty_annotations_give_way_to_new_ones_at_the_end) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "kind: A\nmetadata:\n  annotations: {}\n  name: a\n---\nkind: AList\n");
    cr_assert_ok(&f, annotation_set(&f.sc, f.set.items[0]->root, TEXT("x"), TEXT("1")));
    cr_expect_str_eq(v3_of(&f, f.set.items[0]->root), "kind: A\nmetadata:\n  name: a\n  annotations:\n    x: '1'\n");
    cr_assert_ok(&f, annotation_set(&f.sc, f.set.items[1]->root, TEXT("x"), TEXT("1")));
    cr_expect_str_eq(v3_of(&f, f.set.items[1]->root), "kind: AList\nmetadata:\n  annotations:\n    x: '1'\n");
    annotation_clear(f.set.items[1]->root, TEXT("x"));
    cr_assert_ok(&f, annotation_clear_empty(&f.sc, f.set.items[1]->root));
    cr_expect_str_eq(v3_of(&f, f.set.items[1]->root), "kind: AList\n");
    fixture_free(&f);
}

Test(annotation, missing_and_null_read_as_empty) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "kind: A\nmetadata:\n  name: a\n  annotations: {x: null, y: 'null'}\n");
    const node *root = f.set.items[0]->root;
    cr_expect(text_empty(annotation_get(root, TEXT("x"))));
    cr_expect(text_is(annotation_get(root, TEXT("y")), "null"));
    cr_expect(text_empty(annotation_get(root, TEXT("z"))));
    fixture_free(&f);
}

Test(annotation, metadata_that_is_no_mapping_is_refused) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "kind: AList\nmetadata: [a]\n");
    cr_expect_eq(annotation_set(&f.sc, f.set.items[0]->root, TEXT("x"), TEXT("1")), STRATA_INVALID);
    fixture_free(&f);
}
