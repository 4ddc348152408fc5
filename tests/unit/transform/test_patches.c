/* Unit tests of the patch transformers; kustomize build gives the same on such kustomizations. */
#include "patch_fixture.h"

#include "model/resource_reader.h"
#include "transform/transform.h"

#include <criterion/criterion.h>

static resource_set set;
static int warnings;

static void count_warning(const strata_error *warning, void *user) {
    (void)user;
    cr_expect_str_eq(strata_error_name(warning), "patch-target-missing");
    warnings++;
}

static void set_up(void) {
    schema *s;
    fixture_set_up();
    sc.warn = count_warning;
    warnings = 0;
    cr_assert_eq(schema_new(&sc, &s), STRATA_OK);
    resource_set_init(&set, s);
}

TestSuite(patches, .init = set_up, .fini = fixture_tear_down);

#define CONFIG_MAP                                                                                                     \
    "apiVersion: v1\n"                                                                                                 \
    "kind: ConfigMap\n"

static resource *add(const char *yaml) {
    resource_list read;
    cr_assert_eq(resources_read(&sc, TEXT("base.yaml"), text_from(yaml), ORIGIN_UNKNOWN, &read), STRATA_OK, "%s",
                 strata_error_message(sc.error));
    for (size_t i = 0; i < read.count; i++)
        cr_assert_eq(resource_set_append(&sc, &set, read.items[i]), STRATA_OK);
    return read.items[0];
}

static strata_status apply(const patch *p, const char *yaml) {
    const patch_source source = {TEXT("patch.yaml"), text_from(yaml), ORIGIN_UNKNOWN};
    return patch_apply(&sc, &set, p, &source);
}

static strata_status apply_to_kind(const char *kind, const char *yaml) {
    const selector target = {.type = {.kind = text_from(kind)}};
    const patch p = {.target = &target};
    return apply(&p, yaml);
}

static const patch without_target;

static void expect_ok(strata_status status) { cr_assert_eq(status, STRATA_OK, "%s", strata_error_message(sc.error)); }

static void expect_failure(strata_status status, const char *name) {
    cr_expect_neq(status, STRATA_OK);
    cr_expect_str_eq(strata_error_name(sc.error), name);
}

Test(patches, each_document_goes_to_its_own_resource) {
    resource *a = add(CONFIG_MAP "metadata: {name: a}\n"), *b = add(CONFIG_MAP "metadata: {name: b}\n");
    expect_ok(apply(&without_target, CONFIG_MAP "metadata: {name: b}\ndata: {x: b}\n"
                                                "---\n" CONFIG_MAP "metadata: {name: a}\ndata: {x: a}\n"));
    fixture_expect(a->root, "apiVersion: v1\ndata:\n  x: a\nkind: ConfigMap\nmetadata:\n  name: a\n");
    fixture_expect(b->root, "apiVersion: v1\ndata:\n  x: b\nkind: ConfigMap\nmetadata:\n  name: b\n");
}

