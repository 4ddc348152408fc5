/* The order of the stream. The expected orders are those in which kustomize prints these resources. */
#include "fixture.h"

#include <stdio.h>

static fixture f;

static const char resources[] = "apiVersion: v1\nkind: Zoo\nmetadata: {name: zoo}\n---\n"
                                "apiVersion: a.io/v1\nkind: Foo\nmetadata: {name: b}\n---\n"
                                "apiVersion: v1\nkind: Foo\nmetadata: {name: core}\n---\n"
                                "apiVersion: a.io/v1\nkind: Foo\nmetadata: {name: xb, namespace: x}\n---\n"
                                "apiVersion: a.io/v1\nkind: Foo\nmetadata: {name: xa, namespace: x}\n---\n"
                                "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\n"
                                "metadata: {name: webhook}\n---\n"
                                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: deployment}\n---\n"
                                "apiVersion: a.io/v1\nkind: Namespace\nmetadata: {name: custom}\n---\n"
                                "apiVersion: v1\nkind: Namespace\nmetadata: {name: namespace}\n---\n"
                                "apiVersion: a.io/v10\nkind: Foo\nmetadata: {name: v10}\n---\n"
                                "apiVersion: A.io/v1\nkind: Foo\nmetadata: {name: upper}\n";

static void set_up(void) {
    fixture_init(&f);
    fixture_add(&f, resources);
}
static void tear_down(void) { fixture_free(&f); }
TestSuite(order, .init = set_up, .fini = tear_down);

static void expect_order(const char *expected) {
    char names[400] = "";
    for (size_t i = 0; i < f.set.count; i++) {
        text name = resource_name(f.set.items[i]);
        snprintf(names + strlen(names), sizeof names - strlen(names), "%s%.*s", i ? " " : "", TEXT_ARG(name));
        cr_expect_eq(f.set.items[i]->position, i);
    }
    cr_expect_str_eq(names, expected);
}

static located_list kinds(const char *const *names, size_t count) {
    located_list list = {ARENA_ARRAY(&f.memory, located, count), count};
    for (size_t i = 0; i < count; i++)
        list.items[i].value = text_from(names[i]);
    return list;
}
#define KINDS(...) kinds((const char *const[]){__VA_ARGS__}, sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *))

Test(order, legacy_goes_by_kind_then_group_then_namespace_and_name) {
    cr_assert_ok(&f, order_apply_legacy(&f.sc, &f.set));
    expect_order("namespace custom deployment upper v10 xa xb b core zoo webhook");
}

Test(order, fifo_keeps_the_input_order) {
    sort_options options = {.order = SORT_FIFO};
    cr_assert_ok(&f, order_apply(&f.sc, &f.set, &options));
    expect_order("zoo b core xb xa webhook deployment custom namespace v10 upper");
}

Test(order, legacy_options_replace_the_builtin_kinds) {
    sort_options options = {.order = SORT_LEGACY,
                            .has_legacy = true,
                            .order_first = KINDS("Foo", "Zoo"),
                            .order_last = KINDS("Namespace", "Deployment")};
    cr_assert_ok(&f, order_apply(&f.sc, &f.set, &options));
    expect_order("upper v10 xa xb b core zoo webhook namespace custom deployment");
}

Test(order, a_kind_that_is_listed_twice_has_its_last_place) {
    sort_options options = {.order = SORT_LEGACY,
                            .has_legacy = true,
                            .order_first = KINDS("Foo", "Zoo", "Foo"),
                            .order_last = KINDS("Zoo", "Namespace")};
    cr_assert_ok(&f, order_apply(&f.sc, &f.set, &options));
    expect_order("upper v10 xa xb b core webhook deployment zoo namespace custom");
}

Test(order, legacy_options_need_the_legacy_order) {
    sort_options fifo = {.order = SORT_FIFO, .has_legacy = true}, other = {.order = SORT_OTHER};
    cr_expect_neq(order_apply(&f.sc, &f.set, &fifo), STRATA_OK);
    cr_expect_neq(order_apply(&f.sc, &f.set, &other), STRATA_OK);
}
