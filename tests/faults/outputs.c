/*
 * tests/faults/outputs.c: each call to the system fails in turn that the command makes to write what it has made.
 *
 * usage: fault_outputs
 *
 * cli/output.c is a part of this program. Each way of writing begins with the same files. It succeeds, and the file has
 * all bytes; or it says so once, and each file is the old one, but where it has to be written in place. What is
 * interrupted or comes short goes on. There are no other files, and nothing stays open.
 */
#include "calls.h"
#include "messages.h"
#include "output.h"
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const int errors[] = {ENOMEM, EIO, EMFILE, ENOSPC, EINTR, CALL_SHORT};
enum { ERROR_COUNT = sizeof errors / sizeof errors[0] };

static const char bytes[] = "kind: ConfigMap\nmetadata:\n  name: written\n";
static char folder[] = "/tmp/strata-outputs-XXXXXX";

/* --- in the place of cli/messages.c ------------------------------------------------------------------------------- */

static int messages;
static char message[512];

int failure(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    messages++;
    return EXIT_FAILED;
}

int out_of_memory(void) { return failure("out of memory"); }

/* --- ways of writing ---------------------------------------------------------------------------------------------- */

typedef struct way {
    const char *name;
    int (*write)(void);
    bool in_pieces; /* a failure may leave a part: of a file that can only be written in place, or of directories */
} way;

static int write_new(void) { return output_to_file("new.yaml", bytes, sizeof bytes - 1); }
static int write_old(void) { return output_to_file("old.yaml", bytes, sizeof bytes - 1); }
static int write_link(void) { return output_to_file("link.yaml", bytes, sizeof bytes - 1); }
static int write_dangling(void) { return output_to_file("dangling.yaml", bytes, sizeof bytes - 1); }
static int write_below(void) { return output_below(".", "new.yaml", bytes, sizeof bytes - 1); }
static int write_below_old(void) { return output_below(".", "old.yaml", bytes, sizeof bytes - 1); }
static int write_deep(void) { return output_below(".", "deep/er/new.yaml", bytes, sizeof bytes - 1); }
static int make_directories(void) { return output_make_directories("deep/er/and/deeper"); }
static int write_stdout(void) { return output_to_stdout(bytes, sizeof bytes - 1); }

static const way ways[] = {
    {"a new file", write_new, false},
    {"a file that is there", write_old, false},
    {"a file behind a link", write_link, false},
    {"a file that a link names", write_dangling, true},
    {"a new file below a directory", write_below, false},
    {"a file below a directory", write_below_old, false},
    {"a new file in new directories", write_deep, true},
    {"directories", make_directories, true},
    {"standard output", write_stdout, true},
};
enum { WAY_COUNT = sizeof ways / sizeof *ways };

/* --- one use ------------------------------------------------------------------------------------------------------ */

typedef struct outcome {
    int status;
    int messages;
    size_t calls;
    int open_files; /* more than before */
    char tree[TREE_SIZE];
} outcome;

static void write_files(void) {
    mkdir(folder, 0777);
    tree_write(folder, "old.yaml", "old\n");
    if (chdir(folder) || symlink("old.yaml", "link.yaml") || symlink("named.yaml", "dangling.yaml")) exit(2);
}

static void run(const way *w, size_t call, int error, outcome *out) {
    write_files();
    /* Standard output is a file, too. */
    int kept = dup(STDOUT_FILENO), fd = open("stdout", O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    fflush(stdout);
    dup2(fd, STDOUT_FILENO);
    close(fd);
    *out = (outcome){.open_files = -tree_open_files()};
    messages = 0;
    message[0] = '\0';
    calls_arm(call, error);
    out->status = w->write();
    out->calls = calls_disarm();
    out->messages = messages;
    out->open_files += tree_open_files();
    dup2(kept, STDOUT_FILENO);
    close(kept);
    if (chdir("/")) exit(2);
    tree_take(folder, out->tree);
}

static const char *judge(const way *w, const outcome *got, const outcome *healthy, const char *old, int error) {
    if (got->open_files) return "leaves a file open";
    if (got->messages != (got->status != EXIT_FINE)) return "doesn't say once how it ends";
    if (strstr(got->tree, ".strata-") || strstr(got->tree, ".yaml.")) return "leaves a temporary file";
    if (got->status == EXIT_FINE) return strcmp(got->tree, healthy->tree) == 0 ? NULL : "leaves other files";
    if (error == EINTR || error == CALL_SHORT) return "fails though it could go on";
    return w->in_pieces || strcmp(got->tree, old) == 0 ? NULL : "changes a file though it fails";
}

static outcome healthy, got, untouched;

static int do_nothing(void) { return EXIT_FINE; }

static size_t fail_each(const way *w, size_t *wrong) {
    size_t faults = 0;
    run(w, 0, 0, &healthy);
    if (healthy.status || strcmp(healthy.tree, untouched.tree) == 0) {
        (*wrong)++;
        printf("FAIL %s with nothing failing: %s\n", w->name, message);
    }
    for (size_t at = 1; at <= healthy.calls; at++)
        for (int i = 0; i < ERROR_COUNT; i++) {
            if (!calls_can_fail(at, errors[i])) continue;
            run(w, at, errors[i], &got);
            faults++;
            const char *problem = judge(w, &got, &healthy, untouched.tree, errors[i]);
            if (!problem) continue;
            (*wrong)++;
            printf("FAIL %s, call %zu (%s) with %d: %s (status %d, %s)\n%s\n", w->name, at, calls_failed(), errors[i],
                   problem, got.status, message, got.tree);
        }
    return faults;
}

int main(void) {
    static const way nothing = {"nothing", do_nothing, false};
    size_t faults = 0, wrong = 0;
    if (!mkdtemp(folder)) return 2;
    run(&nothing, 0, 0, &untouched);
    for (size_t i = 0; i < WAY_COUNT; i++)
        faults += fail_each(&ways[i], &wrong);
    printf("%d ways of writing, %zu calls failed, %zu wrong\n", (int)WAY_COUNT, faults, wrong);
    return wrong || !faults;
}
