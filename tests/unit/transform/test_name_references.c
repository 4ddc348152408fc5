#include "fixture.h"

#include "model/resource_reader.h"

#include <stdio.h>

static strata_status fix(fixture *f) {
    return name_references_apply(&f->sc, &f->set, transformer_config_builtin.name_references);
}

static void prefix(fixture *f, resource_set *set, const char *value) {
    text kept = text_copy(&f->memory, text_from(value));
    cr_assert_ok(f, name_prefix_apply(&f->sc, set, kept, transformer_config_builtin.name_prefix));
}

static void suffix(fixture *f, const char *value) {
    cr_assert_ok(f, name_suffix_apply(&f->sc, &f->set, text_from(value), transformer_config_builtin.name_suffix));
}

/* As a base of its own under a prefix. */
static void add_base(fixture *f, const char *yaml, const char *with_prefix) {
    resource_set base;
    resource_list list;
    resource_set_init(&base, f->set.schema);
    cr_assert_ok(f, resources_read(&f->sc, TEXT("base.yaml"), text_from(yaml), ORIGIN_UNKNOWN, &list));
    for (size_t i = 0; i < list.count; i++)
        cr_assert_ok(f, resource_set_append(&f->sc, &base, list.items[i]));
    prefix(f, &base, with_prefix);
    cr_assert_ok(f, resource_set_append_all(&f->sc, &f->set, &base));
}

static const char *const pod_and_map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\n---\n"
                                       "apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\n"
                                       "spec: {volumes: [{name: v, configMap: {name: cm}}]}\n";

static const char *reference_of(fixture *f, const char *pod) {
    const node *volumes = node_at(fixture_get(f, "Pod", pod)->root, "spec", "volumes", NULL);
    return text_c_string(&f->memory, node_text(node_at(volumes->items[0], "configMap", "name", NULL)));
}

Test(name_references, follow_a_renamed_resource) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, pod_and_map);
    prefix(&f, &f.set, "p-");
    suffix(&f, "-s");
    cr_assert_ok(&f, fix(&f));
    cr_expect_str_eq(reference_of(&f, "p-pod-s"), "p-cm-s");
    cr_expect_eq(fixture_get(&f, "ConfigMap", "p-cm-s")->referred_by.count, 1);
    fixture_free(&f);
}

Test(name_references, leave_alone_what_was_never_renamed) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, pod_and_map);
    cr_assert_ok(&f, fix(&f));
    cr_expect_str_eq(reference_of(&f, "pod"), "cm");
    cr_expect_eq(fixture_get(&f, "ConfigMap", "cm")->referred_by.count, 0);
    fixture_free(&f);
}

/* Few bases are compared one by one, many are looked up by their prefixes. */
static void expect_own_base(size_t bases) {
    fixture f;
    fixture_init(&f);
    char made[32];
    for (size_t i = 0; i < bases; i++) {
        snprintf(made, sizeof made, "t%zu-", i);
        add_base(&f, pod_and_map, made);
    }
    prefix(&f, &f.set, "outer-");
    cr_assert_ok(&f, fix(&f));
    for (size_t i = 0; i < bases; i++) {
        snprintf(made, sizeof made, "outer-t%zu-pod", i);
        char wanted[32];
        snprintf(wanted, sizeof wanted, "outer-t%zu-cm", i);
        cr_expect_str_eq(reference_of(&f, made), wanted);
    }
    fixture_free(&f);
}

Test(name_references, stay_inside_their_base) {
    expect_own_base(2);
    expect_own_base(40);
}

/* A referrer without the bases' prefixes fits all of them loosely and none really. */
static void expect_no_base(size_t bases) {
    fixture f;
    fixture_init(&f);
    char made[32];
    for (size_t i = 0; i < bases; i++) {
        snprintf(made, sizeof made, "t%zu-", i);
        add_base(&f, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\n", made);
    }
    fixture_add(&f, "apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\n"
                    "spec: {volumes: [{name: v, configMap: {name: cm}}]}\n");
    cr_assert_ok(&f, fix(&f));
    cr_expect_str_eq(reference_of(&f, "pod"), bases == 1 ? "t0-cm" : "cm");
    fixture_free(&f);
}

Test(name_references, without_prefix_mean_only_a_single_candidate) {
    expect_no_base(1);
    expect_no_base(3);
    expect_no_base(40);
}

/* With the same prefixes and no other difference the names contradict each other. */
static void expect_ambiguous(size_t others) {
    fixture f;
    fixture_init(&f);
    for (size_t i = 0; i < others + 2; i++) {
        resource_set base;
        resource_set_init(&base, f.set.schema);
        resource_list list;
        cr_assert_ok(&f, resources_read(&f.sc, TEXT("base.yaml"),
                                        TEXT("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\n"), ORIGIN_UNKNOWN,
                                        &list));
        cr_assert_ok(&f, resource_set_append(&f.sc, &base, list.items[0]));
        prefix(&f, &base, "p-");
        text name = text_format(&f.memory, "renamed-%zu", i);
        cr_assert_ok(&f, resource_store_previous_id(&f.sc, list.items[0], f.set.schema));
        cr_assert_ok(&f, resource_set_name(&f.sc, list.items[0], name));
        cr_assert_ok(&f, resource_set_append(&f.sc, &f.set, list.items[0]));
    }
    add_base(&f,
             "apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\n"
             "spec: {volumes: [{name: v, configMap: {name: cm}}]}\n",
             "p-");
    cr_expect_eq(fix(&f), STRATA_CONFLICT);
    cr_expect_eq(strata_error_note_count(f.sc.error), 2);
    fixture_free(&f);
}

Test(name_references, ambiguous_one_is_an_error) {
    expect_ambiguous(0);
    expect_ambiguous(30);
}

/* The kind beside the name is not looked at: the second kind sees what the first one wrote. */
Test(name_references, kinds_see_each_others_writes) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\n"
                    "spec: {scaleTargetRef: {kind: Deployment, name: a}}\n---\n"
                    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n---\n"
                    "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: b-a}\n");
    prefix(&f, &f.set, "b-");
    cr_assert_ok(&f, fix(&f));
    cr_expect(strstr(fixture_print(&f), "    kind: Deployment\n    name: b-b-a\n"));
    fixture_free(&f);
}

