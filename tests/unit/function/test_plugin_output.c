#include "../transform/fixture.h"

#include "function/plugin_output.h"
#include "model/resource_reader.h"

static resource_list printed(fixture *f, const char *yaml) {
    resource_list list;
    cr_assert_ok(f, resources_read(&f->sc, TEXT("output"), text_from(yaml), ORIGIN_UNKNOWN, &list));
    return list;
}

static strata_status transform(fixture *f, const char *yaml) {
    resource_list list = printed(f, yaml);
    return plugin_output_transformed(&f->sc, TEXT("it"), ORIGIN_UNKNOWN, &list, &f->set);
}

#define CONFIG(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\n"

Test(plugin_output, same_id_stays_in_place_new_ones_come_last_others_go) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, CONFIG("a") "---\n" CONFIG("b") "---\n" CONFIG("c"));
    cr_assert_ok(&f, transform(&f, CONFIG("new") "---\n" CONFIG("c") "data: {x: y}\n---\n" CONFIG("b")));
    cr_expect_printed(&f, CONFIG("b") "---\napiVersion: v1\ndata:\n  x: \"y\"\nkind: ConfigMap\nmetadata:\n  name: c\n"
                                      "---\n" CONFIG("new"));
    resource_id id = resource_current_id(f.set.items[2], f.set.schema);
    resource_list found;
    cr_assert_ok(&f, resource_set_find(&f.sc, &f.set, &id, true, &found));
    cr_expect_eq(found.count, 1);
    fixture_free(&f);
}

Test(plugin_output, history_is_what_the_annotations_say) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, CONFIG("a") "---\n" CONFIG("b"));
    for (size_t i = 0; i < 2; i++)
        cr_assert_ok(&f, resource_store_previous_id(&f.sc, f.set.items[i], f.set.schema));
    cr_assert_ok(
        &f, transform(&f, CONFIG("a") "---\n" CONFIG("b") "  annotations:\n"
                                                          "    internal.config.kubernetes.io/previousNames: x\n"
                                                          "    internal.config.kubernetes.io/previousKinds: K\n"
                                                          "    internal.config.kubernetes.io/previousNamespaces: n\n"));
    cr_expect_eq(resource_id_count(f.set.items[0]), 1);
    cr_assert_eq(resource_id_count(f.set.items[1]), 2);
    cr_expect(text_is(resource_id_at(f.set.items[1], f.set.schema, 0).name, "x"));
    fixture_free(&f);
}

Test(plugin_output, one_id_twice_is_refused) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, CONFIG("a"));
    cr_expect_eq(transform(&f, CONFIG("a") "---\n" CONFIG("a")), STRATA_INVALID);
    fixture_free(&f);
}

Test(plugin_output, generated_resources_say_whether_they_need_a_hash) {
    fixture f;
    fixture_init(&f);
    resource_list list = printed(&f, CONFIG("a") "  annotations:\n    kustomize.config.k8s.io/needs-hash: \"1\"\n"
                                                 "    kustomize.config.k8s.io/behavior: merge\n"
                                                 "---\n" CONFIG("b"));
    cr_assert_ok(&f, plugin_output_generated(&f.sc, &list, &f.set));
    cr_expect(f.set.items[0]->needs_hash);
    cr_expect_eq(f.set.items[0]->behavior, BEHAVIOR_MERGE);
    cr_expect_not(f.set.items[1]->needs_hash);
    cr_expect_eq(f.set.items[1]->behavior, BEHAVIOR_UNSPECIFIED);
    cr_expect_printed(&f, CONFIG("a") "---\n" CONFIG("b"));
    fixture_free(&f);
}

Test(plugin_output, needs_hash_must_be_a_boolean) {
    fixture f;
    fixture_init(&f);
    resource_list list = printed(&f, CONFIG("a") "  annotations:\n    kustomize.config.k8s.io/needs-hash: \"yes\"\n");
    cr_expect_eq(plugin_output_generated(&f.sc, &list, &f.set), STRATA_INVALID);
    fixture_free(&f);
}
