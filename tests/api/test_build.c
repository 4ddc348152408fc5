/* tests/api/test_build.c: renderers and builds: what they give, what they refuse, and how they say so. */
#include "api_fixture.h"

#include <criterion/criterion.h>
#include <stddef.h>
#include <string.h>

static strata_filesystem *files;
static strata_error *error;

static void set_up(void) {
    files = fixture_filesystem();
    error = strata_error_new();
    cr_assert(files && error);
}

static void tear_down(void) {
    strata_filesystem_free(files);
    strata_error_free(error);
}

TestSuite(build, .init = set_up, .fini = tear_down);

Test(build, memory_tree_renders_as_kustomize_renders_it) {
    strata_renderer *renderer = fixture_renderer(files, NULL);
    strata_result *result = NULL;
    const char *data;
    size_t size;
    cr_assert_eq(strata_build_run(&result, renderer, "/overlay", error), STRATA_OK, "%s", strata_error_message(error));
    cr_assert_eq(strata_result_stream(&data, &size, result, error), STRATA_OK);
    cr_assert_str_eq(data, fixture_stream);
    cr_assert_eq(size, strlen(fixture_stream));
    strata_result_free(result);
    strata_renderer_free(renderer);
}

Test(build, relative_target_starts_from_the_working_directory) {
    strata_renderer_options options;
    strata_renderer_options_init(&options);
    options.working_directory = "/base";
    strata_renderer *renderer = fixture_renderer(files, &options);
    strata_result *result = NULL;
    cr_assert_eq(strata_build_run(&result, renderer, "../overlay", error), STRATA_OK, "%s",
                 strata_error_message(error));
    strata_result_free(result);
    strata_renderer_free(renderer);
}

Test(build, result_outlives_its_renderer) {
    strata_renderer *renderer = fixture_renderer(files, NULL);
    strata_result *result = NULL;
    const char *data;
    size_t size;
    cr_assert_eq(strata_build_run(&result, renderer, "/overlay", error), STRATA_OK);
    strata_renderer_free(renderer);
    cr_assert_eq(strata_result_stream(&data, &size, result, error), STRATA_OK);
    cr_assert_str_eq(data, fixture_stream);
    strata_result_free(result);
}

Test(build, failure_is_described_and_leaves_no_result) {
    strata_renderer *renderer = fixture_renderer(files, NULL);
    strata_result *result = (strata_result *)1;
    strata_status status = strata_build_run(&result, renderer, "/absent", error);
    cr_assert_neq(status, STRATA_OK);
    cr_assert_null(result);
    cr_assert_eq(strata_error_status(error), status);
    cr_assert(strlen(strata_error_message(error)) > 0);
    cr_assert_null(strchr(strata_error_message(error), '\n'));
    cr_assert(strata_error_code(error) > 0);
    strata_renderer_free(renderer);
}

Test(build, error_object_serves_many_calls) {
    strata_renderer *renderer = fixture_renderer(files, NULL);
    strata_result *result = NULL;
    cr_assert_neq(strata_build_run(&result, renderer, "/absent", error), STRATA_OK);
    cr_assert_eq(strata_build_run(&result, renderer, "/overlay", error), STRATA_OK);
    cr_assert_eq(strata_error_status(error), STRATA_OK);
    strata_result_free(result);
    strata_renderer_free(renderer);
}

Test(build, wrong_calls_are_usage) {
    strata_renderer *renderer = fixture_renderer(files, NULL);
    strata_result *result = NULL;
    cr_assert_eq(strata_build_run(NULL, renderer, "/overlay", error), STRATA_USAGE);
    cr_assert_eq(strata_build_run(&result, NULL, "/overlay", error), STRATA_USAGE);
    cr_assert_eq(strata_build_run(&result, renderer, NULL, error), STRATA_USAGE);
    cr_assert_eq(strata_build_run(&result, renderer, NULL, NULL), STRATA_USAGE);
    cr_assert_eq(strata_renderer_new(NULL, NULL, error), STRATA_USAGE);
    strata_renderer_free(renderer);
}

Test(build, options_without_their_size_or_with_unknown_values_are_usage) {
    strata_renderer *renderer = NULL;
    strata_renderer_options options;
    strata_renderer_options_init(&options);
    options.size = 3;
    cr_assert_eq(strata_renderer_new(&renderer, &options, error), STRATA_USAGE);
    strata_renderer_options_init(&options);
    options.reorder = (strata_reorder)99;
    cr_assert_eq(strata_renderer_new(&renderer, &options, error), STRATA_USAGE);
    strata_renderer_options_init(&options);
    options.load_restriction = (strata_load_restriction)99;
    cr_assert_eq(strata_renderer_new(&renderer, &options, error), STRATA_USAGE);
    cr_assert_null(renderer);
}

/* As a program compiled with headers in which the struct had one field more. */
typedef struct newer_options {
    strata_build_options known;
    void *added;
} newer_options;

