/* tests/api/test_cancellation.c: builds that end early: cancelled, out of time, or over a limit of memory. */
#include "api_fixture.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static strata_error *error;
static strata_result *result;

static void set_up(void) { error = strata_error_new(); }

static void tear_down(void) {
    strata_result_free(result);
    strata_error_free(error);
}

TestSuite(cancellation, .init = set_up, .fini = tear_down, .timeout = 60);

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The fixture's build with these limits and this token; NULL means none. */
static strata_status build_fixture(strata_limits *limits, strata_cancellation *cancellation) {
    strata_renderer_options options;
    strata_build_options build;
    strata_renderer_options_init(&options);
    options.limits = limits;
    strata_filesystem *files = fixture_filesystem();
    strata_renderer *renderer = fixture_renderer(files, &options);
    strata_build_options_init(&build);
    build.cancellation = cancellation;
    strata_status status = strata_build_run_with(&result, renderer, "/overlay", &build, error);
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
    return status;
}

Test(cancellation, a_request_ends_builds_now_and_later) {
    strata_cancellation *stop = strata_cancellation_new();
    cr_assert_eq(build_fixture(NULL, stop), STRATA_OK);
    strata_result_free(result);
    strata_cancellation_request(stop);
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(build_fixture(NULL, stop), STRATA_CANCELLED);
        cr_assert_null(result);
        cr_assert_str_eq(strata_error_name(error), "cancelled");
    }
    strata_cancellation_free(stop);
}

Test(cancellation, a_result_outlives_a_request) {
    strata_cancellation *stop = strata_cancellation_new();
    const char *data;
    size_t size;
    cr_assert_eq(build_fixture(NULL, stop), STRATA_OK);
    strata_cancellation_request(stop);
    strata_cancellation_free(stop);
    cr_assert_eq(strata_result_stream(&data, &size, result, error), STRATA_OK);
    cr_assert_str_eq(data, fixture_stream);
}

Test(cancellation, null_is_fine) {
    strata_cancellation_request(NULL);
    strata_cancellation_free(NULL);
}

Test(cancellation, memory_is_a_limit_of_its_own) {
    strata_limits limits;
    strata_limits_init(&limits);
    limits.memory = 20000;
    cr_assert_eq(build_fixture(&limits, NULL), STRATA_LIMIT);
    cr_assert(strstr(strata_error_message(error), "more than 20000 bytes (limit memory)"), "%s",
              strata_error_message(error));
}

/* --- time for a result ------------------------------------------------------------------------------------------- */

/* An allocator that takes half a second for each block once it is told to be slow. */
static bool slow;
static void *slow_allocate(size_t size, void *user) {
    (void)user;
    if (slow) usleep(500000);
    return malloc(size);
}
static void *slow_reallocate(void *block, size_t size, void *user) {
    (void)user;
    if (slow) usleep(500000);
    return realloc(block, size);
}
static void slow_release(void *block, void *user) {
    (void)user;
    free(block);
}
static const strata_allocator slow_allocator = {slow_allocate, slow_reallocate, slow_release, NULL};

Test(cancellation, writing_a_result_has_time_of_its_own_and_no_more) {
    strata_limits limits;
    strata_renderer_options options;
    char directory[] = "/tmp/strata-api-XXXXXX";
    const char *data;
    size_t size;
    cr_assert(mkdtemp(directory));
    strata_limits_init(&limits);
    limits.time = 400;
    strata_renderer_options_init(&options);
    options.limits = &limits;
    options.allocator = &slow_allocator;
    strata_filesystem *files = fixture_filesystem();
    strata_renderer *renderer = fixture_renderer(files, &options);
    cr_assert_eq(strata_build_run(&result, renderer, "/overlay", error), STRATA_OK);
    usleep(500000); /* the build's own time is up, which is of no matter */
    slow = true;
    cr_assert_eq(strata_result_stream(&data, &size, result, error), STRATA_LIMIT);
    cr_assert(strstr(strata_error_message(error), "more than 400 ms (limit time)"));
    cr_assert_eq(strata_result_write_directory(result, directory, error), STRATA_LIMIT);
    slow = false;
    cr_assert_eq(rmdir(directory), 0, "nothing was written");
    cr_assert_eq(strata_result_stream(&data, &size, result, error), STRATA_OK);
    cr_assert_str_eq(data, fixture_stream);
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
}

