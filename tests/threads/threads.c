/*
 * tests/threads/threads.c: eight threads build thousands of different targets with shared renderers, and each build
 * ends as it does alone.
 *
 * usage: threads [--builds N] TESTDATA
 *
 * The targets are the trees of testdata/, read from the disk, and trees in memory that all have the same resource and
 * patch but differ in schema and configuration: what one of them sets would show in another. Each target is built alone
 * first, with a renderer of its own and no cache. Meant for ThreadSanitizer (the tsan preset); useful without.
 */
#include "../faults/case.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 8, TREES = 48, TREE_FILES = 5, JOBS_AT_MOST = CASES_AT_MOST + TREES };

typedef struct job {
    const strata_renderer *renderer; /* the shared one */
    char target[4096];
    strata_status status; /* what comes of it alone */
    char *answer;         /* the stream or the message */
} job;

static job jobs[JOBS_AT_MOST];
static size_t job_count, builds_wanted = 4000;

static void check(bool holds, const char *what) {
    if (holds) return;
    fprintf(stderr, "threads: %s\n", what);
    exit(2);
}

/* --- trees in memory --------------------------------------------------------------------------------------------- */

static strata_file files[TREES * TREE_FILES];
static size_t file_count;

static void add_file(int tree, const char *name, char *bytes) {
    char *path;
    check(asprintf(&path, "/tree%d/%s", tree, name) > 0, "out of memory");
    files[file_count++] = (strata_file){path, bytes, strlen(bytes)};
}

__attribute__((format(printf, 1, 2))) static char *format(const char *pattern, ...) {
    char *out;
    va_list values;
    va_start(values, pattern);
    check(vasprintf(&out, pattern, values) > 0, "out of memory");
    va_end(values);
    return out;
}

/* Without a schema the list is replaced; with one it is merged by one field or another. */
static void add_tree(int tree) {
    static const char *const keys[] = {"a", "b", NULL};
    const char *key = keys[tree % 3];
    bool has_prefix_rule = tree / 3 % 2;
    add_file(tree, "app.yaml",
             format("apiVersion: example.org/v1\nkind: App\nmetadata: {name: app}\n"
                    "spec: {tree: %d, items: [{a: 1, b: 1, v: old}, {a: 2, b: 2, v: old}]}\n",
                    tree));
    add_file(tree, "patch.yaml",
             format("apiVersion: example.org/v1\nkind: App\nmetadata: {name: app}\n"
                    "spec: {items: [{a: 1, b: 2, v: new}]}\n"));
    add_file(tree, "kustomization.yaml",
             format("namePrefix: p-\nresources: [app.yaml]\npatches: [{path: patch.yaml}]\n%s%s",
                    key ? "openapi: {path: schema.json}\n" : "",
                    has_prefix_rule ? "configurations: [rules.yaml]\n" : ""));
    if (key)
        add_file(tree, "schema.json",
                 format("{\"definitions\": {\"org.example.v1.App\": {\"x-kubernetes-group-version-kind\": [{\"group\": "
                        "\"example.org\", \"version\": \"v1\", \"kind\": \"App\"}], \"properties\": {\"spec\": "
                        "{\"properties\": {\"items\": {\"type\": \"array\", \"items\": {\"type\": \"object\"}, "
                        "\"x-kubernetes-patch-strategy\": \"merge\", \"x-kubernetes-patch-merge-key\": \"%s\"}}}}}}}",
                        key));
    if (has_prefix_rule) add_file(tree, "rules.yaml", format("namePrefix:\n- {path: spec/tree, kind: App}\n"));
}

/* --- one build --------------------------------------------------------------------------------------------------- */

/* The stream, or the message of the failure. */
static strata_status build(const strata_renderer *renderer, const char *target, strata_error *error, char **answer) {
    strata_result *result = NULL;
    const char *data;
    size_t size;
    strata_status status = strata_build_run(&result, renderer, target, error);
    if (status == STRATA_OK) status = strata_result_stream(&data, &size, result, error);
    *answer = strdup(status == STRATA_OK ? data : strata_error_message(error));
    strata_result_free(result);
    return status;
}

static void add_job(const strata_renderer_options *options, const strata_renderer *renderer, const char *target) {
    job *j = &jobs[job_count++];
    strata_renderer *alone = NULL;
    strata_error *error = strata_error_new();
    *j = (job){.renderer = renderer};
    snprintf(j->target, sizeof j->target, "%s", target);
    check(strata_renderer_new(&alone, options, error) == STRATA_OK, strata_error_message(error));
    j->status = build(alone, j->target, error, &j->answer);
    strata_renderer_free(alone);
    strata_error_free(error);
}

