/* Content hashes. The expected ones are the name suffixes that kustomize gives to these resources. */
#include "fixture.h"

static fixture f;
static void set_up(void) { fixture_init(&f); }
static void tear_down(void) { fixture_free(&f); }
TestSuite(hash_suffix, .init = set_up, .fini = tear_down);

static void expect_hash(const char *yaml, const char *expected) {
    char hash[11];
    f.set.count = 0;
    resource_set_changed(&f.set);
    fixture_add(&f, yaml);
    cr_assert_ok(&f, hash_suffix_of(&f.sc, &(go_places){NULL, 0}, f.set.items[0], hash));
    cr_expect_str_eq(hash, expected, "%s: %s", yaml, hash);
}

#define CONFIG_MAP "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n"
#define SECRET "apiVersion: v1\nkind: Secret\nmetadata: {name: c}\n"

Test(hash_suffix, config_maps_hash_their_data) {
    expect_hash(CONFIG_MAP, "6ct58987ht");
    expect_hash(CONFIG_MAP "data: {a: b}\n", "4h2mbtbbt6");
    expect_hash(CONFIG_MAP "data: {a10: '1', B: '3', a2: '2'}\n", "7m8cbd2k7k");
    expect_hash(CONFIG_MAP "data: {a: \"<&>\\u2028\"}\n", "9g6cht7g7f");
    expect_hash(CONFIG_MAP "binaryData: {bin: //4=}\n", "2k5k4c2bm6");
}

Test(hash_suffix, neither_name_nor_labels_count) {
    expect_hash("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other, labels: {x: y}}\ndata: {a: b}\n",
                "4h2mbtbbt6");
}

Test(hash_suffix, data_that_is_no_text_counts_as_json_with_floats) {
    expect_hash(CONFIG_MAP "data: {q: r, n: 12345678901234567890, f: 1.50, t: true, z: 1e3}\n", "2ct9hg6g9f");
    expect_hash(CONFIG_MAP "data: {}\n", "42745tchd9");
}

Test(hash_suffix, secrets_hash_their_type_and_string_data_too) {
    expect_hash(SECRET "type: Opaque\ndata: {a: Yg==}\n", "k695gkmbtk");
    expect_hash(SECRET "type: T\ndata: {a: Yg==}\n", "4ggt2t4g9t");
    expect_hash(SECRET "type: Opaque\ndata: {q: cg==}\nstringData: {a: b}\n", "k8fbdtt2b6");
    expect_hash(SECRET "type: Opaque\ndata: {q: cg==}\nstringData: {}\n", "d5482kcm9k");
    expect_hash(SECRET "type: Opaque\ndata: {q: cg==}\nstringData: text\n", "ddmf9mk6gt");
}

#define HASHED                                                                                                         \
    "apiVersion: e.example/v1\nkind: T\nmetadata:\n  name: t\n"                                                        \
    "  annotations: {internal.config.kubernetes.io/needsHashSuffix: enabled}\n"

Test(hash_suffix, other_kinds_hash_places_as_go_yaml_counts_them) {
    expect_hash(HASHED "spec: {a: \"x\u2028y\", b: c}\nc: d\n", "d4hhh95475");
    expect_hash(HASHED "spec: {a: \"x\xC2\x85y\", b: c}\nc: d\n", "9k48b2ghc9");
    expect_hash(HASHED "spec: x\rb: c\nc: d\n", "hh5576c9bb");
    expect_hash("\xEF\xBB\xBF" HASHED "spec: {a: b}\n", "26m849t4dt");
}

Test(hash_suffix, aliases_have_the_places_of_their_anchors) {
    expect_hash(HASHED "spec: {a: &x {b: c, e: f}, d: *x, z: *x, q: \xC3\xA9, h: *x}\nc: d\n", "99mk7dfktb");
}

Test(hash_suffix, only_resources_that_need_it_are_renamed) {
    fixture_add(&f, CONFIG_MAP "data: {a: b}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: d}\n");
    f.set.items[0]->needs_hash = true;
    cr_assert_ok(&f, hash_suffix_apply(&f.sc, &f.set));
    cr_expect(text_is(resource_name(f.set.items[0]), "c-4h2mbtbbt6"));
    cr_expect(text_is(resource_name(f.set.items[1]), "d"));
    cr_assert_eq(f.set.items[0]->previous_count, 1);
    cr_expect(text_is(f.set.items[0]->previous[0].name, "c"));
}
