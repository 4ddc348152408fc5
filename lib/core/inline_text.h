/*
 * core/inline_text.h: where the text of a YAML scalar stands in the file that has it.
 *
 * An inline patch is read after the kustomization file around it, from the value of a scalar: without indentation, its
 * lines joined when it is folded, its escapes resolved. YAML takes nothing but white space and quoting away from a
 * value, so the two texts are matched character by character from the start of the scalar, white space aside. An
 * escape other than those of white space, quotes, slashes and backslashes ends that, and so does any other difference:
 * the text may have been changed on its way.
 *
 * Cost: one walk over the scalar up to the place; only a place that is asked for pays it.
 */
#ifndef CORE_INLINE_TEXT_H
#define CORE_INLINE_TEXT_H

#include "core/text.h"

/*
 * The offset in `file` of the character at `offset` of `value`, the value of the scalar that begins, with its tag and
 * anchor, at `scalar`; SIZE_MAX when the two don't match up to there. `offset` may be the end of the value.
 */
size_t inline_text_find(text file, size_t scalar, text value, size_t offset);

#endif
