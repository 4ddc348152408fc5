/* tests/api/test_hooks.c: filters before, visitors after, and progress during a build. */
#include "api_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static strata_filesystem *files;
static strata_renderer *renderer;
static strata_build_options options;
static strata_result *result;
static strata_error *error;

static void set_up(void) {
    files = fixture_filesystem();
    renderer = fixture_renderer(files, NULL);
    error = strata_error_new();
    strata_build_options_init(&options);
}

static void tear_down(void) {
    strata_result_free(result);
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
    strata_error_free(error);
}

TestSuite(hooks, .init = set_up, .fini = tear_down);

static strata_status build(void) {
    strata_result_free(result);
    return strata_build_run_with(&result, renderer, "/overlay", &options, error);
}

static const char *stream(void) {
    const char *data;
    size_t size;
    cr_assert_eq(strata_result_stream(&data, &size, result, error), STRATA_OK);
    return data;
}

/* --- filters ----------------------------------------------------------------------------------------------------- */

typedef struct filter_plan {
    const char *path; /* of the file that is changed */
    const char *with;
    strata_status answer;
    size_t calls;
} filter_plan;

static strata_status filter(strata_sink *out, const char *path, const char *data, size_t size, void *user) {
    filter_plan *plan = user;
    plan->calls++;
    cr_assert_eq(data[size], '\0');
    if (strcmp(path, plan->path) != 0) return STRATA_OK;
    if (plan->with) strata_sink_write(out, plan->with, strlen(plan->with));
    if (plan->answer) strata_sink_explain(out, "no key");
    return plan->answer;
}

static void use_filter(filter_plan *plan) {
    options.filter = filter;
    options.filter_user = plan;
}

Test(hooks, filter_sees_every_file_and_changes_one) {
    filter_plan plan = {"/overlay/patch.yaml",
                        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 7\n",
                        STRATA_OK, 0};
    use_filter(&plan);
    cr_assert_eq(build(), STRATA_OK, "%s", strata_error_message(error));
    cr_assert_eq(plan.calls, 4);
    cr_assert_not_null(strstr(stream(), "  replicas: 7\n"));
}

Test(hooks, filter_that_writes_nothing_changes_nothing) {
    filter_plan plan = {"/overlay/patch.yaml", NULL, STRATA_OK, 0};
    use_filter(&plan);
    cr_assert_eq(build(), STRATA_OK);
    cr_assert_str_eq(stream(), fixture_stream);
}

Test(hooks, digests_are_of_the_files_and_not_of_what_a_filter_made) {
    filter_plan plan = {"/overlay/patch.yaml", "", STRATA_OK, 0};
    strata_result *plain = NULL;
    const char *filtered_digest, *plain_digest;
    use_filter(&plan);
    plan.with = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n";
    cr_assert_eq(build(), STRATA_OK);
    cr_assert_eq(strata_build_run(&plain, renderer, "/overlay", error), STRATA_OK);
    for (size_t i = 0; i < 4; i++) {
        cr_assert_eq(strata_result_input_digest(&filtered_digest, result, i, error), STRATA_OK);
        cr_assert_eq(strata_result_input_digest(&plain_digest, plain, i, error), STRATA_OK);
        cr_assert_str_eq(filtered_digest, plain_digest);
    }
    strata_result_free(plain);
}

Test(hooks, message_quotes_no_line_that_a_filter_made) {
    filter_plan plan = {"/overlay/patch.yaml", "password: [hunter2\n", STRATA_OK, 0};
    use_filter(&plan);
    cr_assert_eq(build(), STRATA_INVALID);
    cr_assert_str_eq(strata_error_file(error), "overlay/patch.yaml");
    cr_assert_str_eq(strata_error_excerpt(error), "");
    cr_assert_null(strstr(strata_error_message(error), "hunter2"), "%s", strata_error_message(error));
}

Test(hooks, filters_failure_fails_the_build_with_its_reason) {
    static const strata_status answers[][2] = {{STRATA_IO, STRATA_INVALID},
                                               {STRATA_REFUSED, STRATA_REFUSED},
                                               {STRATA_CANCELLED, STRATA_CANCELLED},
                                               {STRATA_NO_MEMORY, STRATA_NO_MEMORY}};
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        filter_plan plan = {"/base/web.yaml", NULL, answers[i][0], 0};
        use_filter(&plan);
        cr_assert_eq(build(), answers[i][1]);
        if (answers[i][1] != STRATA_NO_MEMORY)
            cr_assert_not_null(strstr(strata_error_message(error), "no key"), "%s", strata_error_message(error));
    }
}

