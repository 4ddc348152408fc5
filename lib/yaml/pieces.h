/*
 * yaml/pieces.h: cuts a resource file into documents on its text, before any YAML, as kyaml's ByteReader does.
 */
#ifndef YAML_PIECES_H
#define YAML_PIECES_H

#include "core/scope.h"

typedef struct pieces {
    text rest;
    bool done;
} pieces;

/* "\r\n" as "\n": the text itself when it has none. data is NULL when memory is out. */
text pieces_normalize(arena *a, text bytes);

void pieces_begin(pieces *p, text bytes);
/*
 * The next piece; false when there is none left. A separator is a line that begins with "---", but not the first one.
 * What follows on it must be a comment: else *bad is set to where it stands, and the piece before it is given.
 */
bool pieces_next(pieces *p, text *out, const char **bad);

/*
 * Where the text may be cut so that the pieces of both parts together are its pieces: the end of a separator at or
 * after `from`; the size of the text when there is none.
 */
size_t pieces_cut(text bytes, size_t from);

#endif
