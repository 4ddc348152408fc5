/*
 * render_memory.c: renders files that are in memory, with settings beside them, as a deployment tool does. No file is
 * read or written.
 */
#include <stdio.h>
#include <strata/strata.h>
#include <string.h>
#include <unistd.h>

static const char kustomization[] = "resources:\n"
                                    "- deployment.yaml\n"
                                    "images:\n"
                                    "- name: shop\n"
                                    "  newTag: 1.4.2\n";

static const char deployment[] = "apiVersion: apps/v1\n"
                                 "kind: Deployment\n"
                                 "metadata:\n"
                                 "  name: shop\n"
                                 "spec:\n"
                                 "  template:\n"
                                 "    spec:\n"
                                 "      containers:\n"
                                 "      - name: shop\n"
                                 "        image: shop:latest\n";

static int set_overrides(strata_overrides *overrides, strata_error *error) {
    strata_patch patch;
    strata_patch_init(&patch);
    patch.kind = "Deployment";
    patch.patch = "- {op: add, path: /spec/revisionHistoryLimit, value: 3}";
    return strata_overrides_set_namespace(overrides, "production", error) ||
           strata_overrides_set_label(overrides, "team", "web", STRATA_METADATA_TEMPLATES, error) ||
           strata_overrides_set_image(overrides, "shop=registry.example/shop:*", error) ||
           strata_overrides_set_replicas(overrides, "shop", 3, error) ||
           strata_overrides_add_patch(overrides, &patch, error);
}

int main(void) {
    const strata_file files[] = {
        {"/app/kustomization.yaml", kustomization, strlen(kustomization)},
        {"/app/deployment.yaml", deployment, strlen(deployment)},
    };
    strata_error *error = strata_error_new();
    strata_overrides *overrides = strata_overrides_new();
    strata_filesystem *tree = NULL;
    strata_renderer *renderer = NULL;
    strata_result *result = NULL;
    strata_renderer_options options;
    strata_build_options build;

    int failed = strata_filesystem_new_memory(&tree, files, 2, error) || set_overrides(overrides, error);
    strata_renderer_options_init(&options);
    options.filesystem = tree;
    strata_build_options_init(&build);
    build.overrides = overrides;
    failed = failed || strata_renderer_new(&renderer, &options, error) ||
             strata_build_run_with(&result, renderer, "/app", &build, error) ||
             strata_result_write_fd(result, STDOUT_FILENO, error);
    if (failed) fprintf(stderr, "%s\n", strata_error_message(error));

    strata_result_free(result);
    strata_renderer_free(renderer);
    strata_filesystem_free(tree);
    strata_overrides_free(overrides);
    strata_error_free(error);
    return failed;
}
