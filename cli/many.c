/* cli/many.c: see many.h. */
#include "many.h"

#include "interrupt.h"
#include "messages.h"
#include "output.h"
#include "progress.h"
#include "read_files.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WAITING_PER_THREAD = 4,
    MOST_THREADS = 256,
    STACK = 4 * 1024 * 1024 /* documents may be deep, and some systems give threads little */
};

/* What became of one target, until it is written. */
typedef struct outcome {
    bool done;
    bool failed;
    strata_result *result;
    char *messages;
    size_t messages_size;
} outcome;

typedef struct many {
    const strata_renderer *renderer;
    const many_target *targets;
    size_t count;
    const char *output;
    outcome *outcomes;
    bool wrote; /* the stream has begun */
    bool broke; /* and could not be written: that has been said, and is no target's fault */
    size_t failures;
    read_files inputs; /* of the targets whose turn has come, when there is an output directory */
    progress bar;
    pthread_mutex_t lock; /* guards what follows, and `done` of the outcomes */
    pthread_cond_t changed;
    size_t next;    /* the first target that nobody has taken */
    size_t written; /* targets whose turn is over */
    size_t ahead;   /* how many may be taken before their turn */
    bool stopped;
} many;

/* --- building, on any thread ------------------------------------------------------------------------------------- */

static bool render(const many *m, const many_target *target, outcome *out, strata_error *error) {
    const char *data;
    size_t size;
    if (strata_build_run(&out->result, m->renderer, target->path, error) == STRATA_OK &&
        strata_result_stream(&data, &size, out->result, error) == STRATA_OK)
        return true;
    failure_of(error);
    return false;
}

static void build_one(const many *m, const many_target *target, outcome *out) {
    FILE *messages = open_memstream(&out->messages, &out->messages_size);
    strata_error *error = strata_error_new();
    out->failed = true;
    if (messages && error) {
        messages_redirect(messages);
        out->failed = !render(m, target, out, error);
        if (out->failed) message_note("in the target %s", target->path);
        messages_redirect(NULL);
    }
    if (messages) fclose(messages);
    strata_error_free(error);
}

/* The number of the next target, which is then this thread's; `count` when there is none left. */
static size_t take(many *m) {
    pthread_mutex_lock(&m->lock);
    while (!m->stopped && m->next < m->count && m->next >= m->written + m->ahead)
        pthread_cond_wait(&m->changed, &m->lock);
    size_t index = m->stopped ? m->count : m->next;
    if (index < m->count) m->next++;
    pthread_mutex_unlock(&m->lock);
    return index;
}

static void *work(void *user) {
    many *m = user;
    for (size_t i = take(m); i < m->count; i = take(m)) {
        build_one(m, &m->targets[i], &m->outcomes[i]);
        pthread_mutex_lock(&m->lock);
        m->outcomes[i].done = true;
        pthread_cond_broadcast(&m->changed);
        pthread_mutex_unlock(&m->lock);
    }
    return NULL;
}

/* --- writing, in order ------------------------------------------------------------------------------------------- */

static int write_to_stream(many *m, const char *data, size_t size) {
    if (size == 0) return EXIT_FINE;
    int status = m->wrote ? output_to_stdout("---\n", 4) : EXIT_FINE;
    m->wrote = true;
    return status ? status : output_to_stdout(data, size);
}

/* A tree may be rendered into itself, but not over what it is made of: by this target, or by one before it. */
static int keep_inputs(many *m, const many_target *target, const strata_result *result) {
    const char *slash = strrchr(target->place, '/');
    char *path;
    if (!read_files_add(&m->inputs, result, slash ? slash + 1 : target->place)) return out_of_memory();
    if (asprintf(&path, "%s/%s", m->output, target->place) < 0) return out_of_memory();
    int status = EXIT_FINE;
    if (read_files_have(&m->inputs, path))
        status = failure("the output %s would take the place of a file that the build has read", path);
    free(path);
    return status;
}

static int write_to_file(many *m, const many_target *target, const strata_result *result, const char *data,
                         size_t size) {
    if (!target->place) return failure("%s has no place in %s: build it on its own", target->path, m->output);
    int status = keep_inputs(m, target, result);
    return status ? status : output_below(m->output, target->place, data, size);
}