/* --- a renderer's cancellation ----------------------------------------------------------------------------------- */

static strata_status count(const strata_renderer *renderer, strata_output **out) {
    strata_package_options options;
    strata_package_options_init(&options);
    options.path = "/overlay";
    return strata_package_count(out, renderer, &options, error);
}

static strata_status create(const strata_renderer *renderer, strata_output **out) {
    strata_create_options options;
    strata_create_options_init(&options);
    options.autodetect = true;
    return strata_create_run(out, renderer, &options, error);
}

static strata_status localize(const strata_renderer *renderer, strata_output **out) {
    strata_localize_options options;
    strata_localize_options_init(&options);
    options.target = "/overlay";
    options.destination = "/tmp/strata-api-never-made";
    return strata_localize_run(out, renderer, &options, error);
}

static strata_status edit(const strata_renderer *renderer, strata_output **out) {
    strata_edit *e;
    strata_edit_arguments arguments;
    static const char *const prefix[] = {"x-"};
    *out = NULL;
    strata_status status = strata_edit_open(&e, renderer, "/overlay", error);
    if (status != STRATA_OK) return status;
    strata_edit_arguments_init(&arguments);
    arguments.values = prefix;
    arguments.value_count = 1;
    status = strata_edit_apply(e, STRATA_EDIT_SET_NAMEPREFIX, &arguments, error);
    strata_edit_free(e);
    return status;
}

static strata_status find_targets(const strata_renderer *renderer, strata_output **out) {
    strata_targets *targets;
    *out = NULL;
    strata_status status = strata_targets_find(&targets, renderer, "/", error);
    strata_targets_free(targets);
    return status;
}

static strata_status build(const strata_renderer *renderer, strata_output **out) {
    *out = NULL;
    strata_status status = strata_build_run(&result, renderer, "/overlay", error);
    strata_result_free(result);
    result = NULL;
    return status;
}

Test(cancellation, a_renderer_s_ends_whatever_is_done_with_it) {
    static strata_status (*const calls[])(const strata_renderer *, strata_output **) = {build,    count, create,
                                                                                        localize, edit,  find_targets};
    strata_cancellation *stop = strata_cancellation_new();
    strata_renderer_options options;
    strata_renderer_options_init(&options);
    options.cancellation = stop;
    strata_filesystem *files = fixture_filesystem();
    strata_renderer *renderer = fixture_renderer(files, &options);
    strata_output *output;
    cr_assert_eq(build(renderer, &output), STRATA_OK);
    cr_assert_eq(edit(renderer, &output), STRATA_OK);
    strata_cancellation_request(stop);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        cr_assert_eq(calls[i](renderer, &output), STRATA_CANCELLED, "call %zu: %s", i, strata_error_message(error));
        cr_assert_null(output);
        cr_assert_str_eq(strata_error_message(error), "this was cancelled");
    }
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
    strata_cancellation_free(stop);
}

/* --- a function that takes a minute ------------------------------------------------------------------------------ */

static char folder[] = "/tmp/strata-api-XXXXXX";

static void write_file(const char *name, const char *content) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    cr_assert(f);
    fputs(content, f);
    fclose(f);
    chmod(path, 0755);
}

static void remove_file(const char *name) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
}

/* The script's own child writes its number, so that the test can look for it. */
static void make_slow_tree(void) {
    cr_assert(mkdtemp(folder));
    write_file("kustomization.yaml", "generators: [f.yaml]\n");
    write_file("f.yaml", "apiVersion: v1\nkind: Slow\nmetadata:\n  name: f\n  annotations:\n"
                         "    config.kubernetes.io/function: 'exec: {path: ./f.sh}'\n");
    write_file("f.sh", "#!/bin/sh\nsleep 60 & echo $! > pid\nwait\n");
}

static void remove_slow_tree(void) {
    remove_file("kustomization.yaml");
    remove_file("f.yaml");
    remove_file("f.sh");
    remove_file("pid");
    rmdir(folder);
}

