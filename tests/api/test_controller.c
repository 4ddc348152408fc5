/*
 * tests/api/test_controller.c: what docs/embedding.md promises a Flux controller, as one run: an artifact without a
 * kustomization file gets one that lies over it, an encrypted file is decrypted, settings are applied, and labels and
 * variables are put into the finished objects.
 */
#include <criterion/criterion.h>
#include <strata/strata.h>
#include <string.h>

static const char service[] = "apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\nspec:\n  type: ${type}\n";
static const char secret[] = "sops:apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop\nstringData:\n  a: b\n";

/* What kustomize makes of the decrypted and substituted files with that namespace. */
static const char expected[] = "apiVersion: v1\n"
                               "kind: Secret\n"
                               "metadata:\n"
                               "  name: shop\n"
                               "  namespace: production\n"
                               "stringData:\n"
                               "  a: b\n"
                               "---\n"
                               "apiVersion: v1\n"
                               "kind: Service\n"
                               "metadata:\n"
                               "  name: shop\n"
                               "  namespace: production\n"
                               "spec:\n"
                               "  type: ClusterIP\n";

static void fine(strata_status status, const strata_error *error) {
    cr_assert_eq(status, STRATA_OK, "%s: %s", strata_error_name(error), strata_error_message(error));
}

/* Stands in for SOPS: encrypted is what begins with "sops:". */
static strata_status decrypt(strata_sink *out, const char *path, const char *data, size_t size, void *user) {
    (void)path, (void)user;
    if (strncmp(data, "sops:", 5) == 0) strata_sink_write(out, data + 5, size - 5);
    return STRATA_OK;
}

/* Stands in for postBuild.substitute. */
static strata_visit substitute(strata_sink *out, strata_resource *resource, void *user) {
    static const char variable[] = "${type}";
    const char *data, *at;
    size_t size;
    (void)user;
    if (strata_resource_yaml(&data, &size, resource, NULL)) return STRATA_VISIT_FAIL;
    if (!(at = strstr(data, variable))) return STRATA_VISIT_KEEP;
    strata_sink_write(out, data, (size_t)(at - data));
    strata_sink_write(out, "ClusterIP", 9);
    strata_sink_write(out, at + strlen(variable), strlen(at + strlen(variable)));
    return STRATA_VISIT_REPLACE;
}

/* The text of a kustomization that names all manifests of the artifact, laid over it. */
static strata_filesystem *lay_over(strata_filesystem *artifact, strata_filesystem **upper, strata_error *error) {
    strata_renderer_options options;
    strata_create_options create;
    strata_renderer *renderer = NULL;
    strata_output *text = NULL;
    strata_filesystem *both = NULL;
    strata_renderer_options_init(&options);
    options.filesystem = artifact;
    options.working_directory = "/deploy";
    strata_create_options_init(&create);
    create.autodetect = true;
    fine(strata_renderer_new(&renderer, &options, error), error);
    fine(strata_create_run(&text, renderer, &create, error), error);
    strata_file file = {"/deploy/kustomization.yaml", strata_output_data(text), strata_output_size(text)};
    fine(strata_filesystem_new_memory(upper, &file, 1, error), error);
    fine(strata_filesystem_new_overlay(&both, *upper, artifact, error), error);
    strata_output_free(text);
    strata_renderer_free(renderer);
    return both;
}

Test(controller, artifact_without_kustomization_is_built_decrypted_and_substituted) {
    const strata_file files[] = {{"/deploy/secret.yaml", secret + 5, sizeof secret - 6},
                                 {"/deploy/service.yaml", service, sizeof service - 1}};
    const strata_file encrypted = {"/deploy/secret.yaml", secret, sizeof secret - 1};
    strata_error *error = strata_error_new();
    strata_overrides *overrides = strata_overrides_new();
    strata_filesystem *artifact = NULL, *upper = NULL, *stored = NULL, *seen = NULL;
    strata_renderer *renderer = NULL;
    strata_result *result = NULL;
    strata_renderer_options options;
    strata_build_options build;
    const char *data;
    size_t size;
    fine(strata_filesystem_new_memory(&artifact, files, 2, error), error);
    strata_filesystem *named = lay_over(artifact, &upper, error);
    fine(strata_filesystem_new_memory(&stored, &encrypted, 1, error), error);
    fine(strata_filesystem_new_overlay(&seen, stored, named, error), error);

    fine(strata_overrides_set_namespace(overrides, "production", error), error);
    strata_renderer_options_init(&options);
    options.filesystem = seen;
    strata_build_options_init(&build);
    build.overrides = overrides;
    build.filter = decrypt;
    build.visitor = substitute;
    fine(strata_renderer_new(&renderer, &options, error), error);
    fine(strata_build_run_with(&result, renderer, "/deploy", &build, error), error);
    fine(strata_result_stream(&data, &size, result, error), error);
    cr_assert_str_eq(data, expected);

    strata_result_free(result);
    strata_renderer_free(renderer);
    strata_filesystem_free(seen);
    strata_filesystem_free(stored);
    strata_filesystem_free(named);
    strata_filesystem_free(upper);
    strata_filesystem_free(artifact);
    strata_overrides_free(overrides);
    strata_error_free(error);
}
