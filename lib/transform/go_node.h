/*
 * transform/go_node.h: a tree as go-yaml's Node in JSON, which is what the reference hashes of resources that are
 * neither ConfigMaps nor Secrets: with styles, tags, comments, lines and columns.
 */
#ifndef TRANSFORM_GO_NODE_H
#define TRANSFORM_GO_NODE_H

#include "core/buffer.h"
#include "transform/go_place.h"
#include "yaml/node.h"

/* Linear in the tree, and in the texts that it was read from where `places` has not seen them yet. */
void go_node_write(scope *sc, go_places *places, const node *n, buffer *json);

#endif
