/*
 * yaml/merge_key.h: resolves the merge keys that are left in a resource when it is written.
 *
 * kyaml resolves merge keys on reading, but those of a mapping that is itself merged come along as pairs (expand.h),
 * and a transformer may set a key "<<". The reference decodes what it has written, and go-yaml v3 merges then: a
 * mapping's own pairs win, then the earlier mappings of a list.
 */
#ifndef YAML_MERGE_KEY_H
#define YAML_MERGE_KEY_H

#include "core/scope.h"
#include "yaml/node.h"

/* A plain "<<" whose tag, if it has one, is !!merge. */
bool merge_key_is(const node *key);
/* *mapping becomes a mapping without merge keys; it stays as it is when it has none. Other nodes stay too. */
strata_status merge_key_resolve(scope *sc, const node **mapping);

#endif
