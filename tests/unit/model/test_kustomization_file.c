/*
 * Kustomization files as structs. What each test expects of the fields is what kustomize makes of the same file; the
 * positions and hints are ours.
 */
#include "core/error.h"
#include "model/kustomization.h"
#include "scope_fixture.h"

#include <criterion/criterion.h>

#include <stdio.h>

static kustomization k;
static size_t warning_count;
static char last_warning[200];

static void note_warning(const strata_error *warning, void *user) {
    (void)user;
    warning_count++;
    snprintf(last_warning, sizeof last_warning, "%u:%u %s", strata_error_line(warning), strata_error_column(warning),
             strata_error_message(warning));
}

static void set_up(void) {
    fixture_set_up();
    warning_count = 0;
    sc.warn = note_warning;
}

TestSuite(kustomization_file, .init = set_up, .fini = fixture_tear_down);

static strata_status read_file(const char *yaml) {
    memset(&k, 0, sizeof k);
    return kustomization_read(&sc, TEXT("kustomization.yaml"), text_from(yaml), ORIGIN_UNKNOWN, &k);
}

static void expect_accepted(const char *yaml) {
    strata_status status = read_file(yaml);
    cr_assert_eq(status, STRATA_OK, "%s: %s", yaml, strata_error_message(sc.error));
}

static void expect_refused(const char *yaml, diagnostic code, unsigned line, unsigned column) {
    cr_expect_neq(read_file(yaml), STRATA_OK, "%s", yaml);
    cr_expect_eq((diagnostic)strata_error_code(sc.error), code, "%s: %s", yaml, strata_error_message(sc.error));
    cr_expect_eq(strata_error_line(sc.error), line, "%s: line %u", yaml, strata_error_line(sc.error));
    cr_expect_eq(strata_error_column(sc.error), column, "%s: column %u", yaml, strata_error_column(sc.error));
    error_clear(sc.error);
}

#define expect_text(actual, expected) cr_expect(text_is((actual), (expected)), "got \"%.*s\"", TEXT_ARG(actual))

/* --- keys -------------------------------------------------------------------------------------------------------- */

Test(kustomization_file, keys_fold_as_in_go) {
    expect_accepted("NAMEPREFIX: a\nname\xC5\xBFuffix: b\n\xE2\x84\xAAind: Component\n");
    expect_text(k.name_prefix, "a");
    expect_text(k.name_suffix, "b");
    cr_expect(k.is_component);
}

Test(kustomization_file, spellings_of_a_list_are_decoded_over_each_other) {
    expect_accepted(
        "configMapGenerator:\n- literals: [a=b]\n- name: z\nConfigMapGenerator:\n- name: d\n  behavior: merge\n");
    cr_assert_eq(k.config_maps.count, 2);
    expect_text(k.config_maps.items[0].name, "d");
    expect_text(k.config_maps.items[0].behavior, "merge");
    cr_expect_eq(k.config_maps.items[0].literals.count, 1);
}

Test(kustomization_file, spellings_of_a_mapping_are_joined) {
    expect_accepted("commonAnnotations: {a: b, z: 1a}\nCommonAnnotations: {c: d, z: 2a}\n");
    cr_assert_eq(k.common_annotations.count, 3);
    expect_text(*text_map_get(&k.common_annotations, TEXT("c")), "d");
    expect_text(*text_map_get(&k.common_annotations, TEXT("z")), "1a");
}

Test(kustomization_file, spellings_of_an_object_are_joined) {
    expect_accepted("generatorOptions: {labels: {a: b}}\nGeneratorOptions: {immutable: true}\n");
    cr_assert_not_null(k.generator_options);
    cr_expect(k.generator_options->immutable);
    cr_expect_eq(k.generator_options->labels.count, 1);
}

Test(kustomization_file, null_empties_lists_but_leaves_texts) {
    expect_accepted("Resources: [a]\nresources: ~\nNamePrefix: p\nnamePrefix: ~\n");
    cr_expect_eq(k.resources.count, 0);
    expect_text(k.name_prefix, "p");
}

