/* core/regex_linear.c: pcre2_dfa_match; see regex_linear.h. */
#include "core/regex_linear.h"

#include "core/buffer.h"
#include "core/regex_memory.h"

/* How many ways may be open at one character, at least and at most; PCRE2 keeps two lists of them, three numbers each.
 */
enum { FEWEST_WAYS = 16, MOST_WAYS = 2000, NUMBERS_OF_WAY = 6 };

struct regex_linear {
    const allocator *from;
    pcre2_general_context *general;
    pcre2_code *code;
    pcre2_match_data *match;
    int *workspace;
};

void regex_linear_free(regex_linear *r) {
    if (!r) return;
    const allocator *from = r->from;
    if (r->workspace) from->release(r->workspace, from->user);
    pcre2_match_data_free(r->match);
    pcre2_code_free(r->code);
    pcre2_general_context_free(r->general);
    from->release(r, from->user);
}

/* Anything may stand before the match: else each character of the subject would be tried as its beginning. */
static bool compile(regex_linear *r, text pattern) {
    static const uint32_t options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_CIRCUMFLEX | PCRE2_ANCHORED;
    int error = 0;
    PCRE2_SIZE at;
    buffer whole;
    buffer_init(&whole, r->from, 0);
    buffer_add_text(&whole, TEXT("(?s:.*)(?:"));
    buffer_add_text(&whole, pattern);
    buffer_add_text(&whole, TEXT(")"));
    pcre2_compile_context *context = r->general ? pcre2_compile_context_create(r->general) : NULL;
    if (context && !buffer_failed(&whole)) {
        pcre2_set_newline(context, PCRE2_NEWLINE_LF);
        r->code = pcre2_compile((PCRE2_SPTR)whole.data, whole.size, options, &error, &at, context);
    }
    pcre2_compile_context_free(context);
    buffer_free(&whole);
    return r->code != NULL;
}

regex_linear *regex_linear_new(const allocator *from, text pattern) {
    regex_linear *r = from->allocate(sizeof *r, from->user);
    if (!r) return NULL;
    *r = (regex_linear){.from = from};
    r->general = regex_memory(from);
    r->workspace = from->allocate(MOST_WAYS * NUMBERS_OF_WAY * sizeof *r->workspace, from->user);
    if (r->workspace && compile(r, pattern) && (r->match = pcre2_match_data_create(1, r->general))) return r;
    regex_linear_free(r);
    return NULL;
}

/* Each way that is found at a character is looked for among those that are known. */
static size_t ways_within(size_t steps, size_t characters) {
    size_t ways = FEWEST_WAYS;
    while (ways < MOST_WAYS && ways * ways < steps / (characters + 1))
        ways++;
    return ways;
}

regex_answer regex_linear_matches(regex_linear *r, text subject, size_t steps) {
    const char *bytes = subject.data ? subject.data : "";
    size_t room = ways_within(steps, subject.size) * NUMBERS_OF_WAY;
    int result = pcre2_dfa_match(r->code, (PCRE2_SPTR)bytes, subject.size, 0, PCRE2_DFA_SHORTEST, r->match, NULL,
                                 r->workspace, room);
    if (result >= 0) return REGEX_YES;
    if (result == PCRE2_ERROR_NOMATCH) return REGEX_NO;
    return result == PCRE2_ERROR_NOMEMORY ? REGEX_NO_MEMORY : REGEX_TOO_MANY_STEPS;
}
