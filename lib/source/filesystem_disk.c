/*
 * source/filesystem_disk.c: the disk; see filesystem.h.
 *
 * A file costs one open, one fstat and one read. The open doesn't block on a FIFO, and what isn't a regular file is
 * refused once it is open, so nothing can be put in its place in between.
 *
 * A file that must lie below a directory is opened by a walk that follows no symbolic link at all (openat2 with
 * RESOLVE_NO_SYMLINKS, one openat a segment where the kernel lacks it): if that succeeds, the path's text says where it
 * lies. Only when there are links is the path resolved, compared, and the result opened by the same walk.
 */
#include "core/open_retrying.h"
#include "source/filesystem.h"
#include "source/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/openat2.h>
#include <sys/syscall.h>
#endif
#ifndef O_PATH
#define O_PATH O_RDONLY
#endif

enum { OPEN_TO_READ = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, OPEN_TO_LOOK = O_PATH | O_CLOEXEC };

static file_outcome outcome_of(int error) {
    switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG: return FILE_ABSENT;
    case EISDIR: return FILE_IS_DIRECTORY;
    case EACCES:
    case EPERM: return FILE_DENIED;
    case ENXIO: return FILE_SPECIAL; /* a socket, or a device that nothing serves */
    case ENOMEM: return FILE_NO_MEMORY;
    default: return FILE_FAILED;
    }
}

static file_kind kind_of(const struct stat *info) {
    if (S_ISREG(info->st_mode)) return FILE_REGULAR;
    return S_ISDIR(info->st_mode) ? FILE_DIRECTORY : FILE_OTHER;
}

/* The path as a C string; false when it can't name anything: too long, or with a NUL in it. */
static bool c_path(char out[PATH_MAX], text path) {
    if (path.size == 0 || path.size >= PATH_MAX || memchr(path.data, '\0', path.size)) return false;
    memcpy(out, path.data, path.size);
    out[path.size] = '\0';
    return true;
}

/* Opens a clean absolute path segment by segment; errno is ELOOP where a segment might be a symbolic link. */
static int open_by_walk(const char *path, int flags) {
    int fd = open_retrying(AT_FDCWD, "/", path[1] ? OPEN_TO_LOOK | O_DIRECTORY : flags, 0);
    const char *segment = path + 1;
    while (fd >= 0 && *segment) {
        char name[NAME_MAX + 1];
        size_t size = strcspn(segment, "/");
        if (size > NAME_MAX) {
            close(fd);
            errno = ENAMETOOLONG;
            return -1;
        }
        memcpy(name, segment, size);
        name[size] = '\0';
        segment += size;
        bool last = *segment == '\0';
        if (!last) segment++;
        int next = open_retrying(fd, name, O_NOFOLLOW | (last ? flags : OPEN_TO_LOOK | O_DIRECTORY), 0);
        int error = errno;
        close(fd);
        fd = next;
        errno = !last && error == ENOTDIR ? ELOOP : error;
    }
    /* With O_PATH a link in the last place is opened itself. */
    struct stat info;
    if (fd >= 0 && fstat(fd, &info) == 0 && S_ISLNK(info.st_mode)) {
        close(fd);
        errno = ELOOP;
        return -1;
    }
    return fd;
}

/* Opens a clean absolute path that contains no symbolic link; errno is ELOOP when it does. */
static int open_unlinked(const char *path, int flags) {
#ifdef SYS_openat2
    struct open_how how = {.flags = (uint64_t)(unsigned)flags, .resolve = RESOLVE_NO_SYMLINKS};
    long fd;
    do
        fd = syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
    while (fd < 0 && (errno == EINTR || errno == EAGAIN));
    /* Old kernels say ENOSYS, old container sandboxes EPERM. */
    if (fd >= 0 || (errno != ENOSYS && errno != EPERM)) return (int)fd;
#endif
    return open_by_walk(path, flags);
}

/* realpath into the arena. */
static file_outcome resolve_links(arena *a, const char *path, text *out) {
    char real[PATH_MAX];
    if (!realpath(path, real)) return outcome_of(errno);
    *out = text_copy(a, text_from(real));
    return out->data ? FILE_DONE : FILE_NO_MEMORY;
}

static file_kind disk_stat(const filesystem *fs, text path) {
    (void)fs;
    char name[PATH_MAX];
    struct stat info;
    return c_path(name, path) && stat(name, &info) == 0 ? kind_of(&info) : FILE_MISSING;
}

static file_outcome disk_real_path(const filesystem *fs, arena *a, text path, text *out, file_kind *kind) {
    (void)fs;
    char name[PATH_MAX];
    if (!c_path(name, path)) return FILE_ABSENT;
    struct stat info;
    int fd = open_unlinked(name, OPEN_TO_LOOK);
    if (fd >= 0) {
        int failed = fstat(fd, &info);
        int error = errno;
        close(fd);
        if (failed) return outcome_of(error);
        *out = text_copy(a, path);
    } else {
        if (errno != ELOOP) return outcome_of(errno);
        file_outcome outcome = resolve_links(a, name, out);
        if (outcome != FILE_DONE) return outcome;
        if (stat(out->data, &info)) return outcome_of(errno);
    }
    *kind = kind_of(&info);
    return out->data ? FILE_DONE : FILE_NO_MEMORY;
}

