/* Unit tests of schema/schema.h with the builtin definitions. Expectations come from kyaml's openapi package. */
#include "schema/schema.h"
#include "scope_fixture.h"

#include <criterion/criterion.h>

TestSuite(schema, .init = fixture_set_up, .fini = fixture_tear_down);

static schema *new_schema(void) {
    schema *s;
    cr_assert_eq(schema_new(&sc, &s), STRATA_OK);
    return s;
}

/* Follows fields from a kind; "[]" is the element of a list. */
static schema_type walk(const schema *s, const char *api_version, const char *kind, const char *path) {
    schema_type t = schema_of_resource(s, text_from(api_version), text_from(kind));
    text rest = text_from(path), part;
    for (bool more = rest.size > 0; more;) {
        more = text_cut(&rest, '/', &part);
        t = text_is(part, "[]") ? schema_elements(s, t) : schema_field(s, t, part);
    }
    return t;
}

static void expect_merge(const char *api_version, const char *kind, const char *path, const char *strategy,
                         const char *key, const char *keys) {
    schema *s = new_schema();
    schema_type t = walk(s, api_version, kind, path);
    cr_assert(schema_type_known(t), "%s %s", kind, path);
    cr_expect(text_is(schema_patch_strategy(s, t), strategy), "%s %s", kind, path);
    cr_expect(text_is(schema_merge_key(s, t), key), "%s %s", kind, path);
    text_list list;
    cr_assert_eq(schema_list_map_keys(&sc, s, t, &list), STRATA_OK);
    text joined = TEXT_EMPTY;
    for (size_t i = 0; i < list.count; i++)
        joined = i ? TEXT_CONCAT(sc.arena, joined, TEXT(","), list.items[i]) : list.items[i];
    cr_expect(text_is(joined, keys), "%s %s: %.*s", kind, path, TEXT_ARG(joined));
}

Test(schema, containers_merge_by_name) {
    expect_merge("apps/v1", "Deployment", "spec/template/spec/containers", "merge", "name", "");
    expect_merge("batch/v1", "CronJob", "spec/jobTemplate/spec/template/spec/initContainers", "merge", "name", "");
}

Test(schema, ports_merge_by_port_and_protocol) {
    expect_merge("v1", "Pod", "spec/containers/[]/ports", "merge", "containerPort", "containerPort,protocol");
    expect_merge("v1", "Service", "spec/ports", "merge", "port", "port,protocol");
}

Test(schema, volumes_merge_and_retain_keys) {
    expect_merge("v1", "Pod", "spec/volumes", "merge,retainKeys", "name", "");
}

Test(schema, finalizers_merge_as_values) { expect_merge("v1", "Pod", "metadata/finalizers", "merge", "", ""); }

Test(schema, tolerations_are_replaced) { expect_merge("v1", "Pod", "spec/tolerations", "", "", ""); }

Test(schema, a_reference_hides_the_strategy_beside_it) {
    expect_merge("apps/v1", "Deployment", "spec/strategy", "", "", "");
}

Test(schema, kustomize_knows_its_own_file) {
    expect_merge("kustomize.config.k8s.io/v1beta1", "Kustomization", "configMapGenerator", "merge", "name", "");
}

Test(schema, any_key_of_a_map_has_the_type_of_its_values) {
    schema *s = new_schema();
    cr_expect(schema_type_known(walk(s, "v1", "ConfigMap", "data/anything")));
    cr_expect_not(schema_type_known(walk(s, "v1", "ConfigMap", "nothing")));
}

Test(schema, newer_and_custom_kinds_are_unknown) {
    schema *s = new_schema();
    cr_expect_not(schema_type_known(walk(s, "autoscaling/v2", "HorizontalPodAutoscaler", "")));
    cr_expect_not(schema_type_known(walk(s, "example.com/v1", "Deployment", "")));
    cr_expect_not(schema_type_known(walk(s, "example.com/v1", "Deployment", "spec")));
}

Test(schema, scope_is_known_for_the_kinds_of_the_table) {
    schema *s = new_schema();
    bool known;
    cr_expect(schema_is_namespaced(s, TEXT("apps/v1"), TEXT("Deployment"), &known) && known);
    cr_expect(!schema_is_namespaced(s, TEXT("v1"), TEXT("Namespace"), &known) && known);
    cr_expect(!schema_is_namespaced(s, TEXT("policy/v1"), TEXT("PodSecurityPolicy"), &known) && !known);
    cr_expect(schema_is_cluster_scoped(s, TEXT("admissionregistration.k8s.io/v1"), TEXT("ValidatingAdmissionPolicy")));
    cr_expect_not(schema_is_cluster_scoped(s, TEXT("apps/v1"), TEXT("Namespace")));
}
