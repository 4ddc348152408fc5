#include "core/command.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static arena memory;

static void open_arena(void) { arena_init(&memory, NULL); }
static void close_arena(void) { arena_free(&memory); }

TestSuite(command, .init = open_arena, .fini = close_arena, .timeout = 20);

static const char *const plain[] = {"PATH=/usr/bin:/bin", NULL};

/* Runs a shell script with the fields of `c` that are set. */
static command_result run(command c, const char *script) {
    const char *const arguments[] = {"sh", "-c", script, NULL};
    c.program = "/bin/sh";
    c.arguments = arguments;
    if (!c.environment) c.environment = plain;
    command_result result;
    command_run(&c, &allocator_libc, &result);
    return result;
}

static void assert_output(const buffer *b, const char *expected) {
    cr_assert(text_is(buffer_text(b), expected), "'%.*s' instead of '%s'", TEXT_ARG(buffer_text(b)), expected);
}

static void assert_described(command_result *result, const char *expected) {
    text words = command_describe(&memory, result);
    cr_assert(text_is(words, expected), "'%.*s' instead of '%s'", TEXT_ARG(words), expected);
    command_result_free(result);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

Test(command, gives_output_errors_and_status) {
    command_result result = run((command){0}, "echo out; echo err >&2; exit 3");
    assert_output(&result.output, "out\n");
    assert_output(&result.errors, "err\n");
    cr_assert_not(command_succeeded(&result));
    assert_described(&result, "exit status 3");
}

Test(command, one_stream_keeps_the_order) {
    command_result result = run((command){.one_stream = true}, "echo a; echo b >&2; echo c");
    cr_assert(command_succeeded(&result));
    assert_output(&result.output, "a\nb\nc\n");
    command_result_free(&result);
}

Test(command, input_larger_than_a_pipe_comes_back) {
    size_t size = 3 * 1024 * 1024;
    char *bytes = malloc(size);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)('a' + i % 23);
    command_result result = run((command){.input = text_of(bytes, size)}, "cat");
    cr_assert(text_equal(buffer_text(&result.output), text_of(bytes, size)));
    command_result_free(&result);
    free(bytes);
}

Test(command, without_input_it_reads_the_null_device) {
    command_result result = run((command){0}, "cat; echo end");
    assert_output(&result.output, "end\n");
    command_result_free(&result);
}

static volatile sig_atomic_t broken_pipes;
static void count_broken_pipe(int number) {
    (void)number;
    broken_pipes++;
}

Test(command, a_child_that_does_not_read_raises_no_signal) {
    signal(SIGPIPE, count_broken_pipe);
    size_t size = 1024 * 1024;
    char *bytes = calloc(size, 1);
    command_result result = run((command){.input = text_of(bytes, size)}, "exec <&-; sleep 0.2; echo done");
    assert_output(&result.output, "done\n");
    cr_assert(command_succeeded(&result));
    cr_assert_eq(broken_pipes, 0);
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    cr_assert_not(sigismember(&mask, SIGPIPE));
    command_result_free(&result);
    free(bytes);
}

Test(command, a_signal_is_told_from_a_status) {
    command_result result = run((command){0}, "kill -9 $$");
    cr_assert_eq(result.outcome, COMMAND_SIGNALLED);
    assert_described(&result, "killed by signal 9");
}

Test(command, the_timeout_kills_what_the_child_started) {
    double before = seconds();
    command_result result = run((command){.timeout_ms = 300}, "sleep 100 & echo $!; wait");
    cr_assert_lt(seconds() - before, 5.0);
    cr_assert_eq(result.outcome, COMMAND_TIMED_OUT);
    buffer_add_char(&result.output, '\0');
    pid_t grandchild = (pid_t)atoi(result.output.data);
    cr_assert_gt(grandchild, 1);
    bool gone = false; /* whoever inherits it may take a moment to bury it */
    for (int i = 0; i < 100 && !gone; i++) {
        char path[64], state[256] = "";
        snprintf(path, sizeof path, "/proc/%d/stat", (int)grandchild);
        FILE *stat = fopen(path, "r");
        gone = !stat || !fgets(state, sizeof state, stat) || strstr(state, ") Z ");
        if (stat) fclose(stat);
        if (!gone) usleep(20000);
    }
    cr_assert(gone);
    assert_described(&result, "stopped after 300ms");
}

Test(command, a_grandchild_that_keeps_the_stream_does_not_hold_it_up) {
    double before = seconds();
    command_result result = run((command){0}, "sleep 100 & echo done");
    cr_assert_lt(seconds() - before, 5.0);
    cr_assert(command_succeeded(&result));
    assert_output(&result.output, "done\n");
    command_result_free(&result);
}

Test(command, all_output_of_a_child_that_has_ended_is_read) {
    command_result result = run((command){0}, "head -c 1000000 /dev/zero");
    cr_assert_eq(result.output.size, 1000000);
    command_result_free(&result);
}

