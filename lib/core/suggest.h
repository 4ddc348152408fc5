/*
 * core/suggest.h: "did you mean": which known name is nearest to a mistyped one.
 */
#ifndef CORE_SUGGEST_H
#define CORE_SUGGEST_H

#include "core/text.h"

/* How many letters must be added, removed, changed or swapped with a neighbour; long texts count as far apart. */
size_t text_distance(text a, text b);
/* Whether `candidate` is near enough to `wanted` to be what the user meant. */
bool suggest_is_near(text wanted, text candidate);
/* The nearest candidate that is near enough, or the empty text. */
text suggest_nearest(text wanted, const text *candidates, size_t count);

#endif
