#include "edit_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void note(const strata_error *warning, void *user) {
    fixture *f = user;
    size_t used = strlen(f->notices);
    snprintf(f->notices + used, sizeof f->notices - used, "%s\n", strata_error_message(warning));
}

void fixture_open(fixture *f, const char *kustomization) {
    static const char resource[] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n";
    static const char base[] = "resources: []\n";
    static const char env[] = "LEVEL=info\n";
    strata_file files[] = {{"/app/kustomization.yaml", kustomization, strlen(kustomization)},
                           {"/app/a.yaml", resource, sizeof resource - 1},
                           {"/app/b.yaml", resource, sizeof resource - 1},
                           {"/app/.hidden.yaml", resource, sizeof resource - 1},
                           {"/app/base/kustomization.yaml", base, sizeof base - 1},
                           {"/app/app.env", env, sizeof env - 1}};
    strata_renderer_options options;
    *f = (fixture){.error = strata_error_new()};
    strata_renderer_options_init(&options);
    cr_assert_eq(strata_filesystem_new_memory(&f->tree, files, sizeof files / sizeof *files, f->error), STRATA_OK);
    options.filesystem = f->tree;
    options.warning = note;
    options.warning_user = f;
    cr_assert_eq(strata_renderer_new(&f->renderer, &options, f->error), STRATA_OK);
    cr_assert_eq(strata_edit_open(&f->edit, f->renderer, "/app", f->error), STRATA_OK);
}

void fixture_close(fixture *f) {
    strata_edit_free(f->edit);
    strata_renderer_free(f->renderer);
    strata_filesystem_free(f->tree);
    strata_error_free(f->error);
}

static void set_values(strata_edit_arguments *arguments, const char *const *values) {
    arguments->values = values;
    while (values && values[arguments->value_count])
        arguments->value_count++;
}

strata_status fixture_apply(fixture *f, strata_edit_operation operation, const char *const *values) {
    strata_edit_arguments arguments;
    strata_edit_arguments_init(&arguments);
    set_values(&arguments, values);
    return strata_edit_apply(f->edit, operation, &arguments, f->error);
}

const char *fixture_text(fixture *f) {
    static char copy[4000];
    const char *data;
    size_t size;
    cr_assert_eq(strata_edit_text(&data, &size, f->edit, f->error), STRATA_OK, "%s", strata_error_message(f->error));
    cr_assert_lt(size, sizeof copy);
    memcpy(copy, data, size);
    copy[size] = '\0';
    return copy;
}

static strata_status apply_given(fixture *f, strata_edit_operation operation, const strata_edit_arguments *given,
                                 const char *const *values) {
    strata_edit_arguments arguments;
    strata_edit_arguments_init(&arguments);
    if (given) arguments = *given;
    arguments.size = sizeof arguments;
    set_values(&arguments, values);
    return strata_edit_apply(f->edit, operation, &arguments, f->error);
}

void expect_edit(const char *before, strata_edit_operation operation, const strata_edit_arguments *given,
                 const char *const *values, const char *after) {
    fixture f;
    fixture_open(&f, before);
    cr_expect_eq(apply_given(&f, operation, given, values), STRATA_OK, "%s: %s", before, strata_error_message(f.error));
    cr_expect_str_eq(fixture_text(&f), after);
    fixture_close(&f);
}

void expect_refusal(const char *before, strata_edit_operation operation, const strata_edit_arguments *given,
                    const char *const *values, const char *mention) {
    fixture f;
    fixture_open(&f, before);
    cr_expect_neq(apply_given(&f, operation, given, values), STRATA_OK, "%s", before);
    cr_expect(strstr(strata_error_message(f.error), mention), "%s lacks %s", strata_error_message(f.error), mention);
    cr_expect_str_eq(fixture_text(&f), before);
    cr_expect_eq(strata_edit_file_count(f.edit), 0);
    fixture_close(&f);
}
