/*
 * core/command.c: see command.h.
 *
 * posix_spawn instead of fork, since the library may run in a process with many threads and a large heap. The loop
 * polls the child's streams and its end (a pidfd where the kernel has it, else a glance every few milliseconds): a
 * grandchild that keeps a stream open must not hold the build up once the child itself has ended.
 */
#include "core/command.h"

#include "core/open_retrying.h"
#include "core/pipe_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#endif

enum { GLANCE_MS = 5, READ_SIZE = 64 * 1024 };

/* The ends that stay here; -1: closed. */
typedef struct child {
    pid_t pid;
    int pidfd; /* readable once the child has ended; -1: unknown to the kernel */
    int input;
    int output;
    int errors;
    size_t written;   /* bytes of the input */
    int error;        /* of a stream that can't be read or written */
    int64_t deadline; /* in milliseconds; INT64_MAX: none */
} child;

static void close_end(int *fd) {
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

/* --- starting ---------------------------------------------------------------------------------------------------- */

typedef struct pipes {
    int input[2], output[2], errors[2]; /* read end, write end */
} pipes;

static void close_pipes(pipes *p) {
    for (int i = 0; i < 2; i++) {
        close_end(&p->input[i]);
        close_end(&p->output[i]);
        close_end(&p->errors[i]);
    }
}

static int open_pipes(const command *c, pipes *p) {
    *p = (pipes){{-1, -1}, {-1, -1}, {-1, -1}};
    if (c->input.size ? pipe2(p->input, O_CLOEXEC)
                      : (p->input[0] = open_retrying(AT_FDCWD, "/dev/null", O_RDONLY | O_CLOEXEC, 0)) < 0)
        return errno;
    if (pipe2(p->output, O_CLOEXEC)) return errno;
    if (!c->one_stream && pipe2(p->errors, O_CLOEXEC)) return errno;
    return 0;
}

static int add_actions(const command *c, const pipes *p, posix_spawn_file_actions_t *actions) {
    int error = posix_spawn_file_actions_adddup2(actions, p->input[0], STDIN_FILENO);
    if (!error) error = posix_spawn_file_actions_adddup2(actions, p->output[1], STDOUT_FILENO);
    if (!error)
        error = posix_spawn_file_actions_adddup2(actions, c->one_stream ? p->output[1] : p->errors[1], STDERR_FILENO);
    if (!error && c->directory) error = posix_spawn_file_actions_addchdir_np(actions, c->directory);
#if defined(__GLIBC_PREREQ)
#if __GLIBC_PREREQ(2, 34)
    /* The process may have files open that were not marked to be closed. */
    if (!error) error = posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
#endif
#endif
    return error;
}

/* A new session, no signal blocked, and those that the process may ignore at their defaults. */
static int set_attributes(posix_spawnattr_t *attributes) {
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGCHLD);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGTERM);
    sigaddset(&usual, SIGXFSZ);
    int error = posix_spawnattr_setsigmask(attributes, &none);
    if (!error) error = posix_spawnattr_setsigdefault(attributes, &usual);
    if (!error)
        error =
            posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return error;
}

