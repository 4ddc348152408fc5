/* What go-yaml v2 reads as it is in JSON. The expected texts are those of sigs.k8s.io/yaml's YAMLToJSON. */
#include "write_fixture.h"
#include "yaml/json.h"
#include "yaml/reader.h"

#include <criterion/criterion.h>

TestSuite(json_from_yaml, .init = fixture_set_up, .fini = fixture_tear_down);

static strata_status convert(const char *yaml, node **out) {
    static const yaml_options options = {.dialect = YAML_V2};
    node_list documents = {NULL, 0, 0, false};
    cr_assert_eq(yaml_read(&sc, TEXT("in"), text_from(yaml), ORIGIN_UNKNOWN, &options, &documents), STRATA_OK);
    cr_assert_eq(documents.count, 1);
    return json_from_yaml(&sc, documents.items[0], out);
}

static void expect_value(const char *yaml, const char *string, node_tag tag) {
    node *n;
    cr_assert_eq(convert(yaml, &n), STRATA_OK, "%s: %s", yaml, strata_error_message(sc.error));
    cr_expect(text_is(node_text(n), string), "%s: %.*s", yaml, TEXT_ARG(node_text(n)));
    cr_expect_eq(n->tag, tag, "%s: tag %d", yaml, n->tag);
}

static void expect_key(const char *yaml, const char *key) {
    node *n;
    cr_assert_eq(convert(yaml, &n), STRATA_OK, "%s: %s", yaml, strata_error_message(sc.error));
    cr_expect(text_is(node_text(n->pairs[0].key), key), "%s: %.*s", yaml, TEXT_ARG(node_text(n->pairs[0].key)));
}

static void expect_failure(const char *yaml) {
    node *n;
    cr_expect_neq(convert(yaml, &n), STRATA_OK, "%s", yaml);
}

Test(json_from_yaml, scalars_have_the_types_of_yaml_11) {
    expect_value("yes", "true", TAG_BOOL);
    expect_value("n", "false", TAG_BOOL);
    expect_value("~", "null", TAG_NULL);
    expect_value("010", "8", TAG_INT);
    expect_value("0x1F", "31", TAG_INT);
    expect_value("1_000", "1000", TAG_INT);
    expect_value("18446744073709551615", "18446744073709551615", TAG_INT);
    expect_value("1.50", "1.5", TAG_FLOAT);
    expect_value("1e3", "1000", TAG_INT);
    expect_value("2001-01-01", "2001-01-01", TAG_STR);
    expect_value("'yes'", "yes", TAG_STR);
    expect_value("1:30", "1:30", TAG_STR);
}

Test(json_from_yaml, tags_apply_when_the_text_fits) {
    expect_value("!!str 12", "12", TAG_STR);
    expect_value("!!int '12'", "12", TAG_INT);
    expect_value("!!bool yes", "true", TAG_BOOL);
    expect_value("!!float 1", "1", TAG_INT);
    expect_value("!!null ''", "null", TAG_NULL);
    expect_value("!foo 12", "12", TAG_STR);
    expect_failure("!!int abc");
    expect_failure("!!bool 1");
    expect_failure("!!float abc");
    expect_failure("!!null x");
}

Test(json_from_yaml, binary_is_decoded_and_made_utf8) {
    expect_value("!!binary YWI=", "ab", TAG_STR);
    expect_value("!!binary /2E=",
                 "\xEF\xBF\xBD"
                 "a",
                 TAG_STR);
    expect_failure("!!binary YWI");
}

Test(json_from_yaml, keys_become_texts) {
    expect_key("1: a", "1");
    expect_key("0x10: a", "16");
    expect_key("yes: a", "true");
    expect_key("off: a", "false");
    expect_key("1.50: a", "1.5");
    expect_key("0.1234567890123: a", "0.12345679");
    expect_key("1e6: a", "1e+06");
    expect_key(".inf: a", ".inf");
    expect_key("-.inf: a", "-.inf");
    expect_key(".nan: a", ".nan");
    expect_key("2001-01-01: a", "2001-01-01");
    expect_key("!!binary YQ==: a", "a");
}

Test(json_from_yaml, keys_that_have_no_text_are_refused) {
    expect_failure("~: a");
    expect_failure("[a]: b");
    expect_failure("{a: b}: c");
    expect_failure("18446744073709551615: a");
}

Test(json_from_yaml, infinity_has_no_place_in_json) {
    expect_failure("[.inf]");
    expect_failure("a: .nan");
}

Test(json_from_yaml, of_repeated_keys_the_last_stays) {
    node *n;
    cr_assert_eq(convert("{a: 1, b: 2, a: 3, 0x1: 4, '1': 5}", &n), STRATA_OK);
    cr_assert_eq(n->count, 3);
    cr_expect(text_is(node_text(NODE_GET(n, "a")), "3"));
    cr_expect(text_is(node_text(NODE_GET(n, "1")), "5"));
}
