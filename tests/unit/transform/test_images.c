#include "fixture.h"

#include "transform/image_reference.h"

#define EXPECT_SPLIT(reference, wanted_name, wanted_tag, wanted_digest)                                                \
    do {                                                                                                               \
        image_reference ref_ = image_reference_split(TEXT(reference));                                                 \
        cr_expect(text_is(ref_.name, wanted_name), "name: %.*s", TEXT_ARG(ref_.name));                                 \
        cr_expect(text_is(ref_.tag, wanted_tag), "tag: %.*s", TEXT_ARG(ref_.tag));                                     \
        cr_expect(text_is(ref_.digest, wanted_digest), "digest: %.*s", TEXT_ARG(ref_.digest));                         \
    } while (0)

Test(images, reference_is_cut_at_tag_and_digest) {
    EXPECT_SPLIT("nginx", "nginx", "", "");
    EXPECT_SPLIT("nginx:1", "nginx", "1", "");
    EXPECT_SPLIT("nginx@sha256:ab", "nginx", "", "sha256:ab");
    EXPECT_SPLIT("nginx:1@sha256:ab", "nginx", "1", "sha256:ab");
    EXPECT_SPLIT("", "", "", "");
}

Test(images, port_of_a_registry_is_no_tag) {
    EXPECT_SPLIT("reg.io:5000/nginx", "reg.io:5000/nginx", "", "");
    EXPECT_SPLIT("reg.io:5000/nginx:2", "reg.io:5000/nginx", "2", "");
    EXPECT_SPLIT("reg.io:5000/nginx@a:b", "reg.io:5000/nginx", "", "a:b");
}

static bool matches(const char *reference, const char *name) {
    fixture f;
    fixture_init(&f);
    image_pattern pattern;
    bool result;
    cr_assert_ok(&f, image_pattern_init(&f.sc, text_from(name), &pattern));
    cr_assert_ok(&f, image_pattern_matches(&f.sc, &pattern, text_from(reference), &result));
    image_pattern_free(&pattern);
    fixture_free(&f);
    return result;
}

/* Answers of kustomize's IsImageMatched. */
Test(images, name_matches_with_any_tag_and_digest) {
    cr_expect(matches("nginx:1.2_{x}-y", "nginx"));
    cr_expect(matches("nginx:", "nginx"));
    cr_expect(matches("nginx@sha256:0a", "nginx"));
    cr_expect(matches("nginx:1@multihash+base58:0a", "nginx"));
    cr_expect_not(matches("nginx2", "nginx"));
    cr_expect_not(matches("my/nginx", "nginx"));
    cr_expect_not(matches("nginx:1:2", "nginx"));
    cr_expect_not(matches("nginx@sha256", "nginx"));
    cr_expect_not(matches("nginx@sha..256:a", "nginx"));
    cr_expect_not(matches("nginx:1\n", "nginx"));
}

Test(images, dot_in_a_name_stands_for_any_character) {
    cr_expect(matches("axb/nginx", "a.b/nginx"));
    cr_expect(matches("a\xc3\xa9"
                      "b/nginx:1",
                      "a.b/nginx"));
    cr_expect_not(matches("ab/nginx", "a.b/nginx"));
    cr_expect_not(matches("a\nb/nginx", "a.b/nginx"));
}

Test(images, name_is_a_regular_expression_that_nobody_meant) {
    cr_expect(matches("nginx:1", "ng.*"));
    cr_expect(matches("ab", "a|b"));
    cr_expect(matches("xb:1", "a|b"));
    cr_expect_not(matches("xab-", "a|b"));
    cr_expect(matches("nginx1", "nginx\\d"));
    cr_expect_not(matches("[", "["));
}

static const char *const workloads = "apiVersion: apps/v1\n"
                                     "kind: Deployment\n"
                                     "metadata: {name: d}\n"
                                     "spec:\n"
                                     "  template:\n"
                                     "    spec:\n"
                                     "      containers:\n"
                                     "      - {name: a, image: \"nginx:1@sha256:abc\"}\n"
                                     "      - {name: b, image: other}\n"
                                     "---\n"
                                     "apiVersion: v1\n"
                                     "kind: Thing\n"
                                     "metadata: {name: t}\n"
                                     "deep: [{containers: [{image: 'nginx:1'}, null]}]\n"
                                     "spec: {containers: null}\n";

