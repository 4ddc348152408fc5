/* tests/api/test_result.c: what a result gives out. */
#include "api_fixture.h"

#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

static strata_filesystem *files;
static strata_renderer *renderer;
static strata_result *result;
static strata_error *error;

static void set_up(void) {
    files = fixture_filesystem();
    error = strata_error_new();
    renderer = fixture_renderer(files, NULL);
    cr_assert_eq(strata_build_run(&result, renderer, "/overlay", error), STRATA_OK, "%s", strata_error_message(error));
}

static void tear_down(void) {
    strata_result_free(result);
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
    strata_error_free(error);
}

TestSuite(result, .init = set_up, .fini = tear_down);

Test(result, inputs_are_the_files_that_were_read_each_once) {
    static const char *const names[] = {"overlay/kustomization.yaml", "base/kustomization.yaml", "base/web.yaml",
                                        "overlay/patch.yaml"};
    cr_assert_eq(strata_result_input_count(result), 4);
    for (size_t i = 0; i < 4; i++) {
        size_t found = 0;
        for (size_t j = 0; j < 4; j++)
            found += strcmp(strata_result_input_at(result, j), names[i]) == 0;
        cr_assert_eq(found, 1, "%s", names[i]);
    }
    cr_assert_str_eq(strata_result_input_at(result, 4), "");
    cr_assert_eq(strata_result_input_count(NULL), 0);
    cr_assert_eq(strata_result_resource_count(NULL), 0);
}

Test(result, digest_of_an_input_is_its_sha256) {
    const char *digest, *again;
    for (size_t i = 0; i < 4; i++) {
        if (strcmp(strata_result_input_at(result, i), "overlay/patch.yaml") != 0) continue;
        cr_assert_eq(strata_result_input_digest(&digest, result, i, error), STRATA_OK);
        cr_assert_str_eq(digest, "99381948c89f7e6f75fc9927dbbb813e87fbfb3c331bbabde0db892f566c476c");
        cr_assert_eq(strata_result_input_digest(&again, result, i, error), STRATA_OK);
        cr_assert_eq(digest, again);
    }
    cr_assert_eq(strata_result_input_digest(&digest, result, 4, error), STRATA_NOT_FOUND);
    cr_assert_str_eq(digest, "");
    cr_assert_eq(strata_result_input_digest(NULL, result, 0, error), STRATA_USAGE);
}

Test(result, images_are_found_each_once) {
    const char *const *images;
    size_t count;
    cr_assert_eq(strata_result_images(&images, &count, result, error), STRATA_OK);
    cr_assert_eq(count, 1);
    cr_assert_str_eq(images[0], "web:2");
    cr_assert_eq(strata_result_images(NULL, &count, result, error), STRATA_USAGE);
    cr_assert_eq(count, 0);
}

Test(result, stream_is_kept) {
    const char *first, *again;
    size_t size, same;
    cr_assert_eq(strata_result_stream(&first, &size, result, error), STRATA_OK);
    cr_assert_eq(strata_result_stream(&again, &same, result, error), STRATA_OK);
    cr_assert_eq(first, again);
    cr_assert_eq(size, same);
    cr_assert_eq(first[size], '\0');
}

typedef struct collected {
    char data[4096];
    size_t size;
    int calls_left;
} collected;

static int collect(const char *data, size_t size, void *user) {
    collected *c = user;
    if (c->calls_left-- == 0) return 1;
    cr_assert(c->size + size < sizeof c->data);
    memcpy(c->data + c->size, data, size);
    c->size += size;
    return 0;
}

Test(result, function_gets_the_whole_stream_and_may_stop_it) {
    collected all = {.calls_left = -1}, none = {.calls_left = 0};
    cr_assert_eq(strata_result_write(result, collect, &all, error), STRATA_OK);
    all.data[all.size] = '\0';
    cr_assert_str_eq(all.data, fixture_stream);
    cr_assert_eq(strata_result_write(result, collect, &none, error), STRATA_CANCELLED);
    cr_assert_eq(strata_result_write(result, NULL, NULL, error), STRATA_USAGE);
}

Test(result, descriptor_gets_the_whole_stream) {
    int ends[2];
    char data[4096];
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(strata_result_write_fd(result, ends[1], error), STRATA_OK);
    close(ends[1]);
    ssize_t size = read(ends[0], data, sizeof data - 1);
    cr_assert(size > 0);
    data[size] = '\0';
    cr_assert_str_eq(data, fixture_stream);
    close(ends[0]);
    cr_assert_eq(strata_result_write_fd(result, ends[1], error), STRATA_IO);
}

Test(result, a_pipe_without_a_reader_is_an_error_and_no_signal) {
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    close(ends[0]);
    cr_assert_eq(strata_result_write_fd(result, ends[1], error), STRATA_IO);
    close(ends[1]);
}

Test(result, directory_must_exist) {
    cr_assert_eq(strata_result_write_directory(result, "/nonexistent/directory", error), STRATA_IO);
    cr_assert(strlen(strata_error_message(error)) > 0);
}
