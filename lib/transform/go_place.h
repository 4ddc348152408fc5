/*
 * transform/go_place.h: lines and columns as go-yaml counts them.
 *
 * Lines count from the beginning of the document, since kyaml cuts a file into documents before any YAML is read, and
 * end at each break of YAML 1.1; columns are in characters. A text is gone through once, when it is first asked about;
 * a place is then found in constant time but for a search, in whatever order places are asked for.
 */
#ifndef TRANSFORM_GO_PLACE_H
#define TRANSFORM_GO_PLACE_H

#include "core/scope.h"

typedef struct go_text go_text;

/* The texts that were asked about, by their number in the table of origins. All zero to begin with. */
typedef struct go_places {
    go_text **texts;
    size_t capacity;
} go_places;

typedef struct go_place {
    uint32_t line; /* from 1; 0, as `column` is, of what was read from nowhere */
    uint32_t column;
} go_place;

/* False when memory is out. */
bool go_place_find(scope *sc, go_places *places, origin where, go_place *out);

#endif
