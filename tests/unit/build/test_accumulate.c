#include "tree_fixture.h"

Test(accumulate, legacy_order_puts_namespaces_first_and_webhooks_last) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [r.yaml]\n"},
        {"/r.yaml", "apiVersion: admissionregistration.k8s.io/v1\n"
                    "kind: ValidatingWebhookConfiguration\n"
                    "metadata: {name: w}\n"
                    "---\n"
                    "apiVersion: apps/v1\n"
                    "kind: Deployment\n"
                    "metadata: {name: b}\n"
                    "---\n"
                    "apiVersion: v1\n"
                    "kind: Service\n"
                    "metadata: {name: s}\n"
                    "---\n"
                    "apiVersion: example.com/v1\n"
                    "kind: Thing\n"
                    "metadata: {name: t}\n"
                    "---\n"
                    "apiVersion: apps/v1\n"
                    "kind: Deployment\n"
                    "metadata: {name: a}\n"
                    "---\n"
                    "apiVersion: v1\n"
                    "kind: Pod\n"
                    "metadata: {name: p}\n"
                    "---\n"
                    "apiVersion: v1\n"
                    "kind: Namespace\n"
                    "metadata: {name: n}\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: Namespace\n"
                   "metadata:\n"
                   "  name: \"n\"\n"
                   "---\n"
                   "apiVersion: v1\n"
                   "kind: Service\n"
                   "metadata:\n"
                   "  name: s\n"
                   "---\n"
                   "apiVersion: apps/v1\n"
                   "kind: Deployment\n"
                   "metadata:\n"
                   "  name: a\n"
                   "---\n"
                   "apiVersion: apps/v1\n"
                   "kind: Deployment\n"
                   "metadata:\n"
                   "  name: b\n"
                   "---\n"
                   "apiVersion: example.com/v1\n"
                   "kind: Thing\n"
                   "metadata:\n"
                   "  name: t\n"
                   "---\n"
                   "apiVersion: v1\n"
                   "kind: Pod\n"
                   "metadata:\n"
                   "  name: p\n"
                   "---\n"
                   "apiVersion: admissionregistration.k8s.io/v1\n"
                   "kind: ValidatingWebhookConfiguration\n"
                   "metadata:\n"
                   "  name: w\n");
}

Test(accumulate, fifo_keeps_the_order_of_appearance) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [r.yaml]\n"
                                "sortOptions: {order: fifo}\n"},
        {"/r.yaml", "apiVersion: v1\n"
                    "kind: Service\n"
                    "metadata: {name: s}\n"
                    "---\n"
                    "apiVersion: v1\n"
                    "kind: Namespace\n"
                    "metadata: {name: n}\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: Service\n"
                   "metadata:\n"
                   "  name: s\n"
                   "---\n"
                   "apiVersion: v1\n"
                   "kind: Namespace\n"
                   "metadata:\n"
                   "  name: \"n\"\n");
}

Test(accumulate, legacy_options_rank_kinds) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [r.yaml]\n"
                                "sortOptions:\n"
                                "  order: legacy\n"
                                "  legacySortOptions:\n"
                                "    orderFirst: [Service]\n"
                                "    orderLast: [Namespace]\n"},
        {"/r.yaml", "apiVersion: v1\n"
                    "kind: Namespace\n"
                    "metadata: {name: n}\n"
                    "---\n"
                    "apiVersion: v1\n"
                    "kind: Pod\n"
                    "metadata: {name: p}\n"
                    "---\n"
                    "apiVersion: v1\n"
                    "kind: Service\n"
                    "metadata: {name: s}\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: Service\n"
                   "metadata:\n"
                   "  name: s\n"
                   "---\n"
                   "apiVersion: v1\n"
                   "kind: Pod\n"
                   "metadata:\n"
                   "  name: p\n"
                   "---\n"
                   "apiVersion: v1\n"
                   "kind: Namespace\n"
                   "metadata:\n"
                   "  name: \"n\"\n");
}

Test(accumulate, unknown_order_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: []\n"
                                "sortOptions: {order: other}\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(accumulate, fifo_takes_no_legacy_options) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: []\n"
                                "sortOptions: {order: fifo, legacySortOptions: {orderFirst: [Pod]}}\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(accumulate, local_config_is_dropped_whatever_the_value) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [r.yaml]\n"},
        {"/r.yaml", "apiVersion: v1\n"
                    "kind: A\n"
                    "metadata: {name: a, annotations: {config.kubernetes.io/local-config: \"\"}}\n"
                    "---\n"
                    "apiVersion: v1\n"
                    "kind: B\n"
                    "metadata: {name: b, annotations: {config.kubernetes.io/local-config: \"false\"}}\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: B\n"
                   "metadata:\n"
                   "  annotations:\n"
                   "    config.kubernetes.io/local-config: \"false\"\n"
                   "  name: b\n");
}

Test(accumulate, lists_are_expanded_after_the_documents) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [r.yaml]\n"
                                "sortOptions: {order: fifo}\n"},
        {"/r.yaml", "apiVersion: v1\n"
                    "kind: ConfigMapList\n"
                    "items:\n"
                    "- apiVersion: v1\n"
                    "  kind: ConfigMap\n"
                    "  metadata: {name: inner}\n"
                    "---\n"
                    "apiVersion: v1\n"
                    "kind: Pod\n"
                    "metadata: {name: p}\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: Pod\n"
                   "metadata:\n"
                   "  name: p\n"
                   "---\n"
                   "apiVersion: v1\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: inner\n");
}

Test(accumulate, annotations_become_strings_at_the_end) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [r.yaml]\n"},
        {"/r.yaml", "apiVersion: v1\n"
                    "kind: A\n"
                    "metadata: {name: a, annotations: {a: 1.0, b: true, c: null, d: 0x1F, e: }}\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: A\n"
                   "metadata:\n"
                   "  annotations:\n"
                   "    a: \"1.0\"\n"
                   "    b: \"true\"\n"
                   "    c: \"null\"\n"
                   "    d: \"0x1F\"\n"
                   "    e: \"\"\n"
                   "  name: a\n");
}

Test(accumulate, component_works_on_what_was_gathered) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [r.yaml]\n"
                                "components: [c]\n"},
        {"/r.yaml", "apiVersion: v1\n"
                    "kind: A\n"
                    "metadata: {name: a}\n"},
        {"/c/kustomization.yaml", "kind: Component\n"
                                  "namePrefix: p-\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: A\n"
                   "metadata:\n"
                   "  name: p-a\n");
}

Test(accumulate, component_under_resources_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [c]\n"},
        {"/c/kustomization.yaml", "kind: Component\n"
                                  "namePrefix: p-\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(accumulate, same_resource_twice_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [r.yaml, s.yaml]\n"},
        {"/r.yaml", "apiVersion: v1\n"
                    "kind: A\n"
                    "metadata: {name: a}\n"},
        {"/s.yaml", "apiVersion: v1\n"
                    "kind: A\n"
                    "metadata: {name: a, namespace: default}\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(accumulate, validators_must_not_change_resources) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [r.yaml]\n"
                                "validators:\n"
                                "- |-\n"
                                "  apiVersion: builtin\n"
                                "  kind: LabelTransformer\n"
                                "  metadata: {name: v}\n"
                                "  labels: {a: b}\n"
                                "  fieldSpecs: [{path: metadata/labels, create: true}]\n"},
        {"/r.yaml", "apiVersion: v1\n"
                    "kind: A\n"
                    "metadata: {name: a}\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}
