/*
 * tests/faults/edits.c: each allocation and each call to the system that an edit makes fails in turn.
 *
 * usage: fault_edits
 *
 * Every edit begins with the same files in a folder of its own. It is saved, and each file is the new one; or it fails
 * with one error, and each file is the old one or (when several are saved) the new one. No other file is there, nothing
 * stays allocated or open.
 */

#include "calls.h"
#include "faulty.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int errors[] = {ENOMEM, EIO, EMFILE, ENOSPC, EINTR, CALL_SHORT};
enum { ERROR_COUNT = sizeof errors / sizeof errors[0], FILE_COUNT = 3, TEXT_SIZE = 4096 };

static const char *const names[FILE_COUNT] = {"kustomization.yaml", "app.yaml", "values.env"};
static const char *const old_texts[FILE_COUNT] = {"# shop\n"
                                                  "resources:\n"
                                                  "- app.yaml # the app\n"
                                                  "images: [{name: web, newTag: \"1\"}]\n"
                                                  "commonLabels:\n"
                                                  "  app: shop\n"
                                                  "configMapGenerator:\n"
                                                  "- name: settings\n"
                                                  "  literals: [a=1]\n"
                                                  "vars:\n"
                                                  "- name: NAME\n"
                                                  "  objref: {kind: Pod, name: web, apiVersion: v1}\n",
                                                  "apiVersion: v1\n"
                                                  "kind: Pod\n"
                                                  "metadata:\n"
                                                  "  name: web\n"
                                                  "spec:\n"
                                                  "  containers:\n"
                                                  "  - name: web\n"
                                                  "    args: [\"$(NAME)\"]\n",
                                                  "A=1\n"};

typedef struct edit {
    const char *name;
    strata_edit_operation operation;
    const char *values[3];
    const char *literals[2];
    const char *env_file;
    const char *patch;
    bool vars;
} edit;

static const edit edits[] = {
    {.name = "set image", .operation = STRATA_EDIT_SET_IMAGE, .values = {"web=shop/web:2", "side@sha256:0"}},
    {.name = "set nameprefix", .operation = STRATA_EDIT_SET_NAMEPREFIX, .values = {"a-"}},
    {.name = "set namespace", .operation = STRATA_EDIT_SET_NAMESPACE, .values = {"shop"}},
    {.name = "set replicas", .operation = STRATA_EDIT_SET_REPLICAS, .values = {"web=3"}},
    {.name = "set label", .operation = STRATA_EDIT_SET_LABEL, .values = {"app:other", "tier:web"}},
    {.name = "set configmap", .operation = STRATA_EDIT_SET_CONFIGMAP, .values = {"settings"}, .literals = {"a=2"}},
    {.name = "add resource", .operation = STRATA_EDIT_ADD_RESOURCE, .values = {"values.*"}},
    {.name = "add configmap", .operation = STRATA_EDIT_ADD_CONFIGMAP, .values = {"more"}, .env_file = "values.env"},
    {.name = "add secret", .operation = STRATA_EDIT_ADD_SECRET, .values = {"key"}, .literals = {"k=v"}},
    {.name = "add patch", .operation = STRATA_EDIT_ADD_PATCH, .patch = "- {op: remove, path: /spec/x}"},
    {.name = "add annotation", .operation = STRATA_EDIT_ADD_ANNOTATION, .values = {"note:a text"}},
    {.name = "remove resource", .operation = STRATA_EDIT_REMOVE_RESOURCE, .values = {"app.yaml"}},
    {.name = "remove label", .operation = STRATA_EDIT_REMOVE_LABEL, .values = {"app"}},
    {.name = "remove nothing", .operation = STRATA_EDIT_REMOVE_CONFIGMAP, .values = {"none"}},
    {.name = "fix", .operation = STRATA_EDIT_FIX},
    {.name = "fix vars", .operation = STRATA_EDIT_FIX, .vars = true},
};
enum { EDIT_COUNT = sizeof edits / sizeof edits[0] };

/* --- the folder -------------------------------------------------------------------------------------------------- */

static char folder[] = "/tmp/strata-edits-XXXXXX";