Test(kustomization_file, every_spelling_is_checked) {
    expect_refused("resources: [a]\nResources: 1\n", DIAGNOSTIC_FIELD_TYPE, 2, 12);
    expect_refused("namePrefix: a\nNamePrefix: 1\n", DIAGNOSTIC_FIELD_TYPE, 2, 13);
}

Test(kustomization_file, of_a_repeated_key_only_the_last_is_checked) {
    expect_accepted("namePrefix: 1\nnamePrefix: a\n");
    expect_text(k.name_prefix, "a");
}

Test(kustomization_file, keys_of_mappings_are_what_yaml_11_says) {
    static const char *const keys[] = {"-5", "0.12345679", "1.5", "10", "16", "2001-01-01", "a", "true"};
    expect_accepted("commonAnnotations: {yes: x, 0x10: x, 1.50: x, 1_0: x, -5: x, 0.1234567890123: x, "
                    "2001-01-01: x, !!binary YQ==: x}\n");
    cr_assert_eq(k.common_annotations.count, sizeof keys / sizeof *keys);
    for (size_t i = 0; i < k.common_annotations.count; i++)
        expect_text(k.common_annotations.items[i].key, keys[i]);
}

Test(kustomization_file, keys_that_json_lacks_are_refused) {
    expect_refused("namePrefix: a\n~: b\n", DIAGNOSTIC_YAML_VALUE, 2, 1);
    expect_refused("commonLabels: {~: b}\n", DIAGNOSTIC_YAML_VALUE, 1, 16);
    expect_refused("commonLabels: {18446744073709551615: b}\n", DIAGNOSTIC_YAML_VALUE, 1, 16);
}

/* --- values ------------------------------------------------------------------------------------------------------ */

Test(kustomization_file, whole_numbers_may_be_written_as_floats) {
    static const struct {
        const char *text;
        int64_t value;
    } counts[] = {{"3.0", 3},
                  {"1e3", 1000},
                  {"9.3e15", 9300000000000000},
                  {"1e18", 1000000000000000000},
                  {"9007199254740993.0", 9007199254740992},
                  {"-0.0", 0},
                  {"0x10", 16},
                  {"010", 8}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        char yaml[100];
        snprintf(yaml, sizeof yaml, "replicas: [{name: a, count: %s}]\n", counts[i].text);
        expect_accepted(yaml);
        cr_expect_eq(k.replicas.items[0].count, counts[i].value, "%s", counts[i].text);
    }
}

Test(kustomization_file, numbers_beyond_64_bits_are_refused) {
    expect_refused("replicas: [{count: 9223372036854775808}]\n", DIAGNOSTIC_FIELD_TYPE, 1, 20);
    expect_refused("replicas: [{count: 1e19}]\n", DIAGNOSTIC_FIELD_TYPE, 1, 20);
    expect_refused("replicas: [{count: 1.5}]\n", DIAGNOSTIC_FIELD_TYPE, 1, 20);
}

Test(kustomization_file, infinity_is_refused_even_where_anything_goes) {
    expect_refused("helmCharts: [{name: a, valuesInline: {b: [.inf]}}]\n", DIAGNOSTIC_YAML_VALUE, 1, 43);
}

Test(kustomization_file, binary_texts_are_decoded) {
    expect_accepted("namePrefix: !!binary YWI=\nnameSuffix: !!binary /w==\n");
    expect_text(k.name_prefix, "ab");
    expect_text(k.name_suffix, "\xEF\xBF\xBD");
    expect_refused("namePrefix: !!binary YW\n", DIAGNOSTIC_YAML_VALUE, 1, 13);
}

Test(kustomization_file, tags_must_fit) {
    expect_refused("replicas: [{count: !!int abc}]\n", DIAGNOSTIC_YAML_VALUE, 1, 20);
    expect_accepted("replicas: [{count: !!int '7'}]\n");
    cr_expect_eq(k.replicas.items[0].count, 7);
}

