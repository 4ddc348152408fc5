/* cli/read_files.c: see read_files.h. Files are told apart as the system does it, since one has many paths. */
#include "read_files.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct file_id {
    dev_t device;
    ino_t number;
} file_id;

static int compare(const void *a, const void *b) {
    const file_id *x = a, *y = b;
    if (x->device != y->device) return x->device < y->device ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* False when nothing is there, as for the URL of a page. */
static bool identify(const char *path, file_id *out) {
    struct stat what;
    if (stat(path, &what) != 0) return false;
    *out = (file_id){what.st_dev, what.st_ino};
    return true;
}

static bool has_name(const char *path, const char *name) {
    const char *slash = strrchr(path, '/');
    return strcmp(slash ? slash + 1 : path, name) == 0;
}

static bool add(read_files *all, file_id id) {
    if (tfind(&id, &all->tree, compare)) return true;
    file_id *kept = malloc(sizeof *kept);
    if (!kept) return false;
    *kept = id;
    if (tsearch(kept, &all->tree, compare)) return true;
    free(kept);
    return false;
}

bool read_files_add(read_files *all, const strata_result *result, const char *name) {
    size_t count = strata_result_input_count(result);
    for (size_t i = 0; i < count; i++) {
        const char *path = strata_result_input_at(result, i);
        file_id id;
        if (has_name(path, name) && identify(path, &id) && !add(all, id)) return false;
    }
    return true;
}

bool read_files_have(const read_files *all, const char *path) {
    file_id id;
    return identify(path, &id) && tfind(&id, &all->tree, compare);
}

void read_files_free(read_files *all) {
    while (all->tree) {
        file_id *first = *(file_id **)all->tree;
        tdelete(first, &all->tree, compare);
        free(first);
    }
}
