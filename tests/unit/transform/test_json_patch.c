/* Unit tests of transform/json_patch.h. Each expected document is what kustomize's JSON patch filter gives. */
#include "transform/json_patch.h"

#include "core/buffer.h"
#include "patch_fixture.h"

#include <criterion/criterion.h>

TestSuite(json_patch, .init = fixture_set_up, .fini = fixture_tear_down);

static const char base[] = "apiVersion: example.com/v1\n"
                           "kind: Foo\n"
                           "metadata: {name: a}\n"
                           "spec:\n"
                           "  list: [1, 2, 3]\n"
                           "  map: {a: 1, b/c: 2, d~e: 3}\n"
                           "  big: 9007199254740993\n"
                           "  date: 2001-01-01\n"
                           "  text: \"1\"\n"
                           "  none: null\n";

static strata_status apply(const char *operations, node **out) {
    json_patch *p;
    TRY(json_patch_read(&sc, TEXT("patch.yaml"), text_from(operations), ORIGIN_UNKNOWN, &p));
    return json_patch_apply(&sc, p, fixture_read(base), out);
}

static void expect(const char *operations, const char *expected) {
    node *out;
    cr_assert_eq(apply(operations, &out), STRATA_OK, "%s", strata_error_message(sc.error));
    fixture_expect(out, expected);
}

static void expect_failure(const char *operations, const char *name) {
    node *out;
    cr_assert_eq(apply(operations, &out), STRATA_INVALID);
    cr_expect_str_eq(strata_error_name(sc.error), name);
}

Test(json_patch, adds_replaces_and_removes) {
    expect("[{\"op\":\"add\",\"path\":\"/spec/new\",\"value\":{\"x\":[1]}},{\"op\":\"replace\",\"path\":\"/spec/"
           "text\",\"value\":\"y\"},{\"op\":\"remove\",\"path\":\"/spec/map/a\"}]",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  big: 9007199254740992\n"
           "  date: \"2001-01-01T00:00:00Z\"\n"
           "  list:\n"
           "  - 1\n"
           "  - 2\n"
           "  - 3\n"
           "  map:\n"
           "    b/c: 2\n"
           "    d~e: 3\n"
           "  new:\n"
           "    x:\n"
           "    - 1\n"
           "  none: null\n"
           "  text: \"y\"\n");
}

Test(json_patch, yaml_is_read_as_yaml_1_1) {
    expect("- {op: add, path: /spec/a, value: yes}\n"
           "- {op: add, path: /spec/b, value: 0x10}\n"
           "- {op: add, path: /spec/c, value: 2001-01-01}\n"
           "- {op: add, path: /spec/d, value: 1.50}\n"
           "- {op: add, path: /spec/e, value: {1: x, yes: z}}\n",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  a: true\n"
           "  b: 16\n"
           "  big: 9007199254740992\n"
           "  c: \"2001-01-01\"\n"
           "  d: 1.5\n"
           "  date: \"2001-01-01T00:00:00Z\"\n"
           "  e:\n"
           "    \"1\": x\n"
           "    \"true\": z\n"
           "  list:\n"
           "  - 1\n"
           "  - 2\n"
           "  - 3\n"
           "  map:\n"
           "    a: 1\n"
           "    b/c: 2\n"
           "    d~e: 3\n"
           "  none: null\n"
           "  text: \"1\"\n");
}

Test(json_patch, of_repeated_keys_the_last_counts) {
    expect("- {op: add, op: remove, path: /spec/list}\n", "apiVersion: example.com/v1\n"
                                                          "kind: Foo\n"
                                                          "metadata:\n"
                                                          "  name: a\n"
                                                          "spec:\n"
                                                          "  big: 9007199254740992\n"
                                                          "  date: \"2001-01-01T00:00:00Z\"\n"
                                                          "  map:\n"
                                                          "    a: 1\n"
                                                          "    b/c: 2\n"
                                                          "    d~e: 3\n"
                                                          "  none: null\n"
                                                          "  text: \"1\"\n");
}

Test(json_patch, indexes_may_be_negative) {
    expect("[{\"op\":\"remove\",\"path\":\"/spec/list/-1\"},{\"op\":\"add\",\"path\":\"/spec/list/"
           "-1\",\"value\":9},{\"op\":\"add\",\"path\":\"/spec/list/0\",\"value\":0},{\"op\":\"add\",\"path\":\"/spec/"
           "list/-\",\"value\":8}]",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  big: 9007199254740992\n"
           "  date: \"2001-01-01T00:00:00Z\"\n"
           "  list:\n"
           "  - 0\n"
           "  - 1\n"
           "  - 2\n"
           "  - 9\n"
           "  - 8\n"
           "  map:\n"
           "    a: 1\n"
           "    b/c: 2\n"
           "    d~e: 3\n"
           "  none: null\n"
           "  text: \"1\"\n");
}

