/* tests/api/test_jobs.c: threads that read ahead change neither a stream nor an error. */
#include "api_fixture.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BASES = 20, FILES = 3, MOST = 4 + BASES * (FILES + 1), PATH = 64 };

/* A tree that is large enough for threads: a file of many documents, and bases with a few files each. */
static strata_file tree[MOST];
static char paths[MOST][PATH];
static size_t count;
static strata_error *error;

/* Text that grows at the end. */
typedef struct growing {
    char *data;
    size_t size;
} growing;

static void grow(growing *g, const char *format, ...) {
    char line[256];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    g->data = realloc(g->data, g->size + (size_t)size + 1);
    cr_assert(g->data);
    memcpy(g->data + g->size, line, (size_t)size + 1);
    g->size += (size_t)size;
}

static void add_file(growing content, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(paths[count], PATH, format, arguments);
    va_end(arguments);
    tree[count] = (strata_file){paths[count], content.data, content.size};
    count++;
}

static void add_document(growing *g, const char *name, int number, const char *end) {
    grow(g, "apiVersion: v1%s", end);
    grow(g, "kind: ConfigMap%smetadata:%s  name: %s-%d%s", end, end, name, number, end);
    grow(g, "data:%s  a: \"%d\" # why%s  b: |%s    some text%s    of two lines%s", end, number, end, end, end, end);
    grow(g, "  c: {}%s", end);
}

static growing many_documents(const char *name, int documents, const char *end) {
    growing g = {0};
    for (int i = 0; i < documents; i++) {
        if (i) grow(&g, "---%s", end);
        add_document(&g, name, i, end);
    }
    g.size -= strlen(end); /* the last line has no end */
    return g;
}

static void add_base(int base) {
    growing k = {0};
    char name[32];
    grow(&k, "namePrefix: b%d-\nresources:\n", base);
    for (int f = 0; f < FILES; f++)
        grow(&k, "- file%d.yaml\n", f);
    /* Bases that others have as well. */
    if (base % 5 == 4) grow(&k, "- ../base%d\n", base - 1);
    add_file(k, "/base%d/kustomization.yaml", base);
    for (int f = 0; f < FILES; f++) {
        snprintf(name, sizeof name, "n%d-%d", base, f);
        add_file(many_documents(name, 30, f == 1 ? "\r\n" : "\n"), "/base%d/file%d.yaml", base, f);
    }
}

static void set_up(void) {
    growing top = {0};
    error = strata_error_new();
    grow(&top, "namespace: space\nresources:\n- big.yaml\n- list.yaml\n");
    for (int base = 0; base < BASES; base++)
        grow(&top, "- ../base%d\n", base);
    add_file(top, "/top/kustomization.yaml");
    add_file(many_documents("big", 4000, "\n"), "/top/big.yaml");
    growing list = {0};
    grow(&list, "kind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: s}\n");
    add_file(list, "/top/list.yaml");
    for (int base = 0; base < BASES; base++)
        add_base(base);
}

static void tear_down(void) {
    for (size_t i = 0; i < count; i++)
        free((char *)(uintptr_t)tree[i].data);
    strata_error_free(error);
}

TestSuite(jobs, .init = set_up, .fini = tear_down);

static strata_file *file_of(const char *path) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(tree[i].path, path) == 0) return &tree[i];
    cr_assert(false, "there is no %s", path);
    return NULL;
}

/* Puts other text at the end of a file. */
static void append(const char *path, const char *text) {
    strata_file *file = file_of(path);
    growing g = {(char *)(uintptr_t)file->data, file->size};
    grow(&g, "%s", text);
    file->data = g.data;
    file->size = g.size;
}

/* Takes a file out of the tree. */
static void remove_file(const char *path) {
    strata_file *file = file_of(path);
    free((char *)(uintptr_t)file->data);
    *file = tree[--count];
}

