#include "write_fixture.h"

#include "yaml/json.h"
#include "yaml/reader.h"

#include <criterion/criterion.h>

node *read_yaml(const char *input) {
    node_list documents = {.items = NULL};
    yaml_options options = {.dialect = YAML_V3, .keep_comments = true};
    strata_status status = yaml_read(&sc, TEXT("in.yaml"), text_from(input), ORIGIN_UNKNOWN, &options, &documents);
    cr_assert_eq(status, STRATA_OK, "%s\nwhile reading:\n%s", strata_error_message(sc.error), input);
    cr_assert_eq(documents.count, 1);
    return documents.items[0];
}

static void expect(strata_status status, buffer *got, const char *input, const char *expected) {
    cr_expect_eq(status, STRATA_OK, "%s\nwhile writing:\n%s", strata_error_message(sc.error), input);
    text written = buffer_text(got);
    cr_expect(text_is(written, expected), "written:\n%.*s\nexpected:\n%s\nof:\n%s", TEXT_ARG(written), expected, input);
    buffer_free(got);
}

void expect_stream(const char *input, const char *expected) {
    buffer out;
    buffer_init(&out, NULL, 0);
    expect(yaml_write(&sc, read_yaml(input), YAML_TO_STREAM, &out), &out, input, expected);
}

void expect_file(const char *input, const char *expected) {
    buffer out;
    buffer_init(&out, NULL, 0);
    expect(yaml_write(&sc, read_yaml(input), YAML_TO_FILE, &out), &out, input, expected);
}

void expect_json(const char *input, const char *expected) {
    buffer out;
    buffer_init(&out, NULL, 0);
    expect(json_write(&sc, read_yaml(input), &out), &out, input, expected);
}

void expect_v3(const char *input, const char *expected) {
    buffer out;
    buffer_init(&out, NULL, 0);
    expect(yaml_write_v3(&sc, read_yaml(input), &out), &out, input, expected);
}

void expect_normalized(const char *input, const char *expected) {
    buffer out;
    buffer_init(&out, NULL, 0);
    node *normal = NULL;
    strata_status status = json_normalize(&sc, read_yaml(input), &normal);
    if (status == STRATA_OK) status = yaml_write_v3(&sc, normal, &out);
    expect(status, &out, input, expected);
}

void expect_refused(yaml_path_out path, const char *input) {
    buffer out;
    buffer_init(&out, NULL, 0);
    node *document = read_yaml(input);
    cr_expect_neq(yaml_write(&sc, document, path, &out), STRATA_OK, "written:\n%.*s\nof:\n%s",
                  TEXT_ARG(buffer_text(&out)), input);
    cr_expect_gt(strlen(strata_error_message(sc.error)), 0);
    buffer_free(&out);
}

void expect_written(const node *document, const char *expected) {
    buffer out;
    buffer_init(&out, NULL, 0);
    expect(yaml_write(&sc, document, YAML_TO_STREAM, &out), &out, "(made by hand)", expected);
}
