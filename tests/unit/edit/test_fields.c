/* Fields with one text, labels, annotations, buildMetadata, images and replicas: what changes, and what stays. */
#include "edit_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>

#define TYPE "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"

Test(fields, value_is_replaced_and_its_comment_stays) {
    expect_edit(TYPE "namespace: old   # keep me\nresources: [a.yaml]\n", STRATA_EDIT_SET_NAMESPACE, NULL,
                VALUES("new"), TYPE "namespace: new   # keep me\nresources: [a.yaml]\n");
}

Test(fields, quotes_stay) {
    expect_edit(TYPE "namePrefix: 'old-'\n", STRATA_EDIT_SET_NAMEPREFIX, NULL, VALUES("new-"),
                TYPE "namePrefix: 'new-'\n");
    expect_edit(TYPE "nameSuffix: \"-old\"\n", STRATA_EDIT_SET_NAMESUFFIX, NULL, VALUES("-new"),
                TYPE "nameSuffix: \"-new\"\n");
}

Test(fields, quotes_that_the_old_text_needed_go_with_it) {
    expect_edit(TYPE "namespace: \"1\"\n", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("new"), TYPE "namespace: new\n");
    expect_edit(TYPE "namespace: '1'\n", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("2"), TYPE "namespace: '2'\n");
}

Test(fields, text_that_reads_as_another_type_is_quoted) {
    expect_edit(TYPE "namespace: old\n", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("n"), TYPE "namespace: \"n\"\n");
    expect_edit(TYPE "resources: [a.yaml]\n", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("1"),
                TYPE "resources: [a.yaml]\nnamespace: \"1\"\n");
}

Test(fields, new_field_comes_last) {
    expect_edit(TYPE "resources:\n- a.yaml\n# the end\n", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("n1"),
                TYPE "resources:\n- a.yaml\n# the end\nnamespace: n1\n");
}

Test(fields, last_line_without_a_break_gets_one) {
    expect_edit(TYPE "resources: [a.yaml]", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("n1"),
                TYPE "resources: [a.yaml]\nnamespace: n1\n");
}

Test(fields, empty_text_removes_the_field_and_leaves_the_comment_above_it) {
    expect_edit(TYPE "# why\nnamespace: old # here\nresources: [a.yaml]\n", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES(""),
                TYPE "# why\nresources: [a.yaml]\n");
}

Test(fields, line_ends_stay) {
    expect_edit("apiVersion: kustomize.config.k8s.io/v1beta1\r\nkind: Kustomization\r\nresources:\r\n- a.yaml\r\n",
                STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("n1"),
                "apiVersion: kustomize.config.k8s.io/v1beta1\r\nkind: Kustomization\r\nresources:\r\n- a.yaml\r\n"
                "namespace: n1\r\n");
}

Test(fields, comment_ends_at_any_line_break_of_yaml) {
    static const char *const breaks[] = {"\n", "\r", "\r\n", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        char before[200], after[200];
        snprintf(before, sizeof before, TYPE "# a%snamePrefix: a-%s# b%snamespace: old%s# c%snameSuffix: -c\n",
                 breaks[i], breaks[i], breaks[i], breaks[i], breaks[i]);
        snprintf(after, sizeof after, TYPE "# a%snamePrefix: a-%s# b%s# c%snameSuffix: -c\n", breaks[i], breaks[i],
                 breaks[i], breaks[i]);
        expect_edit(before, STRATA_EDIT_SET_NAMESPACE, NULL, VALUES(""), after);
    }
}

Test(fields, missing_type_goes_to_the_top) {
    expect_edit("resources: [a.yaml]\n", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("n1"),
                TYPE "resources: [a.yaml]\nnamespace: n1\n");
    expect_edit("# header\n\n# files\nresources: [a.yaml]\n", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("n1"),
                "# header\n\n" TYPE "# files\nresources: [a.yaml]\nnamespace: n1\n");
}

Test(fields, component_gets_its_own_version) {
    expect_edit("kind: Component\nnamespace: a\n", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("b1"),
                "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamespace: b1\n");
}

Test(fields, file_without_anything_is_filled) {
    expect_edit("", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("n1"), TYPE "namespace: n1\n");
    expect_edit("# nothing yet\n", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("n1"),
                "# nothing yet\n" TYPE "namespace: n1\n");
    expect_edit("{}\n", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("n1"), TYPE "namespace: n1\n");
}

Test(fields, json_stays_json) {
    expect_edit("{\"kind\": \"Kustomization\", \"apiVersion\": \"kustomize.config.k8s.io/v1beta1\"}\n",
                STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("n1"),
                "{\"kind\": \"Kustomization\", \"apiVersion\": \"kustomize.config.k8s.io/v1beta1\", "
                "\"namespace\": \"n1\"}\n");
}

