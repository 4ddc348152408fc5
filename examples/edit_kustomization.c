/* edit_kustomization.c: sets an image in a kustomization file; every byte that has no part in it stays. */
#include <stdio.h>
#include <strata/strata.h>

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: edit_kustomization DIR NAME=NEWNAME:TAG\n");
        return 2;
    }
    const char *images[] = {argv[2]};
    strata_error *error = strata_error_new();
    strata_renderer *renderer = NULL;
    strata_edit *edit = NULL;
    strata_edit_arguments arguments;
    strata_edit_arguments_init(&arguments);
    arguments.values = images;
    arguments.value_count = 1;

    int failed = strata_renderer_new(&renderer, NULL, error) || strata_edit_open(&edit, renderer, argv[1], error) ||
                 strata_edit_apply(edit, STRATA_EDIT_SET_IMAGE, &arguments, error) || strata_edit_save(edit, error);
    if (failed) fprintf(stderr, "%s\n", strata_error_message(error));

    strata_edit_free(edit);
    strata_renderer_free(renderer);
    strata_error_free(error);
    return failed;
}
