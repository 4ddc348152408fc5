/*
 * tests/faults/packages.c: each allocation and each call to the system that functions over a directory make fails in
 * turn.
 *
 * usage: fault_packages [--seconds S]
 *
 * The function changes two files, moves a resource to a new directory, and so leaves one file without any. Whatever
 * fails before the first file is renamed leaves all as it was; afterwards each file is the old one or the new one.
 * There are no other files, nothing stays allocated or open.
 */
#include "calls.h"
#include "faulty.h"
#include "tree.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const int errors[] = {ENOMEM, EIO, EMFILE, ENOSPC, EINTR, CALL_SHORT};
enum { ERROR_COUNT = sizeof errors / sizeof errors[0], PATH_SIZE = 4096 };

#define CONFIG_MAP(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\n"

static const char *const names[] = {"a.yaml", "b.yaml", "c.yaml"};
static const char *const texts[] = {CONFIG_MAP("a"), CONFIG_MAP("b"), CONFIG_MAP("moved")};
enum { FILE_COUNT = sizeof names / sizeof *names };

/* Gives each resource a field, and the last one another path. */
static const char function[] = "#!/bin/sh\n"
                               "sed -e 's/^\\( *\\)name: \\(.*\\)/&\\n\\1labels: {new: label}/'"
                               " -e 's|c[.]yaml|deep/er/d.yaml|'\n";

static char top[] = "/tmp/strata-packages-XXXXXX";
static char folder[PATH_SIZE], program[PATH_SIZE];

/* --- the directory ----------------------------------------------------------------------------------------------- */

static void write_files(void) {
    mkdir(folder, 0777);
    for (size_t i = 0; i < FILE_COUNT; i++)
        tree_write(folder, names[i], texts[i]);
}

/* --- one use ----------------------------------------------------------------------------------------------------- */

typedef struct fault {
    size_t allocation; /* 0: none */
    bool lasting;
    size_t call; /* 0: none */
    int error;
} fault;

typedef struct outcome {
    strata_status status;
    strata_status described;
    size_t asked;
    size_t live;
    size_t calls;
    int open_files; /* more than before */
    char message[256];
    char tree[TREE_SIZE];
} outcome;

static void run(const fault *which, outcome *out) {
    extern char **environ;
    faulty f = {.fail_at = which->allocation, .lasting = which->lasting};
    strata_allocator allocator = faulty_allocator(&f);
    strata_renderer_options options;
    strata_functions_options functions;
    strata_renderer *renderer = NULL;
    strata_output *output = NULL;
    strata_error *error = strata_error_new();
    *out = (outcome){.open_files = -tree_open_files()};
    write_files();
    strata_renderer_options_init(&options);
    options.allocator = &allocator;
    options.plugins_enable = true;
    options.exec_enable = true;
    options.environment = (const char *const *)environ;
    strata_functions_options_init(&functions);
    functions.path = folder;
    functions.exec_path = program;
    calls_arm(which->call, which->error);
    out->status = strata_renderer_new(&renderer, &options, error);
    if (!out->status) out->status = strata_functions_run(&output, renderer, &functions, error);
    out->calls = calls_disarm();
    out->described = strata_error_status(error);
    snprintf(out->message, sizeof out->message, "%s", strata_error_message(error));
    strata_output_free(output);
    strata_renderer_free(renderer);
    strata_error_free(error);
    out->asked = f.asked;
    out->live = f.live;
    out->open_files += tree_open_files();
    tree_take(folder, out->tree);
}

static const char *judge(const outcome *got, const outcome *healthy, const char *old, const fault *which) {
    if (got->live) return "leaks";
    if (got->open_files) return "leaves a file open";
    if (got->described != got->status) return "fails without an error";
    if (got->status == STRATA_OK) return strcmp(got->tree, healthy->tree) == 0 ? NULL : "leaves other files";
    if (which->call && (which->error == EINTR || which->error == CALL_SHORT)) return "fails though it could go on";
    if (!*got->message) return "fails without a message";
    if (strcmp(got->tree, old) == 0) return NULL;
    /* Files get their names one by one. */
    return strcmp(calls_failed(), "rename") == 0 ? NULL : "changes files though it fails";
}

/* --- all --------------------------------------------------------------------------------------------------------- */

typedef struct totals {
    size_t allocations;
    size_t calls;
    size_t wrong;
} totals;

static outcome healthy, got;
static char old[TREE_SIZE];

static void fail_one(totals *sum, const fault *which) {
    run(which, &got);
    const char *wrong = judge(&got, &healthy, old, which);
    sum->allocations += which->allocation != 0;
    sum->calls += which->call != 0;
    if (!wrong) return;
    sum->wrong++;
    printf("FAIL allocation %zu%s, call %zu (%s) with %d: %s (status %d, %s)\n%s\n", which->allocation,
           which->lasting ? " and later" : "", which->call, calls_failed(), which->error, wrong, (int)got.status,
           got.message, got.tree);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* What a number of the row of all faults stands for. */
static fault fault_of(size_t number) {
    if (number < 2 * healthy.asked) return (fault){.allocation = number / 2 + 1, .lasting = number % 2};
    number -= 2 * healthy.asked;
    return (fault){.call = number / ERROR_COUNT + 1, .error = errors[number % ERROR_COUNT]};
}

int main(int count, char **arguments) {
    static const fault none;
    double seconds = count == 3 && strcmp(arguments[1], "--seconds") == 0 ? strtod(arguments[2], NULL) : 0;
    totals sum = {0};
    if (!mkdtemp(top)) return 2;
    snprintf(folder, sizeof folder, "%s/package", top);
    snprintf(program, sizeof program, "%s/function", top);
    tree_write(top, "function", function);
    chmod(program, 0755);
    write_files();
    tree_take(folder, old);
    run(&none, &healthy);
    if (healthy.status || !strstr(healthy.tree, "/deep/er/d.yaml") || healthy.live || healthy.open_files) {
        sum.wrong++;
        printf("FAIL with nothing failing: status %d, %s\n%s\n", (int)healthy.status, healthy.message, healthy.tree);
    }
    double end = now() + seconds;
    size_t faults = 2 * healthy.asked + healthy.calls * ERROR_COUNT;
    /* 7919 is prime: an order that is spread evenly wherever it is stopped. */
    for (size_t i = 0, k = 0; i < faults && (seconds <= 0 || now() < end); i++, k = (k + 7919) % faults) {
        fault which = fault_of(k);
        if (!which.call || calls_can_fail(which.call, which.error)) fail_one(&sum, &which);
    }
    unlink(program);
    rmdir(top);
    printf("%zu allocations and %zu calls failed, %zu wrong\n", sum.allocations, sum.calls, sum.wrong);
    return sum.wrong || !sum.allocations || !sum.calls;
}
