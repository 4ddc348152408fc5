/* cli/output.c: see output.h. */
#include "output.h"

#include "messages.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

/* Signals may come while a disk of the network answers. -1 leaves errno. */
static int open_at(int directory, const char *path, int flags, mode_t mode) {
    int fd;
    do
        fd = openat(directory, path, flags, mode);
    while (fd < 0 && errno == EINTR);
    return fd;
}

/* Writes all of it; false leaves errno. */
static bool write_all(int fd, const char *data, size_t size) {
    while (size > 0) {
        ssize_t written = write(fd, data, size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        data += written;
        size -= (size_t)written;
    }
    return true;
}

int output_to_stdout(const char *data, size_t size) {
    /* From here on no program is started that could inherit this. */
    signal(SIGPIPE, SIG_IGN);
    if (write_all(STDOUT_FILENO, data, size)) return EXIT_FINE;
    return failure("write /dev/stdout: %s", strerror(errno));
}

static int write_in_place(const char *path, const char *data, size_t size) {
    signal(SIGPIPE, SIG_IGN);
    int fd = open_at(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return failure("open %s: %s", path, strerror(errno));
    bool fine = write_all(fd, data, size);
    int wrong = errno;
    if (close(fd) != 0 && fine) {
        fine = false;
        wrong = errno;
    }
    return fine ? EXIT_FINE : failure("write %s: %s", path, strerror(wrong));
}

/* Holds back the signals that end the command, which would leave the temporary file behind. */
static void hold_signals(sigset_t *before) {
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ending, before);
}

/* Fills and renames the file `temporary`, which is open as `fd`; false leaves errno. */
static bool finish_beside(int fd, const char *temporary, const char *place, mode_t mode, const char *data,
                          size_t size) {
    bool fine = fchmod(fd, mode) == 0 && write_all(fd, data, size);
    int wrong = errno;
    if (close(fd) != 0 && fine) {
        fine = false;
        wrong = errno;
    }
    if (fine && rename(temporary, place) == 0) return true;
    if (fine) wrong = errno;
    unlink(temporary);
    errno = wrong;
    return false;
}

/* Opens a new file that belongs to whom the old one does. -1 leaves errno. */
static int open_beside(char *temporary, const struct stat *old) {
    int fd = mkostemp(temporary, O_CLOEXEC);
    struct stat made;
    if (fd < 0 || !old) return fd;
    if (fstat(fd, &made) == 0 &&
        ((made.st_uid == old->st_uid && made.st_gid == old->st_gid) || fchown(fd, old->st_uid, old->st_gid) == 0))
        return fd;
    int wrong = errno;
    close(fd);
    unlink(temporary);
    errno = wrong;
    return -1;
}

/*
 * Whether a file has to be written in place since nothing can take its place: its directory takes no new file, the file
 * can't be given to its owner, or it is mounted there by itself. A full disk is none of these: the old file would be
 * lost.
 */
static bool is_in_place(int wrong) { return wrong == EACCES || wrong == EPERM || wrong == EROFS || wrong == EBUSY; }

/* The mode of a new file: what the process's mask leaves of rw-rw-rw-. To ask for the mask is to change it, which other
 * threads would notice, so it is done once, by output_prepare when there are threads. */
static mode_t new_file_mode(void) {
    static mode_t mode;
    if (mode) return mode;
    mode_t mask = umask(0);
    umask(mask);
    mode = 0666 & ~mask;
    return mode;
}

void output_prepare(void) { new_file_mode(); }

/* Beside its place, which `old` describes unless it is NULL, or in place. */
static int write_beside(const char *path, const char *place, const struct stat *old, const char *data, size_t size) {
    char *temporary;
    int fd = -1;
    sigset_t before;
    if (asprintf(&temporary, "%s.XXXXXX", place) < 0) return out_of_memory();
    hold_signals(&before);
    if (!old || access(place, W_OK) == 0) fd = open_beside(temporary, old);
    /* No bit that lets a program run as its owner passes to other bytes. */
    mode_t mode = old ? old->st_mode & 0777 : new_file_mode();
    bool fine = fd >= 0 && finish_beside(fd, temporary, place, mode, data, size);
    int wrong = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    free(temporary);
    if (fine) return EXIT_FINE;
    return is_in_place(wrong) ? write_in_place(path, data, size) : failure("write %s: %s", path, strerror(wrong));
}

int output_to_file(const char *path, const char *data, size_t size) {
    struct stat old, link;
    bool exists = stat(path, &old) == 0;
    if (exists && !S_ISREG(old.st_mode)) return write_in_place(path, data, size);
    /* A dangling link has no real path: the file is then made where the link leads by writing in place. */
    if (!exists && errno == ENOENT && lstat(path, &link) == 0) return write_in_place(path, data, size);
    /* What is there isn't known. */
    if (!exists && errno != ENOENT) return failure("write %s: %s", path, strerror(errno));
    char *place = exists ? realpath(path, NULL) : strdup(path);
    if (!place) return out_of_memory();
    int status = write_beside(path, place, exists ? &old : NULL, data, size);
    free(place);
    return status;
}

/* Makes one directory; one that is there is fine. False leaves errno. */
static bool make_directory(const char *path) {
    if (mkdir(path, 0777) == 0) return true;
    int wrong = errno;
    if (output_is_directory(path)) return true;
    errno = wrong;
    return false;
}

int output_make_directories(const char *path) {
    if (make_directory(path)) return EXIT_FINE; /* nearly always, those above are there */
    char *copy = strdup(path);
    if (!copy) return out_of_memory();
    bool fine = true;
    for (char *slash = strchr(copy + 1, '/'); fine && slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        fine = make_directory(copy);
        *slash = '/';
    }
    fine = fine && make_directory(copy);
    int wrong = errno;
    free(copy);
    return fine ? EXIT_FINE : failure("mkdir %s: %s", path, strerror(wrong));
}

/* Opens a directory in another one, made if it is missing; a symbolic link is none. Closes the other; -1 leaves errno.
 */
static int enter_directory(int parent, const char *name) {
    int fd = -1;
    if (mkdirat(parent, name, 0777) == 0 || errno == EEXIST)
        fd = open_at(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
    int wrong = errno;
    close(parent);
    errno = wrong == ELOOP ? ENOTDIR : wrong;
    return fd;
}

/* Fills a new file of a random name and gives it its own. False leaves errno. */
static bool replace_in(int directory, const char *name, const char *data, size_t size) {
    char temporary[32];
    uint64_t number;
    ssize_t got;
    do
        got = getrandom(&number, sizeof number, 0);
    while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof number) return false;
    snprintf(temporary, sizeof temporary, ".strata-%016" PRIx64, number);
    int fd = open_at(directory, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0) return false;
    bool fine = write_all(fd, data, size);
    int wrong = errno;
    if (close(fd) != 0 && fine) {
        fine = false;
        wrong = errno;
    }
    if (fine && renameat(directory, temporary, directory, name) == 0) return true;
    if (fine) wrong = errno;
    unlinkat(directory, temporary, 0);
    errno = wrong;
    return false;
}

int output_below(const char *directory, const char *place, const char *data, size_t size) {
    char *path = strdup(place), *name = path, *slash;
    if (!path) return out_of_memory();
    int fd = open_at(AT_FDCWD, directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    for (; fd >= 0 && (slash = strchr(name, '/')); name = slash + 1) {
        *slash = '\0';
        fd = enter_directory(fd, name);
    }
    bool fine = fd >= 0 && replace_in(fd, name, data, size);
    int wrong = errno;
    if (fd >= 0) close(fd);
    free(path);
    return fine ? EXIT_FINE : failure("write %s/%s: %s", directory, place, strerror(wrong));
}

bool output_is_directory(const char *path) {
    struct stat what;
    return stat(path, &what) == 0 && S_ISDIR(what.st_mode);
}
