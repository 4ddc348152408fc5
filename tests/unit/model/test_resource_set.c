#include "model/resource_reader.h"
#include "model/resource_set.h"
#include "scope_fixture.h"

#include <criterion/criterion.h>

static resource_set set;

static void set_up(void) {
    schema *s;
    fixture_set_up();
    cr_assert_eq(schema_new(&sc, &s), STRATA_OK);
    resource_set_init(&set, s);
}

TestSuite(resource_set, .init = set_up, .fini = fixture_tear_down);

static strata_status add(const char *yaml) {
    resource_list list;
    cr_assert_eq(resources_read(&sc, TEXT("test.yaml"), text_from(yaml), ORIGIN_UNKNOWN, &list), STRATA_OK);
    for (size_t i = 0; i < list.count; i++) {
        strata_status status = resource_set_append(&sc, &set, list.items[i]);
        if (status != STRATA_OK) return status;
    }
    return STRATA_OK;
}

static void give_name(size_t index, const char *name) {
    resource *r = set.items[index];
    cr_assert_eq(resource_store_previous_id(&sc, r, set.schema), STRATA_OK);
    cr_assert_eq(resource_set_name(&sc, r, text_from(name)), STRATA_OK);
    cr_assert_eq(resource_set_renamed(&sc, &set, r), STRATA_OK);
}

static size_t count(const char *kind, const char *name, const char *name_space, bool current_only) {
    resource_id id = {.type = {.version = TEXT("v1"), .kind = text_from(kind)},
                      .name = text_from(name),
                      .name_space = text_from(name_space)};
    resource_list found;
    cr_assert_eq(resource_set_find(&sc, &set, &id, current_only, &found), STRATA_OK);
    for (size_t i = 1; i < found.count; i++)
        cr_expect(found.items[i - 1]->position < found.items[i]->position);
    return found.count;
}

static const char *const three = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n---\n"
                                 "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: one}\n---\n"
                                 "apiVersion: v1\nkind: Secret\nmetadata: {name: t}\n";

Test(resource_set, ids_are_found_by_namespace) {
    cr_assert_eq(add(three), STRATA_OK);
    cr_expect_eq(count("Secret", "s", "", true), 1);
    cr_expect_eq(count("Secret", "s", "default", true), 1);
    cr_expect_eq(count("Secret", "s", "one", true), 1);
    cr_expect_eq(count("Secret", "s", "two", true), 0);
    cr_expect_eq(count("ConfigMap", "s", "", true), 0);
}

Test(resource_set, former_ids_count_when_asked_for) {
    cr_assert_eq(add(three), STRATA_OK);
    give_name(0, "x");
    give_name(2, "s");
    give_name(0, "y");
    cr_expect_eq(count("Secret", "s", "", true), 1);
    cr_expect_eq(count("Secret", "s", "", false), 2);
    cr_expect_eq(count("Secret", "x", "", true), 0);
    cr_expect_eq(count("Secret", "x", "", false), 1);
    cr_expect_eq(count("Secret", "y", "", true), 1);
}

Test(resource_set, index_made_late_knows_what_was_before) {
    cr_assert_eq(add(three), STRATA_OK);
    give_name(0, "x");
    resource_set_changed(&set);
    cr_expect_eq(count("Secret", "s", "", false), 1);
    resource_list found;
    cr_assert_eq(resource_set_find_name(&sc, &set, TEXT("s"), &found), STRATA_OK);
    cr_expect_eq(found.count, 2);
    give_name(2, "s");
    cr_assert_eq(resource_set_find_name(&sc, &set, TEXT("s"), &found), STRATA_OK);
    cr_expect_eq(found.count, 3);
    cr_assert_eq(resource_set_find_named(&sc, &set, TEXT("Secret"), TEXT("t"), &found), STRATA_OK);
    cr_expect_eq(found.count, 1);
}

/* Kinds without namespaces are one whatever metadata.namespace says. */
Test(resource_set, cluster_scoped_resources_clash_in_any_namespace) {
    cr_assert_eq(add("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n"), STRATA_OK);
    cr_expect_eq(add("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n"
                     "metadata: {name: r, namespace: one}\n"),
                 STRATA_CONFLICT);
}

Test(resource_set, same_id_clashes) {
    cr_assert_eq(add(three), STRATA_OK);
    cr_expect_eq(add("apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: default}\n"), STRATA_CONFLICT);
}

Test(resource_set, two_resources_that_came_to_one_id_are_found_out) {
    cr_assert_eq(add(three), STRATA_OK);
    cr_expect_eq(resource_set_check(&sc, &set), STRATA_OK);
    give_name(2, "s");
    cr_expect_eq(resource_set_check(&sc, &set), STRATA_CONFLICT);
}

Test(resource_set, removed_resources_are_not_found) {
    cr_assert_eq(add(three), STRATA_OK);
    cr_expect_eq(count("Secret", "t", "", true), 1);
    bool keep[] = {true, true, false};
    resource_set_keep(&set, keep);
    cr_expect_eq(count("Secret", "t", "", true), 0);
}

Test(resource_set, copy_is_a_resource_of_its_own) {
    cr_assert_eq(add(three), STRATA_OK);
    give_name(0, "x");
    resource *copy = resource_copy(&memory, set.items[0]);
    cr_assert_eq(resource_set_name(&sc, copy, TEXT("copy")), STRATA_OK);
    cr_assert_eq(resource_set_append(&sc, &set, copy), STRATA_OK);
    cr_expect_eq(count("Secret", "s", "", false), 2);
    cr_expect_eq(count("Secret", "x", "", true), 1);
}
