/* Unit tests of schema/field_spec.h. Expectations come from kustomize's builtinconfig package. */
#include "schema/field_spec.h"
#include "scope_fixture.h"

#include <criterion/criterion.h>

TestSuite(field_spec, .init = fixture_set_up, .fini = fixture_tear_down);

#define SPEC(k, p, c)                                                                                                  \
    { .kind = TEXT_INIT(k), .path = TEXT_INIT(p), .create = (c) }

Test(field_spec, builtin_lists_are_complete) {
    const transformer_config *b = &transformer_config_builtin;
    cr_expect_eq(b->name_prefix.count, 1);
    cr_expect_eq(b->name_space.count, 3);
    cr_expect_eq(b->common_labels.count, 32);
    cr_expect_eq(b->template_labels.count, 9);
    cr_expect_eq(b->volume_claim_template_labels.count, 1);
    cr_expect_eq(b->common_annotations.count, 9);
    cr_expect_eq(b->var_reference.count, 72);
    cr_expect_eq(b->images.count, 7);
    cr_expect_eq(b->replicas.count, 4);
    cr_expect_eq(b->labels.count, 0);
    cr_expect_eq(b->name_references.count, 16);
}

Test(field_spec, builtin_references_are_in_the_order_of_kinds) {
    const char *const kinds[] = {"StorageClass",
                                 "ServiceAccount",
                                 "Role",
                                 "ClusterRole",
                                 "ConfigMap",
                                 "Secret",
                                 "Service",
                                 "PriorityClass",
                                 "PersistentVolume",
                                 "PersistentVolumeClaim",
                                 "Deployment",
                                 "StatefulSet",
                                 "ValidatingAdmissionPolicy",
                                 "IngressClass",
                                 "ReplicaSet",
                                 "ReplicationController"};
    for (size_t i = 0; i < 16; i++)
        cr_expect(text_is(transformer_config_builtin.name_references.items[i].kind, kinds[i]), "%zu", i);
}

Test(field_spec, empty_parts_select_every_kind) {
    const field_spec any = SPEC("", "a", false), deployment = SPEC("Deployment", "a", false);
    cr_expect(field_spec_selects(&any, TEXT("apps"), TEXT("v1"), TEXT("Deployment")));
    cr_expect(field_spec_selects(&deployment, TEXT("apps"), TEXT("v1"), TEXT("Deployment")));
    cr_expect_not(field_spec_selects(&deployment, TEXT("apps"), TEXT("v1"), TEXT("DaemonSet")));
}

Test(field_spec, merging_the_builtin_configuration_changes_nothing) {
    transformer_config config = transformer_config_builtin, fresh = {0};
    cr_assert_eq(transformer_config_merge(&sc, &config, &transformer_config_builtin), STRATA_OK);
    cr_expect_eq(config.common_labels.items, transformer_config_builtin.common_labels.items);
    cr_assert_eq(transformer_config_merge(&sc, &fresh, &transformer_config_builtin), STRATA_OK);
    cr_assert_eq(fresh.var_reference.count, 72);
    for (size_t i = 0; i < 72; i++)
        cr_expect(
            text_equal(fresh.var_reference.items[i].path, transformer_config_builtin.var_reference.items[i].path));
}

Test(field_spec, merge_sorts_by_kind_and_leaves_out_what_is_there) {
    static const field_spec own[] = {SPEC("Zebra", "a", false), SPEC("Deployment", "a", false)};
    static const field_spec other[] = {SPEC("Deployment", "a", false), SPEC("Namespace", "b", true)};
    transformer_config into = {.images = {own, 2}};
    const transformer_config from = {.images = {other, 2}};
    cr_assert_eq(transformer_config_merge(&sc, &into, &from), STRATA_OK);
    cr_assert_eq(into.images.count, 3);
    cr_expect(text_is(into.images.items[0].kind, "Namespace"));
    cr_expect(text_is(into.images.items[1].kind, "Deployment"));
    cr_expect(text_is(into.images.items[2].kind, "Zebra"));
}

Test(field_spec, merge_refuses_another_create) {
    static const field_spec own[] = {SPEC("Deployment", "a", false)}, other[] = {SPEC("", "a", true)};
    transformer_config into = {.images = {own, 1}};
    const transformer_config from = {.images = {other, 1}};
    cr_assert_eq(transformer_config_merge(&sc, &into, &from), STRATA_CONFLICT);
    cr_expect_str_eq(strata_error_name(sc.error), "field-spec-conflict");
}

Test(field_spec, a_narrower_spec_is_kept_beside_a_wider_one) {
    static const field_spec own[] = {SPEC("", "a", true)}, other[] = {SPEC("Deployment", "a", false)};
    transformer_config into = {.images = {own, 1}};
    const transformer_config from = {.images = {other, 1}};
    cr_assert_eq(transformer_config_merge(&sc, &into, &from), STRATA_OK);
    cr_expect_eq(into.images.count, 2);
}

Test(field_spec, referrers_of_one_kind_are_joined) {
    static const field_spec first[] = {SPEC("Pod", "a", false)}, second[] = {SPEC("Pod", "b", false)};
    static const name_reference own[] = {{.kind = TEXT_INIT("Secret"), .referrers = {first, 1}}};
    static const name_reference other[] = {{.kind = TEXT_INIT("Secret"), .referrers = {second, 1}},
                                           {.kind = TEXT_INIT("ConfigMap"), .referrers = {second, 1}}};
    transformer_config into = {.name_references = {own, 1}};
    const transformer_config from = {.name_references = {other, 2}};
    cr_assert_eq(transformer_config_merge(&sc, &into, &from), STRATA_OK);
    cr_assert_eq(into.name_references.count, 2);
    cr_expect(text_is(into.name_references.items[0].kind, "ConfigMap"));
    cr_expect_eq(into.name_references.items[1].referrers.count, 2);
}
