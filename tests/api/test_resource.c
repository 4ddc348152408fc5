/* tests/api/test_resource.c: resources one by one: ids, places, texts and fields. */
#include "api_fixture.h"

#include <criterion/criterion.h>
#include <string.h>

static strata_filesystem *files;
static strata_renderer *renderer;
static strata_result *result;
static strata_error *error;
static strata_resource *settings, *web;

static void set_up(void) {
    files = fixture_filesystem();
    error = strata_error_new();
    renderer = fixture_renderer(files, NULL);
    cr_assert_eq(strata_build_run(&result, renderer, "/overlay", error), STRATA_OK, "%s", strata_error_message(error));
    cr_assert_eq(strata_result_resource(&settings, result, 0, error), STRATA_OK);
    cr_assert_eq(strata_result_resource(&web, result, 1, error), STRATA_OK);
}

static void tear_down(void) {
    strata_result_free(result);
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
    strata_error_free(error);
}

TestSuite(resource, .init = set_up, .fini = tear_down);

Test(resource, come_in_the_order_of_the_stream_with_their_ids) {
    cr_assert_eq(strata_result_resource_count(result), 2);
    cr_assert_str_eq(strata_resource_kind(settings), "ConfigMap");
    cr_assert_str_eq(strata_resource_name(settings), "dev-settings-h29d89cmmt");
    cr_assert_str_eq(strata_resource_group(settings), "");
    cr_assert_str_eq(strata_resource_version(settings), "v1");
    cr_assert_str_eq(strata_resource_namespace(settings), "");
    cr_assert_str_eq(strata_resource_kind(web), "Deployment");
    cr_assert_str_eq(strata_resource_group(web), "apps");
    cr_assert_str_eq(strata_resource_name(web), "dev-web");
}

Test(resource, is_the_same_each_time) {
    strata_resource *again;
    cr_assert_eq(strata_result_resource(&again, result, 1, error), STRATA_OK);
    cr_assert_eq(again, web);
}

Test(resource, of_a_wrong_number_is_not_found) {
    strata_resource *none = web;
    cr_assert_eq(strata_result_resource(&none, result, 2, error), STRATA_NOT_FOUND);
    cr_assert_null(none);
    cr_assert_eq(strata_error_status(error), STRATA_NOT_FOUND);
    cr_assert_eq(strata_result_resource(NULL, result, 0, error), STRATA_USAGE);
    cr_assert_str_eq(strata_resource_kind(NULL), "");
    cr_assert_eq(strata_resource_line(NULL), 0);
}

Test(resource, comes_from_its_file_and_a_generated_one_from_its_generator) {
    cr_assert_str_eq(strata_resource_file(web), "base/web.yaml");
    cr_assert_eq(strata_resource_line(web), 1);
    cr_assert_eq(strata_resource_column(web), 1);
    cr_assert_str_eq(strata_resource_file(settings), "base/kustomization.yaml");
    cr_assert_eq(strata_resource_line(settings), 4);
    cr_assert_eq(strata_resource_column(settings), 3);
}

Test(resource, yaml_of_all_makes_the_stream) {
    const char *data, *rest = fixture_stream;
    size_t size;
    cr_assert_eq(strata_resource_yaml(&data, &size, settings, error), STRATA_OK);
    cr_assert_eq(size, strlen(data));
    cr_assert_eq(strncmp(rest, data, size), 0);
    rest += size;
    cr_assert_eq(strncmp(rest, "---\n", 4), 0);
    cr_assert_eq(strata_resource_yaml(&data, &size, web, error), STRATA_OK);
    cr_assert_str_eq(rest + 4, data);
}

Test(resource, json_has_sorted_keys_in_one_line) {
    const char *data, *again;
    size_t size;
    cr_assert_eq(strata_resource_json(&data, &size, settings, error), STRATA_OK);
    cr_assert_str_eq(data, "{\"apiVersion\":\"v1\",\"data\":{\"a\":\"1\"},\"kind\":\"ConfigMap\","
                           "\"metadata\":{\"name\":\"dev-settings-h29d89cmmt\"}}");
    cr_assert_eq(strata_resource_json(&again, &size, settings, error), STRATA_OK);
    cr_assert_eq(data, again);
    cr_assert_eq(strata_resource_json(&data, &size, NULL, error), STRATA_USAGE);
    cr_assert_str_eq(data, "");
}

typedef struct expected_field {
    const char *path;
    strata_type type;
    const char *text;
    const char *file;
    uint32_t line, column;
} expected_field;

static const char field_kustomization[] = "namePrefix: dev-\n"
                                          "resources:\n- web.yaml\n"
                                          "commonAnnotations:\n  a.b/c: <&>\n"
                                          "images:\n- name: web\n  newTag: \"2\"\n"
                                          "patches:\n- path: patch.yaml\n";
static const char field_web[] = "apiVersion: apps/v1\n"
                                "kind: Deployment\n"
                                "metadata:\n  name: web\n"
                                "spec:\n  paused: true\n"
                                "  template:\n    spec:\n      containers:\n"
                                "      - name: web\n        image: web:1\n        args: [a, \"1\"]\n";
static const char field_patch[] =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n";

