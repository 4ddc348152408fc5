#include "fixture.h"

static const char *const resources =
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: rb}\n"
    "subjects:\n"
    "- {kind: ServiceAccount, name: default}\n"
    "- {kind: ServiceAccount, name: other, namespace: x}\n"
    "- {kind: ServiceAccount, name: third}\n"
    "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: was}\n"
    "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: cr, namespace: q}\n"
    "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: third, namespace: \"a\"}\n"
    "---\napiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: {name: v1.x}\n"
    "spec: {service: {name: s, namespace: old}}\n"
    "---\napiVersion: custom/v1\nkind: Namespace\nmetadata: {name: mine}\n";

static strata_status apply(fixture *f, subject_mode subjects, bool unset_only) {
    namespace_args args = {.name_space = TEXT("to"),
                           .specs = transformer_config_builtin.name_space,
                           .subjects = subjects,
                           .unset_only = unset_only};
    return namespace_apply(&f->sc, &f->set, &args);
}

Test(namespace, goes_to_namespaced_kinds_and_default_subjects) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, resources);
    cr_assert_ok(&f, apply(&f, SUBJECTS_DEFAULT_ONLY, false));
    cr_expect_printed(
        &f, "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: rb\n  namespace: to\n"
            "subjects:\n- kind: ServiceAccount\n  name: default\n  namespace: to\n"
            "- kind: ServiceAccount\n  name: other\n  namespace: x\n- kind: ServiceAccount\n  name: third\n"
            "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: to\n"
            "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: cr\n  namespace: q\n"
            "---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: third\n  namespace: to\n"
            "---\napiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata:\n  name: v1.x\n"
            "spec:\n  service:\n    name: s\n    namespace: to\n"
            "---\napiVersion: custom/v1\nkind: Namespace\nmetadata:\n  name: mine\n  namespace: to\n");
    fixture_free(&f);
}

Test(namespace, unset_only_keeps_what_is_there) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, resources);
    cr_assert_ok(&f, apply(&f, SUBJECTS_ALL_SERVICE_ACCOUNTS, true));
    const char *printed = fixture_print(&f);
    cr_expect(strstr(printed, "  name: rb\n  namespace: to\n"));
    cr_expect(strstr(printed, "kind: Namespace\nmetadata:\n  name: was\n"));
    cr_expect(strstr(printed, "  name: third\n  namespace: a\n"));
    cr_expect(strstr(printed, "  name: other\n  namespace: x\n"));
    cr_expect(strstr(printed, "- kind: ServiceAccount\n  name: third\n  namespace: to\n"));
    cr_expect(strstr(printed, "    namespace: old\n"));
    fixture_free(&f);
}

Test(namespace, no_subjects_when_none_are_wanted) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, resources);
    cr_assert_ok(&f, apply(&f, SUBJECTS_NONE, false));
    cr_expect(strstr(fixture_print(&f), "- kind: ServiceAccount\n  name: default\n- kind"));
    fixture_free(&f);
}

Test(namespace, clash_is_an_error_that_names_both) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: a}\n---\n"
                    "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: to}\n");
    cr_expect_eq(apply(&f, SUBJECTS_DEFAULT_ONLY, false), STRATA_CONFLICT);
    cr_expect_eq(strata_error_note_count(f.sc.error), 2);
    fixture_free(&f);
}

Test(namespace, helm_resources_are_left_alone) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n");
    f.set.items[0]->helm_generated = true;
    cr_assert_ok(&f, apply(&f, SUBJECTS_DEFAULT_ONLY, false));
    cr_expect_not(strstr(fixture_print(&f), "namespace"));
    fixture_free(&f);
}
