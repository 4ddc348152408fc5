#include "core/scope.h"

#include "core/error.h"

#include <criterion/criterion.h>

static arena a;
static origin_table origins;
static strata_error error;
static scope sc;
static int warned;

static void count_warning(const strata_error *warning, void *user) {
    (void)user;
    cr_assert_eq(strata_error_severity(warning), STRATA_SEVERITY_WARNING);
    warned++;
}

static void setup(void) {
    arena_init(&a, NULL);
    origins = (origin_table){0};
    error_init(&error, NULL);
    warned = 0;
    sc = (scope){.arena = &a,
                 .from = &allocator_libc,
                 .limits = &limits_default,
                 .origins = &origins,
                 .error = &error,
                 .warn = count_warning};
}
static void teardown(void) {
    error_clear(&error);
    arena_free(&a);
}
TestSuite(scope, .init = setup, .fini = teardown);

Test(scope, failure_names_place_code_and_chain) {
    origin outer, inner;
    cr_assert(origin_add(&origins, &a, TEXT("top.yaml"), TEXT("resources:\n- base\n"), ORIGIN_UNKNOWN, &outer));
    cr_assert(origin_add(&origins, &a, TEXT("base.yaml"), TEXT("a: b"), outer + 13, &inner));
    strata_status status = scope_fail(&sc, DIAGNOSTIC_YAML_SYNTAX, inner + 3, "bad %s", "thing");
    cr_assert_eq(status, STRATA_INVALID);
    cr_assert_eq(strata_error_status(&error), STRATA_INVALID);
    cr_assert_str_eq(strata_error_name(&error), "yaml-syntax");
    cr_assert_str_eq(strata_error_message(&error), "bad thing");
    cr_assert_str_eq(strata_error_file(&error), "base.yaml");
    cr_assert_eq(strata_error_line(&error), 1);
    cr_assert_eq(strata_error_column(&error), 4);
    cr_assert_str_eq(strata_error_excerpt(&error), "a: b");
    cr_assert_eq(strata_error_note_count(&error), 1);
    cr_assert_str_eq(strata_error_note_at(&error, 0).file, "top.yaml");
    cr_assert_eq(strata_error_note_at(&error, 0).line, 2);
}

Test(scope, first_failure_stays) {
    scope_fail(&sc, DIAGNOSTIC_YAML_SYNTAX, ORIGIN_UNKNOWN, "first");
    cr_assert_eq(scope_fail(&sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN, "second"), STRATA_LIMIT);
    cr_assert_str_eq(strata_error_message(&error), "first");
}

Test(scope, messages_are_one_line) {
    scope_fail(&sc, DIAGNOSTIC_YAML_SYNTAX, ORIGIN_UNKNOWN, "a\nb\rc");
    cr_assert_str_eq(strata_error_message(&error), "a b c");
}

Test(scope, warnings_become_errors_when_strict) {
    cr_assert_eq(scope_warn(&sc, DIAGNOSTIC_TWO_ORDERS, ORIGIN_UNKNOWN, "w"), STRATA_OK);
    cr_assert_eq(warned, 1);
    sc.strict = true;
    cr_assert_neq(scope_warn(&sc, DIAGNOSTIC_TWO_ORDERS, ORIGIN_UNKNOWN, "w"), STRATA_OK);
    cr_assert_eq(warned, 1);
    cr_assert_eq(strata_error_severity(&error), STRATA_SEVERITY_ERROR);
}

Test(scope, the_same_warning_comes_once_for_a_place) {
    table said = {0};
    origin first, second;
    cr_assert(origin_add(&origins, &a, TEXT("base.yaml"), TEXT("a: b"), ORIGIN_UNKNOWN, &first));
    cr_assert(origin_add(&origins, &a, TEXT("base.yaml"), TEXT("a: b"), ORIGIN_UNKNOWN, &second));
    sc.warned = &said;
    cr_assert_eq(scope_warn(&sc, DIAGNOSTIC_TWO_ORDERS, first + 3, "w"), STRATA_OK);
    cr_assert_eq(scope_warn(&sc, DIAGNOSTIC_TWO_ORDERS, second + 3, "w"), STRATA_OK);
    cr_assert_eq(warned, 1);
    cr_assert_eq(scope_warn(&sc, DIAGNOSTIC_TWO_ORDERS, second, "w"), STRATA_OK);
    cr_assert_eq(scope_warn(&sc, DIAGNOSTIC_TWO_ORDERS, second, "another"), STRATA_OK);
    cr_assert_eq(warned, 3);
}

static int shown;

static void count_excerpts(const strata_error *warning, void *user) {
    (void)user;
    warned++;
    shown += strata_error_excerpt(warning)[0] != '\0';
}

