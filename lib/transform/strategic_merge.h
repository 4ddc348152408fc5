/*
 * transform/strategic_merge.h: one strategic merge patch and one resource, as trees.
 */
#ifndef TRANSFORM_STRATEGIC_MERGE_H
#define TRANSFORM_STRATEGIC_MERGE_H

#include "core/scope.h"
#include "schema/schema.h"
#include "yaml/node.h"

/*
 * Merges `patch` into `target` by kyaml's merge2 with kustomize's options (elements of the patch come first). *out is
 * `target`, or NULL when the patch deletes it. Both trees are changed: parts of the patch become parts of the target,
 * so each target needs a clone of its own. On failure the target is undefined.
 */
strata_status strategic_merge(scope *sc, const schema *s, node *target, node *patch, node **out);

/*
 * The same for the values of a Helm chart, which kustomize merges with kyaml's own options: elements of the patch come
 * last, and *out is what came out, the patch where it says `$patch: replace`. The trees may have aliases (yaml/tree.h):
 * kyaml's walk loses those that are fields of a mapping.
 */
strata_status strategic_merge_values(scope *sc, const schema *s, node *target, node *patch, node **out);

#endif
