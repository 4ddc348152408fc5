#include "fixture.h"

#include "core/error.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

strata_error *error;
text directory;

void fixture_open(void) {
    fixture_set_up();
    error = sc.error;
    char template[] = "/tmp/strata-source-XXXXXX", real[PATH_MAX];
    cr_assert(mkdtemp(template) && realpath(template, real));
    directory = text_copy(&memory, text_from(real));
}

void fixture_close(void) {
    text command = text_format(&memory, "rm -rf '%s'", directory.data);
    cr_assert_eq(system(command.data), 0);
    fixture_tear_down();
}

text below(const char *name) { return text_format(&memory, "%s/%s", directory.data, name); }

static void make_parents(const char *path) {
    char *copy = text_c_string(&memory, text_from(path));
    for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(copy, 0777);
        *slash = '/';
    }
}

void write_file(const char *name, const char *bytes) {
    text path = below(name);
    make_parents(path.data);
    FILE *file = fopen(path.data, "w");
    cr_assert(file, "%s", path.data);
    cr_assert(fputs(bytes, file) >= 0 && fclose(file) == 0);
}

void make_directory(const char *name) {
    text path = below(name);
    make_parents(path.data);
    cr_assert_eq(mkdir(path.data, 0777), 0);
}

void make_link(const char *name, const char *target) {
    text path = below(name);
    make_parents(path.data);
    cr_assert_eq(symlink(target, path.data), 0);
}

void assert_text(text actual, const char *expected, const char *what) {
    cr_assert(actual.data, "out of memory");
    cr_assert(text_is(actual, expected), "%s: '%.*s' instead of '%s'", what, TEXT_ARG(actual), expected);
}

void assert_failure(strata_status status, diagnostic code, const char *words) {
    cr_assert_neq(status, STRATA_OK, "no failure, '%s' was expected", words);
    cr_assert_eq(strata_error_code(error), (int)code, "%d: %s", strata_error_code(error), strata_error_message(error));
    cr_assert(strstr(strata_error_message(error), words), "'%s' is not in: %s", words, strata_error_message(error));
    error_clear(error);
}
