#include "tree_fixture.h"

#include "strata/strata.h"

#include <string.h>

enum { MOST_FILES = 8 };

typedef struct rendering {
    strata_error *error;
    strata_filesystem *tree;
    strata_renderer *renderer;
    strata_result *result;
    strata_status status;
    const char *stream;
} rendering;

static rendering render(const tree_file *files, size_t count) {
    rendering r = {.error = strata_error_new()};
    strata_file copies[MOST_FILES];
    strata_renderer_options options;
    size_t size;
    cr_assert_leq(count, MOST_FILES);
    for (size_t i = 0; i < count; i++)
        copies[i] = (strata_file){files[i].path, files[i].text, strlen(files[i].text)};
    cr_assert_eq(strata_filesystem_new_memory(&r.tree, copies, count, r.error), STRATA_OK);
    strata_renderer_options_init(&options);
    options.filesystem = r.tree;
    cr_assert_eq(strata_renderer_new(&r.renderer, &options, r.error), STRATA_OK);
    r.status = strata_build_run(&r.result, r.renderer, "/", r.error);
    if (r.status == STRATA_OK) r.status = strata_result_stream(&r.stream, &size, r.result, r.error);
    return r;
}

static void end(rendering *r) {
    strata_result_free(r->result);
    strata_renderer_free(r->renderer);
    strata_filesystem_free(r->tree);
    strata_error_free(r->error);
}

void assert_renders(const tree_file *files, size_t count, const char *expected) {
    rendering r = render(files, count);
    cr_assert_eq(r.status, STRATA_OK, "%s", strata_error_message(r.error));
    cr_assert_str_eq(r.stream, expected);
    end(&r);
}

void assert_refuses(const tree_file *files, size_t count) {
    rendering r = render(files, count);
    cr_assert_neq(r.status, STRATA_OK);
    cr_assert_str_neq(strata_error_message(r.error), "");
    end(&r);
}
