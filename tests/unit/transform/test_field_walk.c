#include "fixture.h"

#include "transform/field_walk.h"
#include "transform/set_scalar.h"

static strata_status write_new(scope *sc, node *field, void *user) {
    (void)user;
    return set_scalar(sc, field, TEXT("new"), TAG_STR);
}

static strata_status walk(fixture *f, const char *path, bool create) {
    field_spec spec = {.path = text_from(path), .create = create};
    field_walk w = {true, NODE_SCALAR, TAG_STR, write_new, NULL};
    return field_walk_spec(&f->sc, f->set.items[0]->root, &spec, &w);
}

/* What kustomize's prefix transformer makes of `body` with a field spec of that path. */
#define EXPECT_WALK(path, create, body, expected)                                                                      \
    do {                                                                                                               \
        fixture f;                                                                                                     \
        fixture_init(&f);                                                                                              \
        fixture_add(&f, "apiVersion: v1\nkind: A\nmetadata: {name: a}\n" body);                                        \
        cr_assert_ok(&f, walk(&f, path, create));                                                                      \
        cr_expect_printed(&f, "apiVersion: v1\nkind: A\nmetadata:\n  name: a\n" expected);                             \
        fixture_free(&f);                                                                                              \
    } while (0)

Test(field_walk, goes_through_lists) {
    EXPECT_WALK("x/b", false, "x: [{b: 1}, {c: 1}, [{b: 2}], null]\n", "x:\n- b: new\n- c: 1\n- - b: new\n- null\n");
}

Test(field_walk, creates_mappings_on_the_way) { EXPECT_WALK("x/b/c", true, "", "x:\n  b:\n    c: new\n"); }

Test(field_walk, creates_in_each_element) {
    EXPECT_WALK("x/b", true, "x: [{}, {c: 1}]\n", "x:\n- b: new\n- b: new\n  c: 1\n");
}

Test(field_walk, leaves_alone_what_is_missing) { EXPECT_WALK("x/b", false, "x: {}\n", "x: {}\n"); }

Test(field_walk, null_becomes_what_is_wanted_when_it_may_be_created) {
    EXPECT_WALK("x/b", true, "x:\n", "x:\n  b: new\n");
    EXPECT_WALK("x/b", false, "x:\n", "x: null\n");
}

Test(field_walk, null_list_becomes_an_empty_one_with_the_list_hint) {
    EXPECT_WALK("x[]/b", false, "x: null\n", "x: []\n");
    EXPECT_WALK("x[]/b", true, "", "");
}

Test(field_walk, slash_in_a_key_is_escaped) {
    EXPECT_WALK("x/b\\/c", false, "x: {b/c: 1, b: {c: 1}}\n", "x:\n  b:\n    c: 1\n  b/c: new\n");
    EXPECT_WALK("/x/b", false, "x: {b: 1}\n", "x:\n  b: new\n");
}

Test(field_walk, scalar_on_the_way_is_an_error) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: v1\nkind: A\nmetadata: {name: a}\na: text\n");
    cr_expect_eq(walk(&f, "a/b", true), STRATA_INVALID);
    cr_expect_eq(strata_error_line(f.sc.error), 4);
    fixture_free(&f);
}

Test(field_walk, empty_name_is_an_error) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: v1\nkind: A\nmetadata: {name: a}\na: {b: 1}\n");
    cr_expect_eq(walk(&f, "a//b", false), STRATA_INVALID);
    fixture_free(&f);
}

Test(field_walk, depth_is_limited) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: v1\nkind: A\nmetadata: {name: a}\n");
    f.limits.nesting = 3;
    cr_expect_eq(walk(&f, "a/b/c/d/e", true), STRATA_LIMIT);
    fixture_free(&f);
}
