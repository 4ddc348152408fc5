/* Unit tests of `configurations` and `crds` files; kustomize's builtinconfig and accumulator packages do the same. */
#include "schema/field_spec.h"
#include "scope_fixture.h"

#include <criterion/criterion.h>

TestSuite(configuration, .init = fixture_set_up, .fini = fixture_tear_down);

static transformer_config config;

static strata_status read_text(const char *yaml) {
    return transformer_config_read(&sc, TEXT("config.yaml"), text_from(yaml), ORIGIN_UNKNOWN, &config);
}

static strata_status read_crds(const char *yaml) {
    return transformer_config_read_crds(&sc, TEXT("crd.yaml"), text_from(yaml), ORIGIN_UNKNOWN, &config);
}

Test(configuration, lists_are_read_and_sorted) {
    cr_assert_eq(read_text("images:\n"
                           "- {kind: Zebra, path: a/b, create: yes}\n"
                           "- {group: apps, version: v1, kind: Deployment, path: c}\n"
                           "volumeClaimTemplateLabels:\n"
                           "- path: 5\n"),
                 STRATA_OK);
    cr_assert_eq(config.images.count, 2);
    cr_expect(text_is(config.images.items[0].kind, "Deployment"));
    cr_expect(text_is(config.images.items[0].group, "apps"));
    cr_expect_not(config.images.items[0].create);
    cr_expect(text_is(config.images.items[1].path, "a/b"));
    cr_expect(config.images.items[1].create);
    cr_expect(text_is(config.volume_claim_template_labels.items[0].path, "5"));
}

Test(configuration, references_are_read) {
    cr_assert_eq(read_text("NAMEREFERENCE:\n- kind: Foo\n  fieldSpecs:\n  - {kind: Bar, path: spec/foo}\n"), STRATA_OK);
    cr_assert_eq(config.name_references.count, 1);
    cr_expect(text_is(config.name_references.items[0].kind, "Foo"));
    cr_expect(text_is(config.name_references.items[0].referrers.items[0].path, "spec/foo"));
}

Test(configuration, an_empty_file_is_fine) {
    cr_expect_eq(read_text(""), STRATA_OK);
    cr_expect_eq(read_text("# nothing\n"), STRATA_OK);
    cr_expect_eq(read_text("images:\n"), STRATA_OK);
    cr_expect_eq(config.images.count, 0);
}

Test(configuration, mistakes_are_refused) {
    static const char *const files[] = {"image: []\n",
                                        "images: {}\n",
                                        "images: [a]\n",
                                        "images: [{paths: a}]\n",
                                        "images: [{kind: 1}]\n",
                                        "images: [{create: x}]\n",
                                        "nameReference: [{path: a}]\n",
                                        "[]\n"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        cr_expect_eq(read_text(files[i]), STRATA_INVALID, "%s", files[i]);
}

Test(configuration, a_field_near_a_known_one_is_suggested) {
    cr_assert_eq(read_text("imagess: []\n"), STRATA_INVALID);
    cr_expect_str_eq(strata_error_name(sc.error), "configuration-file");
    cr_expect_str_eq(strata_error_hint(sc.error), "did you mean \"images\"?");
}

static const char crd[] = "example.com/v1.Foo:\n"
                          "  Schema:\n"
                          "    properties:\n"
                          "      apiVersion: {type: string}\n"
                          "      kind: {type: string}\n"
                          "      metadata: {type: object}\n"
                          "      spec: {$ref: example.com/v1.FooSpec}\n"
                          "example.com/v1.FooSpec:\n"
                          "  Schema:\n"
                          "    properties:\n"
                          "      secretRef:\n"
                          "        x-kubernetes-object-ref-api-version: v1\n"
                          "        x-kubernetes-object-ref-kind: Secret\n"
                          "      other:\n"
                          "        x-kubernetes-object-ref-api-version: v1\n"
                          "        x-kubernetes-object-ref-kind: ConfigMap\n"
                          "        x-kubernetes-object-ref-name-key: id\n"
                          "      labels: {x-kubernetes-label-selector: ''}\n"
                          "      notes: {x-kubernetes-annotation: ''}\n"
                          "      id: {x-kubernetes-identity: ''}\n"
                          "      flag: {x-kubernetes-identity: true}\n";

Test(configuration, crds_tell_references_labels_annotations_and_names) {
    cr_assert_eq(read_crds(crd), STRATA_OK, "%s", strata_error_message(sc.error));
    cr_assert_eq(config.name_references.count, 2);
    cr_expect(text_is(config.name_references.items[0].kind, "ConfigMap"));
    cr_expect(text_is(config.name_references.items[0].referrers.items[0].path, "spec/other/id"));
    cr_expect(text_is(config.name_references.items[1].referrers.items[0].path, "spec/secretRef/name"));
    cr_expect(text_is(config.name_references.items[1].referrers.items[0].kind, "Foo"));
    cr_assert_eq(config.common_labels.count, 1);
    cr_expect(text_is(config.common_labels.items[0].path, "spec/labels"));
    cr_assert_eq(config.common_annotations.count, 1);
    cr_assert_eq(config.name_prefix.count, 1);
    cr_expect(text_is(config.name_prefix.items[0].path, "spec/id"));
}

Test(configuration, crds_in_a_circle_are_an_error) {
    cr_expect_eq(
        read_crds("a.A:\n  Schema:\n    properties: {apiVersion: {}, kind: {}, metadata: {}, x: {$ref: a.A}}\n"),
        STRATA_INVALID);
    cr_expect_str_eq(strata_error_name(sc.error), "crd-file");
}

Test(configuration, an_empty_crd_file_is_an_error) { cr_expect_eq(read_crds(""), STRATA_INVALID); }
