/*
 * yaml/expand.h: replaces aliases by copies of what they stand for, and merge keys ("<<") by the pairs that they merge.
 *
 * Earlier entries of a list of merged mappings win, and a mapping's own pairs win over all of them and keep their
 * place. This is what kyaml does to resources; decode_v2.h has the rules for what goes through go-yaml v2.
 */
#ifndef YAML_EXPAND_H
#define YAML_EXPAND_H

#include "yaml/tree.h"

/* Changes the tree in place. Copies count against limits->alias_nodes; an alias inside its own anchor fails. */
strata_status expand(scope *sc, node *root);

#endif