Test(resource, fields_have_type_text_and_place) {
    static const expected_field expected[] = {
        {"metadata.name", STRATA_TYPE_STRING, "dev-web", "web.yaml", 4, 3},
        {"spec.replicas", STRATA_TYPE_NUMBER, "2", "patch.yaml", 6, 13},
        {"spec.template.spec.containers.[name=web].image", STRATA_TYPE_STRING, "web:2", "web.yaml", 11, 9},
        {"spec.template.spec.containers.0.args", STRATA_TYPE_LIST, "[\"a\",\"1\"]", "web.yaml", 12, 15},
        {"metadata.annotations.[a.b/c]", STRATA_TYPE_STRING, "<&>", "", 0, 0},
        {"spec.paused", STRATA_TYPE_BOOL, "true", "web.yaml", 6, 11},
        {"metadata", STRATA_TYPE_MAP, "{\"annotations\":{\"a.b/c\":\"\\u003c\\u0026\\u003e\"},\"name\":\"dev-web\"}",
         "web.yaml", 4, 3},
    };
    const strata_file tree[] = {
        {"/kustomization.yaml", field_kustomization, sizeof field_kustomization - 1},
        {"/web.yaml", field_web, sizeof field_web - 1},
        {"/patch.yaml", field_patch, sizeof field_patch - 1},
    };
    strata_filesystem *own_files = NULL;
    strata_result *own = NULL;
    strata_resource *patched = NULL;
    cr_assert_eq(strata_filesystem_new_memory(&own_files, tree, 3, error), STRATA_OK);
    strata_renderer *own_renderer = fixture_renderer(own_files, NULL);
    cr_assert_eq(strata_build_run(&own, own_renderer, "/", error), STRATA_OK, "%s", strata_error_message(error));
    cr_assert_eq(strata_result_resource(&patched, own, 0, error), STRATA_OK);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const expected_field *e = &expected[i];
        strata_field *field = NULL;
        size_t size;
        cr_assert_eq(strata_resource_field(&field, patched, e->path, error), STRATA_OK, "%s: %s", e->path,
                     strata_error_message(error));
        cr_expect_eq(strata_field_type(field), e->type, "%s", e->path);
        cr_expect_str_eq(strata_field_text(field, &size), e->text);
        cr_expect_eq(size, strlen(e->text));
        cr_expect_str_eq(strata_field_file(field), e->file, "%s: %s", e->path, strata_field_file(field));
        cr_expect_eq(strata_field_line(field), e->line, "%s: line %u", e->path, strata_field_line(field));
        cr_expect_eq(strata_field_column(field), e->column, "%s: column %u", e->path, strata_field_column(field));
        strata_field_free(field);
    }
    strata_result_free(own);
    strata_renderer_free(own_renderer);
    strata_filesystem_free(own_files);
}

Test(resource, fields_keep_their_places_through_a_json_patch) {
    static const expected_field expected[] = {
        {"spec.paused", STRATA_TYPE_BOOL, "true", "overlay/kustomization.yaml", 14, 14},
        {"spec.replicas", STRATA_TYPE_NUMBER, "2", "overlay/patch.yaml", 6, 13},
        {"spec.template.spec.containers.0.name", STRATA_TYPE_STRING, "web", "base/web.yaml", 9, 15},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const expected_field *e = &expected[i];
        strata_field *field = NULL;
        cr_assert_eq(strata_resource_field(&field, web, e->path, error), STRATA_OK);
        cr_expect_str_eq(strata_field_text(field, NULL), e->text);
        cr_expect_str_eq(strata_field_file(field), e->file, "%s: %s", e->path, strata_field_file(field));
        cr_expect_eq(strata_field_line(field), e->line, "%s: line %u", e->path, strata_field_line(field));
        cr_expect_eq(strata_field_column(field), e->column, "%s: column %u", e->path, strata_field_column(field));
        strata_field_free(field);
    }
}

Test(resource, field_that_is_not_there_is_an_error) {
    strata_field *field = (strata_field *)1;
    cr_assert_eq(strata_resource_field(&field, web, "spec.strategy.type", error), STRATA_NOT_FOUND);
    cr_assert_null(field);
    cr_assert_str_eq(strata_error_name(error), "no-such-item");
    cr_assert_eq(strata_resource_field(&field, web, "metadata.name.first", error), STRATA_INVALID);
    cr_assert_eq(strata_resource_field(&field, web, NULL, error), STRATA_USAGE);
    cr_assert_str_eq(strata_field_text(NULL, NULL), "");
    strata_field_free(NULL);
}

Test(resource, field_outlives_its_result) {
    strata_field *field = NULL;
    cr_assert_eq(strata_resource_field(&field, web, "metadata.name", error), STRATA_OK);
    strata_result_free(result);
    result = NULL;
    cr_assert_str_eq(strata_field_text(field, NULL), "dev-web");
    strata_field_free(field);
}

/* A renderer that counts what it holds: asking again must not take more. */
static size_t held;

static void *count_allocate(size_t size, void *user) {
    (void)user;
    held += size;
    return malloc(size);
}

static void *count_reallocate(void *block, size_t size, void *user) {
    (void)user;
    held += size;
    return realloc(block, size);
}

static void count_release(void *block, void *user) {
    (void)user;
    free(block);
}

Test(resource, asking_again_takes_no_memory) {
    strata_allocator allocator = {count_allocate, count_reallocate, count_release, NULL};
    strata_renderer_options options;
    strata_renderer_options_init(&options);
    options.allocator = &allocator;
    strata_renderer *counted = fixture_renderer(files, &options);
    strata_result *own = NULL;
    strata_resource *resource;
    const char *data;
    size_t size, before = 0;
    cr_assert_eq(strata_build_run(&own, counted, "/overlay", error), STRATA_OK);
    for (int i = 0; i < 10000; i++) {
        cr_assert_eq(strata_result_resource(&resource, own, 0, error), STRATA_OK);
        cr_assert_eq(strata_resource_yaml(&data, &size, resource, error), STRATA_OK);
        cr_assert_eq(strata_result_stream(&data, &size, own, error), STRATA_OK);
        if (i == 0) before = held;
    }
    cr_assert_eq(held, before);
    strata_result_free(own);
    strata_renderer_free(counted);
}