Test(patches, kind_and_name_are_set_back_unless_they_may_change) {
    resource *a = add(CONFIG_MAP "metadata: {name: a}\n");
    expect_ok(apply_to_kind("ConfigMap", "apiVersion: v1\nkind: Secret\nmetadata: {name: b}\n"));
    fixture_expect(a->root, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n");
    cr_expect_eq(a->previous_count, 0);
    const selector target = {.type = {.kind = TEXT("ConfigMap")}};
    const patch p = {.target = &target, .allow_name_change = true, .allow_kind_change = true};
    expect_ok(apply(&p, "apiVersion: v1\nkind: Secret\nmetadata: {name: b}\n"));
    /* The annotations are where kustomize keeps the former name until the end of the build. */
    fixture_expect(a->root, "apiVersion: v1\nkind: Secret\nmetadata:\n  annotations: {}\n  name: b\n");
    cr_assert_eq(a->previous_count, 1);
    cr_expect(text_is(a->previous[0].name, "a"));
}

Test(patches, two_resources_must_not_get_one_name) {
    add(CONFIG_MAP "metadata: {name: a}\n");
    add(CONFIG_MAP "metadata: {name: b}\n");
    const selector target = {.name = TEXT("a")};
    const patch p = {.target = &target, .allow_name_change = true};
    expect_failure(apply(&p, CONFIG_MAP "metadata: {name: b}\n"), "duplicate-resource");
}

Test(patches, through_a_target_a_null_label_is_a_text) {
    resource *a = add(CONFIG_MAP "metadata: {name: a, labels: {x: y}}\n");
    expect_ok(apply_to_kind("ConfigMap", CONFIG_MAP "metadata: {name: a, labels: {x: null}}\n"));
    fixture_expect(a->root, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    x: \"null\"\n  name: a\n");
}

Test(patches, without_a_target_a_null_label_deletes) {
    resource *a = add(CONFIG_MAP "metadata: {name: a, labels: {x: y}}\n");
    expect_ok(apply(&without_target, CONFIG_MAP "metadata: {name: a, labels: {x: null}}\n"));
    fixture_expect(a->root, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels: {}\n  name: a\n");
}

Test(patches, clearing_the_annotations_clears_the_history) {
    resource *a = add(CONFIG_MAP "metadata: {name: a}\n");
    expect_ok(resource_store_previous_id(&sc, a, set.schema));
    expect_ok(apply(&without_target, CONFIG_MAP "metadata: {name: a, annotations: {x: y}}\n"));
    cr_expect_eq(a->previous_count, 1);
    expect_ok(apply(&without_target, CONFIG_MAP "metadata: {name: a, annotations: null}\n"));
    cr_expect_eq(a->previous_count, 0);
}

Test(patches, the_directive_delete_deletes) {
    resource *a = add(CONFIG_MAP "metadata: {name: a}\n");
    expect_ok(apply(&without_target, CONFIG_MAP "metadata: {name: a}\n$patch: delete\n"));
    cr_expect_null(a->root);
}

Test(patches, a_json_patch_finds_annotations_and_records_the_id) {
    resource *a = add(CONFIG_MAP "metadata: {name: a}\n");
    expect_ok(apply_to_kind("ConfigMap", "- {op: add, path: /metadata/annotations/x, value: z}\n"));
    fixture_expect(a->root, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    x: z\n  name: a\n");
    cr_expect_eq(a->previous_count, 1);
}

Test(patches, under_patches_json6902_nothing_is_recorded) {
    resource *a = add(CONFIG_MAP "metadata: {name: a}\n");
    const selector target = {.type = {.kind = TEXT("ConfigMap")}, .name = TEXT("a")};
    const patch_source add_data = {TEXT_EMPTY, TEXT("[{\"op\":\"add\",\"path\":\"/data\",\"value\":{\"x\":1}}]"),
                                   ORIGIN_UNKNOWN};
    const patch_source annotate = {
        TEXT_EMPTY, TEXT("[{\"op\":\"add\",\"path\":\"/metadata/annotations/x\",\"value\":\"y\"}]"), ORIGIN_UNKNOWN};
    expect_ok(patch_json6902_apply(&sc, &set, &target, &add_data));
    fixture_expect(a->root, "apiVersion: v1\ndata:\n  x: 1\nkind: ConfigMap\nmetadata:\n  name: a\n");
    cr_expect_eq(a->previous_count, 0);
    expect_failure(patch_json6902_apply(&sc, &set, &target, &annotate), "json-patch-apply");
}

Test(patches, a_json_patch_can_not_lose_the_history) {
    resource *a = add(CONFIG_MAP "metadata: {name: a, annotations: {x: y}}\n");
    expect_ok(apply_to_kind("ConfigMap", "- {op: remove, path: /metadata/annotations}\n"));
    fixture_expect(a->root, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n");
    cr_expect_eq(a->previous_count, 1);
}

Test(patches, a_json_patch_sees_the_history_among_the_annotations) {
    resource *a = add(CONFIG_MAP "metadata: {name: a}\n");
    expect_ok(apply_to_kind("ConfigMap", "- {op: copy, from: x/metadata/annotations, path: /data}\n"));
    fixture_expect(a->root, "apiVersion: v1\n"
                            "data:\n"
                            "  internal.config.kubernetes.io/previousKinds: ConfigMap\n"
                            "  internal.config.kubernetes.io/previousNames: a\n"
                            "  internal.config.kubernetes.io/previousNamespaces: default\n"
                            "kind: ConfigMap\n"
                            "metadata:\n"
                            "  name: a\n");
}

Test(patches, a_patch_finds_a_renamed_resource_by_its_new_name_only_after_it_was_told) {
    resource *a = add(CONFIG_MAP "metadata: {name: a}\n");
    expect_ok(apply_to_kind("ConfigMap", "- {op: replace, path: /metadata/name, value: b}\n"));
    expect_ok(apply(&without_target, CONFIG_MAP "metadata: {name: b}\ndata: {x: new}\n"));
    expect_ok(apply(&without_target, CONFIG_MAP "metadata: {name: a}\ndata: {z: old}\n"));
    fixture_expect(a->root, "apiVersion: v1\ndata:\n  x: new\n  z: old\nkind: ConfigMap\nmetadata:\n  name: b\n");
}

Test(patches, an_empty_text_does_nothing) {
    resource *a = add(CONFIG_MAP "metadata: {name: a}\n");
    expect_ok(apply(&without_target, "# nothing\n"));
    expect_ok(apply(&without_target, "{}\n"));
    fixture_expect(a->root, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n");
}

Test(patches, a_text_that_is_neither_kind_of_patch_fails) {
    expect_failure(apply(&without_target, "a: b\n"), "resource-metadata");
}

Test(patches, a_list_of_no_operations_fails_as_one) { expect_failure(apply(&without_target, "- 1\n"), "json-patch"); }

Test(patches, a_json_patch_needs_a_target) {
    expect_failure(apply(&without_target, "- {op: remove, path: /data}\n"), "patch-target");
}

Test(patches, a_target_takes_one_document) {
    add(CONFIG_MAP "metadata: {name: a}\n");
    expect_failure(
        apply_to_kind("ConfigMap", CONFIG_MAP "metadata: {name: a}\n---\n" CONFIG_MAP "metadata: {name: b}\n"),
        "patch-target");
}

Test(patches, a_missing_resource_is_an_error_with_a_near_miss) {
    add(CONFIG_MAP "metadata: {name: settings}\n");
    expect_failure(apply(&without_target, CONFIG_MAP "metadata: {name: setting}\n"), "resource-not-found");
    cr_expect_str_eq(strata_error_hint(sc.error), "did you mean ConfigMap/settings (base.yaml:1)?");
    cr_expect_str_eq(strata_error_file(sc.error), "patch.yaml");
}

Test(patches, a_target_that_selects_nothing_is_a_warning) {
    add(CONFIG_MAP "metadata: {name: a}\n");
    expect_ok(apply_to_kind("Secret", "- {op: remove, path: /data}\n"));
    cr_expect_eq(warnings, 1);
    sc.strict = true;
    expect_failure(apply_to_kind("Secret", "- {op: remove, path: /data}\n"), "patch-target-missing");
}

Test(patches, strategic_merges_must_hold_something) {
    const patch_source nothing = {TEXT("patch.yaml"), TEXT("# nothing\n"), ORIGIN_UNKNOWN};
    expect_failure(patch_strategic_merge_apply(&sc, &set, &nothing, 1), "patch-empty");
}

Test(patches, strategic_merges_make_strings_of_labels) {
    resource *a = add(CONFIG_MAP "metadata: {name: a}\n");
    const patch_source source = {TEXT("patch.yaml"), TEXT(CONFIG_MAP "metadata: {name: a, labels: {x: 1}}\n"),
                                 ORIGIN_UNKNOWN};
    expect_ok(patch_strategic_merge_apply(&sc, &set, &source, 1));
    fixture_expect(a->root, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    x: \"1\"\n  name: a\n");
}
