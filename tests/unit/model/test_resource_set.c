#include "model/resource_reader.h"
#include "model/resource_set.h"
#include "strata/error.h"

#include <criterion/criterion.h>

typedef struct fixture {
    arena memory;
    limits limits;
    origin_table origins;
    scope sc;
    resource_set set;
} fixture;

static void init(fixture *f) {
    memset(f, 0, sizeof *f);
    arena_init(&f->memory, &allocator_libc);
    f->limits = limits_default;
    f->sc = (scope){.arena = &f->memory,
                    .from = &allocator_libc,
                    .limits = &f->limits,
                    .origins = &f->origins,
                    .error = strata_error_new()};
    schema *s;
    cr_assert_eq(schema_new(&f->sc, &s), STRATA_OK);
    resource_set_init(&f->set, s);
}

static void finish(fixture *f) {
    strata_error_free(f->sc.error);
    arena_free(&f->memory);
}

static strata_status add(fixture *f, const char *yaml) {
    resource_list list;
    cr_assert_eq(resources_read(&f->sc, TEXT("test.yaml"), text_from(yaml), ORIGIN_UNKNOWN, &list), STRATA_OK);
    for (size_t i = 0; i < list.count; i++) {
        strata_status status = resource_set_append(&f->sc, &f->set, list.items[i]);
        if (status != STRATA_OK) return status;
    }
    return STRATA_OK;
}

static void give_name(fixture *f, size_t index, const char *name) {
    resource *r = f->set.items[index];
    cr_assert_eq(resource_store_previous_id(&f->sc, r, f->set.schema), STRATA_OK);
    cr_assert_eq(resource_set_name(&f->sc, r, text_from(name)), STRATA_OK);
    cr_assert_eq(resource_set_renamed(&f->sc, &f->set, r), STRATA_OK);
}

static size_t count(fixture *f, const char *kind, const char *name, const char *name_space, bool current_only) {
    resource_id id = {.type = {.version = TEXT("v1"), .kind = text_from(kind)},
                      .name = text_from(name),
                      .name_space = text_from(name_space)};
    resource_list found;
    cr_assert_eq(resource_set_find(&f->sc, &f->set, &id, current_only, &found), STRATA_OK);
    for (size_t i = 1; i < found.count; i++)
        cr_expect(found.items[i - 1]->position < found.items[i]->position);
    return found.count;
}

static const char *const three = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n---\n"
                                 "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: one}\n---\n"
                                 "apiVersion: v1\nkind: Secret\nmetadata: {name: t}\n";

Test(resource_set, ids_are_found_by_namespace) {
    fixture f;
    init(&f);
    cr_assert_eq(add(&f, three), STRATA_OK);
    cr_expect_eq(count(&f, "Secret", "s", "", true), 1);
    cr_expect_eq(count(&f, "Secret", "s", "default", true), 1);
    cr_expect_eq(count(&f, "Secret", "s", "one", true), 1);
    cr_expect_eq(count(&f, "Secret", "s", "two", true), 0);
    cr_expect_eq(count(&f, "ConfigMap", "s", "", true), 0);
    finish(&f);
}

Test(resource_set, former_ids_count_when_asked_for) {
    fixture f;
    init(&f);
    cr_assert_eq(add(&f, three), STRATA_OK);
    give_name(&f, 0, "x");
    give_name(&f, 2, "s");
    give_name(&f, 0, "y");
    cr_expect_eq(count(&f, "Secret", "s", "", true), 1);
    cr_expect_eq(count(&f, "Secret", "s", "", false), 2);
    cr_expect_eq(count(&f, "Secret", "x", "", true), 0);
    cr_expect_eq(count(&f, "Secret", "x", "", false), 1);
    cr_expect_eq(count(&f, "Secret", "y", "", true), 1);
    finish(&f);
}

Test(resource_set, index_made_late_knows_what_was_before) {
    fixture f;
    init(&f);
    cr_assert_eq(add(&f, three), STRATA_OK);
    give_name(&f, 0, "x");
    resource_set_changed(&f.set);
    cr_expect_eq(count(&f, "Secret", "s", "", false), 1);
    resource_list found;
    cr_assert_eq(resource_set_find_name(&f.sc, &f.set, TEXT("s"), &found), STRATA_OK);
    cr_expect_eq(found.count, 2);
    give_name(&f, 2, "s");
    cr_assert_eq(resource_set_find_name(&f.sc, &f.set, TEXT("s"), &found), STRATA_OK);
    cr_expect_eq(found.count, 3);
    cr_assert_eq(resource_set_find_named(&f.sc, &f.set, TEXT("Secret"), TEXT("t"), &found), STRATA_OK);
    cr_expect_eq(found.count, 1);
    finish(&f);
}

/* Kinds without namespaces are one whatever metadata.namespace says. */
Test(resource_set, cluster_scoped_resources_clash_in_any_namespace) {
    fixture f;
    init(&f);
    cr_assert_eq(add(&f, "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n"),
                 STRATA_OK);
    cr_expect_eq(add(&f, "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n"
                         "metadata: {name: r, namespace: one}\n"),
                 STRATA_CONFLICT);
    finish(&f);
}

Test(resource_set, same_id_clashes) {
    fixture f;
    init(&f);
    cr_assert_eq(add(&f, three), STRATA_OK);
    cr_expect_eq(add(&f, "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: default}\n"), STRATA_CONFLICT);
    finish(&f);
}

Test(resource_set, two_resources_that_came_to_one_id_are_found_out) {
    fixture f;
    init(&f);
    cr_assert_eq(add(&f, three), STRATA_OK);
    cr_expect_eq(resource_set_check(&f.sc, &f.set), STRATA_OK);
    give_name(&f, 2, "s");
    cr_expect_eq(resource_set_check(&f.sc, &f.set), STRATA_CONFLICT);
    finish(&f);
}

Test(resource_set, removed_resources_are_not_found) {
    fixture f;
    init(&f);
    cr_assert_eq(add(&f, three), STRATA_OK);
    cr_expect_eq(count(&f, "Secret", "t", "", true), 1);
    bool keep[] = {true, true, false};
    resource_set_keep(&f.set, keep);
    cr_expect_eq(count(&f, "Secret", "t", "", true), 0);
    finish(&f);
}

Test(resource_set, copy_is_a_resource_of_its_own) {
    fixture f;
    init(&f);
    cr_assert_eq(add(&f, three), STRATA_OK);
    give_name(&f, 0, "x");
    resource *copy = resource_copy(&f.memory, f.set.items[0]);
    cr_assert_eq(resource_set_name(&f.sc, copy, TEXT("copy")), STRATA_OK);
    cr_assert_eq(resource_set_append(&f.sc, &f.set, copy), STRATA_OK);
    cr_expect_eq(count(&f, "Secret", "s", "", false), 2);
    cr_expect_eq(count(&f, "Secret", "x", "", true), 1);
    finish(&f);
}
