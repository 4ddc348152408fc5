/* The resources that ConfigMap, Secret and IAM policy generators make. */
#include "fixture.h"

#include "yaml/writer.h"

static resource *made;

TestSuite(data_map, .init = root_set_up, .fini = root_tear_down);

static void generate(generated_kind kind, const generator_args *args, const generator_options *global) {
    if (!root) fixture_open();
    assert_ok(generate_data_map(&sc, root, kind, args, global, &made));
}

static void expect_made(const char *expected) {
    buffer b;
    buffer_init(&b, &allocator_libc, 0);
    assert_ok(yaml_write(&sc, made->root, YAML_TO_STREAM, &b));
    buffer_add_char(&b, '\0');
    cr_expect_str_eq(b.data, expected);
    buffer_free(&b);
}

Test(data_map, texts_go_to_data_and_other_bytes_to_binary_data) {
    generator_args args = {.name = TEXT("c"), .files = TEXTS("t", "b")};
    fixture_file("t", TEXT("one\ntwo\n"));
    fixture_file("b", TEXT("\xFF\xFE"));
    generate(GENERATED_CONFIG_MAP, &args, NULL);
    expect_made("apiVersion: v1\nbinaryData:\n  b: //4=\ndata:\n  t: |\n    one\n    two\nkind: ConfigMap\n"
                "metadata:\n  name: c\n");
    const node *text_value = node_at(made->root, "data", "t", NULL);
    cr_expect_eq(text_value->style, STYLE_LITERAL);
    cr_expect_eq(text_value->tag, TAG_STR);
}

Test(data_map, a_config_map_without_keys_has_no_data_but_a_secret_has) {
    generator_args args = {.name = TEXT("c")};
    generate(GENERATED_CONFIG_MAP, &args, NULL);
    cr_expect_null(NODE_GET(made->root, "data"));
    generate(GENERATED_SECRET, &args, NULL);
    expect_made("apiVersion: v1\ndata: {}\nkind: Secret\nmetadata:\n  name: c\ntype: Opaque\n");
}

Test(data_map, secrets_are_encoded_in_lines_of_70) {
    char literal[60] = "a=";
    memset(literal + 2, 'x', 54);
    generator_args args = {.name = TEXT("c"), .secret_type = TEXT("T"), .literals = TEXTS(literal)};
    generate(GENERATED_SECRET, &args, NULL);
    expect_made("apiVersion: v1\ndata:\n  a: |\n"
                "    eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eH\n    h4\n"
                "kind: Secret\nmetadata:\n  name: c\ntype: T\n");
}

Test(data_map, own_labels_win_and_switches_add_up) {
    text_pair own[] = {{TEXT("a"), TEXT("own")}}, all[] = {{TEXT("a"), TEXT("all")}, {TEXT("b"), TEXT("1")}};
    generator_options local = {.labels = {own, 1, 1}, .immutable = true};
    generator_options global = {.labels = {all, 2, 2}, .annotations = {all, 2, 2}, .disable_name_suffix_hash = true};
    generator_args args = {.name = TEXT("c"), .options = &local};
    generate(GENERATED_CONFIG_MAP, &args, &global);
    expect_made("apiVersion: v1\nimmutable: true\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: all\n"
                "    b: \"1\"\n  labels:\n    a: own\n    b: \"1\"\n  name: c\n");
    cr_expect_not(made->needs_hash);
    cr_expect_eq(local.labels.count, 1, "the options of the entry are not changed");
}

Test(data_map, behavior_and_need_of_a_hash_are_recorded) {
    generator_args args = {.name = TEXT("c"), .name_space = TEXT("n"), .behavior = TEXT("merge")};
    generate(GENERATED_CONFIG_MAP, &args, NULL);
    cr_expect_eq(made->behavior, BEHAVIOR_MERGE);
    cr_expect(made->needs_hash);
    cr_expect(text_is(resource_namespace(made), "n"));
    args.behavior = TEXT("Merge");
    generate(GENERATED_CONFIG_MAP, &args, NULL);
    cr_expect_eq(made->behavior, BEHAVIOR_UNSPECIFIED);
}

static void expect_name(const char *name, const char *expected) {
    generator_args args = {.name = text_from(name)};
    generate(GENERATED_CONFIG_MAP, &args, NULL);
    expect_made(expected);
}

Test(data_map, names_that_yaml_11_reads_as_something_else_stay_texts) {
    expect_name("true", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \"true\"\n");
    expect_name("yes", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \"yes\"\n");
    expect_name("0x10", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \"0x10\"\n");
    expect_name("2001-01-01", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \"2001-01-01\"\n");
    expect_name("1:30", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \"1:30\"\n");
}

Test(data_map, a_generator_needs_a_name) {
    generator_args args = {.literals = TEXTS("a=b")};
    fixture_open();
    expect_failure(generate_data_map(&sc, root, GENERATED_SECRET, &args, NULL, &made), DIAGNOSTIC_GENERATOR_NAME);
}

Test(data_map, failures_in_secrets_show_no_lines) {
    generator_args args = {.name = TEXT("c"), .envs = TEXTS("e")};
    fixture_file("e", TEXT("PASSWORD=hush\xFF\n"));
    fixture_open();
    cr_expect_neq(generate_data_map(&sc, root, GENERATED_SECRET, &args, NULL, &made), STRATA_OK);
    cr_expect_null(strstr(strata_error_message(sc.error), "hush"));
    cr_expect_null(strstr(strata_error_excerpt(sc.error), "hush"));
}

Test(data_map, iam_policies_bind_one_service_account_to_another) {
    iam_policy_args args = {.cloud = TEXT("gke"),
                            .service_account = TEXT("k8s"),
                            .name_space = TEXT("space"),
                            .cloud_account = TEXT("g"),
                            .project = TEXT("p")};
    assert_ok(generate_iam_policy(&sc, &args, &made));
    expect_made("apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  annotations:\n"
                "    iam.gke.io/gcp-service-account: g@p.iam.gserviceaccount.com\n  name: k8s\n  namespace: space\n");
    args.cloud = TEXT("aws");
    expect_failure(generate_iam_policy(&sc, &args, &made), DIAGNOSTIC_CLOUD);
}
