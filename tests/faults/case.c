/* tests/faults/case.c: see case.h. */
#include "case.h"

#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static void stop(const char *what, const char *about) {
    fprintf(stderr, "faults: %s: %s\n", what, about);
    exit(2);
}

static void take_word(fault_case *c, char *word) {
    if (strcmp(word, "build") == 0) return;
    if (*word != '-')
        c->target = word;
    else if (strcmp(word, "--enable-alpha-plugins") == 0)
        c->options.plugins_enable = true;
    else if (strcmp(word, "--enable-helm") == 0)
        c->options.helm_enable = true;
    else if (strcmp(word, "--enable-exec") == 0)
        c->options.exec_enable = true;
    else if (strcmp(word, "--enable-managedby-label") == 0)
        c->options.managed_by_label = true;
    else if (strcmp(word, "--reorder=legacy") == 0)
        c->options.reorder = STRATA_REORDER_LEGACY;
    else if (strncmp(word, "--root=", strlen("--root=")) == 0)
        c->options.root = word + strlen("--root=");
    else if (strcmp(word, "--load-restrictor=LoadRestrictionsNone") == 0)
        c->options.load_restriction = STRATA_LOAD_ANYWHERE;
    else
        stop("an option that this test does not know", word);
}

/* The file of that name in the case's folder. */
static FILE *open_file(const fault_case *c, const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", c->folder, name);
    return fopen(path, "r");
}

static void read_command(fault_case *c) {
    FILE *f = open_file(c, "command"), *stream = open_file(c, "expected.yaml");
    if (!f) stop("can't be read", c->folder);
    size_t size = fread(c->command, 1, sizeof c->command - 1, f);
    fclose(f);
    c->command[size] = '\0';
    c->succeeds = stream != NULL;
    if (stream) fclose(stream);
    c->target = ".";
    strata_renderer_options_init(&c->options);
    c->options.environment = (const char *const *)environ;
    c->options.fetch_enable = true;
    char *rest = NULL;
    for (char *w = strtok_r(c->command, " \n", &rest); w; w = strtok_r(NULL, " \n", &rest))
        take_word(c, w);
    c->options.working_directory = c->folder;
}

static int by_folder(const void *a, const void *b) {
    return strcmp(((const fault_case *)a)->folder, ((const fault_case *)b)->folder);
}

size_t cases_find(fault_case *out, const char *folder) {
    char *roots[] = {strdup(folder), NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    if (!walk) stop("can't be walked", folder);
    size_t count = 0;
    for (FTSENT *e; (e = fts_read(walk));) {
        if (e->fts_info != FTS_F || strcmp(e->fts_name, "command") != 0) continue;
        if (count == CASES_AT_MOST) stop("too many cases", folder);
        out[count++].folder = strndup(e->fts_path, e->fts_pathlen - sizeof "/command" + 1);
    }
    fts_close(walk);
    free(roots[0]);
    if (!count) stop("no case in", folder);
    qsort(out, count, sizeof *out, by_folder);
    /* Only now: what a case holds points into itself. */
    for (size_t i = 0; i < count; i++)
        read_command(&out[i]);
    return count;
}

void cases_free(fault_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++)
        free(cases[i].folder);
}
