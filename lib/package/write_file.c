/* package/write_file.c: see write_file.h. */
#include "package/write_file.h"

#include "core/open_retrying.h"
#include "core/replace_files.h"
#include "source/path.h"

#include <errno.h>
#include <fcntl.h>
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
static bool has_bytes(const char *path, text bytes) {
    char chunk[16 * 1024];
    int fd = open_retrying(AT_FDCWD, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
    bool same = fd >= 0;
    while (same) {
        ssize_t got = read(fd, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            same = got == 0 && bytes.size == 0;
            break;
        }
        same = (size_t)got <= bytes.size && memcmp(chunk, bytes.data, (size_t)got) == 0;
        if (same) bytes = text_after(bytes, (size_t)got);
    }
    if (fd >= 0) close(fd);
    return same;
}

static strata_status write_new(scope *sc, text path, text bytes) {
    text directory = path_directory(path);
    char *name = text_c_string(sc->arena, path_base(path)), *parent = text_c_string(sc->arena, directory);
    if (!name || !parent) return scope_no_memory(sc);
    int fd = open_retrying(AT_FDCWD, parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (fd < 0) return fail(sc, "open", directory);
    strata_status status = replace_in_directory(fd, name, bytes) ? STRATA_OK : fail(sc, "write", path);
    close(fd);
    return status;
}

strata_status write_file(scope *sc, text path, text bytes) {
    struct stat info;
    char *place = text_c_string(sc->arena, path);
    if (!place) return scope_no_memory(sc);
    if (stat(place, &info) == 0 && S_ISREG(info.st_mode))
        return has_bytes(place, bytes) ? STRATA_OK : replace_files(sc, &(replaced_file){path, bytes}, 1);
    TRY(make_directories(sc, path_directory(path)));
    return write_new(sc, path, bytes);
}

strata_status remove_file(scope *sc, text path) {
    char *copy = text_c_string(sc->arena, path);
    if (!copy) return scope_no_memory(sc);
    return unlink(copy) && errno != ENOENT ? fail(sc, "remove", path) : STRATA_OK;
}
