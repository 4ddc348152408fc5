/*
 * tests/api/test_package.c: what is done with directories, on a tree in memory; each allocation failing in turn.
 */
#include "api_fixture.h"
#include "faulty.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

static const char deployment[] = "# front\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n"
                                 "  replicas: 3\n  template:\n    spec:\n      containers:\n"
                                 "      - {name: web, image: \"web:1\"}\n";
static const char service[] = "kind: Service\napiVersion: v1\nmetadata:\n  name: web # same\n";

static strata_filesystem *tree(void) {
    const strata_file files[] = {{"/app/web.yaml", deployment, sizeof deployment - 1},
                                 {"/app/more/service.yml", service, sizeof service - 1},
                                 {"/app/more/.krmignore", "", 0},
                                 {"/app/more/Krmfile", "", 0},
                                 {"/app/notes.txt", "- text\n", 7}};
    strata_filesystem *out;
    cr_assert_eq(strata_filesystem_new_memory(&out, files, sizeof files / sizeof *files, NULL), STRATA_OK);
    return out;
}

typedef strata_status (*call_function)(strata_output **out, const strata_renderer *renderer, strata_error *error);

static strata_status count(strata_output **out, const strata_renderer *renderer, strata_error *error) {
    strata_package_options options;
    strata_package_options_init(&options);
    options.path = "app";
    return strata_package_count(out, renderer, &options, error);
}

static strata_status cat(strata_output **out, const strata_renderer *renderer, strata_error *error) {
    strata_package_options options;
    strata_package_options_init(&options);
    options.path = "app";
    options.strip_comments = true;
    options.wrap_kind = "List";
    options.wrap_version = "v1";
    return strata_package_cat(out, renderer, &options, error);
}

static strata_status grep(strata_output **out, const strata_renderer *renderer, strata_error *error) {
    strata_package_options options;
    strata_package_options_init(&options);
    options.path = "app";
    options.query = "spec.replicas>=3";
    return strata_package_grep(out, renderer, &options, error);
}

static strata_status draw(strata_output **out, const strata_renderer *renderer, strata_error *error) {
    strata_package_options options;
    strata_package_options_init(&options);
    options.path = "app";
    options.fields = STRATA_TREE_ALL;
    return strata_package_tree(out, renderer, &options, error);
}

static strata_status create(strata_output **out, const strata_renderer *renderer, strata_error *error) {
    const char *const labels[] = {"a:b", NULL}, *const resources[] = {"app/*.yaml", NULL};
    strata_create_options options;
    strata_create_options_init(&options);
    options.resources = resources;
    options.autodetect = options.recursive = true;
    options.labels = labels;
    options.name_prefix = "x-";
    return strata_create_run(out, renderer, &options, error);
}

static const struct {
    call_function call;
    const char *expected;
} calls[] = {
    {count, "app/\nDeployment: 1\n\napp/more/\nService: 1\n"},
    {cat, "apiVersion: v1\nkind: List\nitems:\n- apiVersion: apps/v1\n  kind: Deployment\n  metadata: {name: web}\n"
          "  spec:\n    replicas: 3\n    template:\n      spec:\n        containers:\n"
          "        - {name: web, image: \"web:1\"}\n---\n"
          "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata:\n    name: web\n"},
    {grep,
     "# front\napiVersion: apps/v1\nkind: Deployment\n"
     "metadata: {name: web, annotations: {config.kubernetes.io/path: 'web.yaml', "
     "internal.config.kubernetes.io/path: 'web.yaml'}}\n"
     "spec:\n  replicas: 3\n  template:\n    spec:\n      containers:\n      - {name: web, image: \"web:1\"}\n---\n"},
    {draw, "app\n├── [web.yaml]  Deployment web\n│   ├── spec.replicas: 3\n"
           "│   └── spec.template.spec.containers\n│       └── 0\n│           ├── name: web\n"
           "│           └── image: web:1\n└── Pkg: more\n    └── [service.yml]  Service web\n"},
    {create, "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- app/web.yaml\n"
             "- app/more/.krmignore\n- app/more/Krmfile\n- app/more/service.yml\n"
             "namePrefix: x-\ncommonLabels:\n  a: b\n"},
};

/* One whole use; the status of the first call that failed. */
static strata_status use(const strata_filesystem *files, size_t which, faulty *f) {
    strata_allocator allocator = faulty_allocator(f);
    strata_renderer_options options;
    strata_renderer_options_init(&options);
    options.filesystem = files;
    options.allocator = &allocator;
    strata_renderer *renderer = NULL;
    strata_output *output = NULL;
    strata_error *error = strata_error_new();
    strata_status status = strata_renderer_new(&renderer, &options, error);
    if (!status) status = calls[which].call(&output, renderer, error);
    if (!status) cr_expect_str_eq(strata_output_data(output), calls[which].expected);
    if (!status) cr_expect_eq(strata_output_size(output), strlen(calls[which].expected));
    cr_expect((output == NULL) == (status != STRATA_OK));
    strata_output_free(output);
    strata_renderer_free(renderer);
    strata_error_free(error);
    return status;
}

Test(package, directories_in_memory_are_looked_at) {
    strata_filesystem *files = tree();
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        faulty f = {.fail_at = SIZE_MAX};
        cr_expect_eq(use(files, i, &f), STRATA_OK, "call %zu", i);
        cr_expect_eq(f.live, 0);
    }
    strata_filesystem_free(files);
}

Test(package, each_allocation_failing_is_an_error_without_a_leak) {
    strata_filesystem *files = tree();
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        for (size_t at = 1;; at++) {
            faulty f = {.fail_at = at, .lasting = true};
            strata_status status = use(files, i, &f);
            cr_assert_eq(f.live, 0, "call %zu, allocation %zu failing leaks %zu blocks", i, at, f.live);
            if (f.asked < at) {
                cr_assert_eq(status, STRATA_OK);
                break;
            }
            cr_assert_eq(status, STRATA_NO_MEMORY, "call %zu, allocation %zu failing gives %d", i, at, (int)status);
        }
    strata_filesystem_free(files);
}

Test(package, wrong_arguments_are_refused) {
    strata_renderer *renderer;
    strata_output *output;
    strata_package_options options;
    strata_package_options_init(&options);
    cr_assert_eq(strata_renderer_new(&renderer, NULL, NULL), STRATA_OK);
    cr_expect_eq(strata_package_count(&output, renderer, &options, NULL), STRATA_USAGE);
    options.path = ".";
    cr_expect_eq(strata_package_count(NULL, renderer, &options, NULL), STRATA_USAGE);
    cr_expect_eq(strata_package_count(&output, NULL, &options, NULL), STRATA_USAGE);
    cr_expect_eq(strata_package_grep(&output, renderer, &options, NULL), STRATA_USAGE);
    options.size = 1;
    cr_expect_eq(strata_package_tree(&output, renderer, &options, NULL), STRATA_USAGE);
    cr_expect_eq(strata_create_run(NULL, renderer, NULL, NULL), STRATA_USAGE);
    cr_expect_eq(strata_localize_run(NULL, renderer, NULL, NULL), STRATA_USAGE);
    cr_expect_eq(strata_functions_run(&output, renderer, NULL, NULL), STRATA_USAGE);
    cr_expect_eq(strata_openapi_fetch(&output, renderer, STRATA_OPENAPI_JSON, NULL), STRATA_REFUSED);
    cr_expect_null(output);
    strata_renderer_free(renderer);
}
