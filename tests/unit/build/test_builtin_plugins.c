#include "tree_fixture.h"

/* A plugin configuration under a field of the kustomization, and one resource. */
static const char config_map[] = "apiVersion: v1\n"
                                 "kind: ConfigMap\n"
                                 "metadata:\n"
                                 "  name: c\n"
                                 "data:\n"
                                 "  url: http://x/y/z\n";
static const char deployment[] = "apiVersion: apps/v1\n"
                                 "kind: Deployment\n"
                                 "metadata:\n"
                                 "  name: d\n"
                                 "spec:\n"
                                 "  template:\n"
                                 "    spec:\n"
                                 "      containers:\n"
                                 "      - image: nginx:1\n"
                                 "        name: x\n";

#define TREE(field_, resource_, plugin_)                                                                               \
    {                                                                                                                  \
        {"/kustomization.yaml", "resources: [r.yaml]\n" field_ ": [p.yaml]\n"}, {"/r.yaml", (resource_)}, {            \
            "/p.yaml", (plugin_)                                                                                       \
        }                                                                                                              \
    }

Test(builtin_plugins, numbers_and_booleans_are_texts_of_their_values) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: LabelTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "labels: {a: 1.50, b: yes, c: 2001-01-01, d: 0x10}\n"
                                          "fieldSpecs:\n"
                                          "- path: metadata/labels\n"
                                          "  create: true\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  url: http://x/y/z\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  labels:\n"
                   "    a: \"1.5\"\n"
                   "    b: \"yes\"\n"
                   "    c: \"2001-01-01T00:00:00Z\"\n"
                   "    d: \"16\"\n"
                   "  name: c\n");
}

Test(builtin_plugins, keys_are_compared_without_case_and_unknown_ones_ignored) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: AnnotationsTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "ANNOTATIONS: {a: b}\n"
                                          "bogus: 1\n"
                                          "FieldSpecs:\n"
                                          "- PATH: metadata/annotations\n"
                                          "  Create: true\n"
                                          "  bogus: 1\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  url: http://x/y/z\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  annotations:\n"
                   "    a: b\n"
                   "  name: c\n");
}

Test(builtin_plugins, without_field_specs_a_label_goes_nowhere) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: LabelTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "labels: {a: b}\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  url: http://x/y/z\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c\n");
}

Test(builtin_plugins, prefix_without_field_specs_is_refused) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: PrefixTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "prefix: x-\n");
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(builtin_plugins, empty_list_of_field_specs_is_one) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: PrefixTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "prefix: x-\n"
                                          "fieldSpecs: []\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  url: http://x/y/z\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c\n");
}

Test(builtin_plugins, prefix_and_suffix_come_in_one) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: PrefixSuffixTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "prefix: x-\n"
                                          "suffix: -y\n"
                                          "fieldSpecs: [{path: metadata/name}]\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  url: http://x/y/z\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: x-c-y\n");
}

Test(builtin_plugins, namespace_is_that_of_the_configuration) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: NamespaceTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "  namespace: n\n"
                                          "fieldSpecs: [{path: metadata/namespace, create: true}]\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  url: http://x/y/z\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c\n"
                   "  namespace: \"n\"\n");
}

Test(builtin_plugins, namespace_knows_three_ways_with_subjects) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: NamespaceTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "  namespace: n\n"
                                          "setRoleBindingSubjects: some\n"
                                          "fieldSpecs: [{path: metadata/namespace}]\n");
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(builtin_plugins, image_is_changed_in_containers_without_field_specs) {
    static const tree_file files[] = TREE("transformers", deployment,
                                          "apiVersion: builtin\n"
                                          "kind: ImageTagTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "imageTag: {name: nginx, newTag: 1.10}\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: apps/v1\n"
                   "kind: Deployment\n"
                   "metadata:\n"
                   "  name: d\n"
                   "spec:\n"
                   "  template:\n"
                   "    spec:\n"
                   "      containers:\n"
                   "      - image: nginx:1.1\n"
                   "        name: x\n");
}

Test(builtin_plugins, replica_that_is_not_there_is_refused) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: ReplicaCountTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "replica: {name: d, count: 2}\n"
                                          "fieldSpecs: [{path: spec/replicas, kind: Deployment}]\n");
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(builtin_plugins, patch_may_be_allowed_to_rename) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: PatchTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "target: {kind: ConfigMap}\n"
                                          "options: {allowNameChange: true}\n"
                                          "patch: |\n"
                                          "  apiVersion: v1\n"
                                          "  kind: ConfigMap\n"
                                          "  metadata: {name: e}\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  url: http://x/y/z\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: e\n");
}

