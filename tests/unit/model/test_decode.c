/*
 * Mappings into structs, in each of the modes. What the lenient modes make of numbers and booleans is what kustomize's
 * builtin plugins make of them in their configurations.
 */
#include "core/error.h"
#include "model/decode.h"
#include "model/kustomization.h"
#include "scope_fixture.h"
#include "yaml/json.h"
#include "yaml/reader.h"

#include <criterion/criterion.h>

TestSuite(decode, .init = fixture_set_up, .fini = fixture_tear_down);

typedef struct sample {
    text own, promoted;
    located_list list;
    bool flag;
} sample;

static const field_row rows[] = {
    {.key = "own", .type = FIELD_TEXT, .offset = offsetof(sample, own)},
    {.key = "promoted", .type = FIELD_TEXT, .offset = offsetof(sample, promoted), .promoted = true},
    {.key = "list", .type = FIELD_TEXTS, .offset = offsetof(sample, list)},
    {.key = "flag", .type = FIELD_BOOL, .offset = offsetof(sample, flag)},
};
static const struct_type type = {"a sample", rows, sizeof rows / sizeof *rows, sizeof(sample), false};

static node *parse(const char *yaml) {
    static const yaml_options options = {.dialect = YAML_V2};
    node_list documents = {NULL, 0, 0, false};
    cr_assert_eq(yaml_read(&sc, TEXT("in"), text_from(yaml), ORIGIN_UNKNOWN, &options, &documents), STRATA_OK);
    return documents.items[0];
}

static strata_status decode(const char *yaml, decode_mode mode, sample *out) {
    memset(out, 0, sizeof *out);
    error_clear(sc.error);
    return decode_struct(&sc, &type, parse(yaml), mode, out);
}

static void expect_own(const char *yaml, decode_mode mode, const char *expected) {
    sample s;
    cr_assert_eq(decode(yaml, mode, &s), STRATA_OK, "%s: %s", yaml, strata_error_message(sc.error));
    cr_expect(text_is(s.own, expected), "%s: \"%.*s\"", yaml, TEXT_ARG(s.own));
}

Test(decode, lenient_takes_numbers_and_booleans_for_texts) {
    expect_own("own: 5", DECODE_LENIENT, "5");
    expect_own("own: 0x10", DECODE_LENIENT, "16");
    expect_own("own: yes", DECODE_LENIENT, "true");
    expect_own("own: off", DECODE_LENIENT, "false");
    expect_own("own: 12345678901234567890", DECODE_LENIENT, "12345678901234567890");
    expect_own("own: 1.50", DECODE_LENIENT, "1.5");
}

Test(decode, lenient_writes_floats_in_single_precision_and_exact_in_double) {
    expect_own("own: 1.23456789012", DECODE_LENIENT, "1.2345679");
    expect_own("own: 1.23456789012", DECODE_EXACT, "1.23456789012");
    expect_own("own: 1234567.5", DECODE_EXACT, "1.2345675e+06");
}

Test(decode, nothing_but_texts_goes_into_promoted_fields) {
    sample s;
    cr_expect_neq(decode("promoted: 5", DECODE_LENIENT, &s), STRATA_OK);
    cr_expect_neq(decode("promoted: yes", DECODE_LENIENT, &s), STRATA_OK);
    cr_expect_eq(decode("promoted: a", DECODE_LENIENT, &s), STRATA_OK);
}

Test(decode, unknown_keys_are_ignored_unless_strict) {
    sample s;
    cr_expect_eq(decode("foo: [1]", DECODE_LENIENT, &s), STRATA_OK);
    cr_expect_eq(decode("foo: [1]", DECODE_EXACT, &s), STRATA_OK);
    cr_expect_neq(decode("foo: [1]", DECODE_STRICT, &s), STRATA_OK);
}

Test(decode, exact_keys_have_their_case) {
    expect_own("OWN: a", DECODE_LENIENT, "a");
    expect_own("OWN: a", DECODE_EXACT, "");
}

Test(decode, exact_booleans_may_be_quoted_words_of_yaml_11) {
    sample s;
    cr_assert_eq(decode("flag: \"yes\"", DECODE_EXACT, &s), STRATA_OK);
    cr_expect(s.flag);
    cr_expect_neq(decode("flag: \"true\"", DECODE_EXACT, &s), STRATA_OK);
    cr_expect_neq(decode("flag: \"yes\"", DECODE_LENIENT, &s), STRATA_OK);
    cr_expect_neq(decode("flag: 1", DECODE_EXACT, &s), STRATA_OK);
}

Test(decode, a_mapping_of_free_form_is_taken_for_the_struct_around_it) {
    node *n;
    cr_assert_eq(json_from_yaml(&sc,
                                parse("{own: 5, OWN: 1.5, list: [1, true, [2]], flag: true, foo: 5, "
                                      "promoted: {own: 5}}"),
                                &n),
                 STRATA_OK);
    cr_assert_eq(decode_make_texts(&sc, &type, n), STRATA_OK);
    cr_expect_eq(NODE_GET(n, "own")->tag, TAG_STR);
    cr_expect(text_is(node_text(NODE_GET(n, "OWN")), "1.5"));
    cr_expect_eq(NODE_GET(n, "OWN")->tag, TAG_STR);
    cr_expect_eq(NODE_GET(n, "list")->items[1]->tag, TAG_STR);
    cr_expect(text_is(node_text(NODE_GET(n, "list")->items[1]), "true"));
    cr_expect_eq(NODE_GET(n, "list")->items[2]->items[0]->tag, TAG_INT);
    cr_expect_eq(NODE_GET(n, "flag")->tag, TAG_BOOL);
    cr_expect_eq(NODE_GET(n, "foo")->tag, TAG_INT);
    cr_expect_eq(node_at(n, "promoted", "own", NULL)->tag, TAG_INT);
}

Test(decode, unknown_keys_are_found_at_any_depth_before_a_lenient_decode) {
    cr_expect_eq(decode_refuse_unknown(&sc, &type, parse("own: 5\nlist: [{a: b}]\n")), STRATA_OK);
    cr_expect_neq(decode_refuse_unknown(&sc, &type, parse("own: 5\nlits: []\n")), STRATA_OK);
    cr_expect_str_eq(strata_error_hint(sc.error), "did you mean list?");
}
