/* Lists of paths, patches, generators, and the moves of deprecated fields. */
#include "edit_fixture.h"

#include <criterion/criterion.h>

#define TYPE "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"

Test(resources, entry_is_added_at_the_lists_own_indentation) {
    expect_edit(TYPE "resources:\n  # first\n  - a.yaml # one\nnamespace: n1\n", STRATA_EDIT_ADD_RESOURCE, NULL,
                VALUES("b.yaml"), TYPE "resources:\n  # first\n  - a.yaml # one\n  - b.yaml\nnamespace: n1\n");
}

Test(resources, brackets_stay) {
    expect_edit(TYPE "resources: [a.yaml] # one\n", STRATA_EDIT_ADD_RESOURCE, NULL, VALUES("b.yaml"),
                TYPE "resources: [a.yaml, b.yaml] # one\n");
    expect_edit(TYPE "resources: [\n  a.yaml, # one\n]\n", STRATA_EDIT_ADD_RESOURCE, NULL, VALUES("b.yaml"),
                TYPE "resources: [\n  a.yaml,\n  b.yaml, # one\n]\n");
    expect_edit(TYPE "resources: [\"a.yaml\"]\n", STRATA_EDIT_ADD_RESOURCE, NULL, VALUES("b.yaml"),
                TYPE "resources: [\"a.yaml\", \"b.yaml\"]\n");
}

Test(resources, comments_in_brackets_that_are_written_anew_come_above_them) {
    expect_edit(TYPE "images: [{name: b},\n  # why a\n  {name: a}]\n", STRATA_EDIT_SET_IMAGE, NULL, VALUES("c:1"),
                TYPE "  # why a\nimages: [{name: a}, {name: b}, {name: c, newTag: \"1\"}]\n");
}

Test(resources, empty_list_is_filled_below_its_key) {
    expect_edit(TYPE "resources: [] # none\n", STRATA_EDIT_ADD_RESOURCE, NULL, VALUES("b.yaml"),
                TYPE "resources: # none\n- b.yaml\n");
}

Test(resources, pattern_adds_what_it_matches_but_hidden_files_and_the_file_itself) {
    fixture f;
    fixture_open(&f, TYPE "resources:\n- a.yaml\n");
    cr_expect_eq(fixture_apply(&f, STRATA_EDIT_ADD_RESOURCE, VALUES("*.yaml")), STRATA_OK);
    cr_expect_str_eq(fixture_text(&f), TYPE "resources:\n- a.yaml\n- b.yaml\n");
    cr_expect_str_eq(f.notices, "resource a.yaml already in kustomization file\n");
    fixture_close(&f);
}

Test(resources, directory_is_a_resource_and_what_is_missing_is_none) {
    expect_edit(TYPE, STRATA_EDIT_ADD_RESOURCE, NULL, VALUES("base"), TYPE "resources:\n- base\n");
    strata_edit_arguments as_given = {.no_verify = true};
    expect_edit(TYPE, STRATA_EDIT_ADD_RESOURCE, &as_given, VALUES("no/*.yaml"), TYPE "resources:\n- no/*.yaml\n");
    fixture f;
    fixture_open(&f, TYPE);
    cr_expect_neq(fixture_apply(&f, STRATA_EDIT_ADD_RESOURCE, VALUES("a.yaml", "no.yaml")), STRATA_OK);
    cr_expect_str_eq(fixture_text(&f), TYPE);
    fixture_close(&f);
}

Test(resources, removal_leaves_the_others_lines_alone) {
    expect_edit(TYPE "resources:\n- x/a.yaml # a\n# about b\n- x/b.yaml\n- c.yaml # c\n", STRATA_EDIT_REMOVE_RESOURCE,
                NULL, VALUES("x/b*"), TYPE "resources:\n- x/a.yaml # a\n# about b\n- c.yaml # c\n");
    expect_edit(TYPE "resources: [a, b, c]\n", STRATA_EDIT_REMOVE_RESOURCE, NULL, VALUES("a", "c"),
                TYPE "resources: [b]\n");
}

