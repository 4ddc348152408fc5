/* Unit tests of transform/strategic_merge.h. Each expected document is what kyaml's merge2 gives. */
#include "transform/strategic_merge.h"

#include "patch_fixture.h"

#include <criterion/criterion.h>

TestSuite(strategic_merge, .init = fixture_set_up, .fini = fixture_tear_down);

static strata_status merge(const char *base, const char *patched_by, node **out) {
    schema *s;
    cr_assert_eq(schema_new(&sc, &s), STRATA_OK);
    return strategic_merge(&sc, s, fixture_read(base), fixture_read(patched_by), out);
}

static void expect(const char *base, const char *patched_by, const char *expected) {
    node *out;
    cr_assert_eq(merge(base, patched_by, &out), STRATA_OK, "%s", strata_error_message(sc.error));
    fixture_expect(out, expected);
}

static void expect_failure(const char *base, const char *patched_by, const char *name) {
    node *out;
    cr_assert_eq(merge(base, patched_by, &out), STRATA_INVALID);
    cr_expect_str_eq(strata_error_name(sc.error), name);
}

Test(strategic_merge, patched_elements_come_first_in_patch_order) {
    expect("apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{name: a, image: i}, {name: b}]\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{name: c}, {name: b, image: j}]\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  containers:\n"
           "  - name: c\n"
           "  - image: j\n"
           "    name: b\n"
           "  - image: i\n"
           "    name: a\n");
}

Test(strategic_merge, ports_with_several_keys_go_behind_new_ones) {
    expect("apiVersion: v1\n"
           "kind: Service\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  ports: [{port: 80, protocol: TCP}, {port: 80, protocol: UDP}]\n",
           "apiVersion: v1\n"
           "kind: Service\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  ports: [{port: 80, protocol: UDP, name: u}, {port: 81, protocol: TCP}]\n",
           "apiVersion: v1\n"
           "kind: Service\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  ports:\n"
           "  - port: 81\n"
           "    protocol: TCP\n"
           "  - port: 80\n"
           "    protocol: TCP\n"
           "  - name: u\n"
           "    port: 80\n"
           "    protocol: UDP\n");
}

Test(strategic_merge, a_port_without_protocol_is_the_one_with_it) {
    expect("apiVersion: v1\n"
           "kind: Service\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  ports: [{port: 80, protocol: TCP}]\n",
           "apiVersion: v1\n"
           "kind: Service\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  ports: [{port: 80, name: web}]\n",
           "apiVersion: v1\n"
           "kind: Service\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  ports:\n"
           "  - port: 80\n"
           "    protocol: TCP\n");
}

Test(strategic_merge, an_element_without_the_key_empties_the_list) {
    expect("apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{name: a}, {name: b}]\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{image: x}, {name: b, image: y}]\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  containers:\n"
           "  - image: \"y\"\n"
           "    name: b\n");
}

Test(strategic_merge, values_of_the_patch_come_first) {
    expect("apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a, finalizers: [x, y]}\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a, finalizers: [z, y]}\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata:\n"
           "  finalizers:\n"
           "  - z\n"
           "  - \"y\"\n"
           "  - x\n"
           "  name: a\n");
}

Test(strategic_merge, lists_of_unknown_kinds_are_replaced) {
    expect("apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{name: a}, {name: b}]\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{name: c}]\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  containers:\n"
           "  - name: c\n");
}

Test(strategic_merge, a_resource_inside_an_unknown_field_has_its_type) {
    expect("apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  pod:\n"
           "    apiVersion: v1\n"
           "    kind: Pod\n"
           "    spec:\n"
           "      containers: [{name: a}]\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  pod:\n"
           "    spec:\n"
           "      containers: [{name: b}]\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  pod:\n"
           "    apiVersion: v1\n"
           "    kind: Pod\n"
           "    spec:\n"
           "      containers:\n"
           "      - name: b\n"
           "      - name: a\n");
}

Test(strategic_merge, null_deletes_a_field) {
    expect("apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec: {a: 1, b: 2}\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec: {a: null, c: null}\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  b: 2\n");
}

Test(strategic_merge, null_in_a_new_mapping_leaves_it_empty) {
    expect("apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec: {}\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec: {b: {c: null}}\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  b: {}\n");
}

Test(strategic_merge, null_in_a_replaced_list_stays) {
    expect("apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec: {}\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec: {b: [null, 1]}\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  b:\n"
           "  - null\n"
           "  - 1\n");
}

