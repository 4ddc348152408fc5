/*
 * yaml/expand.h: replaces aliases by copies of what they stand for, and merge keys ("<<") by the pairs that they merge.
 *
 * Earlier entries of a list of merged mappings win, and a mapping's own keys win over all of them.
 */
#ifndef YAML_EXPAND_H
#define YAML_EXPAND_H

#include "yaml/tree.h"

/* Changes the tree in place. `v2`: by the rules of go-yaml v2, where a merge wins over the keys before it. Copies count
 * against limits->alias_nodes; an alias inside its own anchor fails. */
strata_status expand(scope *sc, node *root, bool merges, bool v2);

#endif