Test(resources, without_a_match_the_file_is_not_touched) {
    fixture f;
    fixture_open(&f, "bases: [x]\n");
    cr_expect_eq(fixture_apply(&f, STRATA_EDIT_REMOVE_RESOURCE, VALUES("zzz")), STRATA_OK);
    cr_expect_eq(strata_edit_file_count(f.edit), 0);
    fixture_close(&f);
}

Test(resources, last_one_that_goes_takes_the_field_along) {
    expect_edit(TYPE "resources:\n- a.yaml\nnamespace: n1\n", STRATA_EDIT_REMOVE_RESOURCE, NULL, VALUES("*"),
                TYPE "namespace: n1\n");
}

Test(resources, malformed_pattern_is_refused) {
    expect_refusal(TYPE "resources: [a]\n", STRATA_EDIT_REMOVE_RESOURCE, NULL, VALUES("[a"), "syntax error in pattern");
}

Test(generators, what_matches_nothing_needs_no_kustomization) {
    fixture f;
    fixture_open(&f, "not a kustomization");
    cr_expect_eq(fixture_apply(&f, STRATA_EDIT_ADD_GENERATOR, VALUES("no*")), STRATA_OK);
    cr_expect_str_eq(f.notices, "no* has no match\n");
    fixture_close(&f);
}

Test(deprecated, bases_are_renamed_or_join_resources) {
    expect_edit(TYPE "bases: # old\n- x # one\n", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("n1"),
                TYPE "resources: # old\n- x # one\nnamespace: n1\n");
    expect_edit(TYPE "bases:\n# the base\n- x # one\nresources:\n  - a.yaml\n", STRATA_EDIT_SET_NAMESPACE, NULL,
                VALUES("n1"), TYPE "resources:\n  - a.yaml\n  # the base\n  - x # one\nnamespace: n1\n");
}

Test(deprecated, moved_entry_in_other_letters_gets_its_proper_keys) {
    expect_edit(TYPE "imageTags:\n# why\n- NAME: a # one\n  newTag: v1\nimages:\n- name: b\n  newTag: v2\n",
                STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("n1"),
                TYPE "images:\n- name: b\n  newTag: v2\n# why\n- name: a # one\n  newTag: v1\nnamespace: n1\n");
}

Test(deprecated, env_becomes_envs) {
    expect_edit(TYPE "configMapGenerator:\n- name: c\n  env: app.env # file\n", STRATA_EDIT_SET_NAMESPACE, NULL,
                VALUES("n1"), TYPE "configMapGenerator:\n- name: c\n  envs: # file\n  - app.env\nnamespace: n1\n");
}

Test(deprecated, fix_moves_patches_and_labels) {
    expect_edit(TYPE "patchesStrategicMerge:\n- a.yaml\n- |-\n  kind: X\n  # inside\ncommonLabels:\n  app: x\n",
                STRATA_EDIT_FIX, NULL, NULL,
                TYPE "patches:\n- path: a.yaml\n- patch: |-\n    kind: X\n    # inside\nlabels:\n"
                     "- includeSelectors: true\n  pairs:\n    app: x\n");
}

Test(deprecated, label_in_both_fields_is_refused) {
    expect_refusal(TYPE "commonLabels: {a: b}\nlabels:\n- pairs: {a: c}\n", STRATA_EDIT_FIX, NULL, NULL,
                   "label name 'a' exists in both");
}

Test(patches, added_with_its_target) {
    strata_edit_arguments patch = {.path = "a.yaml", .kind = "Deployment", .name = "shop"};
    expect_edit(TYPE, STRATA_EDIT_ADD_PATCH, &patch, NULL,
                TYPE "patches:\n- path: a.yaml\n  target:\n    kind: Deployment\n    name: shop\n");
    expect_edit(TYPE "patches:\n- path: a.yaml\n  target: {kind: Deployment, name: shop}\n- path: b.yaml\n",
                STRATA_EDIT_REMOVE_PATCH, &patch, NULL, TYPE "patches:\n- path: b.yaml\n");
}