Test(kustomization_file, dates_are_texts) {
    expect_accepted("namePrefix: 2001-01-01\n");
    expect_text(k.name_prefix, "2001-01-01");
}

Test(kustomization_file, wrong_types_are_refused_where_they_stand) {
    expect_refused("namePrefix: yes\n", DIAGNOSTIC_FIELD_TYPE, 1, 13);
    expect_refused("resources:\n- a\n- [b]\n", DIAGNOSTIC_FIELD_TYPE, 3, 3);
    expect_refused("images: {a: b}\n", DIAGNOSTIC_FIELD_TYPE, 1, 9);
    expect_refused("labels: [a]\n", DIAGNOSTIC_FIELD_TYPE, 1, 10);
    expect_refused("helmChartInflationGenerator: [{helmBin: 1}]\n", DIAGNOSTIC_FIELD_TYPE, 1, 41);
    expect_refused("helmChartInflationGenerator: [{extraArgs: [1]}]\n", DIAGNOSTIC_FIELD_TYPE, 1, 44);
    expect_refused("- a\n", DIAGNOSTIC_FIELD_TYPE, 1, 1);
}

Test(kustomization_file, a_text_is_suggested_where_yaml_11_sees_a_boolean) {
    cr_assert_neq(read_file("namePrefix: on\n"), STRATA_OK);
    cr_expect_str_eq(strata_error_message(sc.error), "namePrefix must be a text, not a boolean");
    cr_expect_str_eq(strata_error_hint(sc.error), "put it in quotes to make it a text");
}

Test(kustomization_file, null_items_are_empty_texts_and_objects) {
    expect_accepted("resources: [~]\nlabels: [~]\n");
    cr_assert_eq(k.resources.count, 1);
    expect_text(k.resources.items[0].value, "");
    cr_assert_eq(k.labels.count, 1);
}

Test(kustomization_file, nulls_on_which_the_reference_crashes_are_refused) {
    expect_refused("replacements: [{targets: [~]}]\n", DIAGNOSTIC_FIELD_TYPE, 1, 27);
    expect_refused("replacements: [{targets: [{reject: [~]}]}]\n", DIAGNOSTIC_FIELD_TYPE, 1, 37);
}

Test(kustomization_file, literals_and_patches_pass_through_json_and_yaml_once) {
    expect_accepted("configMapGenerator: [{name: c, literals: [\"a=x\\Ny\"]}]\npatches: [{patch: \"a\\Nb\"}]\n");
    expect_text(k.config_maps.items[0].literals.items[0].value, "a=x y");
    expect_text(k.patches.items[0].inline_text.value, "a b");
    cr_expect_neq(read_file("secretGenerator: [{name: c, literals: [\"a=\\x7f\"]}]\n"), STRATA_OK);
    cr_expect_eq(strata_error_code(sc.error), DIAGNOSTIC_YAML_VALUE);
}

/* --- fields ------------------------------------------------------------------------------------------------------ */

Test(kustomization_file, unknown_fields_are_refused_with_what_was_meant) {
    expect_refused("namePrefix: a\nresource: [b]\n", DIAGNOSTIC_UNKNOWN_FIELD, 2, 1);
    cr_assert_neq(read_file("images:\n- name: a\n  newtags: b\n"), STRATA_OK);
    cr_expect_str_eq(strata_error_message(sc.error), "unknown field \"newtags\" in an image");
    cr_expect_str_eq(strata_error_hint(sc.error), "did you mean newTag?");
    cr_expect_eq(strata_error_line(sc.error), 3);
}

Test(kustomization_file, an_unknown_field_is_refused_even_when_it_is_null) {
    expect_refused("foo:\n", DIAGNOSTIC_UNKNOWN_FIELD, 1, 1);
}

Test(kustomization_file, deprecated_fields_warn_once_each_at_their_key) {
    expect_accepted("resources: [a]\nbases:\n- b\n- c\n");
    cr_expect_eq(warning_count, 1);
    cr_expect_str_eq(last_warning, "2:1 bases is deprecated; use resources instead");
    cr_assert_eq(k.resources.count, 3);
    expect_text(k.resources.items[2].value, "c");
}