/* What to say of a path that by its text lies outside: a directory is no security matter, it may be a base. */
static file_outcome look_outside(const char *path, bool *linked) {
    int fd = open_unlinked(path, OPEN_TO_LOOK);
    *linked = fd < 0 && errno == ELOOP;
    if (fd < 0) return outcome_of(errno);
    struct stat info;
    bool directory = fstat(fd, &info) == 0 && S_ISDIR(info.st_mode);
    close(fd);
    return directory ? FILE_IS_DIRECTORY : FILE_OUTSIDE;
}

/* Opens a file that must lie below `within`. */
static file_outcome open_within(arena *a, text path, const char *name, text within, int *fd) {
    bool linked;
    if (path_has_prefix(path, within)) {
        *fd = open_unlinked(name, OPEN_TO_READ);
        if (*fd >= 0) return FILE_DONE;
        linked = errno == ELOOP;
        if (!linked) return outcome_of(errno);
    } else {
        file_outcome outcome = look_outside(name, &linked);
        if (!linked) return outcome;
    }
    text real;
    file_outcome outcome = resolve_links(a, name, &real);
    if (outcome != FILE_DONE) return outcome;
    if (!path_has_prefix(real, within)) return FILE_OUTSIDE;
    *fd = open_unlinked(real.data, OPEN_TO_READ);
    if (*fd >= 0) return FILE_DONE;
    return errno == ELOOP ? FILE_OUTSIDE : outcome_of(errno); /* somebody put a link there just now */
}

/* Reads an open regular file of about `expected` bytes; a file may grow meanwhile, and those in /proc claim to be
 * empty. */
static file_outcome read_open(arena *a, int fd, size_t expected, size_t ceiling, text *out) {
    if (expected > ceiling) return FILE_TOO_LARGE;
    size_t capacity = (expected ? expected : 4096) + 1, size = 0;
    char *bytes = arena_chars(a, capacity + 1);
    for (;;) {
        if (!bytes) return FILE_NO_MEMORY;
        size_t wanted = capacity - size;
        if (wanted > SSIZE_MAX) wanted = SSIZE_MAX;
        ssize_t got = read(fd, bytes + size, wanted);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return outcome_of(errno);
        size += (size_t)got;
        if (size > ceiling) return FILE_TOO_LARGE;
        /* A read that comes short of the whole file, as some file systems give, says nothing of its end. */
        if (got == 0 || (expected && size >= expected && (size_t)got < wanted)) break;
        if (size == capacity) {
            char *larger = arena_chars(a, capacity * 2 + 1);
            if (larger) memcpy(larger, bytes, size);
            bytes = larger;
            capacity *= 2;
        }
    }
    bytes[size] = '\0';
    *out = text_of(bytes, size);
    return FILE_DONE;
}

static file_outcome disk_read(const filesystem *fs, arena *a, text path, text within, size_t ceiling, text *out) {
    (void)fs;
    char name[PATH_MAX];
    if (!c_path(name, path)) return FILE_ABSENT;
    int fd = -1;
    file_outcome outcome = FILE_DONE;
    if (within.size) {
        outcome = open_within(a, path, name, within, &fd);
    } else if ((fd = open_retrying(AT_FDCWD, name, OPEN_TO_READ, 0)) < 0) {
        outcome = outcome_of(errno);
    }
    if (outcome != FILE_DONE) return outcome;
    struct stat info;
    if (fstat(fd, &info))
        outcome = outcome_of(errno);
    else if (S_ISDIR(info.st_mode))
        outcome = FILE_IS_DIRECTORY;
    else if (!S_ISREG(info.st_mode))
        outcome = FILE_SPECIAL;
    else
        outcome = read_open(a, fd, (size_t)info.st_size, ceiling, out);
    close(fd);
    return outcome;
}

static int compare_names(const void *a, const void *b) { return text_compare(*(const text *)a, *(const text *)b); }

static file_outcome disk_list(const filesystem *fs, arena *a, text path, text_list *out) {
    (void)fs;
    char name[PATH_MAX];
    if (!c_path(name, path)) return FILE_ABSENT;
    DIR *directory = opendir(name);
    if (!directory) return errno == ENOTDIR ? FILE_NOT_DIRECTORY : outcome_of(errno);
    file_outcome outcome = FILE_DONE;
    const struct dirent *entry;
    while (outcome == FILE_DONE && (errno = 0, entry = readdir(directory))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        text copy = text_copy(a, text_from(entry->d_name));
        if (!copy.data || !text_list_add(a, out, copy)) outcome = FILE_NO_MEMORY;
    }
    if (outcome == FILE_DONE && errno) outcome = outcome_of(errno);
    closedir(directory);
    if (out->count) qsort(out->items, out->count, sizeof *out->items, compare_names);
    return outcome;
}

const filesystem filesystem_disk = {disk_stat, disk_read, disk_real_path, disk_list, NULL};