static const char *const roles =
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: rb, namespace: one}\n"
    "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}\n"
    "subjects:\n"
    "- {kind: ServiceAccount, name: sa, namespace: two}\n"
    "- {kind: ServiceAccount, name: sa, namespace: one}\n"
    "- {kind: ServiceAccount, name: sa, namespace: three}\n---\n"
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: one}\n---\n"
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n"
    "rules: [{resources: [secrets], resourceNames: [s, t, null]}]\n---\n"
    "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: sa, namespace: two}\n---\n"
    "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: sa, namespace: one}\n---\n"
    "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: one}\n---\n"
    "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: two}\n";

Test(name_references, subjects_are_told_apart_by_namespace) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, roles);
    suffix(&f, "-x");
    cr_assert_ok(&f, fix(&f));
    const char *printed = fixture_print(&f);
    cr_expect(strstr(printed, "subjects:\n- kind: ServiceAccount\n  name: sa-x\n  namespace: two\n"
                              "- kind: ServiceAccount\n  name: sa-x\n  namespace: one\n"
                              "- kind: ServiceAccount\n  name: sa\n  namespace: three\n"));
    cr_expect(strstr(printed, "  kind: ClusterRole\n  name: r-x\n"));
    cr_expect(strstr(printed, "- resourceNames:\n  - s-x\n  - t\n  - null\n"));
    fixture_free(&f);
}

/* Every other namespace has a service account of that name. */
Test(name_references, subjects_of_many_namespaces_are_told_apart_too) {
    fixture f;
    fixture_init(&f);
    text binding = TEXT("apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n"
                        "metadata: {name: rb, namespace: n0}\nsubjects:\n");
    for (int i = 0; i < 20; i++) {
        text account = text_format(
            &f.memory, "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: sa%d, namespace: n%d}\n", i % 2, i);
        text subject = text_format(&f.memory, "- {kind: ServiceAccount, name: sa0, namespace: n%d}\n", i);
        fixture_add(&f, account.data);
        binding = TEXT_CONCAT(&f.memory, binding, subject);
    }
    fixture_add(&f, binding.data);
    prefix(&f, &f.set, "p-");
    cr_assert_ok(&f, fix(&f));
    const node *subjects = NODE_GET(fixture_get(&f, "RoleBinding", "p-rb")->root, "subjects");
    cr_assert_eq(subjects->count, 20);
    for (uint32_t i = 0; i < subjects->count; i++)
        cr_expect(text_is(node_text(NODE_GET(subjects->items[i], "name")), i % 2 ? "sa0" : "p-sa0"), "%u", i);
    fixture_free(&f);
}

Test(name_references, moved_subject_gets_the_new_namespace) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: rb}\n"
                    "subjects: [{kind: ServiceAccount, name: sa, namespace: old}]\n---\n"
                    "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: sa, namespace: old}\n");
    namespace_args args = {.name_space = TEXT("new"), .specs = transformer_config_builtin.name_space};
    cr_assert_ok(&f, namespace_apply(&f.sc, &f.set, &args));
    cr_assert_ok(&f, fix(&f));
    cr_expect(strstr(fixture_print(&f), "subjects:\n- kind: ServiceAccount\n  name: sa\n  namespace: new\n"));
    fixture_free(&f);
}

Test(name_references, do_not_cross_namespaces) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm, namespace: other}\n---\n"
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: pod, namespace: default}\n"
                    "spec: {volumes: [{name: v, configMap: {name: cm}}]}\n");
    prefix(&f, &f.set, "p-");
    cr_assert_ok(&f, fix(&f));
    cr_expect_str_eq(reference_of(&f, "p-pod"), "cm");
    fixture_free(&f);
}

Test(name_references, subject_without_namespace_text_is_an_error) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: rb}\n"
                    "subjects: [{kind: ServiceAccount, name: sa, namespace: {}}]\n");
    cr_expect_eq(fix(&f), STRATA_INVALID);
    cr_expect_eq(strata_error_line(f.sc.error), 4);
    fixture_free(&f);
}