Test(patches, text_of_several_lines_is_a_block) {
    strata_edit_arguments patch = {.patch = "- op: remove\n  path: /x", .kind = "Service"};
    expect_edit(TYPE, STRATA_EDIT_ADD_PATCH, &patch, NULL,
                TYPE "patches:\n- patch: |-\n    - op: remove\n      path: /x\n  target:\n    kind: Service\n");
}

Test(patches, path_or_text_is_needed_and_not_both) {
    strata_edit_arguments both = {.path = "a.yaml", .patch = "x"}, none = {.kind = "Service"};
    expect_refusal(TYPE, STRATA_EDIT_ADD_PATCH, &both, NULL, "can't be set at the same time");
    expect_refusal(TYPE, STRATA_EDIT_ADD_PATCH, &none, NULL, "must provide either patch or path");
}

Test(config_maps, literals_are_added_to_an_entry_that_is_there) {
    strata_edit_arguments given = {.literals = VALUES("NEW=1")};
    expect_edit(TYPE "configMapGenerator:\n- name: c\n  literals:\n  - A=1 # one\n", STRATA_EDIT_ADD_CONFIGMAP, &given,
                VALUES("c"), TYPE "configMapGenerator:\n- name: c\n  literals:\n  - A=1 # one\n  - NEW=1\n");
}

Test(config_maps, key_that_comes_twice_is_refused) {
    strata_edit_arguments given = {.literals = VALUES("A=2")};
    expect_refusal(TYPE "configMapGenerator:\n- name: c\n  literals: [A=1]\n", STRATA_EDIT_ADD_CONFIGMAP, &given,
                   VALUES("c"), "has the key A twice");
}

Test(config_maps, new_entry_takes_over_the_generator_options) {
    strata_edit_arguments given = {.env_file = "app.env", .name_space = "x"};
    expect_edit(TYPE "generatorOptions:\n  labels: {a: b}\n", STRATA_EDIT_ADD_CONFIGMAP, &given, VALUES("c"),
                TYPE "generatorOptions:\n  labels: {a: b}\nconfigMapGenerator:\n- envs:\n"
                     "  - app.env\n  name: c\n  namespace: x\n  options:\n    labels:\n      a: b\n");
}

Test(config_maps, new_entry_has_its_keys_in_the_order_of_the_one_before_it) {
    strata_edit_arguments given = {.literals = VALUES("A=1")};
    expect_edit(TYPE "configMapGenerator:\n- name: b\n  literals:\n  - A=1\n", STRATA_EDIT_ADD_CONFIGMAP, &given,
                VALUES("c"),
                TYPE "configMapGenerator:\n- name: b\n  literals:\n  - A=1\n- name: c\n  literals:\n  - A=1\n");
    expect_edit(TYPE "configMapGenerator:\n- literals:\n  - A=1\n  name: b\n", STRATA_EDIT_ADD_CONFIGMAP, &given,
                VALUES("c"),
                TYPE "configMapGenerator:\n- literals:\n  - A=1\n  name: b\n- literals:\n  - A=1\n  name: c\n");
}

Test(config_maps, set_keeps_the_order_of_literals) {
    strata_edit_arguments given = {.literals = VALUES("B=3")};
    expect_edit(TYPE "configMapGenerator:\n- name: c\n  literals: [A=1, B=2, C=3]\n", STRATA_EDIT_SET_CONFIGMAP, &given,
                VALUES("c"), TYPE "configMapGenerator:\n- name: c\n  literals: [A=1, B=3, C=3]\n");
    given.literals = VALUES("Z=3");
    expect_refusal(TYPE "configMapGenerator:\n- name: c\n  literals: [A=1]\n", STRATA_EDIT_SET_CONFIGMAP, &given,
                   VALUES("c"), "key 'Z' not found");
}

