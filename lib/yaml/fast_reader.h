/*
 * yaml/fast_reader.h: a reader for the YAML in which manifests are really written, beside libfyaml's.
 *
 * It knows block mappings and sequences, plain and quoted scalars, literals, and flow collections on one line. At the
 * first byte outside of that (an anchor, a tag, a folded scalar, a second document, a comment that is JSON, anything
 * malformed) it gives up, and the caller hands the text to the dialect and libfyaml; so it never reports an error, and
 * what it accepts must be valid and mean the same to all of them. It is asked first: of the text, only the encoding has
 * been checked.
 *
 * Cost: one pass over the bytes, without recursion beyond the nesting limit; nodes and their arrays have exactly the
 * size that they need.
 */
#ifndef YAML_FAST_READER_H
#define YAML_FAST_READER_H

#include "core/scope.h"
#include "yaml/node.h"

typedef enum fast_result { FAST_DONE, FAST_UNKNOWN, FAST_NO_MEMORY } fast_result;

/* How a plain scalar gets its tag: resolve_tag_v3 or its like. */
typedef node_tag (*fast_resolver)(text plain);

/*
 * Reads one document. `first` is the origin of the text's first byte. On FAST_DONE, *out is its root, NULL when the
 * text holds nothing but comments and white space.
 */
fast_result fast_read(scope *sc, text bytes, origin first, fast_resolver resolve, node **out);

#endif
