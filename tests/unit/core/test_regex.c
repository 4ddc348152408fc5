/* Unit tests of core/regex.h. Each expectation is what Go's regexp package answers. */
#include "core/buffer.h"
#include "core/regex.h"
#include "core/regex_linear.h"
#include "core/regex_syntax.h"

#include <criterion/criterion.h>

static arena memory;
static origin_table origins;
static limits bounds;
static scope sc;

static void set_up(void) {
    arena_init(&memory, &allocator_libc);
    memset(&origins, 0, sizeof origins);
    bounds = limits_default;
    sc = (scope){
        .arena = &memory, .from = &allocator_libc, .limits = &bounds, .origins = &origins, .error = strata_error_new()};
}

static void tear_down(void) {
    strata_error_free(sc.error);
    arena_free(&memory);
}

TestSuite(regex, .init = set_up, .fini = tear_down);

static bool accepts(const char *pattern) {
    regex *r;
    cr_assert_eq(regex_compile(&sc, text_from(pattern), &r, NULL), STRATA_OK);
    bool accepted = r != NULL;
    regex_free(r);
    return accepted;
}

static bool finds(text pattern, text subject) {
    regex *r;
    bool found = false;
    cr_assert_eq(regex_compile(&sc, pattern, &r, NULL), STRATA_OK);
    cr_assert_not_null(r, "%.*s", TEXT_ARG(pattern));
    cr_assert_eq(regex_matches(&sc, r, subject, &found), STRATA_OK);
    regex_free(r);
    return found;
}

static bool is_all(const char *pattern, const char *subject) {
    regex *r;
    bool found = false;
    cr_assert_eq(regex_compile_whole(&sc, text_from(pattern), &r, NULL), STRATA_OK);
    cr_assert_not_null(r, "%s", pattern);
    cr_assert_eq(regex_matches(&sc, r, text_from(subject), &found), STRATA_OK);
    regex_free(r);
    return found;
}

Test(regex, a_plain_pattern_is_found_anywhere) {
    cr_expect(finds(TEXT("app-1"), TEXT("my-app-12")));
    cr_expect_not(finds(TEXT("app-1"), TEXT("app-2")));
    cr_expect(finds(TEXT(""), TEXT("")));
}

Test(regex, a_whole_pattern_must_match_everything) {
    cr_expect(is_all("app-1", "app-1"));
    cr_expect_not(is_all("app-1", "app-12"));
    cr_expect(is_all("app-.*", "app-12"));
    cr_expect_not(is_all("a|b", "ab"));
}

Test(regex, the_anchors_go_around_before_the_pattern_is_checked) { cr_expect(is_all("a)|(b", "xb")); }

Test(regex, dollar_matches_at_the_very_end_only) {
    cr_expect(finds(TEXT("a$"), TEXT("a")));
    cr_expect_not(finds(TEXT("a$"), TEXT("a\n")));
    cr_expect(finds(TEXT("(?m)a$"), TEXT("a\n")));
    cr_expect(finds(TEXT("(?m)^$"), TEXT("a\n")));
}

Test(regex, white_space_has_no_vertical_tab) {
    cr_expect_not(finds(TEXT("\\s"), TEXT("\v")));
    cr_expect(finds(TEXT("\\S"), TEXT("\v")));
    cr_expect(finds(TEXT("[\\S]"), TEXT("\v")));
    cr_expect(finds(TEXT("\\s"), TEXT("\f")));
}

Test(regex, digits_and_words_are_ascii) {
    cr_expect_not(finds(TEXT("\\d"), TEXT("\xd9\xa1")));
    cr_expect_not(finds(TEXT("\\w"), TEXT("\xc3\xa9")));
    cr_expect(finds(TEXT("\\pL"), TEXT("\xc3\xa9")));
}

Test(regex, what_go_accepts_and_pcre_refuses) {
    cr_expect(finds(TEXT("[\\d-z]"), TEXT("-")));
    cr_expect(finds(TEXT("^*a"), TEXT("ba")));
    cr_expect(finds(TEXT("[:alpha:]"), TEXT("p")));
    cr_expect(finds(TEXT("a{,2}"), TEXT("a{,2}")));
    cr_expect(finds(TEXT("\\_\\-"), TEXT("_-")));
    cr_expect(finds(TEXT("\\Qa.b\\E"), TEXT("a.b")));
    cr_expect(finds(TEXT("\\101\\x{42}"), TEXT("AB")));
    cr_expect(finds(TEXT("\\p{Greek}\\p{^Lu}"), TEXT("\xcf\x83\xcf\x83")));
}

