#include "tree_fixture.h"

Test(generators, literals_lose_one_pair_of_quotes) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator:\n"
                                "- name: c\n"
                                "  literals:\n"
                                "  - a=\"x\"\n"
                                "  - b='y'\n"
                                "  - c=\"z'\n"
                                "  - d==\n"
                                "  - e=\n"
                                "  - 'f=a=b'\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  a: x\n"
                   "  b: \"y\"\n"
                   "  c: '\"z'''\n"
                   "  d: =\n"
                   "  e: \"\"\n"
                   "  f: a=b\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c-mm95b5bhmk\n");
}

Test(generators, literal_without_equals_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator:\n"
                                "- name: c\n"
                                "  literals: [abc]\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(generators, literal_without_key_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator:\n"
                                "- name: c\n"
                                "  literals: ['=v']\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(generators, file_keys_are_base_names_or_given) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator:\n"
                                "- name: c\n"
                                "  files:\n"
                                "  - d/app.properties\n"
                                "  - other.txt=d/app.properties\n"},
        {"/d/app.properties", "a=1\n"
                              "b=2\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  app.properties: |\n"
                   "    a=1\n"
                   "    b=2\n"
                   "  other.txt: |\n"
                   "    a=1\n"
                   "    b=2\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c-mtk46c77h4\n");
}

Test(generators, file_with_two_equals_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator:\n"
                                "- name: c\n"
                                "  files: [a=b=c]\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(generators, binary_files_go_to_binary_data_in_lines) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator:\n"
                                "- name: c\n"
                                "  files: [b]\n"},
        {"/b", "\200\201\202\203\204\205\206\207\210\211\212\213\214\215\216\217\220\221\222\223\224\225\226\227\230"
               "\231\232\233\234\235\236\237\240\241\242\243\244\245\246\247\250\251\252\253\254\255\256\257\260\261"
               "\262\263\264\265\266\267\270\271\272\273\274\275\276\277\300\301\302\303\304\305\306\307\310\311\312"
               "\313\314\315\316\317\320\321\322\323\324\325\326\327\330\331\332\333"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "binaryData:\n"
                   "  b: |\n"
                   "    gIGCg4SFhoeIiYqLjI2Oj5CRkpOUlZaXmJmam5ydnp+goaKjpKWmp6ipqqusra6vsLGys7\n"
                   "    S1tre4ubq7vL2+v8DBwsPExcbHyMnKy8zNzs/Q0dLT1NXW19jZ2ts=\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c-4f48d96c59\n");
}

Test(generators, env_files_skip_comments_and_keep_trailing_space) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator:\n"
                                "- name: c\n"
                                "  envs: [e.env]\n"},
        {"/e.env", "\357\273\277# comment\n"
                   "  A=1 \n"
                   "\n"
                   "B\n"
                   "C= x=y\r\n"
                   " =nothing\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  A: '1 '\n"
                   "  B: \"\"\n"
                   "  C: ' x=y'\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c-2gh25tcdd5\n");
}

Test(generators, same_key_from_two_sources_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator:\n"
                                "- name: c\n"
                                "  literals: [A=1]\n"
                                "  envs: [e]\n"},
        {"/e", "A=2\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(generators, generator_without_name_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator:\n"
                                "- literals: [A=1]\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(generators, secrets_are_encoded_and_typed) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "secretGenerator:\n"
                                "- name: s\n"
                                "  type: kubernetes.io/tls\n"
                                "  literals: [a=b]\n"
                                "- name: empty\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data: {}\n"
                   "kind: Secret\n"
                   "metadata:\n"
                   "  name: empty-46f8b28mk5\n"
                   "type: Opaque\n"
                   "---\n"
                   "apiVersion: v1\n"
                   "data:\n"
                   "  a: Yg==\n"
                   "kind: Secret\n"
                   "metadata:\n"
                   "  name: s-92982c4m8f\n"
                   "type: kubernetes.io/tls\n");
}

Test(generators, long_secrets_are_cut_in_lines) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "secretGenerator:\n"
                                "- name: s\n"
                                "  files: [f]\n"},
        {"/f", "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012"
               "34567890123456789"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  f: |\n"
                   "    MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMT\n"
                   "    IzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0\n"
                   "    NTY3ODkwMTIzNDU2Nzg5\n"
                   "kind: Secret\n"
                   "metadata:\n"
                   "  name: s-4h4hfh8t2f\n"
                   "type: Opaque\n");
}

