/* Unit tests of schema_set and of documents that a kustomization names; kyaml's openapi package does the same. */
#include "schema/schema.h"
#include "scope_fixture.h"

#include <criterion/criterion.h>

static schema *s;

static void set_up(void) {
    fixture_set_up();
    cr_assert_eq(schema_new(&sc, &s), STRATA_OK);
}

TestSuite(schema_document, .init = set_up, .fini = fixture_tear_down);

static const text_map no_fields = {NULL, 0, 0};

static const char foo_document[] =
    "definitions:\n"
    "  example.Foo:\n"
    "    properties:\n"
    "      list: {type: array, items: {$ref: '#/definitions/example.Item'}, "
    "x-kubernetes-patch-strategy: merge, x-kubernetes-patch-merge-key: id}\n"
    "      circle: {$ref: '#/definitions/example.Circle'}\n"
    "      nowhere: {$ref: '#/definitions/example.Nowhere'}\n"
    "      any: {type: object, additionalProperties: {type: string}}\n"
    "    x-kubernetes-group-version-kind:\n"
    "    - {group: example.com, version: v1, kind: Foo}\n"
    "  example.Item:\n"
    "    properties: {id: {type: string}}\n"
    "  example.Circle: {$ref: '#/definitions/example.Circle'}\n"
    "paths:\n"
    "  /apis/example.com/v1/foos:\n"
    "    get: {x-kubernetes-group-version-kind: {group: example.com, version: v1, kind: Foo}}\n"
    "  /apis/example.com/v1/namespaces/{namespace}/bars:\n"
    "    get: {x-kubernetes-group-version-kind: {group: example.com, version: v1, kind: Bar}}\n"
    "  /apis/example.com/v1/bars:\n"
    "    get: {x-kubernetes-group-version-kind: {group: example.com, version: v1, kind: Bar}}\n"
    "  /apis/apps/v1/deployments:\n"
    "    get: {x-kubernetes-group-version-kind: {group: apps, version: v1, kind: Deployment}}\n";

static void set_document(const char *document, bool top) {
    cr_assert_eq(schema_set(&sc, s, &no_fields, text_from(document), TEXT("schema.yaml"), ORIGIN_UNKNOWN, top),
                 STRATA_OK);
}

static bool knows(const char *api_version, const char *kind) {
    return schema_type_known(schema_of_resource(s, text_from(api_version), text_from(kind)));
}

static schema_type foo(void) { return schema_of_resource(s, TEXT("example.com/v1"), TEXT("Foo")); }

Test(schema_document, gives_types_and_merge_keys) {
    set_document(foo_document, true);
    schema_type list = schema_field(s, foo(), TEXT("list"));
    cr_expect(text_is(schema_patch_strategy(s, list), "merge"));
    cr_expect(text_is(schema_merge_key(s, list), "id"));
    cr_expect(schema_type_known(schema_field(s, schema_elements(s, list), TEXT("id"))));
    cr_expect(schema_type_known(schema_field(s, schema_field(s, foo(), TEXT("any")), TEXT("x"))));
    cr_expect_not(schema_type_known(schema_field(s, foo(), TEXT("other"))));
}

Test(schema_document, references_in_a_circle_or_to_nothing_are_unknown) {
    set_document(foo_document, true);
    cr_expect_not(schema_type_known(schema_field(s, foo(), TEXT("circle"))));
    cr_expect_not(schema_type_known(schema_field(s, foo(), TEXT("nowhere"))));
}

Test(schema_document, hides_the_builtin_definitions) {
    set_document(foo_document, true);
    cr_expect(knows("example.com/v1", "Foo"));
    cr_expect_not(knows("apps/v1", "Deployment"));
    cr_expect(knows("kustomize.config.k8s.io/v1beta1", "Kustomization"));
}

Test(schema_document, stands_beside_the_builtin_ones_once_a_scope_was_asked_for) {
    bool known;
    schema_is_namespaced(s, TEXT("example.com/v1"), TEXT("Foo"), &known);
    cr_expect_not(known);
    set_document(foo_document, true);
    cr_expect(knows("example.com/v1", "Foo"));
    cr_expect(knows("apps/v1", "Deployment"));
}

Test(schema_document, adds_to_definitions_that_were_read_before) {
    cr_expect(knows("apps/v1", "Deployment"));
    set_document(foo_document, true);
    cr_expect(knows("example.com/v1", "Foo"));
    cr_expect(knows("apps/v1", "Deployment"));
}

