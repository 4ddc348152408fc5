/* render_directory.c: prints what `kustomize build DIR` prints. */
#include <stdio.h>
#include <strata/strata.h>
#include <unistd.h>

static void print_error(const strata_error *error) {
    if (strata_error_line(error))
        fprintf(stderr, "%s:%u:%u: ", strata_error_file(error), (unsigned)strata_error_line(error),
                (unsigned)strata_error_column(error));
    fprintf(stderr, "error: %s [%s]\n", strata_error_message(error), strata_error_name(error));
    if (*strata_error_hint(error)) fprintf(stderr, "hint: %s\n", strata_error_hint(error));
    for (size_t i = 0; i < strata_error_note_count(error); i++) {
        strata_error_note note = strata_error_note_at(error, i);
        fprintf(stderr, "note: %s %s:%u\n", note.message, note.file, (unsigned)note.line);
    }
}

int main(int argc, char **argv) {
    const char *directory = argc > 1 ? argv[1] : ".";
    strata_error *error = strata_error_new();
    strata_renderer *renderer = NULL;
    strata_result *result = NULL;

    /* Without options every door is closed: no network, no programs, no files outside of the kustomizations' roots. */
    int failed = strata_renderer_new(&renderer, NULL, error) != STRATA_OK ||
                 strata_build_run(&result, renderer, directory, error) != STRATA_OK ||
                 strata_result_write_fd(result, STDOUT_FILENO, error) != STRATA_OK;
    if (failed) print_error(error);

    strata_result_free(result);
    strata_renderer_free(renderer);
    strata_error_free(error);
    return failed;
}