Test(fields, second_document_stays) {
    expect_edit(TYPE "namespace: a\n---\nnot: read\n", STRATA_EDIT_SET_NAMEPREFIX, NULL, VALUES("p-"),
                TYPE "namespace: a\nnamePrefix: p-\n---\nnot: read\n");
}

Test(fields, file_that_is_written_anew_keeps_its_comments_and_the_second_document) {
    expect_edit("# head\n---\n? namespace\n# inside\n: a\n---\n# more\nnot: read\n", STRATA_EDIT_SET_NAMESPACE, NULL,
                VALUES(""), "# head\n---\n# inside\n" TYPE "---\n# more\nnot: read\n");
}

Test(fields, key_that_is_there_twice_is_set_where_it_counts) {
    expect_edit(TYPE "namespace: a\nnamespace: b\n", STRATA_EDIT_SET_NAMESPACE, NULL, VALUES("c"),
                TYPE "namespace: a\nnamespace: c\n");
}

Test(fields, key_in_other_letters_gets_its_name_and_its_duplicates_go) {
    expect_edit(TYPE "NAMEPREFIX: a- # one\n# two\nNAMEPREFIX: b-\nbases: [v]\nbases: [w]\n", STRATA_EDIT_SET_NAMESPACE,
                NULL, VALUES("n1"), TYPE "# two\nnamePrefix: b-\nresources: [w]\nnamespace: n1\n");
}

Test(fields, one_value_is_needed) {
    expect_refusal(TYPE, STRATA_EDIT_SET_NAMESPACE, NULL, NULL, "must specify exactly one namespace value");
    expect_refusal(TYPE, STRATA_EDIT_SET_NAMEPREFIX, NULL, VALUES("a", "b"), "must specify exactly one prefix value");
}

Test(fields, what_is_no_kustomization_is_refused) {
    fixture f;
    fixture_open(&f, "nameSpace2: x\n");
    cr_expect_eq(fixture_apply(&f, STRATA_EDIT_SET_NAMESPACE, VALUES("a")), STRATA_INVALID);
    cr_expect_str_eq(strata_error_name(f.error), "unknown-field");
    fixture_close(&f);
}

/* --- labels and annotations --------------------------------------------------------------------------------------- */

Test(labels, value_may_hold_commas_and_colons) {
    expect_edit(TYPE "commonLabels: {app: x}\n", STRATA_EDIT_ADD_LABEL, NULL, VALUES("a:b,c:d"),
                TYPE "commonLabels: {app: x, a: 'b,c:d'}\n");
}

Test(labels, one_pair_of_double_quotes_is_taken_off) {
    expect_edit(TYPE "commonLabels:\n  app: x\n", STRATA_EDIT_SET_LABEL, NULL, VALUES("a:\"b\"", "c:'d'"),
                TYPE "commonLabels:\n  a: b\n  app: x\n  c: '''d'''\n");
}

Test(labels, one_that_is_there_is_refused_without_force) {
    strata_edit_arguments force = {.force = true};
    const char *before = TYPE "commonLabels:\n  app: x # which\n";
    expect_refusal(before, STRATA_EDIT_ADD_LABEL, NULL, VALUES("new:z", "app:z"), "label app already");
    expect_edit(before, STRATA_EDIT_ADD_LABEL, &force, VALUES("app:z"), TYPE "commonLabels:\n  app: z # which\n");
}

Test(labels, without_selector_joins_the_entry_with_the_same_settings) {
    strata_edit_arguments given = {.without_selector = true};
    expect_edit(TYPE "labels:\n- pairs:\n    a: b\n  includeSelectors: true\n- pairs: {c: d}\n", STRATA_EDIT_ADD_LABEL,
                &given, VALUES("e:f"),
                TYPE "labels:\n- pairs:\n    a: b\n  includeSelectors: true\n- pairs: {c: d, e: f}\n");
    given.include_templates = true;
    expect_edit(TYPE "labels:\n  - pairs: {c: d}\n", STRATA_EDIT_ADD_LABEL, &given, VALUES("e:f"),
                TYPE "labels:\n  - pairs: {c: d}\n  - includeTemplates: true\n    pairs:\n      e: f\n");
}

Test(labels, last_one_that_goes_takes_the_field_along) {
    expect_edit(TYPE "commonLabels:\n  # which\n  app: x\nnamespace: n1\n", STRATA_EDIT_REMOVE_LABEL, NULL,
                VALUES("app"), TYPE "  # which\nnamespace: n1\n");
}

Test(labels, missing_one_is_refused_unless_ignored) {
    strata_edit_arguments ignore = {.ignore_missing = true};
    const char *before = TYPE "commonLabels: {app: x, b: c}\n";
    expect_refusal(before, STRATA_EDIT_REMOVE_LABEL, NULL, VALUES("app,zzz"), "label zzz is not defined");
    expect_edit(before, STRATA_EDIT_REMOVE_LABEL, &ignore, VALUES("app,zzz"), TYPE "commonLabels: {b: c}\n");
}

