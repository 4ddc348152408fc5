/* tests/faults/tree.c: see tree.h. */
#include "tree.h"

#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int by_name(const FTSENT **a, const FTSENT **b) { return strcmp((*a)->fts_name, (*b)->fts_name); }

static size_t take_bytes(const char *path, char *out, size_t room) {
    FILE *f = fopen(path, "r");
    size_t size = f ? fread(out, 1, room, f) : 0;
    if (f) fclose(f);
    return size;
}

void tree_take(const char *folder, char out[TREE_SIZE]) {
    char copy[4096];
    snprintf(copy, sizeof copy, "%s", folder);
    FTS *tree = fts_open((char *[]){copy, NULL}, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    size_t size = 0;
    for (FTSENT *e; (e = fts_read(tree));) {
        if (e->fts_info == FTS_DP) {
            rmdir(e->fts_path);
            continue;
        }
        const char *kind = e->fts_info == FTS_D ? "directory" : e->fts_info == FTS_F ? "file" : "link";
        size += (size_t)snprintf(out + size, TREE_SIZE - size, "== %s %s\n", kind, e->fts_path + strlen(folder));
        if (e->fts_info == FTS_F) size += take_bytes(e->fts_path, out + size, TREE_SIZE - size - 1);
        if (e->fts_info != FTS_D) unlink(e->fts_path);
    }
    out[size] = '\0';
    fts_close(tree);
}

void tree_write(const char *folder, const char *name, const char *text) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    fputs(text, f);
    fclose(f);
}

int tree_open_files(void) {
    int count = 0;
    for (int fd = 0; fd < 256; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}