static FILE *open_file(const char *name, const char *mode) {
    char path[TEXT_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return fopen(path, mode);
}

static void write_files(void) {
    for (int i = 0; i < FILE_COUNT; i++) {
        FILE *f = open_file(names[i], "w");
        fputs(old_texts[i], f);
        fclose(f);
    }
}

static void read_files(char texts[FILE_COUNT][TEXT_SIZE]) {
    for (int i = 0; i < FILE_COUNT; i++) {
        FILE *f = open_file(names[i], "r");
        size_t size = f ? fread(texts[i], 1, TEXT_SIZE - 1, f) : 0;
        texts[i][size] = '\0';
        if (f) fclose(f);
    }
}

static int count_entries(const char *path) {
    int entries = 0;
    DIR *d = opendir(path);
    while (d && readdir(d))
        entries++;
    if (d) closedir(d);
    return entries;
}

static void empty_folder(void) {
    DIR *d = opendir(folder);
    for (struct dirent *e; (e = readdir(d));) {
        char path[TEXT_SIZE];
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        unlink(path);
    }
    closedir(d);
}

/* --- one use ----------------------------------------------------------------------------------------------------- */

typedef struct outcome {
    strata_status status;
    strata_status described;
    size_t asked;
    size_t live;
    size_t calls;
    int open_files; /* more than before */
    char message[256];
    char texts[FILE_COUNT][TEXT_SIZE];
} outcome;

typedef struct fault {
    size_t allocation; /* 0: none */
    bool lasting;
    size_t call; /* 0: none */
    int error;
} fault;

static outcome run(const edit *e, const fault *which) {
    faulty f = {.fail_at = which->allocation, .lasting = which->lasting};
    strata_allocator allocator = faulty_allocator(&f);
    strata_renderer_options options;
    strata_edit_arguments arguments;
    strata_renderer *renderer = NULL;
    strata_edit *opened = NULL;
    strata_error *error = strata_error_new();
    outcome out = {.open_files = -count_entries("/proc/self/fd")};
    write_files();
    strata_renderer_options_init(&options);
    options.allocator = &allocator;
    strata_edit_arguments_init(&arguments);
    arguments.values = e->values;
    while (arguments.value_count < 3 && e->values[arguments.value_count])
        arguments.value_count++;
    arguments.literals = e->literals[0] ? e->literals : NULL;
    arguments.env_file = e->env_file;
    arguments.patch = e->patch;
    arguments.vars = e->vars;
    calls_arm(which->call, which->error);
    out.status = strata_renderer_new(&renderer, &options, error);
    if (!out.status) out.status = strata_edit_open(&opened, renderer, folder, error);
    if (!out.status) out.status = strata_edit_apply(opened, e->operation, &arguments, error);
    if (!out.status) out.status = strata_edit_save(opened, error);
    out.calls = calls_disarm();
    out.described = strata_error_status(error);
    snprintf(out.message, sizeof out.message, "%s", strata_error_message(error));
    strata_edit_free(opened);
    strata_renderer_free(renderer);
    strata_error_free(error);
    out.asked = f.asked;
    out.live = f.live;
    out.open_files += count_entries("/proc/self/fd");
    read_files(out.texts);
    return out;
}

static bool same_texts(const outcome *a, const outcome *b) { return memcmp(a->texts, b->texts, sizeof a->texts) == 0; }

static const char *judge(const outcome *got, const outcome *healthy, const fault *which) {
    if (count_entries(folder) != FILE_COUNT + 2) return "leaves a file, or takes one away";
    if (got->live) return "leaks";
    if (got->open_files) return "leaves a file open";
    if (got->described != got->status) return "fails without an error";
    if (got->status == healthy->status) return same_texts(got, healthy) ? NULL : "leaves other files";
    if (got->status == STRATA_OK) return "succeeds where it has to fail";
    if (which->call && (which->error == EINTR || which->error == CALL_SHORT)) return "fails though it could go on";
    if (!*got->message) return "fails without a message";
    for (int i = 0; i < FILE_COUNT; i++)
        if (strcmp(got->texts[i], old_texts[i]) != 0 && strcmp(got->texts[i], healthy->texts[i]) != 0)
            return "leaves a part of a file";
    return NULL;
}

typedef struct totals {
    size_t allocations;
    size_t calls;
    size_t wrong;
} totals;

static void fail_one(totals *sum, const edit *e, const outcome *healthy, const fault *which) {
    outcome got = run(e, which);
    const char *wrong = judge(&got, healthy, which);
    sum->allocations += which->allocation != 0;
    sum->calls += which->call != 0;
    if (wrong) {
        sum->wrong++;
        printf("FAIL %s, allocation %zu%s, call %zu (%s) with %d: %s (status %d, %s)\n", e->name, which->allocation,
               which->lasting ? " and later" : "", which->call, which->call ? calls_name(which->call) : "none",
               which->error, wrong, (int)got.status, got.message);
        empty_folder();
    }
}

static void fail_each(totals *sum, const edit *e) {
    static const fault none;
    outcome healthy = run(e, &none);
    if (healthy.live || healthy.open_files) {
        sum->wrong++;
        printf("FAIL %s: leaks with nothing failing\n", e->name);
    }
    for (size_t at = 1; at <= healthy.asked; at++)
        for (int lasting = 0; lasting <= 1; lasting++)
            fail_one(sum, e, &healthy, &(fault){.allocation = at, .lasting = lasting});
    for (size_t at = 1; at <= healthy.calls; at++)
        for (int i = 0; i < ERROR_COUNT; i++)
            if (calls_can_fail(at, errors[i])) fail_one(sum, e, &healthy, &(fault){.call = at, .error = errors[i]});
}

int main(void) {
    totals sum = {0};
    if (!mkdtemp(folder)) return 2;
    for (size_t i = 0; i < EDIT_COUNT; i++)
        fail_each(&sum, &edits[i]);
    empty_folder();
    rmdir(folder);
    printf("%d edits, %zu allocations and %zu calls failed, %zu wrong\n", (int)EDIT_COUNT, sum.allocations, sum.calls,
           sum.wrong);
    return sum.wrong || !sum.allocations || !sum.calls;
}