Test(builtin_plugins, json_patch_needs_the_name_of_its_target) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: PatchJson6902Transformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "target: {kind: ConfigMap}\n"
                                          "jsonOp: \"[{\\\"op\\\": \\\"remove\\\", \\\"path\\\": \\\"/data\\\"}]\"\n");
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(builtin_plugins, strategic_merge_takes_paths_and_patches) {
    static const tree_file files[] =
        TREE("transformers", config_map,
             "apiVersion: builtin\n"
             "kind: PatchStrategicMergeTransformer\n"
             "metadata:\n"
             "  name: p\n"
             "paths:\n"
             "- |\n"
             "  {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: \"1\"}}\n"
             "patches: |\n"
             "  {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {b: \"2\"}}\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  a: \"1\"\n"
                   "  b: \"2\"\n"
                   "  url: http://x/y/z\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c\n");
}

Test(builtin_plugins, replacements_may_be_inline) {
    static const tree_file files[] =
        TREE("transformers", config_map,
             "apiVersion: builtin\n"
             "kind: ReplacementTransformer\n"
             "metadata:\n"
             "  name: p\n"
             "replacements:\n"
             "- source: {kind: ConfigMap, name: c, fieldPath: data.url, options: {delimiter: /, index: 3}}\n"
             "  targets:\n"
             "  - select: {kind: ConfigMap}\n"
             "    fieldPaths: [metadata.name]\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  url: http://x/y/z\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: \"y\"\n");
}

Test(builtin_plugins, value_goes_into_a_part_of_a_path) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: ValueAddTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "value: v\n"
                                          "targets:\n"
                                          "- selector: {kind: ConfigMap}\n"
                                          "  fieldPath: data/url\n"
                                          "  filePathPosition: 2\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  url: http:/v/x/y/z\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c\n");
}

Test(builtin_plugins, value_without_a_target_is_refused) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: ValueAddTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "value: v\n");
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(builtin_plugins, sort_order_is_no_plugin) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: SortOrderTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n");
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(builtin_plugins, transformer_can_not_generate) {
    static const tree_file files[] = TREE("generators", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: PrefixTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "prefix: x-\n"
                                          "fieldSpecs: []\n");
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(builtin_plugins, generator_can_not_transform) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: ConfigMapGenerator\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "literals: [a=b]\n");
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(builtin_plugins, generator_takes_its_name_from_the_metadata) {
    static const tree_file files[] = TREE("generators", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: ConfigMapGenerator\n"
                                          "metadata:\n"
                                          "  name: made\n"
                                          "type: 12\n"
                                          "literals: [a=b]\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  url: http://x/y/z\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c\n"
                   "---\n"
                   "apiVersion: v1\n"
                   "data:\n"
                   "  a: b\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: made-4h2mbtbbt6\n");
}

Test(builtin_plugins, policy_is_a_service_account) {
    static const tree_file files[] = TREE("generators", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: IAMPolicyGenerator\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "cloud: gke\n"
                                          "kubernetesService: {name: k, namespace: n}\n"
                                          "serviceAccount: {name: s, projectId: p}\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: ServiceAccount\n"
                   "metadata:\n"
                   "  annotations:\n"
                   "    iam.gke.io/gcp-service-account: s@p.iam.gserviceaccount.com\n"
                   "  name: k\n"
                   "  namespace: \"n\"\n"
                   "---\n"
                   "apiVersion: v1\n"
                   "data:\n"
                   "  url: http://x/y/z\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c\n");
}

Test(builtin_plugins, one_id_twice_is_refused) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: HashTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "---\n"
                                          "apiVersion: builtin\n"
                                          "kind: HashTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n");
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(builtin_plugins, function_annotations_mean_nothing) {
    static const tree_file files[] = TREE("transformers", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: PrefixTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "  annotations: {config.kubernetes.io/container: image}\n"
                                          "prefix: x-\n"
                                          "fieldSpecs: [{path: metadata/name}]\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  url: http://x/y/z\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: x-c\n");
}

Test(builtin_plugins, validator_may_add_its_label) {
    static const tree_file files[] = TREE("validators", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: LabelTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "labels: {validated-by: rules}\n"
                                          "fieldSpecs:\n"
                                          "- path: metadata/labels\n"
                                          "  create: true\n");
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  url: http://x/y/z\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  labels:\n"
                   "    validated-by: rules\n"
                   "  name: c\n");
}

Test(builtin_plugins, validator_may_not_change_a_resource) {
    static const tree_file files[] = TREE("validators", config_map,
                                          "apiVersion: builtin\n"
                                          "kind: LabelTransformer\n"
                                          "metadata:\n"
                                          "  name: p\n"
                                          "labels: {other: rules}\n"
                                          "fieldSpecs:\n"
                                          "- path: metadata/labels\n"
                                          "  create: true\n");
    assert_refuses(files, sizeof files / sizeof *files);
}