Test(strategic_merge, a_written_null_survives_and_an_empty_value_does_not) {
    expect("apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec: {a: null, b: ~, d: 1}\n"
           "x:\n"
           "  y:\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec: {d: 2}\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  a: null\n"
           "  b: null\n"
           "  d: 2\n"
           "x: {}\n");
}

Test(strategic_merge, an_environment_variable_loses_its_value) {
    expect("apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{name: a, env: [{name: B, value: x}]}]\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{name: a, env: [{name: B, value: null}]}]\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  containers:\n"
           "  - env:\n"
           "    - name: B\n"
           "    name: a\n");
}

Test(strategic_merge, directive_delete_removes_a_mapping) {
    expect("apiVersion: apps/v1\n"
           "kind: Deployment\n"
           "metadata: {name: a}\n"
           "spec: {strategy: {type: x}, replicas: 1}\n",
           "apiVersion: apps/v1\n"
           "kind: Deployment\n"
           "metadata: {name: a}\n"
           "spec: {strategy: {$patch: delete}}\n",
           "apiVersion: apps/v1\n"
           "kind: Deployment\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  replicas: 1\n");
}

Test(strategic_merge, directive_replace_replaces_a_mapping) {
    expect("apiVersion: apps/v1\n"
           "kind: Deployment\n"
           "metadata: {name: a}\n"
           "spec: {strategy: {type: x, y: 1}}\n",
           "apiVersion: apps/v1\n"
           "kind: Deployment\n"
           "metadata: {name: a}\n"
           "spec: {strategy: {$patch: replace, type: z}}\n",
           "apiVersion: apps/v1\n"
           "kind: Deployment\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  strategy:\n"
           "    type: z\n");
}

Test(strategic_merge, directive_delete_removes_an_element) {
    expect("apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{name: a}, {name: b}]\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{name: a, $patch: delete}]\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  containers:\n"
           "  - name: b\n");
}

Test(strategic_merge, directive_replace_of_an_element_has_no_effect) {
    expect("apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{name: a, image: x, tty: true}]\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{name: a, image: y, $patch: replace}]\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  containers:\n"
           "  - image: x\n"
           "    name: a\n"
           "    tty: true\n");
}

Test(strategic_merge, directive_replace_replaces_a_list) {
    expect("apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{name: a}, {name: b}]\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{name: c}, {$patch: replace}]\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  containers:\n"
           "  - name: c\n");
}

Test(strategic_merge, directive_delete_removes_a_list) {
    expect("apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{name: a}]\n"
           "  x: 1\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata: {name: a}\n"
           "spec:\n"
           "  containers: [{$patch: delete}]\n",
           "apiVersion: v1\n"
           "kind: Pod\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  x: 1\n");
}

Test(strategic_merge, directive_replace_of_the_resource_has_no_effect) {
    expect("apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec: {a: 1}\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "$patch: replace\n"
           "spec: {b: 1}\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  a: 1\n");
}

Test(strategic_merge, directive_delete_deletes_the_resource) {
    node *out;
    cr_assert_eq(merge("apiVersion: example.com/v1\n"
                       "kind: Foo\n"
                       "metadata: {name: a}\n",
                       "apiVersion: example.com/v1\n"
                       "kind: Foo\n"
                       "metadata: {name: a}\n"
                       "$patch: delete\n",
                       &out),
                 STRATA_OK);
    cr_expect_null(out);
}

Test(strategic_merge, an_unknown_directive_fails) {
    expect_failure("apiVersion: example.com/v1\n"
                   "kind: Foo\n"
                   "metadata: {name: a}\n"
                   "spec: {a: 1}\n",
                   "apiVersion: example.com/v1\n"
                   "kind: Foo\n"
                   "metadata: {name: a}\n"
                   "spec: {$patch: zap}\n",
                   "patch-directive");
}

Test(strategic_merge, an_empty_key_on_the_way_fails) {
    const char *plain = "{apiVersion: v1, kind: A, metadata: {name: a}, spec: {b: {c: 1}}}";
    const char *empty = "{apiVersion: v1, kind: A, metadata: {name: a}, spec: {b: {'': 1}}}";
    expect_failure(plain, empty, "merge-kind");
    expect_failure(empty, "{apiVersion: v1, kind: A, metadata: {name: a}, spec: {d: 1}}", "merge-kind");
}

Test(strategic_merge, element_orders_are_fields_like_others) {
    expect("apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec: {a: 1}\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata: {name: a}\n"
           "spec: {$setElementOrder/x: [b]}\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  $setElementOrder/x:\n"
           "  - b\n"
           "  a: 1\n");
}

