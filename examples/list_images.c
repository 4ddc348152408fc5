/*
 * list_images.c: the images that a target runs, its resources with the places that they come from, and the files that
 * it was made of with their digests: all that a tool needs to know when to render again.
 */
#include <stdio.h>
#include <strata/strata.h>

static int print_images(strata_result *result, strata_error *error) {
    const char *const *images;
    size_t count;
    if (strata_result_images(&images, &count, result, error)) return 1;
    for (size_t i = 0; i < count; i++)
        printf("image %s\n", images[i]);
    return 0;
}

static int print_resources(strata_result *result, strata_error *error) {
    for (size_t i = 0; i < strata_result_resource_count(result); i++) {
        strata_resource *resource;
        if (strata_result_resource(&resource, result, i, error)) return 1;
        printf("resource %s/%s from %s:%u\n", strata_resource_kind(resource), strata_resource_name(resource),
               strata_resource_file(resource), (unsigned)strata_resource_line(resource));
    }
    return 0;
}

static int print_inputs(strata_result *result, strata_error *error) {
    for (size_t i = 0; i < strata_result_input_count(result); i++) {
        const char *digest;
        if (strata_result_input_digest(&digest, result, i, error)) return 1;
        printf("input %.12s %s\n", digest, strata_result_input_at(result, i));
    }
    return 0;
}

int main(int argc, char **argv) {
    strata_error *error = strata_error_new();
    strata_renderer *renderer = NULL;
    strata_result *result = NULL;
    int failed = strata_renderer_new(&renderer, NULL, error) ||
                 strata_build_run(&result, renderer, argc > 1 ? argv[1] : ".", error) || print_images(result, error) ||
                 print_resources(result, error) || print_inputs(result, error);
    if (failed) fprintf(stderr, "%s\n", strata_error_message(error));
    strata_result_free(result);
    strata_renderer_free(renderer);
    strata_error_free(error);
    return failed;
}