static void apply(fixture *f, const image *images, size_t count) {
    cr_assert_ok(f, images_apply(&f->sc, &f->set, images, count, transformer_config_builtin.images));
}

Test(images, digest_replaces_tag_at_any_depth) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, workloads);
    apply(&f, &(image){.name = TEXT("nginx"), .digest = TEXT("sha256:d")}, 1);
    cr_expect_printed(&f,
                      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d\nspec:\n  template:\n    spec:\n"
                      "      containers:\n      - image: nginx@sha256:d\n        name: a\n      - image: other\n"
                      "        name: b\n"
                      "---\napiVersion: v1\ndeep:\n- containers:\n  - image: nginx@sha256:d\n  - null\nkind: Thing\n"
                      "metadata:\n  name: t\nspec:\n  containers: []\n");
    fixture_free(&f);
}

/* Both ways to find fields add the suffix where both find the field. */
Test(images, suffix_is_added_twice_where_kustomize_does) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, workloads);
    apply(&f, &(image){.name = TEXT("nginx"), .tag_suffix = TEXT("-x")}, 1);
    cr_expect(strstr(fixture_print(&f), "      - image: nginx:1-x-x\n"));
    cr_expect(strstr(fixture_print(&f), "  - image: nginx:1-x\n"));
    fixture_free(&f);
}

Test(images, later_image_sees_what_an_earlier_one_wrote) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, workloads);
    image images[] = {{.name = TEXT("other"), .new_name = TEXT("nginx")},
                      {.name = TEXT("nginx"), .new_tag = TEXT("7")}};
    apply(&f, images, 2);
    cr_expect(strstr(fixture_print(&f), "- image: nginx:7\n        name: b\n"));
    fixture_free(&f);
}

/* So many that fields are looked up: by the name that a field has when an image's turn comes. */
Test(images, many_images_see_what_earlier_ones_wrote) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n"
                    "      containers:\n"
                    "      - image: r.io/app:1\n"
                    "      - image: r-io/app\n"
                    "      - image: db@sha256:abc\n"
                    "      - image: web\n");
    image images[] = {{.name = TEXT("other1")},
                      {.name = TEXT("other2")},
                      {.name = TEXT("other3")},
                      {.name = TEXT("other4")},
                      {.name = TEXT("other5")},
                      {.name = TEXT("r.io/app"), .new_name = TEXT("web")},
                      {.name = TEXT("web"), .new_tag = TEXT("2")},
                      {.name = TEXT("web"), .tag_suffix = TEXT("-s")},
                      {.name = TEXT("d."), .new_name = TEXT("x/web")},
                      {.name = TEXT("x/web"), .tag_suffix = TEXT("-t")}};
    apply(&f, images, sizeof images / sizeof *images);
    cr_expect(strstr(fixture_print(&f), "      - image: web:2-s-s\n      - image: web:2-s-s\n"
                                        "      - image: x/web:-t-t\n      - image: web:2-s-s\n"));
    fixture_free(&f);
}

Test(images, crds_are_left_alone) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: c}\n"
                    "spec: {containers: [{image: nginx}]}\n");
    apply(&f, &(image){.name = TEXT("nginx"), .new_name = TEXT("new")}, 1);
    cr_expect(strstr(fixture_print(&f), "- image: nginx\n"));
    fixture_free(&f);
}

Test(images, container_that_is_no_mapping_fails_whatever_the_name) {
    fixture f;
    fixture_init(&f);
    fixture_add(&f, "apiVersion: v1\nkind: Thing\nmetadata: {name: t}\nx: {containers: [text]}\n");
    image img = {.name = TEXT("nginx"), .new_name = TEXT("new")};
    cr_expect_eq(images_apply(&f.sc, &f.set, &img, 1, transformer_config_builtin.images), STRATA_INVALID);
    cr_expect_eq(strata_error_line(f.sc.error), 4);
    fixture_free(&f);
}
