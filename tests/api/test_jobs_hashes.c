/*
 * tests/api/test_jobs_hashes.c: hashes over whole trees, with comments and places, in files that other threads read.
 * The names are those that kustomize gives.
 */
#include "api_fixture.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 1 << 20, DOCUMENTS = 240, PADDING = 25 };

#define ASKS "annotations: {internal.config.kubernetes.io/needsHashSuffix: enabled}"

static const char *const expected[] = {
    "p-dos-127-kf59dfcfmf",
    "p-dos-187-86m628cmh7",
    "p-dos-67-2h2b29ghfb",
    "p-dos-7-7h7g5bh772",
    "p-item-127-gh2t5hck82",
    "p-item-187-4h98bg272f",
    "p-item-67-gfc66bf6dh",
    "p-item-7-c6589mf8gk",
    "p-unix-127-kh2t799m76",
    "p-unix-187-mmtb9cfhbm",
    "p-unix-67-6bt4b9kh7t",
    "p-unix-7-cb4m2c2tk5",
    NULL,
};

/* What each file is written into. */
typedef struct writing {
    char bytes[SIZE];
    size_t size;
    const char *end; /* of a line */
} writing;

static void line(writing *w, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    w->size += (size_t)vsnprintf(w->bytes + w->size, SIZE - w->size, format, arguments);
    va_end(arguments);
    w->size += (size_t)snprintf(w->bytes + w->size, SIZE - w->size, "%s", w->end);
    cr_assert_lt(w->size, SIZE);
}

/* A ConfigMap of 1.5 KB. */
static void add_padding(writing *w, const char *indent, const char *name) {
    line(w, "%sapiVersion: v1", indent);
    line(w, "%skind: ConfigMap", indent);
    line(w, "%smetadata: {name: %s}", indent, name);
    line(w, "%sdata:", indent);
    for (int i = 0; i < PADDING; i++)
        line(w, "%s  k%d: some words that make a file long enough for threads", indent, i);
}

static void add_hashed(writing *w, const char *indent, const char *name) {
    line(w, "%sapiVersion: batch/v1 # of %s", indent, name);
    line(w, "%skind: Job", indent);
    line(w, "%smetadata:", indent);
    line(w, "%s  name: %s # a name", indent, name);
    line(w, "%s  " ASKS, indent);
    line(w, "%s# before", indent);
    line(w, "%sspec: {a: \xC3\xA9, b: [c, 1]} # behind", indent);
}

static strata_file as_file(const char *path, writing *w) { return (strata_file){path, w->bytes, w->size}; }

/* Each 60th document asks for a hash. */
static strata_file documents(writing *w, const char *path, const char *name, const char *end) {
    *w = (writing){.end = end};
    for (int i = 0; i < DOCUMENTS; i++) {
        char own[32];
        snprintf(own, sizeof own, "%s-%d", name, i);
        if (i) line(w, "--- # %d", i);
        if (i % 60 == 7) {
            line(w, "# %s", own);
            add_hashed(w, "", own);
        } else {
            add_padding(w, "", own);
        }
    }
    return as_file(path, w);
}

static strata_file list(writing *w, const char *path) {
    *w = (writing){.end = "\n"};
    line(w, "apiVersion: v1");
    line(w, "kind: List # of all");
    line(w, "items:");
    for (int i = 0; i < DOCUMENTS; i++) {
        char own[32];
        snprintf(own, sizeof own, "item-%d", i);
        line(w, "-");
        (i % 60 == 7 ? add_hashed : add_padding)(w, "  ", own);
    }
    return as_file(path, w);
}

/* The names of all Jobs are the expected ones, with that many threads. */
static void expect_names(const strata_file *files, size_t count, size_t jobs) {
    strata_error *error = strata_error_new();
    strata_filesystem *tree;
    strata_renderer_options options;
    strata_result *result;
    size_t found = 0;
    cr_assert_eq(strata_filesystem_new_memory(&tree, files, count, error), STRATA_OK);
    strata_renderer_options_init(&options);
    options.jobs = jobs;
    strata_renderer *renderer = fixture_renderer(tree, &options);
    cr_assert_eq(strata_build_run(&result, renderer, "/top", error), STRATA_OK, "%s", strata_error_message(error));
    for (size_t i = 0; i < strata_result_resource_count(result); i++) {
        strata_resource *r;
        cr_assert_eq(strata_result_resource(&r, result, i, error), STRATA_OK);
        if (strcmp(strata_resource_kind(r), "Job") != 0) continue;
        cr_assert(expected[found], "%s", strata_resource_name(r));
        cr_expect_str_eq(strata_resource_name(r), expected[found], "%zu jobs: %s", jobs, strata_resource_name(r));
        found++;
    }
    cr_expect_null(expected[found]);
    strata_result_free(result);
    strata_renderer_free(renderer);
    strata_filesystem_free(tree);
    strata_error_free(error);
}

Test(jobs_hashes, any_number_gives_the_names_that_kustomize_gives) {
    static writing unix_lines, other_lines, items;
    static const char top[] = "resources: [unix.yaml, list.yaml, ../base]\nnamePrefix: p-\n";
    static const char base[] = "resources: [dos.yaml]\nnamespace: space\n";
    const strata_file files[] = {
        {"/top/kustomization.yaml", top, sizeof top - 1},
        {"/base/kustomization.yaml", base, sizeof base - 1},
        documents(&unix_lines, "/top/unix.yaml", "unix", "\n"),
        documents(&other_lines, "/base/dos.yaml", "dos", "\r\n"),
        list(&items, "/top/list.yaml"),
    };
    enum { COUNT = sizeof files / sizeof *files };
    for (size_t jobs = 1; jobs <= 4; jobs++)
        expect_names(files, COUNT, jobs);
}
