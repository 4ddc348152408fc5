/* package/write_file.c: see write_file.h. */
#include "package/write_file.h"

#include "core/open_retrying.h"
#include "source/path.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static strata_status fail(scope *sc, const char *what, text path) {
    return scope_fail(sc, DIAGNOSTIC_WRITE_FAILED, ORIGIN_UNKNOWN, "can't %s %.*s: %s", what, TEXT_ARG(path),
                      strerror(errno));
}

/* --- directories ------------------------------------------------------------------------------------------------- */

/* Makes one; `made` gets it unless it was there. */
static strata_status make_directory(scope *sc, const char *path, text_list *made) {
    text copy = text_copy(sc->arena, text_from(path));
    if (!copy.data || !text_list_add(sc->arena, made, copy)) return scope_no_memory(sc);
    if (mkdir(path, 0777) == 0) return STRATA_OK;
    made->count--;
    return errno == EEXIST ? STRATA_OK : fail(sc, "make the directory", copy);
}

/* With all above it. */
static strata_status make_way(scope *sc, text path, text_list *made) {
    char *copy = text_c_string(sc->arena, path);
    if (!copy) return scope_no_memory(sc);
    for (size_t i = 1; i <= path.size; i++) {
        if (i < path.size && copy[i] != '/') continue;
        char end = copy[i];
        copy[i] = '\0';
        TRY(make_directory(sc, copy, made));
        copy[i] = end;
    }
    return STRATA_OK;
}

static void remove_directories(const text_list *made) {
    for (size_t i = made->count; i > 0; i--)
        rmdir(made->items[i - 1].data);
}

strata_status make_directories(scope *sc, text path) {
    text_list made = {NULL, 0, 0};
    return make_way(sc, path, &made);
}

/* --- files -------------------------------------------------------------------------------------------------------- */

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

/* What has to be written of the files; room is made on the way to those that aren't there. */
static strata_status choose(scope *sc, const replaced_file *files, size_t count, replaced_file *out, size_t *chosen,
                            text_list *made) {
    for (size_t i = 0; i < count; i++) {
        struct stat info;
        char *place = text_c_string(sc->arena, files[i].path);
        if (!place) return scope_no_memory(sc);
        bool is_new = stat(place, &info) != 0 || !S_ISREG(info.st_mode);
        if (!is_new && has_bytes(place, files[i].bytes)) continue;
        if (is_new) TRY(make_way(sc, path_directory(files[i].path), made));
        out[(*chosen)++] = (replaced_file){files[i].path, files[i].bytes, is_new};
    }
    return STRATA_OK;
}

/* Paths as the system takes them. */
static char **name_all(scope *sc, const text_list *paths) {
    char **names = ARENA_ARRAY(sc->arena, char *, paths->count + 1);
    for (size_t i = 0; names && i < paths->count; i++)
        if (!(names[i] = text_c_string(sc->arena, paths->items[i]))) return NULL;
    return names;
}

strata_status write_files(scope *sc, const replaced_file *files, size_t count, const text_list *removed) {
    text_list made = {NULL, 0, 0};
    size_t chosen = 0;
    replaced_file *changed = ARENA_ARRAY(sc->arena, replaced_file, count + 1);
    char **names = name_all(sc, removed);
    if (!changed || !names) return scope_no_memory(sc);
    strata_status status = choose(sc, files, count, changed, &chosen, &made);
    if (status == STRATA_OK) status = replace_files(sc, changed, chosen);
    if (status != STRATA_OK) remove_directories(&made);
    for (size_t i = 0; status == STRATA_OK && i < removed->count; i++)
        if (unlink(names[i]) && errno != ENOENT) status = fail(sc, "remove", removed->items[i]);
    return status;
}

strata_status write_file(scope *sc, text path, text bytes) {
    static const text_list none;
    return write_files(sc, &(replaced_file){path, bytes, false}, 1, &none);
}
