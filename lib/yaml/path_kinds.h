/* yaml/path_kinds.h: what the two ways of following a path (path.c, path_match.c) share. */
#ifndef YAML_PATH_KINDS_H
#define YAML_PATH_KINDS_H

#include "core/scope.h"
#include "yaml/node.h"

/* Fails unless the node is of that kind or null, which counts as any kind. `part` is what asks for it. */
strata_status path_want_kind(scope *sc, const node *n, node_kind kind, text part);
/* What a missing node has to become so that the part `next` can be followed from it; `last` at the end of a path. */
node_kind path_kind_before(text next, node_kind last);
/* An empty node of that kind, without a tag; NULL when memory is out. */
node *path_new_node(arena *a, node_kind kind);
/* An element for [name=value] or [=value]; NULL when memory is out. */
node *path_new_element(arena *a, text name, text value);

#endif