Test(annotations, set_checks_keys_and_add_does_not) {
    expect_refusal(TYPE, STRATA_EDIT_SET_ANNOTATION, NULL, VALUES("not ok:x"), "invalid annotation key");
    expect_edit(TYPE, STRATA_EDIT_ADD_ANNOTATION, NULL, VALUES("not ok:x"), TYPE "commonAnnotations:\n  not ok: x\n");
    expect_edit(TYPE, STRATA_EDIT_SET_ANNOTATION, NULL, VALUES("example.org/a_b:x"),
                TYPE "commonAnnotations:\n  example.org/a_b: x\n");
}

/* --- images and replicas ------------------------------------------------------------------------------------------ */

Test(images, entry_is_replaced_in_its_lines) {
    expect_edit(TYPE "images:\n  - name: shop # ours\n    newTag: \"1.0\" # pinned\n", STRATA_EDIT_SET_IMAGE, NULL,
                VALUES("shop:2.0"), TYPE "images:\n  - name: shop # ours\n    newTag: \"2.0\" # pinned\n");
}

Test(images, digest_takes_the_place_of_the_tag) {
    expect_edit(TYPE "images:\n- newTag: v1\n  name: shop\n", STRATA_EDIT_SET_IMAGE, NULL, VALUES("shop@sha256:ab"),
                TYPE "images:\n- name: shop\n  digest: sha256:ab\n");
}

Test(images, comments_of_a_first_key_that_goes_stay) {
    expect_edit(TYPE "images:\n- newTag: v1 # tag\n  # name\n  name: shop\n", STRATA_EDIT_SET_IMAGE, NULL,
                VALUES("shop@sha256:ab"), TYPE "images:\n- # tag\n  # name\n  name: shop\n  digest: sha256:ab\n");
}

Test(images, star_keeps_what_the_entry_has) {
    expect_edit(TYPE "images:\n- name: db\n  newName: m\n  newTag: v1\n", STRATA_EDIT_SET_IMAGE, NULL,
                VALUES("db=*:v2"), TYPE "images:\n- name: db\n  newName: m\n  newTag: v2\n");
    expect_edit(TYPE "images:\n- name: db\n  newName: m\n  newTag: v1\n", STRATA_EDIT_SET_IMAGE, NULL, VALUES("db=k:*"),
                TYPE "images:\n- name: db\n  newName: k\n  newTag: v1\n");
}

Test(images, entries_are_sorted_and_their_comments_move_along) {
    expect_edit(TYPE "images:\n# the web\n- name: web\n  newTag: v1\n# the api\n- name: api\n  newTag: v1 # old\n",
                STRATA_EDIT_SET_IMAGE, NULL, VALUES("db:v2"),
                TYPE "images:\n# the api\n- name: api\n  newTag: v1 # old\n- name: db\n  newTag: v2\n# the web\n"
                     "- name: web\n  newTag: v1\n");
}

Test(images, of_one_name_the_first_entry_stays) {
    expect_edit(TYPE "images:\n- name: a\n  newTag: v1\n- name: a\n  newTag: v2\n", STRATA_EDIT_SET_IMAGE, NULL,
                VALUES("b:v1"), TYPE "images:\n- name: a\n  newTag: v1\n- name: b\n  newTag: v1\n");
}

Test(images, one_without_anything_new_is_refused) {
    expect_refusal(TYPE, STRATA_EDIT_SET_IMAGE, NULL, VALUES("localhost:5000/app"), "invalid format of image");
    expect_refusal(TYPE, STRATA_EDIT_SET_IMAGE, NULL, NULL, "no image specified");
}

Test(replicas, count_is_replaced_and_zero_is_written) {
    expect_edit(TYPE "replicas:\n- name: api\n  count: 2 # enough\n", STRATA_EDIT_SET_REPLICAS, NULL,
                VALUES("api=+7", "web=0"),
                TYPE "replicas:\n- name: api\n  count: 7 # enough\n- name: web\n  count: 0\n");
}

Test(replicas, count_must_be_a_whole_number_of_64_bits) {
    const char *wrong[] = {"a=1.5", "a=0x10", "a=", "a", "a=1=2", "a=9223372036854775808"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        expect_refusal(TYPE, STRATA_EDIT_SET_REPLICAS, NULL, VALUES(wrong[i]), "invalid format of replica");
    expect_edit(TYPE, STRATA_EDIT_SET_REPLICAS, NULL, VALUES("a=-9223372036854775808"),
                TYPE "replicas:\n- count: -9223372036854775808\n  name: a\n");
}