static strata_status build_slow(strata_limits *limits, strata_cancellation *cancellation) {
    strata_renderer *renderer;
    strata_renderer_options options;
    strata_build_options build;
    strata_renderer_options_init(&options);
    options.limits = limits;
    options.plugins_enable = options.exec_enable = true;
    cr_assert_eq(strata_renderer_new(&renderer, &options, error), STRATA_OK);
    strata_build_options_init(&build);
    build.cancellation = cancellation;
    strata_status status = strata_build_run_with(&result, renderer, folder, &build, error);
    strata_renderer_free(renderer);
    return status;
}

/* The number of the script's child; 0 as long as there is none. */
static pid_t child_number(void) {
    char path[256];
    int number = 0;
    snprintf(path, sizeof path, "%s/pid", folder);
    FILE *f = fopen(path, "r");
    if (f && fscanf(f, "%d", &number) != 1) number = 0;
    if (f) fclose(f);
    return number;
}

/* Whether the process is gone, but for what its new parent has yet to do. */
static bool is_gone(pid_t number) {
    char path[64], state = 'Z';
    snprintf(path, sizeof path, "/proc/%d/stat", (int)number);
    FILE *f = fopen(path, "r");
    if (!f) return true;
    if (fscanf(f, "%*d %*s %c", &state) != 1) state = 'Z';
    fclose(f);
    return state == 'Z' || state == 'X';
}

static void assert_gone(pid_t number) {
    for (int i = 0; i < 100 && !is_gone(number); i++)
        usleep(20000);
    cr_assert(number > 0 && is_gone(number));
}

static void *request_once_it_runs(void *user) {
    while (child_number() == 0)
        usleep(10000);
    strata_cancellation_request(user);
    return NULL;
}

Test(cancellation, another_thread_ends_functions_with_their_children) {
    pthread_t other;
    strata_cancellation *stop = strata_cancellation_new();
    make_slow_tree();
    cr_assert_eq(pthread_create(&other, NULL, request_once_it_runs, stop), 0);
    double begun = seconds();
    cr_assert_eq(build_slow(NULL, stop), STRATA_CANCELLED, "%s", strata_error_message(error));
    cr_assert(seconds() - begun < 30);
    pthread_join(other, NULL);
    assert_gone(child_number());
    strata_cancellation_free(stop);
    remove_slow_tree();
}

Test(cancellation, time_is_a_limit) {
    strata_limits limits;
    strata_limits_init(&limits);
    limits.time = 500;
    make_slow_tree();
    double begun = seconds();
    cr_assert_eq(build_slow(&limits, NULL), STRATA_LIMIT, "%s", strata_error_message(error));
    cr_assert(seconds() - begun < 30);
    cr_assert(strstr(strata_error_message(error), "more than 500 ms (limit time)"));
    if (child_number()) assert_gone(child_number());
    remove_slow_tree();
}

/* `fn run` over the slow tree. */
static strata_status run_slow(strata_limits *limits, strata_cancellation *cancellation) {
    strata_renderer *renderer;
    strata_renderer_options options;
    strata_functions_options run;
    strata_output *output;
    strata_renderer_options_init(&options);
    options.limits = limits;
    options.cancellation = cancellation;
    options.working_directory = folder;
    options.plugins_enable = options.exec_enable = true;
    cr_assert_eq(strata_renderer_new(&renderer, &options, error), STRATA_OK);
    strata_functions_options_init(&run);
    run.path = folder;
    strata_status status = strata_functions_run(&output, renderer, &run, error);
    strata_output_free(output);
    strata_renderer_free(renderer);
    return status;
}

Test(cancellation, functions_over_a_directory_end_with_their_children) {
    pthread_t other;
    strata_limits limits;
    strata_cancellation *stop = strata_cancellation_new();
    make_slow_tree();
    cr_assert_eq(pthread_create(&other, NULL, request_once_it_runs, stop), 0);
    double begun = seconds();
    cr_assert_eq(run_slow(NULL, stop), STRATA_CANCELLED, "%s", strata_error_message(error));
    pthread_join(other, NULL);
    assert_gone(child_number());
    remove_file("pid");
    strata_limits_init(&limits);
    limits.time = 500;
    cr_assert_eq(run_slow(&limits, NULL), STRATA_LIMIT, "%s", strata_error_message(error));
    cr_assert(strstr(strata_error_message(error), "more than 500 ms (limit time)"));
    if (child_number()) assert_gone(child_number());
    cr_assert(seconds() - begun < 30);
    strata_cancellation_free(stop);
    remove_slow_tree();
}
