/* tests/api/test_targets.c: which directories of a tree are targets. */
#include "api_fixture.h"

#include <criterion/criterion.h>
#include <string.h>

#define FILE_OF(path, text)                                                                                            \
    { path, text, sizeof(text) - 1 }

static const strata_file tree[] = {
    FILE_OF("/t/kustomization.yaml", "generators: [gen]\n"),
    FILE_OF("/t/b/Kustomization", "resources: []\n"),
    FILE_OF("/t/a/x/kustomization.yml", "resources: [\n"),
    FILE_OF("/t/part/kustomization.yaml", "kind: Component\nnamePrefix: p-\n"),
    FILE_OF("/t/gen/kustomization.yaml", "resources: []\n"),
    FILE_OF("/t/none/file.yaml", "a: b\n"),
};

static strata_filesystem *files;
static strata_renderer *renderer;
static strata_targets *targets;
static strata_error *error;

static void set_up(void) {
    error = strata_error_new();
    cr_assert_eq(strata_filesystem_new_memory(&files, tree, sizeof tree / sizeof *tree, error), STRATA_OK);
    renderer = fixture_renderer(files, NULL);
    cr_assert(renderer);
}

static void tear_down(void) {
    strata_targets_free(targets);
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
    strata_error_free(error);
}

TestSuite(targets, .init = set_up, .fini = tear_down);

Test(targets, are_sorted_without_components_and_configuration) {
    static const char *const want[] = {"/t", "/t/a/x", "/t/b"};
    static const char *const relative[] = {".", "a/x", "b"};
    cr_assert_eq(strata_targets_find(&targets, renderer, "/t", error), STRATA_OK, "%s", strata_error_message(error));
    cr_assert_eq(strata_targets_count(targets), 3u);
    for (size_t i = 0; i < 3; i++) {
        cr_assert_str_eq(strata_targets_path(targets, i), want[i]);
        cr_assert_str_eq(strata_targets_relative(targets, i), relative[i]);
    }
    cr_assert_str_eq(strata_targets_path(targets, 3), "");
    cr_assert_str_eq(strata_targets_relative(targets, 3), "");
}

Test(targets, paths_begin_as_the_directory_was_given) {
    cr_assert_eq(strata_targets_find(&targets, renderer, "t/a", error), STRATA_OK);
    cr_assert_eq(strata_targets_count(targets), 1u);
    cr_assert_str_eq(strata_targets_path(targets, 0), "t/a/x");
}

Test(targets, missing_directory_and_wrong_calls_fail) {
    cr_assert_eq(strata_targets_find(&targets, renderer, "/missing", error), STRATA_NOT_FOUND);
    cr_assert_null(targets);
    cr_assert_eq(strata_targets_find(&targets, NULL, "/t", error), STRATA_USAGE);
    cr_assert_eq(strata_targets_find(NULL, renderer, "/t", error), STRATA_USAGE);
    cr_assert_eq(strata_targets_find(&targets, renderer, NULL, NULL), STRATA_USAGE);
    cr_assert_eq(strata_targets_count(NULL), 0u);
    strata_targets_free(NULL);
}