Test(regex, what_pcre_accepts_and_go_refuses) {
    static const char *const refused[] = {
        "\\Z",      "\\G",     "\\h",         "\\R",   "\\K",   "\\X",       "\\C",        "\\N",       "\\e",
        "\\1",      "a++",     "a*+",         "a**",   "(?=a)", "(?!a)",     "(?<=a)",     "(?<!a)",    "(?>a)",
        "(?|a)",    "(?R)",    "(?#)",        "(?x)a", "(?J)a", "(?^i:)",    "(?'n'a)",    "(*ACCEPT)", "[b-a]",
        "[[:no:]]", "a{1001}", "(a{40}){40}", "\\é",   "\\cA",  "\\p{Nope}", "(?P<n-m>a)", "\\",        "[a",
        "(a",       "a)",      "*",           "|*",    "(*a)",  "a{2}{3}"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        cr_expect_not(accepts(refused[i]), "%s", refused[i]);
}

Test(regex, counts_up_to_a_thousand_are_fine) {
    cr_expect(accepts("a{1000}"));
    cr_expect(accepts("(a{10}){100}"));
    cr_expect(accepts("(a{30}){0}"));
}

Test(regex, invalid_utf8_is_refused) { cr_expect_not(accepts("a\xff")); }

Test(regex, deep_nesting_is_refused) {
    char pattern[4001];
    memset(pattern, '(', 2000);
    memset(pattern + 2000, ')', 2000);
    pattern[4000] = '\0';
    cr_expect_not(accepts(pattern));
}

Test(regex, the_reason_is_told) {
    regex *r;
    text why;
    cr_assert_eq(regex_compile(&sc, TEXT("a("), &r, &why), STRATA_OK);
    cr_expect_null(r);
    cr_expect(text_is(why, "missing closing )"));
}

Test(regex, what_backtracks_without_end_is_matched_all_the_same) {
    static const struct {
        text pattern, subject;
        bool found;
    } cases[] = {
        {TEXT_INIT("(a|aa)+$"), TEXT_INIT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), false},
        {TEXT_INIT("(a|aa)+!$"), TEXT_INIT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), true},
        {TEXT_INIT("(x+x+)+y"), TEXT_INIT("zxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"), false},
        {TEXT_INIT("(x+x+)+y"), TEXT_INIT("zxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxyz"), true},
        {TEXT_INIT("^(?i:(é|É)*)*$"), TEXT_INIT("éÉéÉéÉéÉéÉéÉéÉéÉéÉéÉéÉéÉéÉéÉéÉéÉ!"), false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        regex *r;
        bool found;
        cr_assert_eq(regex_compile(&sc, cases[i].pattern, &r, NULL), STRATA_OK);
        cr_assert_not_null(r);
        cr_expect_eq(regex_matches(&sc, r, cases[i].subject, &found), STRATA_OK, "%zu", i);
        cr_expect_eq(found, cases[i].found, "%zu", i);
        regex_free(r);
    }
}

Test(regex, both_ways_of_matching_agree) {
    static const char *const patterns[] = {"^a.c$",   "a|b",   "\\bfoo\\b",  "^$",      "(?i)ABC", "[^a-c]+",
                                           "x{2,3}y", "a.*?b", "(foo|fo)o$", "\\d+\\s", "a\\.b",   "(?s)a.b"};
    static const char *const subjects[] = {"",    "abc",  "foo", "a foo b", "xxxy", "xy", "aXb",  "12 ",
                                           "a.b", "a\nb", "FOO", "fooo",    "ccc",  "é",  "b\na", "abc\n"};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        regex *r;
        buffer rewritten;
        buffer_init(&rewritten, sc.from, 0);
        cr_assert_null(regex_rewrite(text_from(patterns[i]), &rewritten));
        regex_linear *linear = regex_linear_new(sc.from, buffer_text(&rewritten));
        cr_assert_eq(regex_compile(&sc, text_from(patterns[i]), &r, NULL), STRATA_OK);
        cr_assert(linear && r);
        for (size_t k = 0; k < sizeof subjects / sizeof *subjects; k++) {
            bool found;
            cr_assert_eq(regex_matches(&sc, r, text_from(subjects[k]), &found), STRATA_OK);
            cr_expect_eq(regex_linear_matches(linear, text_from(subjects[k]), 1000000) == REGEX_YES, found, "%s in %s",
                         patterns[i], subjects[k]);
        }
        regex_free(r);
        regex_linear_free(linear);
        buffer_free(&rewritten);
    }
}

Test(regex, too_many_steps_are_an_error) {
    char pattern[2 * 3000 + sizeof "[bd]"];
    regex *r;
    bool found;
    for (size_t i = 0; i < 2 * 3000; i++)
        pattern[i] = i % 2 ? '?' : 'a';
    memcpy(pattern + 2 * 3000, "[bd]", sizeof "[bd]");
    cr_assert_eq(regex_compile(&sc, text_from(pattern), &r, NULL), STRATA_OK);
    cr_assert_not_null(r);
    cr_expect_eq(regex_matches(&sc, r, TEXT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), &found),
                 STRATA_LIMIT);
    cr_expect_str_eq(strata_error_name(sc.error), "limit");
    regex_free(r);
}
