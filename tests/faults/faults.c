/*
 * tests/faults/faults.c: each allocation of each build of testdata/ fails in turn.
 *
 * usage: faults [--seconds S] [--case TEXT] [--at N] [--lasting] TESTDATA
 *
 * A build with a failing allocation ends with STRATA_NO_MEMORY, or as it would have ended without (where memory is only
 * wanted for something that the build can do without); it gives everything back and shows no part of a stream. Without
 * --seconds every allocation fails once, and once more with all that follow; with it as many as there is time for,
 * spread evenly. Builds with STRATA_ARENA_MALLOC have an allocation for each object. A failure is printed with the
 * arguments that repeat it alone.
 */
#include "case.h"
#include "faulty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct outcome {
    strata_status status;
    char *stream; /* NULL without one */
    size_t size;
    size_t asked;
    size_t live;
    bool silent; /* failed, but the error object doesn't say so */
} outcome;

typedef struct totals {
    size_t failed; /* allocations */
    size_t survived;
    size_t wrong;
} totals;

static outcome build(const fault_case *c, size_t fail_at, bool lasting) {
    faulty f = {.fail_at = fail_at, .lasting = lasting};
    strata_allocator allocator = faulty_allocator(&f);
    strata_renderer_options options = c->options;
    options.allocator = &allocator;
    strata_renderer *renderer = NULL;
    strata_result *result = NULL;
    strata_error *error = strata_error_new();
    outcome out = {.status = STRATA_OK};
    const char *data;
    out.status = strata_renderer_new(&renderer, &options, error);
    if (!out.status) out.status = strata_build_run(&result, renderer, c->target, error);
    if (!out.status) out.status = strata_result_stream(&data, &out.size, result, error);
    if (!out.status) {
        out.stream = malloc(out.size + 1);
        memcpy(out.stream, data, out.size + 1);
    }
    out.silent = strata_error_status(error) != out.status;
    strata_result_free(result);
    strata_renderer_free(renderer);
    strata_error_free(error);
    out.asked = f.asked;
    out.live = f.live;
    return out;
}

static bool same(const outcome *a, const outcome *b) {
    return a->status == b->status && a->size == b->size && (!a->stream || memcmp(a->stream, b->stream, a->size) == 0);
}

/* What is wrong with a build whose allocation failed; NULL when nothing is. */
static const char *judge(const outcome *got, const outcome *healthy) {
    if (got->live) return "leaks";
    if (got->silent) return "fails without an error";
    if (got->status == STRATA_NO_MEMORY && !got->stream) return NULL;
    return same(got, healthy) ? NULL : "ends in another way";
}

static void fail_one(totals *sum, const fault_case *c, const outcome *healthy, size_t at, bool lasting) {
    outcome got = build(c, at, lasting);
    const char *wrong = judge(&got, healthy);
    sum->failed++;
    sum->survived += got.status != STRATA_NO_MEMORY;
    if (wrong) {
        sum->wrong++;
        printf("FAIL --case %s --at %zu%s: %s (status %d, %zu blocks out)\n", c->folder, at,
               lasting ? " --lasting" : "", wrong, (int)got.status, got.live);
    }
    free(got.stream);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Steps through 1..count in an order that is spread evenly wherever it is stopped: by a stride prime to `count`. */
static size_t stride_of(size_t count) {
    size_t stride = (size_t)((double)count * 0.6180339887) + 1;
    for (;; stride++) {
        size_t a = count, b = stride;
        while (b) {
            size_t rest = a % b;
            a = b;
            b = rest;
        }
        if (a == 1) return stride;
    }
}

static void fail_many(totals *sum, const fault_case *c, double seconds) {
    outcome healthy = build(c, 0, false);
    double end = now() + seconds;
    size_t stride = stride_of(healthy.asked), at = 0;
    if ((healthy.status == STRATA_OK) != c->succeeds) {
        sum->wrong++;
        printf("FAIL --case %s: ends with status %d with no allocation failing\n", c->folder, (int)healthy.status);
    }
    if (healthy.live) {
        sum->wrong++;
        printf("FAIL --case %s: leaks %zu blocks with no allocation failing\n", c->folder, healthy.live);
    }
    for (size_t i = 0; i < healthy.asked && (seconds <= 0 || now() < end); i++) {
        at = (at + stride) % healthy.asked;
        fail_one(sum, c, &healthy, at + 1, false);
        fail_one(sum, c, &healthy, at + 1, true);
    }
    free(healthy.stream);
}

int main(int count, char **arguments) {
    static fault_case cases[CASES_AT_MOST];
    const char *folder = NULL, *filter = "";
    double seconds = 0;
    size_t at = 0;
    bool lasting = false;
    for (int i = 1; i < count; i++) {
        bool more = i + 1 < count;
        if (strcmp(arguments[i], "--lasting") == 0)
            lasting = true;
        else if (more && strcmp(arguments[i], "--seconds") == 0)
            seconds = strtod(arguments[++i], NULL);
        else if (more && strcmp(arguments[i], "--case") == 0)
            filter = arguments[++i];
        else if (more && strcmp(arguments[i], "--at") == 0)
            at = strtoul(arguments[++i], NULL, 10);
        else
            folder = arguments[i];
    }
    if (!folder) return fprintf(stderr, "usage: faults [--seconds S] [--case TEXT] [--at N] [--lasting] TESTDATA\n"), 2;
    size_t found = cases_find(cases, folder), run = 0;
    totals sum = {0};
    for (size_t i = 0; i < found; i++)
        run += strstr(cases[i].folder, filter) != NULL;
    for (size_t i = 0; i < found; i++) {
        if (!strstr(cases[i].folder, filter)) continue;
        if (at) {
            outcome healthy = build(&cases[i], 0, false);
            fail_one(&sum, &cases[i], &healthy, at, lasting);
            free(healthy.stream);
        } else {
            fail_many(&sum, &cases[i], seconds / (double)run);
        }
    }
    cases_free(cases, found);
    printf("%zu cases, %zu allocations failed, %zu of them without harm, %zu wrong\n", run, sum.failed, sum.survived,
           sum.wrong);
    return sum.wrong || !sum.failed;
}