Test(json_patch, keys_are_escaped) {
    expect("[{\"op\":\"replace\",\"path\":\"/spec/map/b~1c\",\"value\":0},{\"op\":\"remove\",\"path\":\"/spec/map/"
           "d~0e\"}]",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  big: 9007199254740992\n"
           "  date: \"2001-01-01T00:00:00Z\"\n"
           "  list:\n"
           "  - 1\n"
           "  - 2\n"
           "  - 3\n"
           "  map:\n"
           "    a: 1\n"
           "    b/c: 0\n"
           "  none: null\n"
           "  text: \"1\"\n");
}

Test(json_patch, replacing_what_is_not_there_adds_it) {
    expect("[{\"op\":\"replace\",\"path\":\"/spec/new\",\"value\":1}]", "apiVersion: example.com/v1\n"
                                                                        "kind: Foo\n"
                                                                        "metadata:\n"
                                                                        "  name: a\n"
                                                                        "spec:\n"
                                                                        "  big: 9007199254740992\n"
                                                                        "  date: \"2001-01-01T00:00:00Z\"\n"
                                                                        "  list:\n"
                                                                        "  - 1\n"
                                                                        "  - 2\n"
                                                                        "  - 3\n"
                                                                        "  map:\n"
                                                                        "    a: 1\n"
                                                                        "    b/c: 2\n"
                                                                        "    d~e: 3\n"
                                                                        "  new: 1\n"
                                                                        "  none: null\n"
                                                                        "  text: \"1\"\n");
}

Test(json_patch, moves_and_copies) {
    expect("[{\"op\":\"move\",\"from\":\"/spec/map\",\"path\":\"/spec/moved\"},{\"op\":\"copy\",\"from\":\"/spec/"
           "list\",\"path\":\"/spec/copy\"},{\"op\":\"copy\",\"from\":\"/spec/missing\",\"path\":\"/spec/null\"}]",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  big: 9007199254740992\n"
           "  copy:\n"
           "  - 1\n"
           "  - 2\n"
           "  - 3\n"
           "  date: \"2001-01-01T00:00:00Z\"\n"
           "  list:\n"
           "  - 1\n"
           "  - 2\n"
           "  - 3\n"
           "  moved:\n"
           "    a: 1\n"
           "    b/c: 2\n"
           "    d~e: 3\n"
           "  none: null\n"
           "  \"null\": null\n"
           "  text: \"1\"\n");
}

Test(json_patch, a_test_of_nothing_against_null_passes) {
    expect("[{\"op\":\"test\",\"path\":\"/spec/missing\",\"value\":null},{\"op\":\"test\",\"path\":\"/spec/"
           "none\",\"value\":null},{\"op\":\"test\",\"path\":\"/spec/list\",\"value\":[1,2,3]}]",
           "apiVersion: example.com/v1\n"
           "kind: Foo\n"
           "metadata:\n"
           "  name: a\n"
           "spec:\n"
           "  big: 9007199254740992\n"
           "  date: \"2001-01-01T00:00:00Z\"\n"
           "  list:\n"
           "  - 1\n"
           "  - 2\n"
           "  - 3\n"
           "  map:\n"
           "    a: 1\n"
           "    b/c: 2\n"
           "    d~e: 3\n"
           "  none: null\n"
           "  text: \"1\"\n");
}

Test(json_patch, no_operation_still_goes_through_json) {
    expect("[]", "apiVersion: example.com/v1\n"
                 "kind: Foo\n"
                 "metadata:\n"
                 "  name: a\n"
                 "spec:\n"
                 "  big: 9007199254740992\n"
                 "  date: \"2001-01-01T00:00:00Z\"\n"
                 "  list:\n"
                 "  - 1\n"
                 "  - 2\n"
                 "  - 3\n"
                 "  map:\n"
                 "    a: 1\n"
                 "    b/c: 2\n"
                 "    d~e: 3\n"
                 "  none: null\n"
                 "  text: \"1\"\n");
}

Test(json_patch, the_first_segment_does_not_count) {
    expect("[{\"op\":\"remove\",\"path\":\"zzz/spec/map\"}]", "apiVersion: example.com/v1\n"
                                                              "kind: Foo\n"
                                                              "metadata:\n"
                                                              "  name: a\n"
                                                              "spec:\n"
                                                              "  big: 9007199254740992\n"
                                                              "  date: \"2001-01-01T00:00:00Z\"\n"
                                                              "  list:\n"
                                                              "  - 1\n"
                                                              "  - 2\n"
                                                              "  - 3\n"
                                                              "  none: null\n"
                                                              "  text: \"1\"\n");
}

