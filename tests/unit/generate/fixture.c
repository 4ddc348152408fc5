#include "fixture.h"

#include "core/error.h"

enum { MOST_FILES = 8 };

static memory_file files[MOST_FILES];
static size_t file_count;
static filesystem tree;

loader *root;
size_t warning_count;

static void count_warning(const strata_error *warning, void *user) {
    (void)warning;
    (void)user;
    warning_count++;
}

void root_set_up(void) {
    fixture_set_up();
    file_count = warning_count = 0;
    sc.warn = count_warning;
    fixture_file("kustomization.yaml", TEXT("{}"));
}

void root_tear_down(void) {
    loader_close(root);
    root = NULL;
    fixture_tear_down();
}

void fixture_file(const char *path, text bytes) {
    cr_assert_lt(file_count, MOST_FILES);
    files[file_count].path = TEXT_CONCAT(&memory, TEXT("/"), text_from(path));
    files[file_count++].bytes = bytes;
}

void fixture_open(void) {
    assert_ok(filesystem_memory(&sc, files, file_count, &tree));
    static loader_options options; /* outlives the loader */
    options = (loader_options){.files = &tree, .working_directory = TEXT("/")};
    assert_ok(loader_open(&sc, &options, TEXT("/"), &root));
}

located_list texts(size_t count, const char *const *items) {
    located_list list = {ARENA_ARRAY(&memory, located, count), count};
    for (size_t i = 0; i < count; i++)
        list.items[i].value = text_from(items[i]);
    return list;
}

void expect_failure(strata_status status, diagnostic code) {
    cr_expect_neq(status, STRATA_OK);
    cr_expect_eq(strata_error_code(sc.error), (int)code, "%s", strata_error_message(sc.error));
    error_clear(sc.error);
}
