/* core/replace_files.c: see replace_files.h. */
#include "core/replace_files.h"

#include "core/open_retrying.h"
#include "core/write_all.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

/* False leaves errno. */
static bool write_and_close(int fd, text bytes) {
    bool fine = write_all(fd, bytes);
    int problem = errno;
    if (close(fd) != 0 && fine) {
        fine = false;
        problem = errno;
    }
    errno = problem;
    return fine;
}

/* --- in a directory ---------------------------------------------------------------------------------------------- */

enum { TEMPORARY_NAME = 32 };

/* A name that nobody can foresee, so that nobody can have put anything in its place. */
static bool name_temporary(char out[TEMPORARY_NAME]) {
    uint64_t number;
    ssize_t got;
    do
        got = getrandom(&number, sizeof number, 0);
    while (got < 0 && errno == EINTR);
    snprintf(out, TEMPORARY_NAME, ".strata-%016" PRIx64, number);
    return got == (ssize_t)sizeof number;
}

static int make_temporary(int directory, const char *path) {
    return open_retrying(directory, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

bool replace_in_directory(int directory, const char *name, text bytes) {
    char temporary[TEMPORARY_NAME];
    if (!name_temporary(temporary)) return false;
    int fd = make_temporary(directory, temporary);
    if (fd < 0) return false;
    if (write_and_close(fd, bytes) && renameat(directory, temporary, directory, name) == 0) return true;
    int problem = errno;
    unlinkat(directory, temporary, 0);
    errno = problem;
    return false;
}

/* --- where files are --------------------------------------------------------------------------------------------- */

/* A file on its way. */
typedef struct pending {
    char *place;
    char *temporary; /* NULL when there is none: the file is then written in place */
    text bytes;
} pending;

static strata_status fail(scope *sc, const char *path, int problem) {
    return scope_fail(sc, DIAGNOSTIC_WRITE_FAILED, ORIGIN_UNKNOWN, "can't write %s: %s", path, strerror(problem));
}

/* The file belongs to whom the old one did, as after kustomize, which writes in place. */
static bool keep_owner(int fd, const struct stat *old) {
    struct stat made;
    if (fstat(fd, &made) != 0) return false;
    return (made.st_uid == old->st_uid && made.st_gid == old->st_gid) || fchown(fd, old->st_uid, old->st_gid) == 0;
}

/* A directory that takes no new file is no failure, nor is an owner that can't be given away: the file itself can be
 * written to. After any other failure the old one could be lost. */
static bool is_in_place(int problem) { return problem == EACCES || problem == EPERM || problem == EROFS; }

static bool write_beside(pending *p, const struct stat *old) {
    int fd = mkostemp(p->temporary, O_CLOEXEC);
    bool owned = fd >= 0 && keep_owner(fd, old);
    if (!owned) {
        int problem = errno;
        if (fd >= 0) {
            close(fd);
            unlink(p->temporary);
        }
        p->temporary = NULL;
        errno = problem;
        return is_in_place(problem);
    }
    /* After the owner: a change of it takes bits of the mode away. */
    if (fchmod(fd, old->st_mode & 07777) != 0) {
        int problem = errno;
        close(fd);
        errno = problem;
        return false;
    }
    return write_and_close(fd, p->bytes);
}

static bool write_in_place(const pending *p) {
    int fd = open_retrying(AT_FDCWD, p->place, O_WRONLY | O_TRUNC | O_CLOEXEC, 0);
    return fd >= 0 && write_and_close(fd, p->bytes);
}

static strata_status prepare_new(scope *sc, const replaced_file *file, pending *p) {
    char name[TEMPORARY_NAME];
    text slash = text_slice(file->path, 0, text_find_last_char(file->path, '/') + 1);
    *p = (pending){.bytes = file->bytes, .place = text_c_string(sc->arena, file->path)};
    if (!p->place) return scope_no_memory(sc);
    if (!name_temporary(name)) return fail(sc, p->place, errno);
    text temporary = TEXT_CONCAT(sc->arena, slash, text_from(name));
    char *path = temporary.data ? text_c_string(sc->arena, temporary) : NULL;
    if (!path) return scope_no_memory(sc);
    int fd = make_temporary(AT_FDCWD, path);
    if (fd < 0) return fail(sc, p->place, errno);
    p->temporary = path;
    return write_and_close(fd, p->bytes) ? STRATA_OK : fail(sc, p->place, errno);
}

static strata_status prepare(scope *sc, const replaced_file *file, pending *p) {
    struct stat old;
    char real[PATH_MAX];
    char *path = text_c_string(sc->arena, file->path);
    *p = (pending){.bytes = file->bytes};
    if (!path) return scope_no_memory(sc);
    if (!realpath(path, real) || stat(real, &old) != 0 || access(real, W_OK) != 0) return fail(sc, path, errno);
    text temporary = TEXT_CONCAT(sc->arena, text_from(real), TEXT(".XXXXXX"));
    p->place = text_c_string(sc->arena, text_from(real));
    if (!temporary.data || !p->place || !(p->temporary = text_c_string(sc->arena, temporary)))
        return scope_no_memory(sc);
    return write_beside(p, &old) ? STRATA_OK : fail(sc, path, errno);
}

static strata_status replace_all(scope *sc, pending *all, size_t count) {
    for (size_t i = 0; i < count; i++) {
        pending *p = &all[i];
        bool renamed = p->temporary && rename(p->temporary, p->place) == 0;
        if (renamed) {
            p->temporary = NULL;
            continue;
        }
        /* Nothing can be put in the place of a file that is mounted there by itself. */
        if (p->temporary && errno != EBUSY) return fail(sc, p->place, errno);
        if (!write_in_place(p)) return fail(sc, p->place, errno);
    }
    return STRATA_OK;
}

strata_status replace_files(scope *sc, const replaced_file *files, size_t count) {
    size_t prepared = 0;
    pending *all = ARENA_ARRAY(sc->arena, pending, count ? count : 1);
    if (!all) return scope_no_memory(sc);
    strata_status status = STRATA_OK;
    for (; prepared < count && status == STRATA_OK; prepared++)
        status = (files[prepared].is_new ? prepare_new : prepare)(sc, &files[prepared], &all[prepared]);
    if (status == STRATA_OK) status = replace_all(sc, all, count);
    for (size_t i = 0; i < prepared; i++)
        if (all[i].temporary) unlink(all[i].temporary);
    return status;
}
