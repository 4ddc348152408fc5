/*
 * tests/faults/files.c: each call to the system that a build makes, and that writing its result makes, fails in turn.
 *
 * usage: fault_files [--seconds S] [--case TEXT] [--at N --error E] TESTDATA
 *
 * Each call fails with ENOMEM, EIO, EMFILE, ENOSPC and EINTR, as far as that call can, and reads and writes come short.
 * A build that is interrupted or comes short ends as it would have ended; any other one so, too, or with one error and
 * no stream. Of the files of an output directory each is the old one or the new one, and there are no others; nothing
 * stays open. A failure is printed with the arguments that repeat it alone.
 */
#include "calls.h"
#include "case.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const int errors[] = {ENOMEM, EIO, EMFILE, ENOSPC, EINTR, CALL_SHORT};
enum { ERROR_COUNT = sizeof errors / sizeof errors[0], PATH_SIZE = 4096 };
static const char old_text[] = "old\n";

typedef struct outcome {
    strata_status status;
    strata_status described;
    char *stream; /* NULL without one */
    size_t size;
    size_t calls;
    int open_files; /* more than before */
    int temporary;  /* the same of files where the library makes temporary ones */
    char message[256];
} outcome;

typedef struct totals {
    size_t sites; /* calls */
    size_t faults;
    size_t survived;
    size_t wrong;
} totals;

static int count_entries(const char *path) {
    int entries = 0;
    DIR *d = opendir(path);
    while (d && readdir(d))
        entries++;
    if (d) closedir(d);
    return entries;
}

static char *copy_of(const char *data, size_t size) {
    char *copy = malloc(size + 1);
    memcpy(copy, data, size);
    copy[size] = '\0';
    return copy;
}

/* --- the output directory ---------------------------------------------------------------------------------------- */

static char output[] = "/tmp/strata-faults-XXXXXX";

static char *read_output(const char *name) {
    static char text[1 << 20];
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", output, name);
    FILE *f = fopen(path, "rb");
    size_t size = f ? fread(text, 1, sizeof text - 1, f) : 0;
    if (f) fclose(f);
    return copy_of(text, size);
}

/* What a build without faults writes. */
typedef struct expected_file {
    char *name;
    char *text;
} expected_file;
static expected_file expected[256];
static size_t expected_count;

static void for_each_output(void (*act)(const char *name)) {
    DIR *d = opendir(output);
    for (struct dirent *e; (e = readdir(d));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) act(e->d_name);
    closedir(d);
}

static void expect_file(const char *name) {
    expected[expected_count++] = (expected_file){copy_of(name, strlen(name)), read_output(name)};
}

static void remove_file(const char *name) {
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", output, name);
    unlink(path);
}

static void forget_expected(void) {
    for (size_t i = 0; i < expected_count; i++) {
        free(expected[i].name);
        free(expected[i].text);
    }
    expected_count = 0;
}

static void reset_output(void) {
    for_each_output(remove_file);
    for (size_t i = 0; i < expected_count; i++) {
        char path[PATH_SIZE];
        snprintf(path, sizeof path, "%s/%s", output, expected[i].name);
        FILE *f = fopen(path, "w");
        fputs(old_text, f);
        fclose(f);
    }
}

/* What is wrong with the files that are there now. */
static const char *judge_output(bool complete) {
    if ((size_t)count_entries(output) != expected_count + 2) return "leaves a file, or takes one away";
    const char *wrong = NULL;
    for (size_t i = 0; i < expected_count; i++) {
        char *text = read_output(expected[i].name);
        bool is_new = strcmp(text, expected[i].text) == 0;
        if (!is_new && (complete || strcmp(text, old_text) != 0)) wrong = "leaves a part of a file";
        free(text);
    }
    return wrong;
}

/* --- one use ----------------------------------------------------------------------------------------------------- */

/* A build with its stream; with `writing` its faults are those of writing the directory. */
static outcome run(const fault_case *c, bool writing, size_t at, int error_number) {
    strata_renderer *renderer = NULL;
    strata_result *result = NULL;
    strata_error *error = strata_error_new();
    const char *place = getenv("TMPDIR");
    outcome out = {.open_files = -count_entries("/proc/self/fd"), .temporary = place ? -count_entries(place) : 0};
    const char *data = "";
    if (!writing) calls_arm(at, error_number);
    out.status = strata_renderer_new(&renderer, &c->options, error);
    if (!out.status) out.status = strata_build_run(&result, renderer, c->target, error);
    if (!out.status) out.status = strata_result_stream(&data, &out.size, result, error);
    if (writing) calls_arm(at, error_number);
    if (writing && !out.status) out.status = strata_result_write_directory(result, output, error);
    out.calls = calls_disarm();
    if (!out.status) out.stream = copy_of(data, out.size);
    out.described = strata_error_status(error);
    snprintf(out.message, sizeof out.message, "%s", strata_error_message(error));
    strata_result_free(result);
    strata_renderer_free(renderer);
    strata_error_free(error);
    out.open_files += count_entries("/proc/self/fd");
    out.temporary += place ? count_entries(place) : 0;
    return out;
}

