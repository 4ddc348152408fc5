/*
 * yaml/json.h: JSON as Go's encoding/json reads and writes it.
 */
#ifndef YAML_JSON_H
#define YAML_JSON_H

#include "core/buffer.h"
#include "core/scope.h"
#include "yaml/node.h"

/* One strict JSON text (RFC 8259) as nodes: strings are double-quoted !!str, numbers plain with their text. */
strata_status json_read(scope *sc, text name, text bytes, origin included_from, node **out);
/* The same for the value of the scalar at `where`, as yaml_read_inline. */
strata_status json_read_inline(scope *sc, origin where, text bytes, node **out);
/* The same for a text that was made of something at `where`, which is the place of everything in it. */
strata_status json_read_made(scope *sc, origin where, text bytes, node **out);

/*
 * kyaml's RNode.MarshalJSON: the document as v3 text and back, then encoding/json: keys in byte order, <, > and & as
 * \u003c ..., numbers as Go prints them, no white space. Fails as yaml_write does.
 */
strata_status json_write(scope *sc, const node *document, buffer *out);

/* A Go string as encoding/json writes it, quotes included. */
void json_write_string(buffer *out, text string);

/*
 * kyaml's RNode.UnmarshalJSON: what a resource becomes after a JSON patch: numbers through float64, keys
 * sorted, strings quoted only where needed. *out is a new tree.
 */
strata_status json_normalize(scope *sc, const node *document, node **out);

/*
 * A tree that was read as YAML_V2 in the form that it has in JSON (sigs.k8s.io/yaml's YAMLToJSON): strings quoted,
 * numbers and bools as Go writes them, keys as strings, of equal keys the last one. *out is a new tree.
 */
strata_status json_from_yaml(scope *sc, const node *n, node **out);
/* Leaves the last of equal keys, at the place of the first, at any depth, as encoding/json decodes into Go maps. */
strata_status json_drop_repeated_keys(scope *sc, node *n);

#endif
