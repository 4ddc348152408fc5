/*
 * yaml/writer.h: from nodes to the bytes that kustomize prints.
 *
 * The reference writes a resource as YAML (v3), reads it again, turns it into JSON, reads that as YAML (v2) and writes
 * it once more with sorted keys. yaml_write does what all this amounts to in one walk, and
 * fails where one of those steps fails: duplicate keys, keys that are no strings, .inf, values that disagree with their
 * tags.
 */
#ifndef YAML_WRITER_H
#define YAML_WRITER_H

#include "core/buffer.h"
#include "core/scope.h"
#include "yaml/node.h"

/* Which path a value takes out of the reference. */
typedef enum yaml_path_out {
    YAML_TO_STREAM, /* stdout and Resource.AsYAML: through v3 text and JSON */
    YAML_TO_FILE    /* `-o DIR`: node.Decode, without the v3 text between */
} yaml_path_out;

/* Appends one document, sorted keys, ending in a newline; no "---". */
strata_status yaml_write(scope *sc, const node *document, yaml_path_out path, buffer *out);
/* The same as a text in the arena, no larger than the limit of the output. */
strata_status yaml_write_text(scope *sc, const node *document, yaml_path_out path, text *out);

/* go-yaml v2's order of mapping keys, which is not transitive (key_order.h): <0, 0, >0. */
int yaml_key_compare(text a, text b);

/*
 * kyaml's RNode.String(): go-yaml v3's encoder with 2 spaces, compact sequences and unlimited width. Keeps order,
 * styles and comments: for values inside scalars, function input, `cfg`. The root's document_head and foot comment
 * are the document's.
 */
strata_status yaml_write_v3(scope *sc, const node *document, buffer *out);

#endif
