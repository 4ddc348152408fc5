/*
 * core/regex_property.h: names of Unicode properties, from Go's \p{...} to PCRE2's; only for regex_syntax.c.
 */
#ifndef CORE_REGEX_PROPERTY_H
#define CORE_REGEX_PROPERTY_H

#include "core/buffer.h"

/*
 * Writes a member of a class. Case, spaces, '_' and '-' do not count; what is no general category is taken for a
 * script, which PCRE2 may not know. False when it can't be a name at all.
 */
bool regex_write_property(buffer *out, text name, bool negated);

#endif
