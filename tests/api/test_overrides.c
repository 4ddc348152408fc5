/*
 * tests/api/test_overrides.c: what is set beside a target acts as if it stood in its kustomization file. The expected
 * streams are what kustomize v5.8.2 builds after `kustomize edit` has made the same changes.
 */
#include "api_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char kustomization[] = "namespace: old\n"
                                    "namePrefix: a-\n"
                                    "resources:\n"
                                    "- web.yaml\n"
                                    "labels:\n"
                                    "- pairs:\n"
                                    "    team: one\n"
                                    "images:\n"
                                    "- name: web\n"
                                    "  newName: other/web\n"
                                    "  newTag: \"1\"\n"
                                    "- name: sidecar\n"
                                    "  newTag: \"7\"\n"
                                    "replicas:\n"
                                    "- name: web\n"
                                    "  count: 2\n"
                                    "commonAnnotations:\n"
                                    "  note: file\n";
static const char web[] = "apiVersion: apps/v1\n"
                          "kind: Deployment\n"
                          "metadata:\n"
                          "  name: web\n"
                          "spec:\n"
                          "  replicas: 1\n"
                          "  selector:\n"
                          "    matchLabels:\n"
                          "      app: web\n"
                          "  template:\n"
                          "    metadata:\n"
                          "      labels:\n"
                          "        app: web\n"
                          "    spec:\n"
                          "      containers:\n"
                          "      - image: web:0\n"
                          "        name: web\n"
                          "      - image: sidecar:0\n"
                          "        name: sidecar\n";
static const char component[] = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -x\n";
static const char patch_file[] = "[{\"op\":\"add\",\"path\":\"/spec/paused\",\"value\":true}]";

static const char expected[] = "apiVersion: apps/v1\n"
                               "kind: Deployment\n"
                               "metadata:\n"
                               "  annotations:\n"
                               "    note: given\n"
                               "  labels:\n"
                               "    deep: \"1\"\n"
                               "    more: \"yes\"\n"
                               "    team: two\n"
                               "    tier: front\n"
                               "  name: b-web-x-z\n"
                               "  namespace: new\n"
                               "spec:\n"
                               "  paused: true\n"
                               "  replicas: 5\n"
                               "  selector:\n"
                               "    matchLabels:\n"
                               "      app: web\n"
                               "      tier: front\n"
                               "  template:\n"
                               "    metadata:\n"
                               "      annotations:\n"
                               "        note: given\n"
                               "      labels:\n"
                               "        app: web\n"
                               "        deep: \"1\"\n"
                               "        tier: front\n"
                               "    spec:\n"
                               "      containers:\n"
                               "      - image: other/web:2\n"
                               "        name: web\n"
                               "      - image: sidecar:7\n"
                               "        name: sidecar\n";

static strata_filesystem *files;
static strata_renderer *renderer;
static strata_overrides *overrides;
static strata_error *error;
static strata_result *result;

static void set_up(void) {
    const strata_file tree[] = {
        {"/app/kustomization.yaml", kustomization, sizeof kustomization - 1},
        {"/app/web.yaml", web, sizeof web - 1},
        {"/app/pause.json", patch_file, sizeof patch_file - 1},
        {"/extra/kustomization.yaml", component, sizeof component - 1},
    };
    cr_assert_eq(strata_filesystem_new_memory(&files, tree, sizeof tree / sizeof *tree, NULL), STRATA_OK);
    renderer = fixture_renderer(files, NULL);
    overrides = strata_overrides_new();
    error = strata_error_new();
    cr_assert(renderer && overrides && error);
}

static void tear_down(void) {
    strata_result_free(result);
    strata_overrides_free(overrides);
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
    strata_error_free(error);
}

TestSuite(overrides, .init = set_up, .fini = tear_down);

static strata_status build(void) {
    strata_build_options options;
    strata_build_options_init(&options);
    options.overrides = overrides;
    strata_result_free(result);
    return strata_build_run_with(&result, renderer, "/app", &options, error);
}

