/* Unit tests of transform/selector.h; kustomize's patches with such targets select the same. */
#include "patch_fixture.h"

#include "model/resource_reader.h"
#include "transform/selector.h"

#include <criterion/criterion.h>

static resource_set set;

static const char resources[] = "apiVersion: apps/v1\n"
                                "kind: Deployment\n"
                                "metadata: {name: web, labels: {app: a}, annotations: {note: x}}\n"
                                "---\n"
                                "apiVersion: apps/v1\n"
                                "kind: Deployment\n"
                                "metadata: {name: web-2, namespace: prod}\n"
                                "---\n"
                                "apiVersion: v1\n"
                                "kind: Service\n"
                                "metadata: {name: web}\n"
                                "---\n"
                                "apiVersion: v1\n"
                                "kind: Namespace\n"
                                "metadata: {name: prod}\n";

static void set_up(void) {
    schema *s;
    resource_list read;
    fixture_set_up();
    cr_assert_eq(schema_new(&sc, &s), STRATA_OK);
    resource_set_init(&set, s);
    cr_assert_eq(resources_read(&sc, TEXT("r.yaml"), text_from(resources), ORIGIN_UNKNOWN, &read), STRATA_OK);
    for (size_t i = 0; i < read.count; i++)
        cr_assert_eq(resource_set_append(&sc, &set, read.items[i]), STRATA_OK);
}

TestSuite(selector, .init = set_up, .fini = fixture_tear_down);

/* The selected resources as digits: their places in the set. */
static void expect(selector s, const char *places) {
    resource_list found;
    cr_assert_eq(selector_select(&sc, &set, &s, &found), STRATA_OK, "%s", strata_error_message(sc.error));
    cr_assert_eq(found.count, strlen(places));
    for (size_t i = 0; i < found.count; i++)
        cr_expect_eq(found.items[i], set.items[places[i] - '0']);
}

Test(selector, empty_parts_select_everything) { expect((selector){.name = TEXT_EMPTY}, "0123"); }

Test(selector, patterns_match_the_whole_text) {
    expect((selector){.name = TEXT("web")}, "02");
    expect((selector){.name = TEXT("web.*")}, "012");
    expect((selector){.name = TEXT("we")}, "");
    expect((selector){.type = {.kind = TEXT("Deployment|Service")}}, "012");
    expect((selector){.type = {.group = TEXT("apps"), .version = TEXT("v1")}}, "01");
    expect((selector){.type = {.kind = TEXT("Deployment")}, .name = TEXT("web")}, "0");
}

Test(selector, namespaces_are_the_effective_ones) {
    expect((selector){.name_space = TEXT("default")}, "02");
    expect((selector){.name_space = TEXT("prod")}, "1");
    expect((selector){.name_space = TEXT("_non_.*")}, "3");
}

Test(selector, former_names_and_namespaces_count) {
    resource *r = set.items[0];
    cr_assert_eq(resource_store_previous_id(&sc, r, set.schema), STRATA_OK);
    cr_assert_eq(resource_set_name(&sc, r, TEXT("new")), STRATA_OK);
    cr_assert_eq(resource_set_namespace(&sc, r, TEXT("else")), STRATA_OK);
    cr_assert_eq(resource_set_renamed(&sc, &set, r), STRATA_OK);
    expect((selector){.name = TEXT("new")}, "0");
    expect((selector){.name = TEXT("web")}, "02");
    expect((selector){.name = TEXT("web"), .name_space = TEXT("default")}, "02");
    expect((selector){.name = TEXT("new"), .name_space = TEXT("else")}, "0");
}

Test(selector, labels_and_annotations) {
    expect((selector){.label_selector = TEXT("app in (a, b)")}, "0");
    expect((selector){.label_selector = TEXT("!app")}, "123");
    expect((selector){.annotation_selector = TEXT("note")}, "0");
    expect((selector){.annotation_selector = TEXT("note!=x")}, "123");
}

Test(selector, the_history_is_among_the_annotations) {
    cr_assert_eq(resource_store_previous_id(&sc, set.items[2], set.schema), STRATA_OK);
    expect((selector){.annotation_selector = TEXT("internal.config.kubernetes.io/previousNames=web")}, "2");
}

Test(selector, an_invalid_pattern_fails) {
    resource_list found;
    const selector s = {.type = {.kind = TEXT("Deploy(ment")}};
    cr_expect_eq(selector_select(&sc, &set, &s, &found), STRATA_INVALID);
    cr_expect_str_eq(strata_error_name(sc.error), "selector");
}

Test(selector, a_malformed_label_selector_fails_only_where_it_is_asked) {
    resource_list found;
    expect((selector){.name = TEXT("nobody"), .label_selector = TEXT("app=(")}, "");
    const selector s = {.name = TEXT("web"), .label_selector = TEXT("app=(")};
    cr_expect_eq(selector_select(&sc, &set, &s, &found), STRATA_INVALID);
}