Test(build, options_of_newer_headers_are_taken_while_what_is_new_is_unset) {
    strata_renderer *renderer = fixture_renderer(files, NULL);
    strata_result *result = NULL;
    newer_options options;
    memset(&options, 0xff, sizeof options);
    strata_build_options_init_size(&options.known, sizeof options);
    cr_assert_null(options.added);
    cr_assert_eq(strata_build_run_with(&result, renderer, "/overlay", &options.known, error), STRATA_OK);
    strata_result_free(result);
    options.added = &options;
    cr_assert_eq(strata_build_run_with(&result, renderer, "/overlay", &options.known, error), STRATA_USAGE);
    strata_renderer_free(renderer);
}

Test(build, options_of_older_headers_leave_later_fields_at_their_defaults) {
    strata_renderer_options options;
    strata_renderer *renderer = NULL;
    memset(&options, 0xff, sizeof options);
    size_t older = offsetof(strata_renderer_options, filesystem);
    strata_renderer_options_init_size(&options, older);
    cr_assert_eq(options.size, older);
    cr_assert_neq(options.filesystem, NULL, "what the caller does not have must not be written");
    cr_assert_eq(strata_renderer_new(&renderer, &options, error), STRATA_OK, "%s", strata_error_message(error));
    strata_renderer_free(renderer);
}

Test(build, limits_end_a_build) {
    strata_limits limits;
    strata_renderer_options options;
    strata_limits_init(&limits);
    strata_renderer_options_init(&options);
    limits.input_file = 10;
    options.limits = &limits;
    strata_renderer *renderer = fixture_renderer(files, &options);
    strata_result *result = NULL;
    cr_assert_eq(strata_build_run(&result, renderer, "/overlay", error), STRATA_LIMIT);
    strata_renderer_free(renderer);
}

static void count_warning(const strata_error *warning, void *user) {
    cr_assert_eq(strata_error_severity(warning), STRATA_SEVERITY_WARNING);
    cr_assert(strlen(strata_error_message(warning)) > 0);
    ++*(int *)user;
}

static const char deprecated[] = "bases:\n- ../base\n";

Test(build, warnings_reach_the_callback_and_fail_a_strict_build) {
    strata_file tree[8];
    memcpy(tree, fixture_files, fixture_count * sizeof *tree);
    tree[fixture_count] = (strata_file){"/old/kustomization.yaml", deprecated, sizeof deprecated - 1};
    strata_filesystem *old = NULL;
    cr_assert_eq(strata_filesystem_new_memory(&old, tree, fixture_count + 1, error), STRATA_OK);
    int warnings = 0;
    strata_renderer_options options;
    strata_renderer_options_init(&options);
    options.warning = count_warning;
    options.warning_user = &warnings;
    strata_renderer *renderer = fixture_renderer(old, &options);
    strata_result *result = NULL;
    cr_assert_eq(strata_build_run(&result, renderer, "/old", error), STRATA_OK, "%s", strata_error_message(error));
    cr_assert_eq(warnings, 1);
    cr_assert_eq(strata_result_warning_count(result), 1);
    cr_assert_str_eq(strata_error_name(strata_result_warning_at(result, 0)), "deprecated-field");
    cr_assert_eq(strata_error_line(strata_result_warning_at(result, 0)), 1);
    cr_assert_null(strata_result_warning_at(result, 1));
    cr_assert_eq(strata_result_warning_count(NULL), 0);
    strata_result_free(result);
    strata_renderer_free(renderer);

    options.strict = true;
    renderer = fixture_renderer(old, &options);
    cr_assert_neq(strata_build_run(&result, renderer, "/old", error), STRATA_OK);
    cr_assert_eq(strata_error_severity(error), STRATA_SEVERITY_ERROR);
    strata_renderer_free(renderer);
    strata_filesystem_free(old);
}

Test(build, memory_trees_with_impossible_paths_are_refused) {
    static const char *const bad[][2] = {{"relative", NULL}, {"/a/../b", NULL}, {"/a//b", NULL},
                                         {"/a/", NULL},      {"/a", "/a"},      {"/a", "/a/b"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        strata_file tree[] = {{bad[i][0], "", 0}, {bad[i][1], "", 0}};
        strata_filesystem *out = (strata_filesystem *)1;
        cr_assert_eq(strata_filesystem_new_memory(&out, tree, bad[i][1] ? 2 : 1, error), STRATA_INVALID, "%s",
                     bad[i][0]);
        cr_assert_null(out);
    }
    cr_assert_eq(strata_filesystem_new_memory(NULL, NULL, 0, error), STRATA_USAGE);
}

Test(build, frees_accept_null) {
    strata_renderer_free(NULL);
    strata_result_free(NULL);
    strata_filesystem_free(NULL);
    strata_error_free(NULL);
    strata_limits_init(NULL);
    strata_renderer_options_init(NULL);
}