Test(schema_document, redefines_what_lies_below) {
    cr_expect(knows("v1", "Pod"));
    set_document("definitions:\n"
                 "  io.k8s.api.core.v1.PodSpec:\n"
                 "    properties:\n"
                 "      containers: {type: array, items: {type: object}}\n",
                 true);
    schema_type spec = schema_field(s, schema_of_resource(s, TEXT("v1"), TEXT("Pod")), TEXT("spec"));
    cr_expect(text_empty(schema_patch_strategy(s, schema_field(s, spec, TEXT("containers")))));
    cr_expect_not(schema_type_known(schema_field(s, spec, TEXT("volumes"))));
}

Test(schema_document, of_bases_only_the_first_counts) {
    set_document(foo_document, false);
    set_document("definitions: {}\n", false);
    cr_expect(knows("example.com/v1", "Foo"));
}

Test(schema_document, tells_scopes_but_not_of_kinds_in_the_table) {
    bool known;
    set_document(foo_document, true);
    cr_expect(!schema_is_namespaced(s, TEXT("example.com/v1"), TEXT("Foo"), &known) && known);
    cr_expect(schema_is_namespaced(s, TEXT("example.com/v1"), TEXT("Bar"), &known) && known);
    cr_expect(schema_is_namespaced(s, TEXT("apps/v1"), TEXT("Deployment"), &known) && known);
}

Test(schema_document, may_be_json) {
    set_document("{\"definitions\":{\"a\":{\"x-kubernetes-group-version-kind\":"
                 "[{\"group\":\"\",\"version\":\"v2\",\"kind\":\"A\"}]}}}",
                 true);
    cr_expect(knows("v2", "A"));
}

Test(schema_document, a_malformed_one_fails_only_when_it_is_needed) {
    set_document("definitions: [1]\n", true);
    cr_expect_eq(schema_check(&sc, s), STRATA_OK);
    cr_expect(schema_is_cluster_scoped(s, TEXT("v1"), TEXT("Namespace")));
    cr_expect_eq(schema_check(&sc, s), STRATA_OK);
    cr_expect_not(knows("v1", "Pod"));
    cr_expect_eq(schema_check(&sc, s), STRATA_INVALID);
    cr_expect_str_eq(strata_error_name(sc.error), "schema-document");
}

static strata_status set_version(const char *version, const char *document) {
    text_map fields = {NULL, 0, 0};
    cr_assert(text_map_set(sc.arena, &fields, TEXT("version"), text_from(version)));
    return schema_set(&sc, s, &fields, text_of(document, document ? strlen(document) : 0), TEXT("x"), ORIGIN_UNKNOWN,
                      true);
}

Test(schema_document, only_the_builtin_version_can_be_named) {
    cr_expect_eq(set_version("v1.21.2", NULL), STRATA_OK);
    cr_expect(knows("v1", "Pod"));
    cr_expect_eq(set_version("v1.20.4", NULL), STRATA_INVALID);
    cr_expect_str_eq(strata_error_name(sc.error), "schema-version");
}

Test(schema_document, a_version_and_a_path_exclude_each_other) {
    cr_expect_eq(set_version("v1.21.2", foo_document), STRATA_INVALID);
    cr_expect_str_eq(strata_error_name(sc.error), "schema-version");
}

static schema_type commented(const char *comment) {
    schema_type t;
    cr_assert_eq(schema_of_comment(&sc, s, text_from(comment), &t), STRATA_OK);
    return t;
}

Test(schema_document, a_comment_that_is_json_is_a_schema) {
    cr_expect(schema_type_known(commented("# {\"$imagepolicy\": \"a:b\"}")));
    cr_expect(schema_type_known(commented("#{\"type\":\"string\"}")));
    cr_expect(text_is(schema_patch_strategy(s, commented("# {\"x-kubernetes-patch-strategy\":\"merge\"}")), "merge"));
    schema_type pod = commented("# {\"$ref\": \"#/definitions/io.k8s.api.core.v1.PodSpec\"}");
    cr_expect(text_is(schema_merge_key(s, schema_field(s, pod, TEXT("containers"))), "name"));
}

Test(schema_document, other_comments_are_none) {
    static const char *const comments[] = {"# the containers",
                                           "# {}",
                                           "# {\"type\": 5}",
                                           "# {\"description\": \"\"}",
                                           "# null",
                                           "# [1]",
                                           "# {\"a\": 1} x",
                                           "# {\"properties\": 1}",
                                           "#",
                                           "# \"a\"",
                                           ""};
    for (size_t i = 0; i < sizeof comments / sizeof *comments; i++)
        cr_expect_not(schema_type_known(commented(comments[i])), "%s", comments[i]);
}

Test(schema_document, a_setter_says_nothing_about_merging) {
    schema_type t = commented("# {\"$openapi\":\"x\",\"x-kubernetes-patch-strategy\":\"merge\"}");
    cr_expect(schema_type_known(t));
    cr_expect(text_empty(schema_patch_strategy(s, t)));
}
