/*
 * yaml/decode_v2.h: what go-yaml v2 makes of a tree: what goes into kustomization files, JSON patches, configurations.
 *
 * Plain scalars are typed by YAML 1.1; a date is a string. Of a key that is there twice the last value counts, at the
 * place of the first, and so it is with what a merge key brings: it overwrites what stands before it and gives way to
 * what follows, as often as it occurs. Tags and keys that are no strings stay as they are: see json_from_yaml.
 *
 * Cost: linear; aliases are copied, within limits->alias_nodes and go-yaml's own limit for excessive aliasing.
 */
#ifndef YAML_DECODE_V2_H
#define YAML_DECODE_V2_H

#include "yaml/tree.h"

/* Changes the tree in place. `strict`: a key that is there twice fails, also one that a merge brought. */
strata_status decode_v2(scope *sc, node *root, bool strict);

#endif
