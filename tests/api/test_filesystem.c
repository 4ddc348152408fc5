/* tests/api/test_filesystem.c: the trees that a renderer can read, all with the same files. */
#include "api_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/strata-filesystem-XXXXXX";
static strata_error *error;

static void path_in_folder(char out[512], const char *path) { snprintf(out, 512, "%s%s", folder, path); }

static void write_file(const char *path, const char *data) {
    char full[512];
    path_in_folder(full, path);
    FILE *file = fopen(full, "w");
    cr_assert_not_null(file, "%s", full);
    fputs(data, file);
    fclose(file);
}

static void make_directory(const char *path) {
    char full[512];
    path_in_folder(full, path);
    cr_assert_eq(mkdir(full, 0700), 0, "%s", full);
}

static void set_up(void) {
    error = strata_error_new();
    cr_assert_not_null(mkdtemp(folder));
    make_directory("/base");
    make_directory("/overlay");
    for (size_t i = 0; i < fixture_count; i++)
        write_file(fixture_files[i].path, fixture_files[i].data);
}

static void tear_down(void) {
    static const char *const names[] = {"/base/kustomization.yaml",
                                        "/base/web.yaml",
                                        "/overlay/kustomization.yaml",
                                        "/overlay/patch.yaml",
                                        "/overlay/out",
                                        "/base",
                                        "/overlay",
                                        ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char full[512];
        path_in_folder(full, names[i]);
        remove(full);
    }
    strata_error_free(error);
}

TestSuite(filesystem, .init = set_up, .fini = tear_down);

/* What a build of `target` in the tree ends with; its stream when it is the fixture's. */
static strata_status build(const strata_filesystem *files, const char *target, bool *is_fixture) {
    strata_renderer *renderer = fixture_renderer(files, NULL);
    strata_result *result = NULL;
    const char *data;
    size_t size;
    cr_assert_not_null(renderer);
    strata_status status = strata_build_run(&result, renderer, target, error);
    if (status == STRATA_OK) status = strata_result_stream(&data, &size, result, error);
    if (is_fixture) *is_fixture = status == STRATA_OK && strcmp(data, fixture_stream) == 0;
    strata_result_free(result);
    strata_renderer_free(renderer);
    return status;
}

static void renders_the_fixture(const strata_filesystem *files, const char *target) {
    bool is_fixture;
    cr_assert_eq(build(files, target, &is_fixture), STRATA_OK, "%s", strata_error_message(error));
    cr_assert(is_fixture);
}

Test(filesystem, disk_is_the_process_own) {
    strata_filesystem *files = NULL;
    char target[512];
    path_in_folder(target, "/overlay");
    cr_assert_eq(strata_filesystem_new_disk(&files, error), STRATA_OK);
    renders_the_fixture(files, target);
    cr_assert_eq(chdir(folder), 0);
    renders_the_fixture(files, "overlay");
    strata_filesystem_free(files);
}

Test(filesystem, directory_stands_for_the_whole_disk) {
    strata_filesystem *files = NULL;
    cr_assert_eq(strata_filesystem_new_below(&files, folder, error), STRATA_OK);
    renders_the_fixture(files, "/overlay");
    cr_assert_eq(build(files, folder, NULL), STRATA_NOT_FOUND);
    strata_filesystem_free(files);
}

Test(filesystem, links_out_of_the_directory_are_refused) {
    char outside[512], link[512], inside[512];
    strata_filesystem *files = NULL;
    path_in_folder(outside, "/base/web.yaml");
    path_in_folder(link, "/overlay/out");
    path_in_folder(inside, "/overlay");
    cr_assert_eq(symlink(outside, link), 0);
    write_file("/overlay/kustomization.yaml", "resources:\n- out\n");
    cr_assert_eq(strata_filesystem_new_below(&files, inside, error), STRATA_OK);
    cr_assert_eq(build(files, "/", NULL), STRATA_REFUSED);
    cr_assert_null(strstr(strata_error_message(error), folder), "%s", strata_error_message(error));
    strata_filesystem_free(files);
}

Test(filesystem, absent_directory_is_not_found) {
    strata_filesystem *files = (strata_filesystem *)1;
    cr_assert_eq(strata_filesystem_new_below(&files, "/nonexistent/directory", error), STRATA_NOT_FOUND);
    cr_assert_null(files);
}

Test(filesystem, overlay_hides_adds_and_shows_what_is_below) {
    static const char settings[] = "resources:\n- ../overlay\n";
    strata_file above[] = {{NULL, settings, sizeof settings - 1}, {NULL, fixture_files[3].data, fixture_files[3].size}};
    char added[512], hidden[512], target[512];
    strata_filesystem *disk = NULL, *memory = NULL, *files = NULL;
    path_in_folder(added, "/added/kustomization.yaml");
    path_in_folder(hidden, "/overlay/patch.yaml");
    path_in_folder(target, "/added");
    above[0].path = added;
    above[1].path = hidden;
    write_file("/overlay/patch.yaml", "malformed: [");
    cr_assert_eq(strata_filesystem_new_disk(&disk, error), STRATA_OK);
    cr_assert_eq(strata_filesystem_new_memory(&memory, above, 2, error), STRATA_OK);
    cr_assert_eq(strata_filesystem_new_overlay(&files, memory, disk, error), STRATA_OK);
    renders_the_fixture(files, target);
    path_in_folder(target, "/addd");
    cr_assert_eq(build(files, target, NULL), STRATA_NOT_FOUND);
    cr_assert_not_null(strstr(strata_error_hint(error), "added"), "%s", strata_error_hint(error));
    cr_assert_neq(build(disk, target, NULL), STRATA_OK);
    strata_filesystem_free(files);
    strata_filesystem_free(memory);
    strata_filesystem_free(disk);
}