Test(kustomization_file, deprecated_fields_warn_when_empty_but_not_when_null) {
    expect_accepted("resources: []\ncommonLabels: {}\nvars: []\nbases: ~\nimageTags:\n");
    cr_expect_eq(warning_count, 2);
}

Test(kustomization_file, what_only_moves_is_no_content) {
    expect_refused("bases: []\n", DIAGNOSTIC_KUSTOMIZATION_EMPTY, 1, 1);
    expect_refused("imageTags: []\n", DIAGNOSTIC_KUSTOMIZATION_EMPTY, 1, 1);
    expect_refused("helmChartInflationGenerator: []\n", DIAGNOSTIC_KUSTOMIZATION_EMPTY, 1, 1);
    expect_refused("namePrefix: ''\n", DIAGNOSTIC_KUSTOMIZATION_EMPTY, 1, 1);
    expect_refused("Resources: [a]\nresources: ~\n", DIAGNOSTIC_KUSTOMIZATION_EMPTY, 1, 1);
}

Test(kustomization_file, empty_collections_are_content) {
    static const char *const files[] = {"resources: []\n", "commonLabels: {}\n",     "metadata: {}\n",
                                        "openapi: {}\n",   "generatorOptions: {}\n", "sortOptions: {}\n"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        expect_accepted(files[i]);
}

Test(kustomization_file, env_goes_after_envs) {
    expect_accepted("secretGenerator: [{name: a, env: b, envs: [c]}]\n");
    cr_assert_eq(k.secrets.items[0].envs.count, 2);
    expect_text(k.secrets.items[0].envs.items[1].value, "b");
}

Test(kustomization_file, old_charts_move_and_the_last_home_counts_for_all) {
    expect_accepted("helmCharts: [{name: a}]\nhelmChartInflationGenerator:\n"
                    "- {chartName: b, chartVersion: \"1\", chartRepoUrl: u, values: v, chartHome: h1, releaseName: r}\n"
                    "- {chartName: c, chartHome: h2, helmHome: g}\n");
    cr_assert_eq(k.helm_charts.count, 3);
    expect_text(k.helm_charts.items[1].name, "b");
    expect_text(k.helm_charts.items[1].version, "1");
    expect_text(k.helm_charts.items[1].repo, "u");
    expect_text(k.helm_charts.items[1].values_file.value, "v");
    expect_text(k.helm_charts.items[1].release_name, "r");
    cr_assert_not_null(k.helm_globals);
    expect_text(k.helm_globals->chart_home, "h2");
    expect_text(k.helm_globals->config_home, "g");
    cr_expect_eq(warning_count, 0);
}

Test(kustomization_file, vars_take_their_type_from_the_api_version) {
    expect_accepted("vars:\n- {name: A, objref: {kind: K, name: x, apiVersion: g/v1}}\n"
                    "- {name: B, objref: {kind: K, name: x, apiVersion: v1}, fieldref: {fieldpath: spec.x}}\n"
                    "- {name: C, objref: {kind: K, name: x, apiVersion: a/b/c, group: h}}\n");
    expect_text(k.vars.items[0].type.group, "g");
    expect_text(k.vars.items[0].type.version, "v1");
    expect_text(k.vars.items[0].field_path, "metadata.name");
    expect_text(k.vars.items[1].type.version, "v1");
    expect_text(k.vars.items[1].field_path, "spec.x");
    expect_text(k.vars.items[2].type.group, "h");
    expect_text(k.vars.items[2].type.version, "");
}

Test(kustomization_file, types_are_checked) {
    expect_refused("resources: []\nkind: Foo\n", DIAGNOSTIC_KUSTOMIZATION_TYPE, 2, 7);
    expect_refused("kind: Component\napiVersion: kustomize.config.k8s.io/v1beta1\nresources: []\n",
                   DIAGNOSTIC_KUSTOMIZATION_TYPE, 2, 13);
    expect_accepted("kind: ''\napiVersion: ''\nresources: []\n");
}
