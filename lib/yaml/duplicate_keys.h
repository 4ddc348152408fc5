/*
 * yaml/duplicate_keys.h: refuses mappings that have a key twice, for the inputs that sigs.k8s.io/yaml's UnmarshalStrict
 * reads. Keys are the same when their types and texts are. Cost: linear in the size of the tree.
 */
#ifndef YAML_DUPLICATE_KEYS_H
#define YAML_DUPLICATE_KEYS_H

#include "core/scope.h"
#include "yaml/node.h"

/* Looks at every mapping of the tree; the failure names both places. */
strata_status duplicate_keys_refuse(scope *sc, const node *root);

#endif
