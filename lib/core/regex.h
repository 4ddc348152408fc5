/*
 * core/regex.h: regular expressions with the syntax and meaning of Go's regexp package, which is what kustomize uses.
 *
 * A pattern is checked and rewritten for PCRE2 (regex_syntax.h), since each of the two accepts what the other refuses.
 * A pattern without operators is kept as plain text and costs no more than a comparison. Go matches in linear time; so
 * does this, as what takes long by backtracking is matched in another way (regex_linear.h). limits->regex_steps bounds
 * the work, and reaching that is an error.
 *
 * Order: regex_compile or regex_compile_whole, regex_matches any number of times, regex_free. A pattern belongs to one
 * thread at a time.
 */
#ifndef CORE_REGEX_H
#define CORE_REGEX_H

#include "core/scope.h"

typedef struct regex regex;

/*
 * *out is NULL, and *why says why, when the pattern is not one that Go accepts (`why` may be NULL). A status other than
 * STRATA_OK means that memory is out.
 */
strata_status regex_compile(scope *sc, text pattern, regex **out, text *why);
/* The same for a pattern that must match the whole text: "^(?:" pattern ")$", which is how kustomize anchors. */
strata_status regex_compile_whole(scope *sc, text pattern, regex **out, text *why);
void regex_free(regex *r); /* NULL is fine */

/* Whether the pattern has no operators, so that it matches its own text only. */
bool regex_is_plain(const regex *r);

/* Whether the pattern matches somewhere in the subject. */
strata_status regex_matches(scope *sc, regex *r, text subject, bool *out);

#endif
