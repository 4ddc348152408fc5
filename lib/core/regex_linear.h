/*
 * core/regex_linear.h: matches a pattern in time that is linear in the subject, as Go's regexp does for every pattern.
 *
 * For the patterns on which a backtracking matcher takes too long: PCRE2's other matcher follows all ways at once. It
 * has a constant cost for each character of the subject, bounded by the square of how many ways are open there; so that
 * number is bounded, too.
 *
 * Order: regex_linear_new with a pattern that regex_rewrite (regex_syntax.h) wrote, regex_linear_matches any number of
 * times, regex_linear_free.
 */
#ifndef CORE_REGEX_LINEAR_H
#define CORE_REGEX_LINEAR_H

#include "core/text.h"

typedef struct regex_linear regex_linear;

typedef enum regex_answer { REGEX_NO, REGEX_YES, REGEX_TOO_MANY_STEPS, REGEX_NO_MEMORY } regex_answer;

/* NULL when memory is out, or when PCRE2 can't match the pattern this way. */
regex_linear *regex_linear_new(const allocator *from, text pattern);
void regex_linear_free(regex_linear *r); /* NULL is fine */

/* Whether it matches somewhere in the subject, within about `steps` steps. */
regex_answer regex_linear_matches(regex_linear *r, text subject, size_t steps);

#endif
