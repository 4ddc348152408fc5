#include "fixture.h"

static const char *const workloads =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: \"1\"}\n---\n"
    "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: web}\n---\n"
    "apiVersion: v1\nkind: Service\nmetadata: {name: front}\n";

static strata_status apply(fixture *f, const char *name) {
    replica rep = {.name = text_from(name), .count = 5};
    return replica_apply(&f->sc, &f->set, &rep, transformer_config_builtin.replicas);
}

Test(replicas, are_set_in_all_kinds_of_that_name) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, workloads);
    cr_assert_ok(&f, apply(&f, "web"));
    cr_expect_printed(&f,
                      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: \"5\"\n---\n"
                      "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: web\nspec:\n  replicas: 5\n---\n"
                      "apiVersion: v1\nkind: Service\nmetadata:\n  name: front\n");
    fixture_free(&f);
}

Test(replicas, former_names_count) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, workloads);
    cr_assert_ok(&f, name_prefix_apply(&f.sc, &f.set, TEXT("p-"), transformer_config_builtin.name_prefix));
    cr_assert_ok(&f, apply(&f, "web"));
    cr_expect(strstr(fixture_print(&f), "  name: p-web\nspec:\n  replicas: 5\n"));
    fixture_free(&f);
}

Test(replicas, nothing_by_that_name_is_an_error_with_a_suggestion) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, workloads);
    cr_expect_eq(apply(&f, "wep"), STRATA_NOT_FOUND);
    cr_expect_str_eq(strata_error_hint(f.sc.error), "did you mean web?");
    fixture_free(&f);
}

Test(replicas, kind_without_replicas_is_an_error_that_says_so) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, workloads);
    cr_expect_eq(apply(&f, "front"), STRATA_NOT_FOUND);
    cr_expect(strstr(strata_error_hint(f.sc.error), "Service/front is there"));
    fixture_free(&f);
}