static bool write_one(many *m, const many_target *target, strata_result *result) {
    const char *data;
    size_t size;
    if (strata_result_stream(&data, &size, result, NULL)) return false;
    int status = m->output ? write_to_file(m, target, result, data, size) : write_to_stream(m, data, size);
    return status == EXIT_FINE;
}

/* Messages take the place of the bar. */
static void show_messages(many *m, const char *data, size_t size) {
    if (size == 0) return;
    progress_clear(&m->bar);
    message_bytes(data, size);
}

/* A target's turn. False when nothing more can be written. */
static bool finish_one(many *m, size_t index) {
    outcome *one = &m->outcomes[index];
    bool go_on = true;
    if (!one->messages) {
        progress_clear(&m->bar);
        out_of_memory();
    }
    show_messages(m, one->messages, one->messages_size);
    if (!one->failed) {
        char *held = NULL;
        size_t held_size = 0;
        FILE *hold = m->bar.shown ? open_memstream(&held, &held_size) : NULL;
        messages_redirect(hold);
        one->failed = !write_one(m, &m->targets[index], one->result);
        messages_redirect(NULL);
        if (hold) fclose(hold);
        show_messages(m, held, held_size);
        free(held);
        go_on = !one->failed || m->output;
        m->broke = !go_on;
    }
    if (one->failed) m->failures++;
    strata_result_free(one->result);
    free(one->messages);
    *one = (outcome){.done = true};
    progress_step(&m->bar, index + 1, m->targets[index].path);
    return go_on;
}

static void wait_for(many *m, size_t index) {
    pthread_mutex_lock(&m->lock);
    while (!m->outcomes[index].done)
        pthread_cond_wait(&m->changed, &m->lock);
    pthread_mutex_unlock(&m->lock);
}

static void pass_turn(many *m, bool stop) {
    pthread_mutex_lock(&m->lock);
    m->written++;
    m->stopped = stop;
    pthread_cond_broadcast(&m->changed);
    pthread_mutex_unlock(&m->lock);
}

/* --- all of them ------------------------------------------------------------------------------------------------- */

static void run_alone(many *m) {
    bool go_on = true;
    for (size_t i = 0; go_on && i < m->count; i++) {
        build_one(m, &m->targets[i], &m->outcomes[i]);
        go_on = finish_one(m, i);
    }
}

/* With the threads that the system gives; when it gives none, alone. */
static void run_threads(many *m, size_t wanted) {
    pthread_t threads[MOST_THREADS];
    size_t started = 0;
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) == 0) {
        pthread_attr_setstacksize(&attributes, STACK);
        while (started < wanted && pthread_create(&threads[started], &attributes, work, m) == 0)
            started++;
        pthread_attr_destroy(&attributes);
    }
    if (started == 0) {
        run_alone(m);
        return;
    }
    bool go_on = true;
    for (size_t i = 0; go_on && i < m->count; i++) {
        wait_for(m, i);
        go_on = finish_one(m, i);
        pass_turn(m, !go_on);
    }
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

/* What was built in vain when the output could not be written. */
static void drop_rest(many *m) {
    for (size_t i = 0; i < m->count; i++) {
        strata_result_free(m->outcomes[i].result);
        free(m->outcomes[i].messages);
    }
    free(m->outcomes);
}

int many_build(const strata_renderer *renderer, const many_target *targets, size_t count, size_t threads,
               const char *output) {
    many m = {.renderer = renderer, .targets = targets, .count = count, .output = output};
    if (output && output_make_directories(output)) return EXIT_FAILED;
    m.outcomes = calloc(count ? count : 1, sizeof *m.outcomes);
    if (!m.outcomes) return out_of_memory();
    if (threads > MOST_THREADS) threads = MOST_THREADS;
    if (threads > count) threads = count;
    m.ahead = threads * WAITING_PER_THREAD;
    pthread_mutex_init(&m.lock, NULL);
    pthread_cond_init(&m.changed, NULL);
    output_prepare();
    progress_begin(&m.bar, count, !output);
    interrupt_begin();
    if (threads > 1)
        run_threads(&m, threads);
    else
        run_alone(&m);
    interrupt_end();
    progress_clear(&m.bar);
    pthread_cond_destroy(&m.changed);
    pthread_mutex_destroy(&m.lock);
    drop_rest(&m);
    read_files_free(&m.inputs);
    if (m.broke) return EXIT_FAILED;
    if (m.failures == 0) return EXIT_FINE;
    return failure("%zu of %zu targets failed", m.failures, count);
}