/* --- a tree of functions ----------------------------------------------------------------------------------------- */

typedef struct own_tree {
    const char *failing; /* a path that can't be read */
    strata_status failure;
    int released;
} own_tree;

static strata_file_kind own_kind(const char *path, void *user) {
    (void)user;
    size_t size = strlen(path);
    for (size_t i = 0; i < fixture_count; i++) {
        if (strcmp(fixture_files[i].path, path) == 0) return STRATA_FILE_REGULAR;
        if (strcmp(path, "/") == 0 ||
            (strncmp(fixture_files[i].path, path, size) == 0 && fixture_files[i].path[size] == '/'))
            return STRATA_FILE_DIRECTORY;
    }
    return STRATA_FILE_MISSING;
}

/* In pieces of three bytes. */
static strata_status own_read(strata_sink *out, const char *path, void *user) {
    const own_tree *tree = user;
    if (tree->failing && strcmp(tree->failing, path) == 0) {
        strata_sink_explain(out, "the store is asleep");
        return tree->failure;
    }
    for (size_t i = 0; i < fixture_count; i++) {
        if (strcmp(fixture_files[i].path, path) != 0) continue;
        for (size_t at = 0; at < fixture_files[i].size; at += 3) {
            size_t left = fixture_files[i].size - at;
            if (strata_sink_write(out, fixture_files[i].data + at, left < 3 ? left : 3)) return STRATA_IO;
        }
        return STRATA_OK;
    }
    return STRATA_NOT_FOUND;
}

static strata_status own_list(strata_sink *out, const char *path, void *user) {
    (void)user;
    if (strcmp(path, "/") == 0 && (strata_sink_write(out, "overlay", 7) || strata_sink_write(out, "base", 4)))
        return STRATA_IO;
    return STRATA_OK;
}

static void own_release(void *user) { ((own_tree *)user)->released++; }

static strata_filesystem *make_own(own_tree *tree) {
    strata_filesystem_functions functions;
    strata_filesystem *files = NULL;
    strata_filesystem_functions_init(&functions);
    functions.kind = own_kind;
    functions.read = own_read;
    functions.list = own_list;
    functions.release = own_release;
    cr_assert_eq(strata_filesystem_new_functions(&files, &functions, tree, error), STRATA_OK);
    return files;
}

Test(filesystem, functions_serve_a_build_and_are_released_once) {
    own_tree tree = {NULL, STRATA_OK, 0};
    strata_filesystem *files = make_own(&tree);
    renders_the_fixture(files, "/overlay");
    cr_assert_eq(build(files, "/overly", NULL), STRATA_NOT_FOUND);
    cr_assert_not_null(strstr(strata_error_hint(error), "overlay"), "%s", strata_error_hint(error));
    cr_assert_eq(tree.released, 0);
    strata_filesystem_free(files);
    cr_assert_eq(tree.released, 1);
}

Test(filesystem, functions_failures_are_told_with_their_reason) {
    own_tree tree = {"/base/web.yaml", STRATA_IO, 0};
    strata_filesystem *files = make_own(&tree);
    cr_assert_eq(build(files, "/overlay", NULL), STRATA_IO);
    cr_assert_not_null(strstr(strata_error_message(error), "the store is asleep"), "%s", strata_error_message(error));
    tree.failure = STRATA_NOT_FOUND;
    cr_assert_eq(build(files, "/overlay", NULL), STRATA_NOT_FOUND);
    tree.failure = STRATA_NO_MEMORY;
    cr_assert_eq(build(files, "/overlay", NULL), STRATA_NO_MEMORY);
    strata_filesystem_free(files);
}

Test(filesystem, functions_are_held_to_the_limits) {
    own_tree tree = {NULL, STRATA_OK, 0};
    strata_filesystem *files = make_own(&tree);
    strata_limits limits;
    strata_renderer_options options;
    strata_result *result = NULL;
    strata_limits_init(&limits);
    strata_renderer_options_init(&options);
    limits.input_file = 50;
    options.limits = &limits;
    strata_renderer *renderer = fixture_renderer(files, &options);
    cr_assert_eq(strata_build_run(&result, renderer, "/overlay", error), STRATA_LIMIT);
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
}

Test(filesystem, wrong_calls_are_usage) {
    strata_filesystem *files = NULL;
    strata_filesystem_functions functions;
    strata_filesystem_functions_init(&functions);
    cr_assert_eq(strata_filesystem_new_functions(&files, &functions, NULL, error), STRATA_USAGE);
    cr_assert_eq(strata_filesystem_new_functions(NULL, &functions, NULL, error), STRATA_USAGE);
    cr_assert_eq(strata_filesystem_new_overlay(&files, NULL, NULL, error), STRATA_USAGE);
    cr_assert_eq(strata_filesystem_new_below(&files, NULL, error), STRATA_USAGE);
    cr_assert_eq(strata_filesystem_new_disk(NULL, error), STRATA_USAGE);
    cr_assert_eq(strata_sink_write(NULL, "", 0), 1);
    strata_sink_explain(NULL, "");
}