Test(command, too_much_output_ends_it) {
    command_result result = run((command){.output_limit = 1000}, "exec yes");
    cr_assert_eq(result.outcome, COMMAND_TOO_MUCH_OUTPUT);
    cr_assert_eq(result.output.size, 1000);
    assert_described(&result, "stopped as it printed more than 1000 bytes");
}

Test(command, output_that_just_fits_is_fine) {
    command_result result = run((command){.output_limit = 4}, "echo abc");
    cr_assert(command_succeeded(&result));
    assert_output(&result.output, "abc\n");
    command_result_free(&result);
}

Test(command, errors_beyond_their_limit_are_dropped) {
    command_result result =
        run((command){.errors_limit = 3}, "echo abcdef >&2; head -c 300000 /dev/zero >&2; echo out");
    cr_assert(command_succeeded(&result));
    assert_output(&result.errors, "abc");
    assert_output(&result.output, "out\n");
    command_result_free(&result);
}

Test(command, a_program_that_is_not_there_does_not_start) {
    const char *const arguments[] = {"x", NULL};
    command c = {.program = "/nonexistent/x", .arguments = arguments, .environment = plain};
    command_result result;
    command_run(&c, &allocator_libc, &result);
    cr_assert_eq(result.outcome, COMMAND_NOT_STARTED);
    cr_assert_eq(result.status, ENOENT);
    command_result_free(&result);
}

Test(command, the_child_sees_only_the_environment_it_is_given) {
    setenv("STRATA_TEST_SECRET", "secret", 1);
    const char *const list[] = {"PATH=/usr/bin:/bin", "GIVEN=yes", NULL};
    command_result result = run((command){.environment = list}, "echo $GIVEN/$STRATA_TEST_SECRET/");
    assert_output(&result.output, "yes//\n");
    command_result_free(&result);
}

Test(command, the_child_has_no_open_files_of_the_process) {
    int fd = dup(STDIN_FILENO); /* without close-on-exec */
    char script[64];
    snprintf(script, sizeof script, "test ! -e /proc/$$/fd/%d && echo closed", fd);
    command_result result = run((command){0}, script);
    assert_output(&result.output, "closed\n");
    command_result_free(&result);
    close(fd);
}

Test(command, the_child_runs_in_its_directory_and_its_own_session) {
    command_result result =
        run((command){.directory = "/usr"}, "pwd; test $(cut -d' ' -f6 /proc/$$/stat) = $$ && echo leader");
    assert_output(&result.output, "/usr\nleader\n");
    command_result_free(&result);
}

Test(command, programs_are_found_in_absolute_directories_only) {
    child_environment e = {0};
    const char *const list[] = {"PATH=:.:bin:/nonexistent:/bin:/usr/bin", "junk", NULL};
    const char *found;
    cr_assert(environment_add_all(&memory, &e, list));
    cr_assert_eq(e.count, 1);
    cr_assert(command_find_program(&memory, &e, TEXT("sh"), &found));
    cr_assert_str_eq(found, "/bin/sh");
    cr_assert(command_find_program(&memory, &e, TEXT("no-such-program"), &found));
    cr_assert_null(found);
    cr_assert(command_find_program(&memory, &e, TEXT("./x"), &found));
    cr_assert_str_eq(found, "./x");
    cr_assert(environment_set(&memory, &e, TEXT("PATH"), TEXT(".:bin")));
    cr_assert(command_find_program(&memory, &e, TEXT("sh"), &found));
    cr_assert_null(found);
}

Test(command, environments_are_set_and_removed_by_name) {
    child_environment e = {0};
    cr_assert_null(environment_list(&e)[0]);
    const char *const list[] = {"A=1", "AB=2", "A=3", NULL};
    cr_assert(environment_add_all(&memory, &e, list));
    cr_assert_str_eq(environment_get(&e, TEXT("A")), "3");
    cr_assert(environment_set(&memory, &e, TEXT("A"), TEXT("4")));
    cr_assert_eq(e.count, 2);
    cr_assert_str_eq(environment_get(&e, TEXT("A")), "4");
    environment_remove(&e, TEXT("AB"));
    cr_assert_str_eq(environment_list(&e)[0], "A=4");
    cr_assert_null(environment_list(&e)[1]);
}

Test(command, is_killed_when_the_build_stops) {
    atomic_bool cancelled = true;
    stop cancel = {.cancelled = {&cancelled}}, late = {.deadline_ms = stop_now_ms() + 100};
    double begun = seconds();
    command_result result = run((command){.stop = &cancel}, "sleep 60");
    cr_assert_eq(result.outcome, COMMAND_STOPPED);
    assert_described(&result, "stopped with the build");
    result = run((command){.stop = &late}, "sleep 60");
    cr_assert_eq(result.outcome, COMMAND_STOPPED);
    command_result_free(&result);
    cr_assert(seconds() - begun < 15);
}
