/* tests/api/test_kustomization.c: kustomization files without a build. */
#include <criterion/criterion.h>
#include <strata/strata.h>
#include <string.h>

static const char file[] = "kind: Kustomization\n"
                           "bases: [old]\n"
                           "resources:\n- a.yaml\n- https://example.com/team/apps.git?ref=v1\n"
                           "configMapGenerator:\n- name: c\n  files: [x.txt, key=y.txt]\n  env: e.env\n"
                           "patches:\n- path: p.yaml\n- patch: |-\n    a: b\n"
                           "transformers:\n- t.yaml\n- |\n  kind: X\n"
                           "openapi: {path: s.json}\n"
                           "namespace: yes-please\n";

typedef struct expected_reference {
    const char *field, *path;
    uint32_t line;
} expected_reference;

Test(kustomization, names_what_it_refers_to_with_places) {
    static const expected_reference expected[] = {
        {"resources", "a.yaml", 4},
        {"resources", "https://example.com/team/apps.git?ref=v1", 5},
        {"resources", "old", 2},
        {"configMapGenerator", "x.txt", 8},
        {"configMapGenerator", "y.txt", 8},
        {"configMapGenerator", "e.env", 9},
        {"patches", "p.yaml", 11},
        {"transformers", "t.yaml", 15},
        {"openapi", "s.json", 18},
    };
    strata_kustomization *k = NULL;
    cr_assert_eq(strata_kustomization_parse(&k, file, strlen(file), NULL, NULL), STRATA_OK);
    cr_assert_eq(strata_kustomization_reference_count(k), sizeof expected / sizeof *expected);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        strata_reference found = strata_kustomization_reference_at(k, i);
        cr_expect_str_eq(found.field, expected[i].field);
        cr_expect_str_eq(found.path, expected[i].path);
        cr_expect_eq(found.line, expected[i].line, "%s: line %u", found.path, found.line);
    }
    cr_assert_str_eq(strata_kustomization_reference_at(k, 99).path, "");
    cr_assert_not(strata_kustomization_is_component(k));
    strata_kustomization_free(k);
}

Test(kustomization, json_is_what_the_file_says) {
    static const char text[] =
        "kind: Component\nnamePrefix: 'a-'\nlabels:\n- includeSelectors: no\n  pairs: {b: \"1\"}\n";
    strata_kustomization *k = NULL;
    const char *data, *again;
    size_t size;
    cr_assert_eq(strata_kustomization_parse(&k, text, strlen(text), NULL, NULL), STRATA_OK);
    cr_assert(strata_kustomization_is_component(k));
    cr_assert_eq(strata_kustomization_json(&data, &size, k, NULL), STRATA_OK);
    cr_assert_str_eq(data, "{\"kind\":\"Component\",\"labels\":[{\"includeSelectors\":false,\"pairs\":{\"b\":\"1\"}}],"
                           "\"namePrefix\":\"a-\"}");
    cr_assert_eq(strata_kustomization_json(&again, &size, k, NULL), STRATA_OK);
    cr_assert_eq(data, again);
    strata_kustomization_free(k);
}

Test(kustomization, mistakes_are_those_of_a_build_with_their_place) {
    static const char text[] = "resources: []\nimage: x\n";
    strata_error *error = strata_error_new();
    strata_kustomization *k = (strata_kustomization *)1;
    cr_assert_eq(strata_kustomization_parse(&k, text, strlen(text), "apps/k.yaml", error), STRATA_INVALID);
    cr_assert_null(k);
    cr_assert_str_eq(strata_error_name(error), "unknown-field");
    cr_assert_str_eq(strata_error_file(error), "apps/k.yaml");
    cr_assert_eq(strata_error_line(error), 2);
    cr_assert_eq(strata_kustomization_parse(&k, "", 0, NULL, error), STRATA_INVALID);
    cr_assert_eq(strata_kustomization_parse(&k, NULL, 1, NULL, error), STRATA_USAGE);
    cr_assert_eq(strata_kustomization_parse(NULL, "", 0, NULL, error), STRATA_USAGE);
    strata_kustomization_free(NULL);
    strata_error_free(error);
}
