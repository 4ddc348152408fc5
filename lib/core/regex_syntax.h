/*
 * core/regex_syntax.h: checks a pattern by the rules of Go's regexp/syntax and rewrites it for PCRE2.
 */
#ifndef CORE_REGEX_SYNTAX_H
#define CORE_REGEX_SYNTAX_H

#include "core/buffer.h"

/* Whether the text means itself: no operators, no escapes. */
bool regex_is_literal(text pattern);

/*
 * Appends to `out` a pattern that PCRE2 (UTF, DOLLAR_ENDONLY, ALT_CIRCUMFLEX, newline LF) matches as Go matches
 * `pattern`. NULL when Go accepts the pattern; else the reason why it does not.
 */
const char *regex_rewrite(text pattern, buffer *out);

#endif