static int spawn(const command *c, const pipes *p, pid_t *pid) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error) return error;
    error = posix_spawnattr_init(&attributes);
    if (!error) {
        error = add_actions(c, p, &actions);
        if (!error) error = set_attributes(&attributes);
        if (!error)
            error = posix_spawn(pid, c->program, &actions, &attributes, (char *const *)(uintptr_t)c->arguments,
                                (char *const *)(uintptr_t)c->environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static void keep_end(int *from, int *to) {
    *to = *from;
    *from = -1;
    if (*to >= 0) fcntl(*to, F_SETFL, fcntl(*to, F_GETFL) | O_NONBLOCK);
}

static int start(const command *c, child *out) {
    pipes p;
    int error = open_pipes(c, &p);
    if (!error) error = spawn(c, &p, &out->pid);
    if (!error) {
        keep_end(&p.input[1], &out->input);
        keep_end(&p.output[0], &out->output);
        keep_end(&p.errors[0], &out->errors);
        out->pidfd = -1;
#ifdef SYS_pidfd_open
        out->pidfd = (int)syscall(SYS_pidfd_open, out->pid, 0);
#endif
        out->deadline = c->timeout_ms ? stop_now_ms() + c->timeout_ms : INT64_MAX;
    }
    close_pipes(&p);
    return error;
}

/* --- its streams ------------------------------------------------------------------------------------------------- */

static void write_input(const command *c, child *ch) {
    while (ch->written < c->input.size) {
        ssize_t n = write(ch->input, c->input.data + ch->written, c->input.size - ch->written);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) return;
        /* When it has closed its input, what it needs is its own affair. */
        if (n < 0 && errno != EPIPE) ch->error = errno;
        if (n < 0) break;
        ch->written += (size_t)n;
    }
    close_end(&ch->input);
}

/* Reads what is there; more than `limit` bytes are read and dropped (0: all are kept). */
static void read_stream(child *ch, int *fd, buffer *to, size_t limit) {
    for (;;) {
        if (!buffer_reserve(to, READ_SIZE)) return;
        ssize_t n = read(*fd, to->data + to->size, READ_SIZE);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) return;
        /* Not as if the stream had ended: a part of an output must not count as all of it. */
        if (n < 0) ch->error = errno;
        if (n <= 0) {
            close_end(fd);
            return;
        }
        to->size += (size_t)n;
        if (limit && to->size > limit) to->size = limit;
        if (n < READ_SIZE) return;
    }
}

/* COMMAND_EXITED while everything is fine. */
static command_outcome read_streams(const command *c, child *ch, command_result *out) {
    /* One byte more than the limit is kept, to tell reaching it from passing it. */
    if (ch->output >= 0) read_stream(ch, &ch->output, &out->output, c->output_limit ? c->output_limit + 1 : 0);
    if (ch->errors >= 0) read_stream(ch, &ch->errors, &out->errors, c->errors_limit);
    if (ch->error) {
        out->status = ch->error;
        return COMMAND_CUT_OFF;
    }
    if (buffer_failed(&out->output) || buffer_failed(&out->errors)) return COMMAND_NO_MEMORY;
    if (c->output_limit && out->output.size > c->output_limit) {
        out->output.size = c->output_limit;
        return COMMAND_TOO_MUCH_OUTPUT;
    }
    return COMMAND_EXITED;
}

/* --- until it ends ----------------------------------------------------------------------------------------------- */

static bool has_ended(pid_t pid) {
    siginfo_t info = {0};
    /* WNOWAIT: its id must stay taken until the rest of its session is killed. */
    if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT)) return errno != EINTR;
    return info.si_pid == pid;
}

static void wait_for_events(const command *c, const child *ch) {
    struct pollfd fds[] = {
        {ch->input, POLLOUT, 0}, {ch->output, POLLIN, 0}, {ch->errors, POLLIN, 0}, {ch->pidfd, POLLIN, 0}};
    int64_t left = ch->deadline == INT64_MAX ? INT_MAX : ch->deadline - stop_now_ms();
    if (left < 0) left = 0;
    left = stop_wait_ms(c->stop, left);
    if (ch->pidfd < 0 && left > GLANCE_MS) left = GLANCE_MS;
    int timeout = left > INT_MAX ? INT_MAX : (int)left;
    poll(fds, sizeof fds / sizeof fds[0], timeout); /* negative descriptors are ignored */
}

static command_outcome attend(const command *c, child *ch, command_result *out) {
    for (;;) {
        wait_for_events(c, ch);
        bool ended = has_ended(ch->pid);
        if (ch->input >= 0) write_input(c, ch);
        command_outcome outcome;
        size_t before;
        do { /* once it has ended, all that it wrote is in the pipes */
            before = out->output.size + out->errors.size;
            outcome = read_streams(c, ch, out);
        } while (ended && outcome == COMMAND_EXITED && out->output.size + out->errors.size > before);
        if (ended || outcome != COMMAND_EXITED) return outcome;
        if (stop_now_ms() >= ch->deadline) return COMMAND_TIMED_OUT;
        if (stop_check(c->stop) != STOP_NOT) return COMMAND_STOPPED;
    }
}