static bool same(const outcome *a, const outcome *b) {
    return a->status == b->status && a->size == b->size && (!a->stream || memcmp(a->stream, b->stream, a->size) == 0);
}

static const char *judge(const outcome *got, const outcome *healthy, bool writing, int error) {
    if (got->open_files) return "leaves a file open";
    if (got->temporary) return "leaves a temporary file";
    if (got->described != got->status) return "fails without an error";
    if (!same(got, healthy)) {
        if (error == EINTR || error == CALL_SHORT) return "ends in another way";
        if (got->status == STRATA_OK) return "gives another stream";
        if (!*got->message) return "fails without a message";
    }
    return writing && healthy->status == STRATA_OK ? judge_output(got->status == STRATA_OK) : NULL;
}

static void fail_one(totals *sum, const fault_case *c, const outcome *healthy, bool writing, size_t at, int error) {
    if (writing) reset_output();
    outcome got = run(c, writing, at, error);
    const char *wrong = judge(&got, healthy, writing, error);
    sum->faults++;
    sum->survived += same(&got, healthy);
    if (wrong) {
        sum->wrong++;
        printf("FAIL --case %s%s --at %zu --error %d: %s %s (status %d, %s)\n", c->folder, writing ? " --writing" : "",
               at, error, calls_name(at), wrong, (int)got.status, got.message);
    }
    free(got.stream);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

typedef struct choice {
    double seconds; /* for each case; 0: all faults */
    size_t at;      /* only this call ... */
    int error;      /* ... with this error */
} choice;

static void fail_many(totals *sum, const fault_case *c, bool writing, const choice *only) {
    forget_expected();
    reset_output();
    outcome healthy = run(c, writing, 0, 0);
    for_each_output(expect_file);
    if ((healthy.status == STRATA_OK) != c->succeeds) {
        sum->wrong++;
        printf("FAIL --case %s: ends with status %d with no call failing\n", c->folder, (int)healthy.status);
    }
    double end = now() + only->seconds;
    size_t faults = healthy.calls * ERROR_COUNT;
    sum->sites += healthy.calls;
    /* 7919 is prime: an order that is spread evenly wherever it is stopped. */
    for (size_t i = 0, k = 0; i < faults && (only->seconds <= 0 || now() < end); i++, k = (k + 7919) % faults) {
        size_t at = k / ERROR_COUNT + 1;
        int error = errors[k % ERROR_COUNT];
        if (only->at && (at != only->at || error != only->error)) continue;
        if (at <= CALLS_AT_MOST && calls_can_fail(at, error)) fail_one(sum, c, &healthy, writing, at, error);
    }
    free(healthy.stream);
}

int main(int count, char **arguments) {
    static fault_case cases[CASES_AT_MOST];
    const char *folder = NULL, *filter = "";
    choice only = {.seconds = 0};
    for (int i = 1; i < count; i++) {
        bool more = i + 1 < count;
        if (more && strcmp(arguments[i], "--seconds") == 0)
            only.seconds = strtod(arguments[++i], NULL);
        else if (more && strcmp(arguments[i], "--case") == 0)
            filter = arguments[++i];
        else if (more && strcmp(arguments[i], "--at") == 0)
            only.at = strtoul(arguments[++i], NULL, 10);
        else if (more && strcmp(arguments[i], "--error") == 0)
            only.error = (int)strtol(arguments[++i], NULL, 10);
        else
            folder = arguments[i];
    }
    if (!folder || !mkdtemp(output))
        return fprintf(stderr, "usage: fault_files [--seconds S] [--case TEXT] [--at N --error E] TESTDATA\n"), 2;
    size_t found = cases_find(cases, folder), used = 0;
    totals sum = {0};
    for (size_t i = 0; i < found; i++)
        used += strstr(cases[i].folder, filter) != NULL;
    only.seconds /= (double)used * 2;
    for (size_t i = 0; i < found; i++) {
        if (!strstr(cases[i].folder, filter)) continue;
        fail_many(&sum, &cases[i], false, &only);
        fail_many(&sum, &cases[i], true, &only);
    }
    cases_free(cases, found);
    forget_expected();
    reset_output();
    rmdir(output);
    printf("%zu cases, %zu calls, %zu faults, %zu of them without harm, %zu wrong\n", used, sum.sites, sum.faults,
           sum.survived, sum.wrong);
    return sum.wrong || !sum.faults;
}