/* --- visitors ---------------------------------------------------------------------------------------------------- */

typedef struct visitor_plan {
    const char *kind; /* of the resource that gets the answer */
    strata_visit answer;
    const char *with;
    char seen[64];
} visitor_plan;

static strata_visit visitor(strata_sink *out, strata_resource *resource, void *user) {
    visitor_plan *plan = user;
    size_t used = strlen(plan->seen);
    snprintf(plan->seen + used, sizeof plan->seen - used, "%s ", strata_resource_kind(resource));
    if (strcmp(strata_resource_kind(resource), plan->kind) != 0) return STRATA_VISIT_KEEP;
    if (plan->with) strata_sink_write(out, plan->with, strlen(plan->with));
    if (plan->answer == STRATA_VISIT_FAIL) strata_sink_explain(out, "not today");
    return plan->answer;
}

static void use_visitor(visitor_plan *plan) {
    options.visitor = visitor;
    options.visitor_user = plan;
}

Test(hooks, visitor_sees_resources_in_order_and_keeps_them) {
    visitor_plan plan = {"", STRATA_VISIT_KEEP, NULL, ""};
    use_visitor(&plan);
    cr_assert_eq(build(), STRATA_OK);
    cr_assert_str_eq(plan.seen, "ConfigMap Deployment ");
    cr_assert_str_eq(stream(), fixture_stream);
}

Test(hooks, visitor_drops_a_resource) {
    visitor_plan plan = {"ConfigMap", STRATA_VISIT_DROP, NULL, ""};
    use_visitor(&plan);
    cr_assert_eq(build(), STRATA_OK);
    cr_assert_eq(strata_result_resource_count(result), 1);
    cr_assert_str_eq(stream(), strstr(fixture_stream, "apiVersion: apps/v1"));
}

Test(hooks, visitor_replaces_a_resource) {
    visitor_plan plan = {"Deployment", STRATA_VISIT_REPLACE,
                         "{\"kind\": \"Service\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"x\"}}", ""};
    use_visitor(&plan);
    cr_assert_eq(build(), STRATA_OK, "%s", strata_error_message(error));
    strata_resource *resource;
    cr_assert_eq(strata_result_resource(&resource, result, 1, error), STRATA_OK);
    cr_assert_str_eq(strata_resource_kind(resource), "Service");
    cr_assert_str_eq(strstr(stream(), "---\n"), "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: x\n");
}

Test(hooks, visitor_must_give_one_resource_with_an_id_of_its_own) {
    visitor_plan plan = {"Deployment", STRATA_VISIT_REPLACE, "", ""};
    use_visitor(&plan);
    cr_assert_eq(build(), STRATA_INVALID);
    cr_assert_str_eq(strata_error_name(error), "visitor");
    plan.with = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: dev-settings-h29d89cmmt\n";
    cr_assert_eq(build(), STRATA_CONFLICT);
}

Test(hooks, visitor_ends_the_build) {
    visitor_plan plan = {"Deployment", STRATA_VISIT_FAIL, NULL, ""};
    use_visitor(&plan);
    cr_assert_eq(build(), STRATA_CANCELLED);
    cr_assert_null(result);
    cr_assert_not_null(strstr(strata_error_message(error), "not today"), "%s", strata_error_message(error));
}

/* --- progress ---------------------------------------------------------------------------------------------------- */

typedef struct told {
    size_t reads;
    size_t finished;
    char last[64];
} told;

static void progress(const strata_progress *p, void *user) {
    told *t = user;
    if (p->stage == STRATA_STAGE_READ) {
        cr_assert_eq(p->count, ++t->reads);
        snprintf(t->last, sizeof t->last, "%s", p->name);
    } else if (p->stage == STRATA_STAGE_FINISH) {
        t->finished = p->count;
    }
}

Test(hooks, progress_tells_of_each_file_and_of_the_end) {
    told t = {0, 0, ""};
    options.progress = progress;
    options.progress_user = &t;
    cr_assert_eq(build(), STRATA_OK);
    cr_assert_eq(t.reads, 4);
    cr_assert_str_eq(t.last, "overlay/patch.yaml");
    cr_assert_eq(t.finished, 2);
}