/*
 * Kills what is left of the child's session and takes its status. Where the process ignores SIGCHLD the child is gone
 * already, and its id may be somebody else's: then nobody is killed.
 */
static void finish(child *ch, command_outcome outcome, command_result *out) {
    siginfo_t info;
    if (waitid(P_PID, (id_t)ch->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0) kill(-ch->pid, SIGKILL);
    int status = 0;
    pid_t got;
    do
        got = waitpid(ch->pid, &status, 0);
    while (got < 0 && errno == EINTR);
    close_end(&ch->input);
    close_end(&ch->output);
    close_end(&ch->errors);
    close_end(&ch->pidfd);
    out->outcome = outcome;
    if (outcome != COMMAND_EXITED) return;
    if (got < 0) {
        out->outcome = COMMAND_LOST;
    } else if (WIFSIGNALED(status)) {
        out->outcome = COMMAND_SIGNALLED;
        out->status = WTERMSIG(status);
    } else {
        out->status = WEXITSTATUS(status);
    }
}

/* A child may close its input before it has read it. */
static void run_without_sigpipe(const command *c, child *ch, command_result *out) {
    pipe_guard guard;
    pipe_guard_begin(&guard);
    finish(ch, attend(c, ch, out), out);
    pipe_guard_end(&guard);
}

void command_run(const command *c, const allocator *from, command_result *out) {
    *out = (command_result){.outcome = COMMAND_EXITED, .timeout_ms = c->timeout_ms};
    buffer_init(&out->output, from, 0);
    buffer_init(&out->errors, from, 0);
    child ch = {.pidfd = -1, .input = -1, .output = -1, .errors = -1};
    int error = start(c, &ch);
    if (error) {
        out->outcome = COMMAND_NOT_STARTED;
        out->status = error;
        return;
    }
    run_without_sigpipe(c, &ch, out);
}

void command_result_free(command_result *result) {
    buffer_free(&result->output);
    buffer_free(&result->errors);
}

text command_describe(arena *a, const command_result *result) {
    switch (result->outcome) {
    case COMMAND_EXITED: return text_format(a, "exit status %d", result->status);
    case COMMAND_SIGNALLED: return text_format(a, "killed by signal %d", result->status);
    case COMMAND_NOT_STARTED: return text_format(a, "it can't be started: %s", strerror(result->status));
    case COMMAND_TIMED_OUT:
        if (result->timeout_ms % 1000) return text_format(a, "stopped after %ums", result->timeout_ms);
        return text_format(a, "stopped after %us", result->timeout_ms / 1000);
    case COMMAND_STOPPED: return text_format(a, "stopped with the build");
    case COMMAND_TOO_MUCH_OUTPUT:
        return text_format(a, "stopped as it printed more than %zu bytes", result->output.size);
    case COMMAND_CUT_OFF: return text_format(a, "its streams can't be read or written: %s", strerror(result->status));
    case COMMAND_LOST: return text_format(a, "its exit status was lost");
    case COMMAND_NO_MEMORY: return text_format(a, "stopped as memory was out");
    }
    return TEXT_EMPTY;
}

static bool is_executable(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && access(path, X_OK) == 0;
}

bool command_find_program(arena *a, const child_environment *e, text name, const char **out) {
    *out = NULL;
    if (text_find_char(name, '/') != SIZE_MAX) return (*out = text_c_string(a, name)) != NULL;
    const char *path = environment_get(e, TEXT("PATH"));
    text rest = text_from(path), directory;
    for (bool more = path != NULL; more && name.size;) {
        more = text_cut(&rest, ':', &directory);
        if (directory.size == 0 || directory.data[0] != '/') continue;
        text candidate = TEXT_CONCAT(a, directory, TEXT("/"), name);
        if (!candidate.data) return false;
        if (!is_executable(candidate.data)) continue;
        *out = candidate.data;
        return true;
    }
    return true;
}