Test(scope, thousands_of_warnings_get_no_lines) {
    table said = {0};
    origin file;
    cr_assert(origin_add(&origins, &a, TEXT("a.yaml"), TEXT("a: b"), ORIGIN_UNKNOWN, &file));
    sc.warned = &said;
    sc.warn = count_excerpts;
    shown = 0;
    for (int i = 0; i < SCOPE_MOST_HINTS + 10; i++)
        cr_assert_eq(scope_warn(&sc, DIAGNOSTIC_TWO_ORDERS, file, "%d", i), STRATA_OK);
    cr_assert_eq(warned, SCOPE_MOST_HINTS + 10);
    cr_assert_eq(shown, SCOPE_MOST_HINTS);
    cr_assert_not(scope_hints(&sc));
}

Test(scope, dropped_attempt_leaves_no_error) {
    scope_attempt attempt;
    cr_assert_eq(scope_attempt_begin(&sc, &attempt), STRATA_OK);
    scope_fail(&sc, DIAGNOSTIC_YAML_SYNTAX, ORIGIN_UNKNOWN, "inner");
    scope_attempt_drop(&sc, &attempt);
    cr_assert_eq(strata_error_status(&error), STRATA_OK);
    cr_assert_eq(scope_attempt_begin(&sc, &attempt), STRATA_OK);
    scope_fail(&sc, DIAGNOSTIC_YAML_SYNTAX, ORIGIN_UNKNOWN, "kept");
    scope_attempt_keep(&sc, &attempt);
    cr_assert_str_eq(strata_error_message(&error), "kept");
}

Test(scope, kept_attempt_knows_its_place) {
    scope_attempt outer, inner;
    origin file;
    cr_assert(origin_add(&origins, &a, TEXT("a.yaml"), TEXT("a:\n  b"), ORIGIN_UNKNOWN, &file));
    cr_assert_eq(scope_attempt_begin(&sc, &outer), STRATA_OK);
    cr_assert_eq(scope_attempt_begin(&sc, &inner), STRATA_OK);
    scope_fail(&sc, DIAGNOSTIC_YAML_SYNTAX, file + 5, "kept");
    scope_attempt_keep(&sc, &inner);
    scope_attempt_keep(&sc, &outer);
    cr_assert_str_eq(strata_error_file(&error), "a.yaml");
    cr_assert_eq(strata_error_line(&error), 2);
    cr_assert_eq(strata_error_column(&error), 3);
    cr_assert_str_eq(strata_error_excerpt(&error), "  b");
}

Test(scope, notes_follow_the_place_of_an_attempt) {
    scope_attempt attempt;
    origin top, file;
    cr_assert(origin_add(&origins, &a, TEXT("k.yaml"), TEXT("x"), ORIGIN_UNKNOWN, &top));
    cr_assert(origin_add(&origins, &a, TEXT("a.yaml"), TEXT("y"), top, &file));
    cr_assert_eq(scope_attempt_begin(&sc, &attempt), STRATA_OK);
    scope_note(&sc, scope_fail(&sc, DIAGNOSTIC_YAML_SYNTAX, file, "kept"), file, "more");
    scope_attempt_keep(&sc, &attempt);
    cr_assert_eq(strata_error_note_count(&error), 2);
    cr_assert_str_eq(strata_error_note_at(&error, 0).message, "included from");
    cr_assert_str_eq(strata_error_note_at(&error, 1).message, "more");
}

Test(scope, secret_in_an_inline_text_is_hidden_in_whatever_quotes) {
    origin file, patch;
    text bytes = TEXT("p: \"{\\\"kind\\\": \\\"Secret\\\", a: hunter2}\"");
    cr_assert(origin_add(&origins, &a, TEXT("k.yaml"), bytes, ORIGIN_UNKNOWN, &file));
    cr_assert(origin_add_inline(&origins, &a, TEXT("{\"kind\": \"Secret\", a: hunter2}"), file + 3, &patch));
    scope_fail(&sc, DIAGNOSTIC_YAML_SYNTAX, patch + 19, "bad");
    cr_assert_eq(strata_error_line(&error), 1);
    cr_assert_eq(strata_error_column(&error), 28);
    cr_assert_str_eq(strata_error_excerpt(&error), "");
}

Test(scope, every_diagnostic_has_its_own_number_and_name) {
    for (size_t i = 0; i < diagnostic_row_count; i++) {
        cr_assert_gt(strlen(diagnostic_rows[i].explanation), 20);
        cr_assert_neq(diagnostic_rows[i].status, STRATA_OK);
        for (size_t j = i + 1; j < diagnostic_row_count; j++) {
            cr_assert_lt(diagnostic_rows[i].code, diagnostic_rows[j].code);
            cr_assert_str_neq(diagnostic_rows[i].name, diagnostic_rows[j].name);
        }
    }
}
