/*
 * core/excerpt.h: which lines of an input a message may quote.
 *
 * The values of Secrets never reach a terminal or a log. An error knows the place of a thing, not what the thing is, so
 * the text around the place decides, and rather hides too much: nothing of a document whose kind is Secret, nothing of
 * a secretGenerator, no operation of a JSON patch that gives a value below /data or /stringData, no URL with a login.
 *
 * Cost: one walk over the document around the line; only an error that is described pays it.
 */
#ifndef CORE_EXCERPT_H
#define CORE_EXCERPT_H

#include "core/text.h"

/* Whether the line of `source` from `start` to `end` may be shown. */
bool excerpt_is_public(text source, size_t start, size_t end);

#endif
