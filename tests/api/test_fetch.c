/* tests/api/test_fetch.c: a caller's functions fetch in place of git, HTTP and helm. */
#include "api_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char service[] = "apiVersion: v1\nkind: Service\nmetadata:\n  name: far\n";

static char folder[] = "/tmp/strata-fetch-XXXXXX";
static strata_error *error;
static strata_result *result;
static strata_fetch_functions fetch;
static strata_renderer_options options;

static void in_folder(char out[512], const char *path) { snprintf(out, 512, "%s%s", folder, path); }

static void write_file(const char *path, const char *data) {
    char full[512];
    in_folder(full, path);
    FILE *file = fopen(full, "w");
    cr_assert_not_null(file, "%s", full);
    fputs(data, file);
    fclose(file);
}

static void set_up(void) {
    error = strata_error_new();
    cr_assert_not_null(mkdtemp(folder));
    strata_fetch_functions_init(&fetch);
    strata_renderer_options_init(&options);
    options.fetch = &fetch;
}

static void tear_down(void) {
    static const char *const names[] = {"/kustomization.yaml", "/service.yaml", "/helm", "/values.yaml", ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char full[512];
        in_folder(full, names[i]);
        remove(full);
    }
    strata_result_free(result);
    strata_error_free(error);
}

TestSuite(fetch, .init = set_up, .fini = tear_down);

/* Builds a kustomization in memory that consists of this text. */
static strata_status build(const char *kustomization) {
    const strata_file file = {"/kustomization.yaml", kustomization, strlen(kustomization)};
    strata_filesystem *files = NULL;
    cr_assert_eq(strata_filesystem_new_memory(&files, &file, 1, error), STRATA_OK);
    strata_renderer *renderer = fixture_renderer(files, &options);
    cr_assert_not_null(renderer);
    strata_result_free(result);
    strata_status status = strata_build_run(&result, renderer, "/", error);
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
    return status;
}

static const char *stream(void) {
    const char *data;
    size_t size;
    cr_assert_eq(strata_result_stream(&data, &size, result, error), STRATA_OK);
    return data;
}

/* --- git --------------------------------------------------------------------------------------------------------- */

static int clones;

static strata_status clone(strata_sink *out, const strata_repository *what, void *user) {
    clones++;
    cr_assert_str_eq(what->url, "https://example.com/team/apps.git");
    cr_assert_str_eq(what->reference, "v1");
    strata_sink_write(out, user, strlen(user));
    return STRATA_OK;
}

Test(fetch, git_function_gives_the_directory_of_a_repository_once) {
    write_file("/kustomization.yaml", "resources:\n- service.yaml\n");
    write_file("/service.yaml", service);
    fetch.git = clone;
    fetch.user = folder;
    cr_assert_eq(build("resources:\n- https://example.com/team/apps.git?ref=v1\n"), STRATA_OK, "%s",
                 strata_error_message(error));
    cr_assert_str_eq(stream(), service);
    cr_assert_eq(clones, 1);
    char kept[512];
    in_folder(kept, "/service.yaml");
    cr_assert_eq(access(kept, F_OK), 0, "the directory stays the caller's");
}

Test(fetch, git_function_must_give_a_directory) {
    static char relative[] = "somewhere";
    fetch.git = clone;
    fetch.user = relative;
    cr_assert_eq(build("resources:\n- https://example.com/team/apps.git?ref=v1\n"), STRATA_IO);
}

/* --- HTTP -------------------------------------------------------------------------------------------------------- */

static strata_status answer_with;

static strata_status get(strata_sink *out, const char *url, void *user) {
    (void)user;
    cr_assert_str_eq(url, "https://example.com/service.yaml");
    if (answer_with == STRATA_OK) strata_sink_write(out, service, strlen(service));
    if (answer_with != STRATA_OK) strata_sink_explain(out, "the policy says no");
    return answer_with;
}

static const char remote_file[] = "resources:\n- https://example.com/service.yaml\n";

Test(fetch, http_function_gives_the_bytes_of_a_page) {
    fetch.http = get;
    cr_assert_eq(build(remote_file), STRATA_OK, "%s", strata_error_message(error));
    cr_assert_str_eq(stream(), service);
}

Test(fetch, http_functions_refusal_is_told_with_its_reason) {
    static const strata_status answers[][2] = {{STRATA_REFUSED, STRATA_REFUSED},
                                               {STRATA_NOT_FOUND, STRATA_IO},
                                               {STRATA_IO, STRATA_IO},
                                               {STRATA_CANCELLED, STRATA_CANCELLED},
                                               {STRATA_NO_MEMORY, STRATA_NO_MEMORY}};
    fetch.http = get;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        answer_with = answers[i][0];
        cr_expect_eq(build(remote_file), answers[i][1], "%d: %s", (int)answer_with, strata_error_message(error));
        if (answer_with == STRATA_REFUSED)
            cr_assert_not_null(strstr(strata_error_message(error), "the policy says no"), "%s",
                               strata_error_message(error));
    }
}

Test(fetch, what_has_no_function_stays_refused) {
    fetch.git = clone;
    fetch.user = folder;
    cr_assert_eq(build(remote_file), STRATA_REFUSED);
    fetch.git = NULL;
    fetch.http = get;
    cr_assert_eq(build("resources:\n- git@example.com:team/apps.git\n"), STRATA_REFUSED);
}

/* --- charts ------------------------------------------------------------------------------------------------------ */

static strata_status find_chart(strata_sink *out, const strata_chart *what, void *user) {
    (void)user;
    cr_assert_str_eq(what->repo, "https://charts.example.com");
    cr_assert_str_eq(what->name, "web");
    cr_assert_str_eq(what->version, "1.2.3");
    strata_sink_write(out, folder, strlen(folder));
    return STRATA_OK;
}

Test(fetch, chart_function_gives_the_directory_of_a_chart) {
    char helm[512];
    write_file("/values.yaml", "a: 1\n");
    /* A stand-in that tells which chart and values it was given. */
    write_file("/helm",
               "#!/bin/sh\n"
               "[ \"$1\" = version ] && echo v3.14.0 && exit\n"
               "for last; do :; done\n"
               "while [ $# -gt 0 ]; do [ \"$1\" = -f ] && values=$(cat \"$2\"); "
               "[ -d \"$1\" ] && chart=$1; shift; done\n"
               "printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: web\\ndata:\\n  chart: \"%s\"\\n"
               "  values: \"%s\"\\n' \"$chart\" \"$values\"\n");
    in_folder(helm, "/helm");
    cr_assert_eq(chmod(helm, 0700), 0);
    options.helm_enable = true;
    options.helm_command = helm;
    fetch.chart = find_chart;
    cr_assert_eq(build("helmCharts:\n- name: web\n  version: 1.2.3\n  repo: https://charts.example.com\n"), STRATA_OK,
                 "%s", strata_error_message(error));
    char expected[700];
    snprintf(expected, sizeof expected, "  chart: %s\n  values: 'a: 1'\n", folder);
    cr_assert_not_null(strstr(stream(), expected), "%s", stream());
}