static const char *stream(void) {
    const char *data;
    size_t size;
    cr_assert_eq(strata_result_stream(&data, &size, result, error), STRATA_OK);
    return data;
}

static const char *field(size_t index, const char *path) {
    static char text[256];
    strata_resource *resource;
    strata_field *found = NULL;
    cr_assert_eq(strata_result_resource(&resource, result, index, error), STRATA_OK);
    strata_status status = strata_resource_field(&found, resource, path, error);
    cr_assert(status == STRATA_OK || status == STRATA_NOT_FOUND);
    snprintf(text, sizeof text, "%s", strata_field_text(found, NULL));
    strata_field_free(found);
    return text;
}

static void fine(strata_status status) {
    cr_assert_eq(status, STRATA_OK, "%s: %s", strata_error_name(error), strata_error_message(error));
}

static void set_names_and_metadata(void) {
    fine(strata_overrides_set_namespace(overrides, "new", error));
    fine(strata_overrides_set_name_prefix(overrides, "b-", error));
    fine(strata_overrides_set_name_suffix(overrides, "-z", error));
    fine(strata_overrides_set_label(overrides, "tier", "front", STRATA_METADATA_SELECTORS, error));
    fine(strata_overrides_set_label(overrides, "team", "two", STRATA_METADATA_PLAIN, error));
    fine(strata_overrides_set_label(overrides, "more", "yes", STRATA_METADATA_PLAIN, error));
    fine(strata_overrides_set_label(overrides, "deep", "1", STRATA_METADATA_TEMPLATES, error));
    fine(strata_overrides_set_annotation(overrides, "note", "given", STRATA_METADATA_PLAIN, error));
}

static strata_patch pause_patch(void) {
    strata_patch patch;
    strata_patch_init(&patch);
    patch.kind = "Deployment";
    patch.patch = patch_file;
    return patch;
}

Test(overrides, all_together_act_as_written_in_the_file) {
    strata_patch patch = pause_patch();
    set_names_and_metadata();
    fine(strata_overrides_set_image(overrides, "web=*:2", error));
    fine(strata_overrides_set_image(overrides, "extra=foo:1", error));
    fine(strata_overrides_set_replicas(overrides, "web", 5, error));
    fine(strata_overrides_add_component(overrides, "../extra", 0, error));
    fine(strata_overrides_add_patch(overrides, &patch, error));
    fine(build());
    cr_assert_str_eq(stream(), expected);
}

Test(overrides, are_not_needed_once_the_build_has_ended) {
    strata_patch patch = pause_patch();
    set_names_and_metadata();
    fine(strata_overrides_set_image(overrides, "web=*:2", error));
    fine(strata_overrides_set_image(overrides, "extra=foo:1", error));
    fine(strata_overrides_set_replicas(overrides, "web", 5, error));
    fine(strata_overrides_add_component(overrides, "../extra", 0, error));
    fine(strata_overrides_add_patch(overrides, &patch, error));
    fine(build());
    strata_overrides_free(overrides);
    strata_overrides *others = strata_overrides_new(); /* in the memory that was given back */
    fine(strata_overrides_set_namespace(others, "xxx", error));
    overrides = others;
    cr_assert_str_eq(stream(), expected);
}

Test(overrides, leave_the_files_and_other_builds_alone) {
    set_names_and_metadata();
    fine(build());
    strata_result *plain = NULL;
    const char *data;
    size_t size;
    fine(strata_build_run(&plain, renderer, "/app", error));
    fine(strata_result_stream(&data, &size, plain, error));
    cr_assert_not_null(strstr(data, "  name: a-web\n  namespace: old\n"), "%s", data);
    strata_result_free(plain);
}

