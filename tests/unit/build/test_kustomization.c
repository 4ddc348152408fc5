#include "tree_fixture.h"

Test(kustomization, all_three_file_names_are_read) {
    static const tree_file files[] = {
        {"/kustomization.yml", "configMapGenerator: [{name: c}]\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c-6ct58987ht\n");
}

Test(kustomization, two_files_in_one_directory_are_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator: [{name: c}]\n"},
        {"/Kustomization", "namePrefix: a\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(kustomization, field_names_ignore_case) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "NAMEPREFIX: p-\n"
                                "ConfigMapGenerator:\n"
                                "- Name: c\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: p-c-6ct58987ht\n");
}

Test(kustomization, of_two_spellings_the_byte_larger_wins) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "namePrefix: b-\n"
                                "NamePrefix: a-\n"
                                "configMapGenerator: [{name: c}]\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: b-c-6ct58987ht\n");
}

Test(kustomization, of_duplicate_keys_the_last_wins) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "namePrefix: a-\n"
                                "namePrefix: b-\n"
                                "configMapGenerator: [{name: c}]\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: b-c-6ct58987ht\n");
}

Test(kustomization, yaml_11_booleans_are_no_texts) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "namePrefix: yes\n"
                                "configMapGenerator: [{name: c}]\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(kustomization, yaml_11_booleans_are_booleans) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator: [{name: c, options: {disableNameSuffixHash: on}}]\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c\n");
}

Test(kustomization, unknown_fields_are_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "nameprefixes: a\n"
                                "configMapGenerator: [{name: c}]\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(kustomization, unknown_nested_fields_are_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator: [{name: c, literal: [a=b]}]\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(kustomization, null_is_unset) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "namePrefix: ~\n"
                                "resources: null\n"
                                "configMapGenerator: [{name: c}]\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c-6ct58987ht\n");
}

Test(kustomization, only_the_first_document_is_read) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator: [{name: c}]\n"
                                "---\n"
                                "{ [ nonsense\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c-6ct58987ht\n");
}

Test(kustomization, empty_file_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "# nothing\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(kustomization, only_type_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\n"
                                "kind: Kustomization\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(kustomization, empty_resources_are_content) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: []\n"},
    };
    assert_renders(files, sizeof files / sizeof *files, "");
}

Test(kustomization, empty_bases_are_no_content) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "bases: []\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(kustomization, wrong_kind_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "kind: Foo\n"
                                "resources: []\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(kustomization, wrong_version_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1\n"
                                "resources: []\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(kustomization, number_where_a_list_is_wanted_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: 3\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(kustomization, number_in_a_list_of_texts_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [3]\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(kustomization, env_is_moved_to_envs) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator: [{name: c, env: e}]\n"},
        {"/e", "A=1\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  A: \"1\"\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c-89g4tffbfk\n");
}

Test(kustomization, merge_keys_and_anchors_work) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator:\n"
                                "- &a {name: c, literals: [a=1]}\n"
                                "- <<: *a\n"
                                "  name: d\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  a: \"1\"\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c-h29d89cmmt\n"
                   "---\n"
                   "apiVersion: v1\n"
                   "data:\n"
                   "  a: \"1\"\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: d-h29d89cmmt\n");
}
