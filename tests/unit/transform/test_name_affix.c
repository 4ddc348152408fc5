#include "fixture.h"

Test(name_affix, text_of_the_name_is_typed_anew) {
    fixture f;
    fixture_init(&f);
    fixture_add(
        &f, "apiVersion: v1\nkind: A\nmetadata: {name: 13}\n---\napiVersion: v1\nkind: B\nmetadata: {name: \"12\"}\n");
    cr_assert_ok(&f, name_prefix_apply(&f.sc, &f.set, TEXT("0"), transformer_config_builtin.name_prefix));
    cr_expect_printed(&f, "apiVersion: v1\nkind: A\nmetadata:\n  name: 11\n---\n"
                          "apiVersion: v1\nkind: B\nmetadata:\n  name: \"012\"\n");
    fixture_free(&f);
}

Test(name_affix, change_is_recorded) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n");
    cr_assert_ok(&f, name_prefix_apply(&f.sc, &f.set, TEXT("a-"), transformer_config_builtin.name_prefix));
    cr_assert_ok(&f, name_suffix_apply(&f.sc, &f.set, TEXT("-z"), transformer_config_builtin.name_suffix));
    const resource *r = fixture_get(&f, "ConfigMap", "a-c-z");
    cr_assert_eq(r->previous_count, 2);
    cr_expect(text_is(r->previous[0].name, "c") && text_is(r->previous[1].name, "a-c"));
    cr_expect(text_is(r->previous[0].name_space, "default"));
    cr_assert(r->prefixes.count == 1 && r->suffixes.count == 1);
    cr_expect(text_is(r->prefixes.items[0], "a-") && text_is(r->suffixes.items[0], "-z"));
    fixture_free(&f);
}

Test(name_affix, some_kinds_keep_their_names) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n---\n"
                    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: c}\n---\n"
                    "apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: {name: s}\n---\n"
                    "apiVersion: mine/v1\nkind: APIService\nmetadata: {name: other}\n");
    cr_assert_ok(&f, name_prefix_apply(&f.sc, &f.set, TEXT("p-"), transformer_config_builtin.name_prefix));
    fixture_get(&f, "Namespace", "n");
    fixture_get(&f, "CustomResourceDefinition", "c");
    fixture_get(&f, "APIService", "s");
    fixture_get(&f, "APIService", "p-other");
    fixture_free(&f);
}

/* kustomize keeps the history in annotations: there is a mapping, whatever was there before. */
Test(name_affix, renamed_resource_has_annotations) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: v1\nkind: A\nmetadata: {name: a, annotations: text}\n");
    cr_assert_ok(&f, name_prefix_apply(&f.sc, &f.set, TEXT("p-"), transformer_config_builtin.name_prefix));
    cr_expect(node_is_mapping(node_at(f.set.items[0]->root, "metadata", "annotations", NULL)));
    cr_expect_printed(&f, "apiVersion: v1\nkind: A\nmetadata:\n  name: p-a\n");
    fixture_free(&f);
}
