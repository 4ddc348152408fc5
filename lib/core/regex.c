/* core/regex.c: patterns compiled by PCRE2; see regex.h. */
#include "core/regex.h"

#include "core/buffer.h"
#include "core/regex_linear.h"
#include "core/regex_memory.h"
#include "core/regex_syntax.h"

struct regex {
    const allocator *from;
    bool is_literal; /* then `literal` alone counts */
    bool whole;      /* the literal must be all of the subject */
    text literal;    /* behind the struct, as is `rewritten` */
    text rewritten;
    pcre2_general_context *general;
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    regex_linear *linear; /* once backtracking has taken too long; then it is not tried again */
};

/* Steps of backtracking before the other way is taken: enough for every ordinary pattern, over in no time. */
enum { FIRST_STEPS = 2000, FIRST_STEPS_A_BYTE = 10 };

void regex_free(regex *r) {
    if (!r) return;
    regex_linear_free(r->linear);
    pcre2_match_data_free(r->match);
    pcre2_match_context_free(r->limits);
    pcre2_code_free(r->code);
    pcre2_general_context_free(r->general);
    r->from->release(r, r->from->user);
}

/* With a copy of the text behind it. */
static regex *new_regex(const allocator *from, text t, text *out_copy) {
    regex *r = from->allocate(sizeof *r + t.size, from->user);
    if (!r) return NULL;
    memset(r, 0, sizeof *r);
    r->from = from;
    char *copy = (char *)(r + 1);
    if (t.size) memcpy(copy, t.data, t.size);
    *out_copy = text_of(copy, t.size);
    return r;
}

static strata_status keep_literal(scope *sc, text pattern, bool whole, regex **out) {
    text copy;
    regex *r = new_regex(sc->from, pattern, &copy);
    if (!r) return scope_no_memory(sc);
    r->literal = copy;
    r->is_literal = true;
    r->whole = whole;
    *out = r;
    return STRATA_OK;
}

static const uint32_t compile_options =
    PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_CIRCUMFLEX;

/* Compiles what regex_rewrite wrote; r->code stays NULL when PCRE2 refuses it. False when memory is out. */
static bool compile(regex *r, text rewritten) {
    int error = 0;
    PCRE2_SIZE at;
    r->general = regex_memory(r->from);
    pcre2_compile_context *context = r->general ? pcre2_compile_context_create(r->general) : NULL;
    if (!context) return false;
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    r->code = pcre2_compile((PCRE2_SPTR)rewritten.data, rewritten.size, compile_options, &error, &at, context);
    pcre2_compile_context_free(context);
    if (!r->code) return error != PCRE2_ERROR_NOMEMORY && error != PCRE2_ERROR_HEAP_FAILED;
    r->match = pcre2_match_data_create(1, r->general);
    r->limits = pcre2_match_context_create(r->general);
    return r->match && r->limits;
}

static strata_status compile_rewritten(scope *sc, text rewritten, regex **out, text *why) {
    text copy;
    regex *r = new_regex(sc->from, rewritten, &copy);
    if (!r) return scope_no_memory(sc);
    r->rewritten = copy;
    if (!compile(r, rewritten)) {
        regex_free(r);
        return scope_no_memory(sc);
    }
    if (!r->code) {
        *why = TEXT("unknown character class or too large an expression");
        regex_free(r);
        return STRATA_OK;
    }
    *out = r;
    return STRATA_OK;
}

/* `before` and `after` go around the pattern before anything is checked, as kustomize joins them. */
static strata_status compile_between(scope *sc, text before, text pattern, text after, regex **out, text *why) {
    buffer whole, rewritten;
    buffer_init(&whole, sc->from, 0);
    buffer_init(&rewritten, sc->from, 0);
    buffer_add_text(&whole, before);
    buffer_add_text(&whole, pattern);
    buffer_add_text(&whole, after);
    const char *wrong = buffer_failed(&whole) ? NULL : regex_rewrite(buffer_text(&whole), &rewritten);
    strata_status status = STRATA_OK;
    if (buffer_failed(&whole) || buffer_failed(&rewritten))
        status = scope_no_memory(sc);
    else if (wrong)
        *why = text_from(wrong);
    else
        status = compile_rewritten(sc, buffer_text(&rewritten), out, why);
    buffer_free(&whole);
    buffer_free(&rewritten);
    return status;
}

static strata_status compile_pattern(scope *sc, text pattern, bool whole, regex **out, text *why) {
    text ignored;
    if (!why) why = &ignored;
    *why = TEXT_EMPTY;
    *out = NULL;
    if (regex_is_literal(pattern)) return keep_literal(sc, pattern, whole, out);
    if (!whole) return compile_between(sc, TEXT_EMPTY, pattern, TEXT_EMPTY, out, why);
    return compile_between(sc, TEXT("^(?:"), pattern, TEXT(")$"), out, why);
}

strata_status regex_compile(scope *sc, text pattern, regex **out, text *why) {
    return compile_pattern(sc, pattern, false, out, why);
}

strata_status regex_compile_whole(scope *sc, text pattern, regex **out, text *why) {
    return compile_pattern(sc, pattern, true, out, why);
}

bool regex_is_plain(const regex *r) { return r->is_literal; }

static regex_answer match_backtracking(regex *r, text subject, uint32_t steps) {
    size_t first = FIRST_STEPS + subject.size * FIRST_STEPS_A_BYTE;
    const char *bytes = subject.data ? subject.data : "";
    pcre2_set_match_limit(r->limits, first < steps ? (uint32_t)first : steps);
    int result = pcre2_match(r->code, (PCRE2_SPTR)bytes, subject.size, 0, 0, r->match, r->limits);
    if (result >= 0) return REGEX_YES;
    if (result == PCRE2_ERROR_NOMATCH) return REGEX_NO;
    return result == PCRE2_ERROR_NOMEMORY ? REGEX_NO_MEMORY : REGEX_TOO_MANY_STEPS;
}

static regex_answer match(regex *r, text subject, uint32_t steps) {
    if (!r->linear) {
        regex_answer answer = match_backtracking(r, subject, steps);
        if (answer != REGEX_TOO_MANY_STEPS) return answer;
        r->linear = regex_linear_new(r->from, r->rewritten);
        if (!r->linear) return REGEX_TOO_MANY_STEPS;
    }
    return regex_linear_matches(r->linear, subject, steps);
}

strata_status regex_matches(scope *sc, regex *r, text subject, bool *out) {
    if (r->is_literal) {
        *out = r->whole ? text_equal(subject, r->literal) : text_contains(subject, r->literal);
        return STRATA_OK;
    }
    regex_answer answer = match(r, subject, sc->limits->regex_steps);
    *out = answer == REGEX_YES;
    if (answer == REGEX_NO_MEMORY) return scope_no_memory(sc);
    if (answer != REGEX_TOO_MANY_STEPS) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN,
                      "matching a regular expression takes more than %u steps (limit regex_steps)",
                      (unsigned)sc->limits->regex_steps);
}
