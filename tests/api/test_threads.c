/* tests/api/test_threads.c: one renderer serves many threads at once. */
#include "api_fixture.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <string.h>

enum { THREADS = 8, ROUNDS = 25 };

static strata_renderer *shared;

/* NULL when every build gave the right stream, or failed as it should. */
static void *build_many(void *odd) {
    strata_error *error = strata_error_new();
    const char *wrong = NULL;
    for (int i = 0; i < ROUNDS && !wrong; i++) {
        strata_result *result = NULL;
        const char *data;
        size_t size;
        bool absent = odd && i % 2;
        strata_status status = strata_build_run(&result, shared, absent ? "/absent" : "/overlay", error);
        if (absent ? status == STRATA_OK : status != STRATA_OK)
            wrong = "a build ended in the wrong way";
        else if (!absent && (strata_result_stream(&data, &size, result, error) || strcmp(data, fixture_stream) != 0))
            wrong = "a stream is wrong";
        strata_result_free(result);
    }
    strata_error_free(error);
    return (void *)wrong;
}

static void share_a_renderer(strata_renderer_options *options) {
    strata_filesystem *files = fixture_filesystem();
    pthread_t threads[THREADS];
    shared = fixture_renderer(files, options);
    cr_assert(shared);
    for (size_t i = 0; i < THREADS; i++)
        cr_assert_eq(pthread_create(&threads[i], NULL, build_many, i % 2 ? &shared : NULL), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *wrong = NULL;
        pthread_join(threads[i], &wrong);
        cr_assert_null(wrong, "%s", (char *)wrong);
    }
    strata_renderer_free(shared);
    strata_filesystem_free(files);
}

Test(threads, share_a_renderer) { share_a_renderer(NULL); }

Test(threads, share_a_renderer_that_keeps_files) {
    strata_renderer_options options;
    strata_renderer_options_init(&options);
    options.cache_size = 1 << 20;
    share_a_renderer(&options);
}

Test(threads, results_outlive_the_kept_files_of_their_renderer) {
    strata_filesystem *files = fixture_filesystem();
    strata_renderer_options options;
    strata_renderer_options_init(&options);
    options.cache_size = 1 << 20;
    strata_renderer *renderer = fixture_renderer(files, &options);
    strata_error *error = strata_error_new();
    strata_result *results[4];
    for (size_t i = 0; i < 4; i++)
        cr_assert_eq(strata_build_run(&results[i], renderer, "/overlay", error), STRATA_OK);
    strata_renderer_free(renderer);
    for (size_t i = 0; i < 4; i++) {
        const char *data;
        size_t size;
        cr_assert_eq(strata_result_stream(&data, &size, results[i], error), STRATA_OK);
        cr_assert_str_eq(data, fixture_stream);
        strata_result_free(results[i]);
    }
    strata_error_free(error);
    strata_filesystem_free(files);
}
