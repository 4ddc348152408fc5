/*
 * yaml/places.h: a document that was written and read again keeps its places.
 *
 * kustomize takes documents through JSON and YAML texts on their way: the configuration of a plugin, a resource that a
 * JSON patch changes. What goes wrong afterwards is to be shown where the user wrote it.
 */
#ifndef YAML_PLACES_H
#define YAML_PLACES_H

#include "core/scope.h"
#include "yaml/node.h"

/*
 * Gives each node of `to` the place of the node at the same path in `from`, and where there is none, or one without a
 * place, that of the node above it. Cost: linear in both. Neither may be nested deeper than the limit.
 */
strata_status places_copy(scope *sc, const node *from, node *to);

#endif