static strata_status build(strata_result **out, size_t jobs, const strata_limits *limits) {
    strata_filesystem *files;
    strata_renderer_options options;
    cr_assert_eq(strata_filesystem_new_memory(&files, tree, count, error), STRATA_OK, "%s",
                 strata_error_message(error));
    strata_renderer_options_init(&options);
    options.jobs = jobs;
    options.limits = limits;
    strata_renderer *renderer = fixture_renderer(files, &options);
    strata_status status = strata_build_run(out, renderer, "/top", error);
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
    return status;
}

Test(jobs, any_number_gives_the_same_stream_and_inputs) {
    static const size_t numbers[] = {0, 2, 3, 8, 32};
    strata_result *one, *other;
    const char *want, *data;
    size_t want_size, size;
    cr_assert_eq(build(&one, 1, NULL), STRATA_OK, "%s", strata_error_message(error));
    cr_assert_eq(strata_result_stream(&want, &want_size, one, error), STRATA_OK);
    cr_assert_gt(strata_result_resource_count(one), 4000u + BASES * FILES * 30u);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        cr_assert_eq(build(&other, numbers[i], NULL), STRATA_OK, "%s", strata_error_message(error));
        cr_assert_eq(strata_result_stream(&data, &size, other, error), STRATA_OK);
        cr_assert_eq(size, want_size);
        cr_assert(memcmp(data, want, size) == 0);
        cr_assert_eq(strata_result_input_count(other), strata_result_input_count(one));
        for (size_t k = 0; k < strata_result_input_count(one); k++)
            cr_assert_str_eq(strata_result_input_at(other, k), strata_result_input_at(one, k));
        strata_result_free(other);
    }
    strata_result_free(one);
}

/* The build fails, with any number of threads, with the same error; `mention` is in its message. */
static void expect_failure(const char *mention, const strata_limits *limits) {
    strata_result *result;
    cr_assert_neq(build(&result, 1, limits), STRATA_OK);
    char message[512], file[128];
    snprintf(message, sizeof message, "%s", strata_error_message(error));
    snprintf(file, sizeof file, "%s", strata_error_file(error));
    uint32_t line = strata_error_line(error), column = strata_error_column(error);
    size_t notes = strata_error_note_count(error);
    cr_assert(strstr(message, mention), "%s", message);
    for (int i = 0; i < 10; i++) {
        cr_assert_neq(build(&result, 4, limits), STRATA_OK);
        cr_assert_str_eq(strata_error_message(error), message);
        cr_assert_str_eq(strata_error_file(error), file);
        cr_assert_eq(strata_error_line(error), line);
        cr_assert_eq(strata_error_column(error), column);
        cr_assert_eq(strata_error_note_count(error), notes);
    }
}

Test(jobs, first_error_is_that_of_one_thread) {
    append("/base9/file2.yaml", "\n---\na: [\n");
    expect_failure("", NULL);
    cr_assert(strstr(strata_error_file(error), "base9/file2.yaml"));
    remove_file("/base4/file1.yaml"); /* comes before it */
    expect_failure("there is no file", NULL);
    append("/top/big.yaml", "\n--- text\na: b\n"); /* comes before that */
    expect_failure("nothing but a comment", NULL);
    cr_assert(strstr(strata_error_file(error), "big.yaml"));
}

Test(jobs, circles_and_duplicates_are_found) {
    append("/base7/kustomization.yaml", "- ../top\n");
    expect_failure("closes a circle", NULL);
    append("/base6/file0.yaml", "\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: n6-0-0}\n");
    expect_failure("n6-0-0", NULL);
}

Test(jobs, limits_hold) {
    strata_limits limits;
    strata_limits_init(&limits);
    limits.input_total = 600000;
    expect_failure("input_total", &limits);
    strata_limits_init(&limits);
    limits.input_file = 100000;
    expect_failure("input_file", &limits);
    strata_limits_init(&limits);
    limits.documents = 3999;
    expect_failure("documents", &limits);
    strata_limits_init(&limits);
    limits.memory = 1000000;
    expect_failure("memory", &limits);
}