Test(generators, global_options_fill_up_local_ones) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "generatorOptions:\n"
                                "  labels: {l: global, g: g}\n"
                                "  annotations: {a: global}\n"
                                "  immutable: true\n"
                                "configMapGenerator:\n"
                                "- name: c\n"
                                "  options:\n"
                                "    labels: {l: local}\n"
                                "    disableNameSuffixHash: true\n"
                                "- name: d\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "immutable: true\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  annotations:\n"
                   "    a: global\n"
                   "  labels:\n"
                   "    g: g\n"
                   "    l: local\n"
                   "  name: c\n"
                   "---\n"
                   "apiVersion: v1\n"
                   "immutable: true\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  annotations:\n"
                   "    a: global\n"
                   "  labels:\n"
                   "    g: g\n"
                   "    l: global\n"
                   "  name: d-6ct58987ht\n");
}

Test(generators, merge_lays_new_keys_over_old_ones) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [base]\n"
                                "namePrefix: p-\n"
                                "configMapGenerator:\n"
                                "- name: c\n"
                                "  behavior: merge\n"
                                "  literals: [b=new, c=3]\n"},
        {"/base/kustomization.yaml", "configMapGenerator:\n"
                                     "- name: c\n"
                                     "  literals: [a=1, b=2]\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  a: \"1\"\n"
                   "  b: new\n"
                   "  c: \"3\"\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: p-c-h854gmb2c2\n");
}

Test(generators, replace_keeps_labels_and_name_only) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [base]\n"
                                "configMapGenerator:\n"
                                "- name: c\n"
                                "  behavior: replace\n"
                                "  literals: [z=1]\n"},
        {"/base/kustomization.yaml", "labels: [{pairs: {x: yy}}]\n"
                                     "configMapGenerator:\n"
                                     "- name: c\n"
                                     "  literals: [a=1]\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  z: \"1\"\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  labels:\n"
                   "    x: yy\n"
                   "  name: c-527hd2cc4c\n");
}

Test(generators, merge_into_nothing_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator:\n"
                                "- name: c\n"
                                "  behavior: merge\n"
                                "  literals: [z=1]\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(generators, create_over_an_existing_one_is_refused) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [r.yaml]\n"
                                "configMapGenerator:\n"
                                "- name: c\n"},
        {"/r.yaml", "apiVersion: v1\n"
                    "kind: ConfigMap\n"
                    "metadata: {name: c}\n"},
    };
    assert_refuses(files, sizeof files / sizeof *files);
}

Test(generators, merge_into_a_secret_encodes_its_string_data) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [s.yaml]\n"
                                "secretGenerator:\n"
                                "- name: s\n"
                                "  behavior: merge\n"
                                "  literals: [b=2]\n"},
        {"/s.yaml", "apiVersion: v1\n"
                    "kind: Secret\n"
                    "metadata: {name: s}\n"
                    "stringData: {a: x}\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  a: eA==\n"
                   "  b: Mg==\n"
                   "kind: Secret\n"
                   "metadata:\n"
                   "  name: s\n"
                   "type: Opaque\n");
}

Test(generators, references_get_the_hashed_name) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [d.yaml]\n"
                                "configMapGenerator:\n"
                                "- name: c\n"
                                "  literals: [a=1]\n"},
        {"/d.yaml", "apiVersion: apps/v1\n"
                    "kind: Deployment\n"
                    "metadata: {name: d}\n"
                    "spec: {template: {spec: {containers: [{name: m, envFrom: [{configMapRef: {name: c}}]}]}}}\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  a: \"1\"\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c-h29d89cmmt\n"
                   "---\n"
                   "apiVersion: apps/v1\n"
                   "kind: Deployment\n"
                   "metadata:\n"
                   "  name: d\n"
                   "spec:\n"
                   "  template:\n"
                   "    spec:\n"
                   "      containers:\n"
                   "      - envFrom:\n"
                   "        - configMapRef:\n"
                   "            name: c-h29d89cmmt\n"
                   "        name: m\n");
}

Test(generators, yaml_11_words_are_quoted_in_values) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "configMapGenerator:\n"
                                "- name: c\n"
                                "  literals: [a=yes, b=1, c=null, 'd=', e=0x1]\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  a: \"yes\"\n"
                   "  b: \"1\"\n"
                   "  c: \"null\"\n"
                   "  d: \"\"\n"
                   "  e: \"0x1\"\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c-mb5bbcm789\n");
}

Test(generators, of_repeated_keys_the_first_is_merged_into) {
    static const tree_file files[] = {
        {"/kustomization.yaml", "resources: [r.yaml]\n"
                                "configMapGenerator:\n"
                                "- name: c\n"
                                "  behavior: merge\n"
                                "  literals: [z=1]\n"},
        {"/r.yaml", "apiVersion: v1\n"
                    "kind: ConfigMap\n"
                    "metadata: {name: c}\n"
                    "data: {a: 1, b: ~, a: 2}\n"},
    };
    assert_renders(files, sizeof files / sizeof *files,
                   "apiVersion: v1\n"
                   "data:\n"
                   "  a: \"1\"\n"
                   "  b: \"\"\n"
                   "  z: \"1\"\n"
                   "kind: ConfigMap\n"
                   "metadata:\n"
                   "  name: c\n");
}
