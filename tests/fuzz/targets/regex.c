/*
 * tests/fuzz/targets/regex.c: the first line is a regular expression of a selector, and a label selector; each further
 * one a text to match.
 */
#include "fuzz.h"

#include "core/error.h"
#include "core/regex.h"
#include "transform/label_selector.h"

/* A pattern compiles for PCRE2, or there is a reason why Go refuses it. */
static strata_status match(scope *sc, text pattern, text subjects, bool whole) {
    regex *r;
    text why = TEXT_EMPTY, subject;
    bool matches;
    strata_status status = whole ? regex_compile_whole(sc, pattern, &r, &why) : regex_compile(sc, pattern, &r, &why);
    if (status != STRATA_OK) return status;
    fuzz_require(r || !text_empty(why), "a pattern is refused for a reason");
    for (int i = 0; r && i < 8 && status == STRATA_OK && !text_empty(subjects); i++) {
        text_cut(&subjects, '\n', &subject);
        status = regex_matches(sc, r, subject, &matches);
        if (status == STRATA_OK && regex_is_plain(r) && whole)
            fuzz_require(matches == text_equal(pattern, subject), "a plain pattern matches itself only");
    }
    regex_free(r);
    return status;
}

strata_status fuzz_one(scope *sc, text input) {
    text pattern;
    label_selector selector = {.items = NULL};
    text_cut(&input, '\n', &pattern);
    text_pair labels[] = {{TEXT("app"), pattern}, {TEXT("tier"), TEXT("5")}};
    const text_map map = {labels, 2, 2};
    bool matches;
    if (label_selector_parse(sc, pattern, ORIGIN_UNKNOWN, &selector) == STRATA_OK)
        (void)label_selector_matches(sc, &selector, &map, ORIGIN_UNKNOWN, &matches);
    error_clear(sc->error);
    (void)match(sc, pattern, input, false);
    error_clear(sc->error);
    return match(sc, pattern, input, true);
}
