/*
 * transform/set_scalar.h: writing a value into a field, as kyaml's FieldSetter does.
 *
 * What is written later depends on the details: a value without a tag is typed anew from its text when the document is
 * written, and the style of the value that was there stays: prefix "0" on `name: 13` gives 11 (octal 013), on
 * `name: "12"` the text 012.
 */
#ifndef TRANSFORM_SET_SCALAR_H
#define TRANSFORM_SET_SCALAR_H

#include "core/scope.h"
#include "yaml/mapping_index.h"

/* Gives a scalar (or null) another text and tag; its style stays. Fails when the field is a mapping or sequence. */
strata_status set_scalar(scope *sc, node *field, text value, node_tag tag);

/*
 * Sets a field of a mapping. A value that is there is overwritten in place and keeps its style; else `value` itself is
 * added, so that a caller who adds one node at several places makes them one value: kustomize does that with labels,
 * and whoever changes one of them later changes all. A text that YAML 1.1 would not read as a string is put in double
 * quotes where it is new. An empty key means the node itself, which must then be a scalar.
 */
strata_status set_entry(scope *sc, node *mapping, text key, node *value);
/* The same for many fields of mappings that may be large. */
strata_status set_entry_indexed(scope *sc, mapping_index *index, node *mapping, text key, node *value);

#endif
