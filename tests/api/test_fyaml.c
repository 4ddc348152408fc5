/* tests/api/test_fyaml.c: documents of libfyaml in and out. */
#include "api_fixture.h"

#include <criterion/criterion.h>
#include <strata/fyaml.h>
#include <string.h>

static struct fy_document *parse(const char *text) { return fy_document_build_from_string(NULL, text, FY_NT); }

static const char *scalar(struct fy_document *document, const char *path, size_t *size) {
    return fy_node_get_scalar(fy_node_by_path(fy_document_root(document), path, FY_NT, FYNWF_DONT_FOLLOW), size);
}

Test(fyaml, documents_are_rendered_and_come_out_as_documents) {
    strata_document_file in[] = {
        {"/kustomization.yaml", parse("namePrefix: dev-\nresources: [web.yaml]\n")},
        {"/web.yaml", parse("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  text: |\n    a: 1\n\n"
                            "    b\n  number: \"1\"\n")},
    };
    strata_error *error = strata_error_new();
    strata_filesystem *files = NULL;
    strata_result *result = NULL;
    strata_resource *resource;
    struct fy_document *out = NULL;
    size_t size;
    cr_assert_eq(strata_filesystem_new_documents(&files, in, 2, error), STRATA_OK, "%s", strata_error_message(error));
    fy_document_destroy(in[0].document);
    fy_document_destroy(in[1].document);
    strata_renderer *renderer = fixture_renderer(files, NULL);
    cr_assert_eq(strata_build_run(&result, renderer, "/", error), STRATA_OK, "%s", strata_error_message(error));
    cr_assert_eq(strata_result_resource(&resource, result, 0, error), STRATA_OK);
    cr_assert_eq(strata_resource_document(&out, resource, error), STRATA_OK);
    strata_result_free(result);
    cr_assert_eq(strncmp(scalar(out, "/metadata/name", &size), "dev-web", 7), 0);
    cr_assert_eq(strncmp(scalar(out, "/data/text", &size), "a: 1\n\nb\n", 8), 0);
    cr_assert_eq(size, 8);
    fy_document_destroy(out);
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
    strata_error_free(error);
}

Test(fyaml, wrong_calls_fail) {
    strata_filesystem *files = (strata_filesystem *)1;
    const strata_document_file absent = {"/a.yaml", NULL};
    cr_assert_eq(strata_filesystem_new_documents(&files, &absent, 1, NULL), STRATA_INVALID);
    cr_assert_null(files);
    cr_assert_eq(strata_filesystem_new_documents(NULL, &absent, 1, NULL), STRATA_USAGE);
    cr_assert_eq(strata_resource_document(NULL, NULL, NULL), STRATA_USAGE);
}
