/* tests/faults/calls.c: see calls.h. */
#ifdef __clang__
/* With _FORTIFY_SOURCE the C library declares some of these functions inline. */
#pragma clang diagnostic ignored "-Wstatic-in-inline"
#endif
#include "calls.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool armed;
static size_t count, fail_at;
static int fail_with;
static const char *failed;
static const char *names[CALLS_AT_MOST];

void calls_arm(size_t at, int error) {
    count = 0;
    fail_at = at;
    fail_with = error;
    failed = "none";
    armed = true;
}

size_t calls_disarm(void) {
    armed = false;
    return count;
}

const char *calls_name(size_t number) { return names[number - 1]; }
const char *calls_failed(void) { return failed; }

static bool is_one_of(const char *name, const char *const *list) {
    for (; *list; list++)
        if (strcmp(*list, name) == 0) return true;
    return false;
}

static bool can_fail(const char *name, int error) {
    static const char *const interrupted[] = {"open",  "create", "openat",    "openat2", "read",
                                              "write", "poll",   "getrandom", NULL};
    static const char *const growing[] = {"write",    "close",  "mkdir",    "mkdirat", "mkdtemp",
                                          "mkostemp", "rename", "renameat", "create",  NULL};
    static const char *const parted[] = {"read", "write", NULL};
    if (error == EINTR) return is_one_of(name, interrupted);
    if (error == ENOSPC) return is_one_of(name, growing);
    if (error == CALL_SHORT) return is_one_of(name, parted);
    return true;
}

bool calls_can_fail(size_t number, int error) { return can_fail(calls_name(number), error); }

/* Counts a call; whether it is the one that fails, with errno set when it doesn't come short. */
static bool fails(const char *name) {
    if (!armed) return false;
    if (!fail_at && count < CALLS_AT_MOST) names[count] = name;
    /* With a child there may be more calls or fewer than last time. */
    if (++count != fail_at || !can_fail(name, fail_with)) return false;
    failed = name;
    if (fail_with != CALL_SHORT) errno = fail_with;
    return true;
}

/* The C library's own function of that name, as a pointer of the type of `call`. */
#define NEXT(call) ((__typeof__(&call))(uintptr_t)dlsym(RTLD_NEXT, #call))

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return fails(flags & O_CREAT ? "create" : "open") ? -1 : NEXT(open)(path, flags, mode);
}

int openat(int directory, const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return fails(flags & O_CREAT ? "create" : "openat") ? -1 : NEXT(openat)(directory, path, flags, mode);
}

/* openat2 and pidfd_open have no functions of their own. */
long syscall(long number, ...) {
    long a[6];
    va_list rest;
    va_start(rest, number);
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(rest, long);
    va_end(rest);
    const char *name = number == SYS_openat2 ? "openat2" : number == SYS_pidfd_open ? "pidfd_open" : NULL;
    if (name && fails(name)) return -1;
    return NEXT(syscall)(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

ssize_t read(int fd, void *data, size_t size) {
    if (!fails("read")) return NEXT(read)(fd, data, size);
    return fail_with == CALL_SHORT ? NEXT(read)(fd, data, size / 2 ? size / 2 : size) : -1;
}

ssize_t write(int fd, const void *data, size_t size) {
    if (!fails("write")) return NEXT(write)(fd, data, size);
    return fail_with == CALL_SHORT ? NEXT(write)(fd, data, size / 2 ? size / 2 : size) : -1;
}

/* The descriptor is gone whatever close says. */
int close(int fd) {
    bool failing = fails("close");
    int wrong = errno, result = NEXT(close)(fd);
    if (!failing) return result;
    errno = wrong;
    return -1;
}

int stat(const char *path, struct stat *out) { return fails("stat") ? -1 : NEXT(stat)(path, out); }
int lstat(const char *path, struct stat *out) { return fails("lstat") ? -1 : NEXT(lstat)(path, out); }
int fstat(int fd, struct stat *out) { return fails("fstat") ? -1 : NEXT(fstat)(fd, out); }
int access(const char *path, int mode) { return fails("access") ? -1 : NEXT(access)(path, mode); }
char *realpath(const char *path, char *out) { return fails("realpath") ? NULL : NEXT(realpath)(path, out); }
char *getcwd(char *out, size_t size) { return fails("getcwd") ? NULL : NEXT(getcwd)(out, size); }
DIR *opendir(const char *path) { return fails("opendir") ? NULL : NEXT(opendir)(path); }
struct dirent *readdir(DIR *d) {
    return fails("readdir") ? NULL : NEXT(readdir)(d);
}
int mkdir(const char *path, mode_t mode) { return fails("mkdir") ? -1 : NEXT(mkdir)(path, mode); }
int mkdirat(int directory, const char *path, mode_t mode) {
    return fails("mkdirat") ? -1 : NEXT(mkdirat)(directory, path, mode);
}
ssize_t getrandom(void *out, size_t size, unsigned flags) {
    return fails("getrandom") ? -1 : NEXT(getrandom)(out, size, flags);
}
char *mkdtemp(char *path) { return fails("mkdtemp") ? NULL : NEXT(mkdtemp)(path); }
int mkostemp(char *path, int flags) { return fails("mkostemp") ? -1 : NEXT(mkostemp)(path, flags); }
int pipe2(int ends[2], int flags) { return fails("pipe2") ? -1 : NEXT(pipe2)(ends, flags); }
int poll(struct pollfd *fds, nfds_t size, int timeout) { return fails("poll") ? -1 : NEXT(poll)(fds, size, timeout); }

int fchmod(int fd, mode_t mode) { return fails("fchmod") ? -1 : NEXT(fchmod)(fd, mode); }
int rename(const char *from, const char *to) { return fails("rename") ? -1 : NEXT(rename)(from, to); }

int renameat(int from_directory, const char *from, int to_directory, const char *to) {
    return fails("renameat") ? -1 : NEXT(renameat)(from_directory, from, to_directory, to);
}

int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[]) {
    if (fails("posix_spawn")) return errno;
    return NEXT(posix_spawn)(pid, path, actions, attributes, arguments, environment);
}