Test(secrets, default_namespace_is_no_namespace) {
    strata_edit_arguments given = {.name_space = "default"};
    expect_edit(TYPE "secretGenerator:\n- name: s\n  literals: [a=b]\n- name: t\n  literals: [a=b]\n",
                STRATA_EDIT_REMOVE_SECRET, &given, VALUES("s,zzz"),
                TYPE "secretGenerator:\n- name: t\n  literals: [a=b]\n");
    given.name_space = "other";
    expect_refusal(TYPE "secretGenerator:\n- name: s\n  literals: [a=b]\n", STRATA_EDIT_REMOVE_SECRET, &given,
                   VALUES("s"), "were found");
}

Test(blocks, text_that_ends_without_a_break_still_means_the_same) {
    expect_edit(TYPE "namePrefix: |\n  x-", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("n1"),
                TYPE "namePrefix: x-\nnamespace: n1\n");
}

Test(blocks, empty_lines_that_a_text_keeps_stay_with_it) {
    expect_edit(TYPE "patches:\n- patch: |+\n    a: b\n\n- path: a.yaml\n", STRATA_EDIT_SET_NAMESPACE, NULL,
                VALUES("n1"), TYPE "patches:\n- patch: |+\n    a: b\n\n- path: a.yaml\nnamespace: n1\n");
}

Test(lists, null_entry_of_a_file_that_is_written_anew_is_an_empty_one) {
    expect_edit("!a\nvars:\n-\n", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("n1"),
                "vars:\n- objref:\n    name: \"\"\n  fieldref: {}\n  name: \"\"\n" TYPE "namespace: n1\n");
}

Test(lists, comments_and_documents_around_a_file_that_is_written_anew_stay) {
    expect_edit("# header\n%TAG !a! b\n--- !a!b\nvars: [~]\n---\n# rest\na: b\n", STRATA_EDIT_SET_NAMESPACE, NULL,
                VALUES("n1"),
                "# header\nvars:\n- objref:\n    name: \"\"\n  fieldref: {}\n  name: \"\"\n" TYPE
                "namespace: n1\n---\n# rest\na: b\n");
}

Test(aliases, merged_mapping_gets_a_pair_of_its_own) {
    expect_edit(TYPE "commonLabels: &l {a: b}\ncommonAnnotations:\n  <<: *l # both\n", STRATA_EDIT_SET_ANNOTATION, NULL,
                VALUES("a:c"), TYPE "commonLabels: &l {a: b}\ncommonAnnotations:\n  <<: *l # both\n  a: c\n");
}

Test(aliases, changed_value_that_others_repeat_does_not_change_them) {
    expect_edit(TYPE "commonLabels: &l\n  a: b\ncommonAnnotations: *l\n", STRATA_EDIT_ADD_LABEL, NULL, VALUES("c:d"),
                TYPE "commonLabels: &l\n  a: b\n  c: d\ncommonAnnotations:\n  a: b\n");
}

Test(edits, several_operations_in_one) {
    fixture f;
    fixture_open(&f, TYPE "resources: [a.yaml]\n");
    cr_expect_eq(fixture_apply(&f, STRATA_EDIT_SET_NAMESPACE, VALUES("n1")), STRATA_OK);
    cr_expect_eq(fixture_apply(&f, STRATA_EDIT_SET_NAMEPREFIX, VALUES(NULL)), STRATA_INVALID);
    cr_expect_eq(fixture_apply(&f, STRATA_EDIT_ADD_RESOURCE, VALUES("b.yaml")), STRATA_OK);
    cr_expect_str_eq(fixture_text(&f), TYPE "resources: [a.yaml, b.yaml]\nnamespace: n1\n");
    cr_expect_eq(strata_edit_file_count(f.edit), 1);
    cr_expect_str_eq(strata_edit_file_at(f.edit, 0).path, "/app/kustomization.yaml");
    cr_expect_eq(strata_edit_save(f.edit, f.error), STRATA_REFUSED);
    fixture_close(&f);
}
