/* package/write_file.c: see write_file.h. */
#include "package/write_file.h"

#include "build/output_files.h"
#include "source/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static strata_status fail(scope *sc, const char *what, text path) {
    return scope_fail(sc, DIAGNOSTIC_WRITE_FAILED, ORIGIN_UNKNOWN, "can't %s %.*s: %s", what, TEXT_ARG(path),
                      strerror(errno));
}

strata_status make_directories(scope *sc, text path) {
    char *copy = text_c_string(sc->arena, path);
    if (!copy) return scope_no_memory(sc);
    for (size_t i = 1; i <= path.size; i++) {
        if (i < path.size && copy[i] != '/') continue;
        char end = copy[i];
        copy[i] = '\0';
        if (mkdir(copy, 0777) && errno != EEXIST) return fail(sc, "make the directory", text_from(copy));
        copy[i] = end;
    }
    return STRATA_OK;
}

/* Whether the file has these bytes; false also when it can't be read. */
static bool has_bytes(int fd, text bytes) {
    char chunk[16 * 1024];
    for (;;) {
        ssize_t got = read(fd, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got == 0 && bytes.size == 0;
        if ((size_t)got > bytes.size || memcmp(chunk, bytes.data, (size_t)got) != 0) return false;
        bytes = text_after(bytes, (size_t)got);
    }
}

/* What is at the place now: its real path when it is a link, its mode, and whether it has these bytes already. */
static strata_status look(scope *sc, text *path, text bytes, mode_t *mode, bool *same) {
    struct stat info;
    char *real = realpath(path->data, NULL);
    *same = false;
    if (!real) return STRATA_OK;
    *path = text_copy(sc->arena, text_from(real));
    free(real);
    if (!path->data) return scope_no_memory(sc);
    int fd = open(path->data, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return STRATA_OK;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode)) {
        *mode = info.st_mode & 07777;
        *same = has_bytes(fd, bytes);
    }
    close(fd);
    return STRATA_OK;
}

static strata_status write_beside(scope *sc, text path, text temporary, text bytes, mode_t mode) {
    int fd = open(temporary.data, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0) return fail(sc, "create", temporary);
    strata_status status = output_write_all(sc, fd, bytes, path);
    if (status == STRATA_OK && mode && fchmod(fd, mode)) status = fail(sc, "set the mode of", temporary);
    if (close(fd) && status == STRATA_OK) status = fail(sc, "write", temporary);
    if (status == STRATA_OK && rename(temporary.data, path.data)) status = fail(sc, "write", path);
    if (status != STRATA_OK) unlink(temporary.data);
    return status;
}

strata_status write_file(scope *sc, text path, text bytes) {
    mode_t mode = 0;
    bool same;
    path = text_copy(sc->arena, path);
    if (!path.data) return scope_no_memory(sc);
    TRY(make_directories(sc, path_directory(path)));
    TRY(look(sc, &path, bytes, &mode, &same));
    if (same) return STRATA_OK;
    text temporary = text_format(sc->arena, "%.*s/.strata-%ld", TEXT_ARG(path_directory(path)), (long)getpid());
    return temporary.data ? write_beside(sc, path, temporary, bytes, mode) : scope_no_memory(sc);
}

strata_status remove_file(scope *sc, text path) {
    char *copy = text_c_string(sc->arena, path);
    if (!copy) return scope_no_memory(sc);
    return unlink(copy) && errno != ENOENT ? fail(sc, "remove", path) : STRATA_OK;
}
