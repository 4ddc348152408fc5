/* generate/helm_directory.c: the temporary directory of an inflation; see helm_inside.h. */
#include "core/open_retrying.h"
#include "core/write_all.h"
#include "generate/helm_inside.h"
#include "source/path.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static strata_status fail(scope *sc, const helm_inflation *h, const char *path) {
    return scope_fail(sc, DIAGNOSTIC_TEMPORARY_FILE, h->chart.where, "can't make %s for helm: %s", path,
                      strerror(errno));
}

strata_status helm_directory_make(scope *sc, const helm_inflation *h, text *out) {
    text folder = text_from(environment_get(h->place->environment, TEXT("TMPDIR")));
    text name = path_join(sc->arena, text_empty(folder) ? TEXT("/tmp") : folder, TEXT("kustomize-helm-XXXXXX"));
    char *path = name.data ? text_c_string(sc->arena, name) : NULL;
    if (!path) return scope_no_memory(sc);
    if (!mkdtemp(path)) return fail(sc, h, path);
    *out = text_from(path);
    return STRATA_OK;
}

strata_status helm_directory_add(scope *sc, const helm_inflation *h, text path) {
    const char *name = text_c_string(sc->arena, path);
    if (!name) return scope_no_memory(sc);
    return mkdir(name, 0700) ? fail(sc, h, name) : STRATA_OK;
}

strata_status helm_directory_write(scope *sc, const helm_inflation *h, text path, text bytes) {
    const char *name = text_c_string(sc->arena, path);
    if (!name) return scope_no_memory(sc);
    int fd = open_retrying(AT_FDCWD, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0) return fail(sc, h, name);
    bool written = write_all(fd, bytes);
    written = close(fd) == 0 && written;
    return written ? STRATA_OK : fail(sc, h, name);
}

/* A directory that its owner may not write to keeps what is in it: helm leaves none, a chart may. */
static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *walk) {
    (void)info, (void)walk;
    if (kind == FTW_DP || kind == FTW_DNR)
        rmdir(path);
    else
        unlink(path);
    return 0;
}

void helm_directory_remove(text path) {
    enum { OPEN_DIRECTORIES = 16 };
    nftw(path.data, remove_entry, OPEN_DIRECTORIES, FTW_DEPTH | FTW_PHYS);
}
