/*
 * render_threads.c: four threads build with one renderer, none waits for another. What each has of its own is its error
 * and its result. Prints whether all got the same stream.
 */
#include <pthread.h>
#include <stdio.h>
#include <strata/strata.h>
#include <string.h>

enum { THREADS = 4, BUILDS = 25 };

typedef struct job {
    const strata_renderer *renderer;
    const char *directory;
    strata_result *result; /* of the last build */
} job;

static void *work(void *user) {
    job *j = user;
    strata_error *error = strata_error_new();
    for (int i = 0; i < BUILDS; i++) {
        strata_result_free(j->result);
        if (strata_build_run(&j->result, j->renderer, j->directory, error)) {
            fprintf(stderr, "%s\n", strata_error_message(error));
            break;
        }
    }
    strata_error_free(error);
    return NULL;
}

static int same_stream(job *one, job *other) {
    const char *data, *other_data;
    size_t size, other_size;
    return one->result && other->result && !strata_result_stream(&data, &size, one->result, NULL) &&
           !strata_result_stream(&other_data, &other_size, other->result, NULL) && size == other_size &&
           memcmp(data, other_data, size) == 0;
}

int main(int argc, char **argv) {
    strata_renderer *renderer = NULL;
    pthread_t threads[THREADS];
    job jobs[THREADS];
    int same = 1, started = 0;
    if (strata_renderer_new(&renderer, NULL, NULL)) return 1;
    for (; started < THREADS; started++) {
        jobs[started] = (job){renderer, argc > 1 ? argv[1] : ".", NULL};
        if (pthread_create(&threads[started], NULL, work, &jobs[started])) break;
    }
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < started; i++)
        same = same && same_stream(&jobs[0], &jobs[i]);
    printf("%d builds in %d threads: %s\n", started * BUILDS, started, same ? "the same stream" : "not the same");
    for (int i = 0; i < started; i++)
        strata_result_free(jobs[i].result);
    strata_renderer_free(renderer);
    return !(same && started == THREADS);
}