Test(strategic_merge, a_list_does_not_fit_a_mapping) {
    expect_failure("apiVersion: example.com/v1\n"
                   "kind: Foo\n"
                   "metadata: {name: a}\n"
                   "spec: {a: 1}\n",
                   "apiVersion: example.com/v1\n"
                   "kind: Foo\n"
                   "metadata: {name: a}\n"
                   "spec: [1]\n",
                   "merge-kind");
}

Test(strategic_merge, a_scalar_does_not_fit_a_mapping) {
    expect_failure("apiVersion: example.com/v1\n"
                   "kind: Foo\n"
                   "metadata: {name: a}\n"
                   "spec: {a: 1}\n",
                   "apiVersion: example.com/v1\n"
                   "kind: Foo\n"
                   "metadata: {name: a}\n"
                   "spec: 1\n",
                   "merge-kind");
}

/* Puts a comment above `list` of `spec`, where a reader that keeps comments puts it. */
static void comment_list(node *root, const char *list, const char *comment) {
    node *spec = NODE_GET(root, "spec");
    size_t at = node_find(spec, text_from(list));
    cr_assert_neq(at, SIZE_MAX);
    node_extra *extra = node_extra_of(sc.arena, spec->pairs[at].key);
    cr_assert_not_null(extra);
    extra->head_comment = text_from(comment);
}

static void expect_commented(const char *base, const char *list, const char *comment, const char *patched_by,
                             const char *expected) {
    schema *s;
    node *root = fixture_read(base), *out;
    comment_list(root, list, comment);
    cr_assert_eq(schema_new(&sc, &s), STRATA_OK);
    cr_assert_eq(strategic_merge(&sc, s, root, fixture_read(patched_by), &out), STRATA_OK);
    fixture_expect(out, expected);
}

static const char pod_with_a[] = "apiVersion: v1\nkind: Pod\nspec:\n  containers: [{name: a}]\n";
static const char pod_with_b[] = "apiVersion: v1\nkind: Pod\nspec:\n  containers: [{name: b}]\n";

Test(strategic_merge, a_comment_without_keys_makes_a_list_replace) {
    expect_commented(pod_with_a, "containers", "# {\"$imagepolicy\": \"x\"}", pod_with_b,
                     "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: b\n");
}

Test(strategic_merge, an_ordinary_comment_changes_nothing) {
    expect_commented(pod_with_a, "containers", "# the containers", pod_with_b,
                     "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: b\n  - name: a\n");
}

Test(strategic_merge, a_comment_with_keys_makes_a_list_merge) {
    expect_commented("kind: Foo\nspec:\n  list: [{id: a, v: 1}, {id: b}]\n", "list",
                     "# {\"type\": \"array\", \"x-kubernetes-patch-strategy\": \"merge\", "
                     "\"x-kubernetes-patch-merge-key\": \"id\"}",
                     "kind: Foo\nspec:\n  list: [{id: a, w: 2}]\n",
                     "kind: Foo\nspec:\n  list:\n  - id: a\n    v: 1\n    w: 2\n  - id: b\n");
}

Test(strategic_merge, a_value_takes_the_style_of_the_old_one) {
    expect("apiVersion: v1\n"
           "kind: ConfigMap\n"
           "metadata: {name: a}\n"
           "data: {a: \"x\"}\n",
           "apiVersion: v1\n"
           "kind: ConfigMap\n"
           "metadata: {name: a}\n"
           "data: {a: 5, b: 5}\n",
           "apiVersion: v1\n"
           "data:\n"
           "  a: \"5\"\n"
           "  b: 5\n"
           "kind: ConfigMap\n"
           "metadata:\n"
           "  name: a\n");
}

Test(strategic_merge, a_kustomization_is_merged_too) {
    expect("apiVersion: kustomize.config.k8s.io/v1beta1\n"
           "kind: Kustomization\n"
           "metadata: {name: a}\n"
           "configMapGenerator: [{name: a, literals: [x]}]\n",
           "apiVersion: kustomize.config.k8s.io/v1beta1\n"
           "kind: Kustomization\n"
           "metadata: {name: a}\n"
           "configMapGenerator: [{name: b}]\n",
           "apiVersion: kustomize.config.k8s.io/v1beta1\n"
           "configMapGenerator:\n"
           "- name: b\n"
           "- literals:\n"
           "  - x\n"
           "  name: a\n"
           "kind: Kustomization\n"
           "metadata:\n"
           "  name: a\n");
}