Test(overrides, empty_name_takes_the_files_away_and_null_leaves_it) {
    fine(strata_overrides_set_name_prefix(overrides, "", error));
    fine(build());
    cr_assert_str_eq(field(0, "metadata.name"), "web");
    fine(strata_overrides_set_name_prefix(overrides, NULL, error));
    fine(build());
    cr_assert_str_eq(field(0, "metadata.name"), "a-web");
}

typedef struct image_case {
    const char *given;
    const char *image; /* of the container whose image is web:0 in the file */
} image_case;

/* The file has {name: web, newName: other/web, newTag: "1"}. */
Test(overrides, images_are_written_as_edit_set_image_takes_them) {
    static const image_case cases[] = {
        {"web=other:3", "other:3"},
        {"web=other", "other:0"},
        {"web:4", "web:4"},
        {"web=*:5", "other/web:5"},
        {"web=registry.example:5000/w@sha256:abc", "registry.example:5000/w@sha256:abc"},
        {"web=w:1@sha256:abc", "w:1@sha256:abc"},
        {"web=w:*", "w:1"},
        {"else=x:1", "other/web:1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        strata_overrides_free(overrides);
        overrides = strata_overrides_new();
        fine(strata_overrides_set_image(overrides, cases[i].given, error));
        fine(build());
        cr_expect_str_eq(field(0, "spec.template.spec.containers.0.image"), cases[i].image, "%s gives %s",
                         cases[i].given, field(0, "spec.template.spec.containers.0.image"));
    }
}

Test(overrides, image_without_anything_to_set_is_refused) {
    cr_assert_eq(strata_overrides_set_image(overrides, "web", error), STRATA_INVALID);
    cr_assert_str_eq(strata_error_name(error), "override-value");
    cr_assert_eq(strata_overrides_set_image(overrides, "registry:5000/web", error), STRATA_INVALID);
}

Test(overrides, image_in_parts_replaces_the_whole_entry) {
    fine(strata_overrides_set_image_parts(overrides, "web", NULL, "9", NULL, error));
    fine(build());
    cr_assert_str_eq(field(0, "spec.template.spec.containers.0.image"), "web:9");
    fine(strata_overrides_set_image_parts(overrides, "web", "w", "", "sha256:abc", error));
    fine(build());
    cr_assert_str_eq(field(0, "spec.template.spec.containers.0.image"), "w@sha256:abc");
}

Test(overrides, kept_labels_and_annotations_conflict_with_the_files) {
    fine(strata_overrides_set_label(overrides, "new", "x", STRATA_METADATA_KEEP, error));
    fine(build());
    fine(strata_overrides_set_label(overrides, "team", "x", STRATA_METADATA_KEEP, error));
    cr_assert_eq(build(), STRATA_CONFLICT);
    cr_assert_str_eq(strata_error_name(error), "override-conflict");
    fine(strata_overrides_set_label(overrides, "team", "x", STRATA_METADATA_PLAIN, error));
    fine(strata_overrides_set_annotation(overrides, "note", "x", STRATA_METADATA_KEEP, error));
    cr_assert_eq(build(), STRATA_CONFLICT);
}

Test(overrides, patch_by_path_is_read_from_the_target) {
    strata_patch patch = pause_patch();
    patch.patch = NULL;
    patch.path = "pause.json";
    fine(strata_overrides_add_patch(overrides, &patch, error));
    fine(build());
    cr_assert_str_eq(field(0, "spec.paused"), "true");
}

Test(overrides, mistake_in_a_patch_has_a_place_in_it) {
    strata_patch patch = pause_patch();
    fine(strata_overrides_add_patch(overrides, &patch, error));
    patch.kind = NULL;
    patch.patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: [\n";
    fine(strata_overrides_add_patch(overrides, &patch, error));
    cr_assert_eq(build(), STRATA_INVALID);
    cr_assert_str_eq(strata_error_file(error), "overrides, patch 2");
    cr_assert_geq(strata_error_line(error), 3);
}

Test(overrides, patch_is_a_text_or_a_file) {
    strata_patch patch;
    strata_patch_init(&patch);
    cr_assert_eq(strata_overrides_add_patch(overrides, &patch, error), STRATA_INVALID);
    patch.patch = patch.path = "x";
    cr_assert_eq(strata_overrides_add_patch(overrides, &patch, error), STRATA_INVALID);
    patch.path = NULL;
    patch.size = 3;
    cr_assert_eq(strata_overrides_add_patch(overrides, &patch, error), STRATA_USAGE);
}

Test(overrides, renaming_patch_needs_its_option) {
    strata_patch patch;
    strata_patch_init(&patch);
    patch.kind = "Deployment";
    patch.patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: renamed\n";
    fine(strata_overrides_add_patch(overrides, &patch, error));
    fine(build());
    cr_assert_str_eq(field(0, "metadata.name"), "a-web");
    patch.allow_name_change = 1;
    fine(strata_overrides_add_patch(overrides, &patch, error));
    fine(build());
    cr_assert_str_eq(field(0, "metadata.name"), "a-renamed");
}

Test(overrides, missing_component_is_an_error_unless_it_is_optional) {
    fine(strata_overrides_add_component(overrides, "../absent", STRATA_COMPONENT_OPTIONAL, error));
    fine(strata_overrides_add_component(overrides, "../extra", STRATA_COMPONENT_OPTIONAL, error));
    fine(build());
    cr_assert_str_eq(field(0, "metadata.name"), "a-web-x");
    fine(strata_overrides_add_component(overrides, "../absent", 0, error));
    cr_assert_eq(build(), STRATA_NOT_FOUND);
}

Test(overrides, file_that_says_nothing_says_what_overrides_say) {
    static const char *const texts[] = {"{}\n", "", "# nothing\n"};
    for (size_t i = 0; i < 3; i++) {
        const strata_file tree[] = {{"/app/kustomization.yaml", texts[i], strlen(texts[i])},
                                    {"/extra/kustomization.yaml", component, sizeof component - 1}};
        strata_filesystem *empty = NULL;
        strata_overrides *own = strata_overrides_new();
        strata_build_options options;
        strata_build_options_init(&options);
        options.overrides = own;
        fine(strata_filesystem_new_memory(&empty, tree, 2, error));
        strata_renderer *reader = fixture_renderer(empty, NULL);
        cr_assert_eq(strata_build_run_with(&result, reader, "/app", &options, error), STRATA_INVALID);
        fine(strata_overrides_set_namespace(own, "x", error));
        fine(strata_build_run_with(&result, reader, "/app", &options, error));
        cr_assert_str_eq(stream(), "");
        strata_result_free(result);
        result = NULL;
        strata_renderer_free(reader);
        strata_overrides_free(own);
        strata_filesystem_free(empty);
    }
}

Test(overrides, wrong_calls_are_usage) {
    cr_assert_eq(strata_overrides_set_namespace(NULL, "x", error), STRATA_USAGE);
    cr_assert_eq(strata_overrides_set_label(overrides, NULL, "x", 0, error), STRATA_USAGE);
    cr_assert_eq(strata_overrides_set_label(overrides, "a", "x", 64, error), STRATA_USAGE);
    cr_assert_eq(strata_overrides_set_annotation(overrides, "a", "x", STRATA_METADATA_TEMPLATES, error), STRATA_USAGE);
    cr_assert_eq(strata_overrides_set_image(overrides, NULL, error), STRATA_USAGE);
    cr_assert_eq(strata_overrides_set_replicas(NULL, "a", 1, error), STRATA_USAGE);
    cr_assert_eq(strata_overrides_add_component(overrides, "a", 64, error), STRATA_USAGE);
    cr_assert_eq(strata_overrides_add_patch(overrides, NULL, error), STRATA_USAGE);
    strata_overrides_free(NULL);
}