static bool reaches_annotations(const char *operations) {
    json_patch *p;
    cr_assert_eq(json_patch_read(&sc, TEXT("patch.yaml"), text_from(operations), ORIGIN_UNKNOWN, &p), STRATA_OK);
    return json_patch_reaches(p, TEXT("metadata"), TEXT("annotations"));
}

Test(json_patch, reaches_what_is_on_the_way_of_a_pointer_or_below_it) {
    cr_expect(reaches_annotations("[{\"op\":\"add\",\"path\":\"/metadata/annotations/x\",\"value\":1}]"));
    cr_expect(reaches_annotations("[{\"op\":\"remove\",\"path\":\"zzz/metadata/annotations\"}]"));
    cr_expect(reaches_annotations("[{\"op\":\"test\",\"path\":\"/metadata\",\"value\":1}]"));
    cr_expect(reaches_annotations("[{\"op\":\"copy\",\"from\":\"/metadata\",\"path\":\"/data\"}]"));
    cr_expect(reaches_annotations("[{\"op\":\"replace\",\"path\":\"\",\"value\":{}}]"));
    cr_expect(reaches_annotations("[null]"));
    cr_expect_not(reaches_annotations("[{\"op\":\"add\",\"path\":\"/metadata/labels/x\",\"value\":1}]"));
    cr_expect_not(reaches_annotations("[{\"op\":\"move\",\"from\":\"/spec/metadata\",\"path\":\"/data\"}]"));
    cr_expect_not(reaches_annotations("[{\"op\":\"remove\",\"path\":\"/spec/template/metadata/annotations\"}]"));
}

Test(json_patch, the_whole_document_can_be_replaced) {
    expect("[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"kind\":\"Bar\"}}]", "kind: Bar\n");
}

Test(json_patch, a_missing_parent_fails) {
    expect_failure("[{\"op\":\"add\",\"path\":\"/spec/x/y\",\"value\":1}]", "json-patch-apply");
}

Test(json_patch, removing_what_is_not_there_fails) {
    expect_failure("[{\"op\":\"remove\",\"path\":\"/spec/x\"}]", "json-patch-apply");
}

Test(json_patch, an_index_behind_the_end_fails) {
    expect_failure("[{\"op\":\"add\",\"path\":\"/spec/list/4\",\"value\":1}]", "json-patch-apply");
}

Test(json_patch, moving_into_itself_fails) {
    expect_failure("[{\"op\":\"move\",\"from\":\"/spec\",\"path\":\"/spec/x\"}]", "json-patch-apply");
}

Test(json_patch, a_test_compares_what_is_written) {
    expect_failure("[{\"op\":\"test\",\"path\":\"/spec/text\",\"value\":1}]", "json-patch-apply");
}

Test(json_patch, an_unknown_operation_fails) {
    expect_failure("[{\"op\":\"put\",\"path\":\"/spec\",\"value\":1}]", "json-patch-apply");
}

Test(json_patch, a_null_operation_fails) { expect_failure("[null]", "json-patch-apply"); }

Test(json_patch, a_missing_path_fails) { expect_failure("[{\"op\":\"remove\"}]", "json-patch-apply"); }

Test(json_patch, a_list_as_document_fails) {
    expect_failure("[{\"op\":\"replace\",\"path\":\"\",\"value\":[]}]", "json-patch-apply");
}

Test(json_patch, a_mapping_is_no_patch) { expect_failure("{op: add, path: /a}", "json-patch"); }

Test(json_patch, a_list_of_scalars_is_no_patch) { expect_failure("[1]", "json-patch"); }

Test(json_patch, text_that_begins_with_a_bracket_must_be_json) {
    expect_failure("[{op: add, path: /a, value: 1}]", "json-syntax");
}

Test(json_patch, a_text_without_operations_is_no_patch) {
    json_patch *p;
    cr_assert_eq(json_patch_read(&sc, TEXT("patch.yaml"), TEXT("# nothing\n"), ORIGIN_UNKNOWN, &p), STRATA_OK);
    cr_expect_null(p);
    cr_expect_eq(json_patch_count(p), 0);
}

Test(json_patch, copies_are_bounded) {
    buffer doubling;
    buffer_init(&doubling, &allocator_libc, 0);
    for (int i = 0; i < 40; i++)
        buffer_add_text(&doubling, TEXT("- {op: copy, from: /spec, path: /spec/list/-}\n"));
    buffer_add_char(&doubling, '\0');
    node *out;
    cr_expect_eq(apply(doubling.data, &out), STRATA_LIMIT);
    buffer_free(&doubling);
}
