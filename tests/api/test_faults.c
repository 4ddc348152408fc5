/*
 * tests/api/test_faults.c: each allocation of a build fails in turn. The build then ends with STRATA_NO_MEMORY and
 * gives everything back; when no allocation is left to fail, it succeeds with the right stream.
 */
#include "api_fixture.h"
#include "faulty.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* All that a result can be asked for. */
static strata_status ask(strata_result *result, strata_error *error) {
    strata_resource *resource;
    strata_field *field;
    const char *data, *const *images;
    size_t size;
    strata_status status = strata_result_images(&images, &size, result, error);
    if (!status) status = strata_result_input_digest(&data, result, 0, error);
    if (!status) status = strata_result_resource(&resource, result, 1, error);
    if (!status) status = strata_resource_yaml(&data, &size, resource, error);
    if (!status) status = strata_resource_json(&data, &size, resource, error);
    if (!status) status = strata_resource_field(&field, resource, "metadata.name", error);
    if (!status) strata_field_free(field);
    return status;
}

/* One whole use of the library; the status of the first call that failed. */
static strata_status use(const strata_filesystem *files, const strata_build_options *build, faulty *f) {
    strata_allocator allocator = faulty_allocator(f);
    strata_renderer_options options;
    strata_renderer_options_init(&options);
    options.filesystem = files;
    options.allocator = &allocator;
    strata_renderer *renderer = NULL;
    strata_result *result = NULL;
    strata_error *error = strata_error_new();
    const char *data;
    size_t size;
    strata_status status = strata_renderer_new(&renderer, &options, error);
    if (!status) status = strata_build_run_with(&result, renderer, "/overlay", build, error);
    if (!status) status = strata_result_stream(&data, &size, result, error);
    if (!status && !build) cr_assert_str_eq(data, fixture_stream, "with allocation %zu failing", f->fail_at);
    if (!status) status = ask(result, error);
    strata_result_free(result);
    strata_renderer_free(renderer);
    strata_error_free(error);
    return status;
}

static strata_status use_once(const strata_build_options *build) {
    strata_filesystem *files = fixture_filesystem();
    faulty f = {.fail_at = SIZE_MAX};
    strata_status status = use(files, build, &f);
    cr_assert_eq(f.live, 0);
    strata_filesystem_free(files);
    return status;
}

static void fail_each(bool lasting, const strata_build_options *build) {
    strata_filesystem *files = fixture_filesystem();
    size_t failures = 0;
    for (size_t at = 1;; at++) {
        faulty f = {.fail_at = at, .lasting = lasting};
        strata_status status = use(files, build, &f);
        cr_assert_eq(f.live, 0, "allocation %zu failing leaks %zu blocks", at, f.live);
        if (f.asked < at) {
            cr_assert_eq(status, STRATA_OK);
            break;
        }
        cr_assert(status == STRATA_NO_MEMORY || (status == STRATA_OK && !lasting),
                  "allocation %zu failing gives status %d", at, (int)status);
        failures++;
    }
    cr_assert(failures > 0, "the allocator is not used");
    strata_filesystem_free(files);
}

Test(faults, each_allocation_failing_once_is_an_error_without_a_leak) { fail_each(false, NULL); }

Test(faults, each_allocation_failing_from_then_on_is_an_error_without_a_leak) { fail_each(true, NULL); }

Test(faults, overrides_stand_each_allocation_failing) {
    strata_overrides *overrides = strata_overrides_new();
    strata_patch patch;
    strata_patch_init(&patch);
    patch.kind = "Deployment";
    patch.patch = "- op: add\n  path: /spec/minReadySeconds\n  value: 5\n";
    cr_assert_eq(strata_overrides_set_label(overrides, "a", "b", STRATA_METADATA_TEMPLATES, NULL), STRATA_OK);
    cr_assert_eq(strata_overrides_set_annotation(overrides, "a", "b", 0, NULL), STRATA_OK);
    cr_assert_eq(strata_overrides_set_image(overrides, "web=w:3", NULL), STRATA_OK);
    cr_assert_eq(strata_overrides_set_replicas(overrides, "web", 3, NULL), STRATA_OK);
    cr_assert_eq(strata_overrides_add_patch(overrides, &patch, NULL), STRATA_OK);
    cr_assert_eq(strata_overrides_add_component(overrides, "../absent", STRATA_COMPONENT_OPTIONAL, NULL), STRATA_OK);
    strata_build_options build;
    strata_build_options_init(&build);
    build.overrides = overrides;
    fail_each(false, &build);
    strata_overrides_free(overrides);
}

static strata_status rewrite(strata_sink *out, const char *path, const char *data, size_t size, void *user) {
    (void)path, (void)user;
    return strata_sink_write(out, data, size) ? STRATA_IO : STRATA_OK;
}

static strata_visit visit(strata_sink *out, strata_resource *resource, void *user) {
    const char *data;
    size_t size;
    (void)user;
    if (strata_resource_json(&data, &size, resource, NULL)) return STRATA_VISIT_FAIL;
    strata_sink_write(out, data, size);
    return STRATA_VISIT_REPLACE;
}

static void watch(const strata_progress *progress, void *user) { (void)progress, (void)user; }

Test(faults, hooks_stand_each_allocation_failing) {
    strata_build_options build;
    strata_build_options_init(&build);
    build.filter = rewrite;
    build.progress = watch;
    fail_each(false, &build);
    build.visitor = visit;
    cr_assert_eq(use_once(&build), STRATA_OK);
}
