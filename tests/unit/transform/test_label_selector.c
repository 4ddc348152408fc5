/* Unit tests of transform/label_selector.h. Each expectation is what kyaml's labels.Parse and Matches answer. */
#include "scope_fixture.h"
#include "transform/label_selector.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(label_selector, .init = fixture_set_up, .fini = fixture_tear_down);

/* The labels that all tests look at. */
static const text_pair pairs[] = {{TEXT_INIT("app"), TEXT_INIT("web")},
                                  {TEXT_INIT("tier"), TEXT_INIT("")},
                                  {TEXT_INIT("example.com/size"), TEXT_INIT("7")},
                                  {TEXT_INIT("in"), TEXT_INIT("notin")}};

static bool selects(const char *expression) {
    text_map labels = {(text_pair *)(uintptr_t)pairs, 4, 0};
    label_selector s;
    cr_assert_eq(label_selector_parse(&sc, text_from(expression), ORIGIN_UNKNOWN, &s), STRATA_OK, "%s", expression);
    bool matches;
    cr_assert_eq(label_selector_matches(&sc, &s, &labels, ORIGIN_UNKNOWN, &matches), STRATA_OK);
    return matches;
}

static bool refused(const char *expression) {
    label_selector s;
    return label_selector_parse(&sc, text_from(expression), ORIGIN_UNKNOWN, &s) == STRATA_INVALID;
}

static int warned;

static void count_warning(const strata_error *warning, void *user) {
    (void)user;
    cr_expect_eq(strata_error_code(warning), DIAGNOSTIC_LABEL_NUMBER);
    warned++;
}

/* The reference prints that ParseInt failed. */
Test(label_selector, comparing_what_is_no_number_is_pointed_out) {
    sc.warn = count_warning;
    warned = 0;
    cr_expect_not(selects("app > 1"));
    cr_expect_eq(warned, 1);
    cr_expect_not(selects("missing < 1"));
    cr_expect(selects("example.com/size > 1"));
    cr_expect_eq(warned, 1);
}

Test(label_selector, empty_selects_everything) {
    cr_expect(selects(""));
    cr_expect(selects(" \t\n"));
}

Test(label_selector, equality) {
    cr_expect(selects("app=web"));
    cr_expect(selects("app == web"));
    cr_expect_not(selects("app=other"));
    cr_expect_not(selects("missing=web"));
    cr_expect(selects("tier="));
    cr_expect(selects("tier=,app=web"));
}

Test(label_selector, inequality_holds_for_what_is_missing) {
    cr_expect(selects("app!=other"));
    cr_expect_not(selects("app!=web"));
    cr_expect(selects("missing!=web"));
    cr_expect(selects("missing notin (a)"));
    cr_expect_not(selects("app notin (a, web)"));
}

Test(label_selector, sets) {
    cr_expect(selects("app in (a,web)"));
    cr_expect_not(selects("app in (a,b)"));
    cr_expect(selects("tier in (a,)"));
    cr_expect(selects("tier in ()"));
    cr_expect(selects("tier in (,a)"));
    cr_expect(selects("app in (web,,a)"));
    cr_expect(selects("in in (in, notin)"));
}

Test(label_selector, existence) {
    cr_expect(selects("app"));
    cr_expect(selects("tier, !missing"));
    cr_expect_not(selects("!app"));
    cr_expect(selects("in"));
}

Test(label_selector, numbers_compare) {
    cr_expect(selects("example.com/size>6"));
    cr_expect(selects("example.com/size < 8"));
    cr_expect_not(selects("example.com/size>7"));
    cr_expect_not(selects("app>1"));
}

Test(label_selector, all_requirements_must_hold) {
    cr_expect(selects("app=web, tier, example.com/size > 1"));
    cr_expect_not(selects("app=web, missing"));
}

Test(label_selector, malformed_expressions_are_refused) {
    static const char *const expressions[] = {
        ",",          "app,",        "app=web,",     "app=web tier", "=web",         "app=(web)",
        "app in web", "app in (web", "app in (a b)", "app in (a,,)", "app in (a=b)", "!app=web",
        "!",          "!!app",       "app!",         "app>x",        "app>",         "-app",
        "a/b/c",      "/app",        "Ex.com/a",     "app=-a",       "app=a$b",      "app in (a,-b)"};
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++)
        cr_expect(refused(expressions[i]), "%s", expressions[i]);
}

Test(label_selector, names_and_values_have_63_characters_at_most) {
    char expression[200];
    snprintf(expression, sizeof expression, "%063d", 0);
    cr_expect_not(refused(expression));
    snprintf(expression, sizeof expression, "%064d", 0);
    cr_expect(refused(expression));
    snprintf(expression, sizeof expression, "a=%064d", 0);
    cr_expect(refused(expression));
}