/* With a cache too small for all that is read, so that the threads also throw out what others look for. */
static strata_renderer *new_shared(const strata_renderer_options *options) {
    strata_renderer_options cached = *options;
    strata_renderer *renderer = NULL;
    cached.cache_size = 128 * 1024;
    check(strata_renderer_new(&renderer, &cached, NULL) == STRATA_OK, "no renderer");
    return renderer;
}

/* --- many builds ------------------------------------------------------------------------------------------------- */

typedef struct worker {
    pthread_t thread;
    unsigned state; /* of the order of its builds */
    size_t builds;
    size_t wrong;
} worker;

static void *work(void *data) {
    worker *w = data;
    strata_error *error = strata_error_new();
    for (size_t i = 0; i < builds_wanted / THREADS; i++) {
        w->state = w->state * 1664525u + 1013904223u;
        const job *j = &jobs[(w->state >> 8) % job_count];
        char *answer;
        strata_status status = build(j->renderer, j->target, error, &answer);
        w->builds++;
        if (status != j->status || strcmp(answer, j->answer) != 0) {
            w->wrong++;
            printf("FAIL %s: status %d instead of %d:\n%s\ninstead of:\n%s\n", j->target, (int)status, (int)j->status,
                   answer, j->answer);
        }
        free(answer);
    }
    strata_error_free(error);
    return NULL;
}

static size_t work_together(size_t *builds) {
    static worker workers[THREADS];
    size_t wrong = 0;
    for (unsigned i = 0; i < THREADS; i++) {
        workers[i].state = i + 1;
        check(pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0, "no thread");
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        *builds += workers[i].builds;
        wrong += workers[i].wrong;
    }
    return wrong;
}

/* --- all --------------------------------------------------------------------------------------------------------- */

static void add_disk_jobs(const fault_case *cases, size_t found, const strata_renderer_options *options,
                          const strata_renderer *renderer) {
    for (size_t i = 0; i < found; i++) {
        char *target = format("%s/%s", cases[i].folder, cases[i].target);
        add_job(options, renderer, target);
        free(target);
    }
}

static void add_tree_jobs(const strata_renderer_options *options, const strata_renderer *renderer) {
    for (int i = 0; i < TREES; i++) {
        char *target = format("/tree%d", i);
        add_job(options, renderer, target);
        check(jobs[job_count - 1].status == STRATA_OK, jobs[job_count - 1].answer);
        free(target);
    }
}

static void free_all(void) {
    for (size_t i = 0; i < job_count; i++)
        free(jobs[i].answer);
    for (size_t i = 0; i < file_count; i++) {
        free((char *)(uintptr_t)files[i].path);
        free((char *)(uintptr_t)files[i].data);
    }
}

int main(int count, char **arguments) {
    static fault_case cases[CASES_AT_MOST];
    const char *folder = NULL;
    for (int i = 1; i < count; i++) {
        if (i + 1 < count && strcmp(arguments[i], "--builds") == 0)
            builds_wanted = strtoul(arguments[++i], NULL, 10);
        else
            folder = arguments[i];
    }
    if (!folder) return fprintf(stderr, "usage: threads [--builds N] TESTDATA\n"), 2;
    strata_renderer_options on_disk, in_memory;
    strata_renderer *disk = NULL, *memory = NULL;
    strata_filesystem *tree = NULL;
    size_t found = cases_find(cases, folder), builds = 0;
    for (int i = 0; i < TREES; i++)
        add_tree(i);
    check(strata_filesystem_new_memory(&tree, files, file_count, NULL) == STRATA_OK, "no tree");
    strata_renderer_options_init(&on_disk);
    on_disk.plugins_enable = on_disk.exec_enable = true;
    on_disk.environment = cases[0].options.environment;
    strata_renderer_options_init(&in_memory);
    in_memory.filesystem = tree;
    disk = new_shared(&on_disk);
    memory = new_shared(&in_memory);
    add_disk_jobs(cases, found, &on_disk, disk);
    add_tree_jobs(&in_memory, memory);
    size_t wrong = work_together(&builds);
    strata_renderer_free(disk);
    strata_renderer_free(memory);
    strata_filesystem_free(tree);
    cases_free(cases, found);
    free_all();
    printf("%zu targets, %zu builds by %d threads, %zu wrong\n", job_count, builds, THREADS, wrong);
    return wrong || !builds;
}
