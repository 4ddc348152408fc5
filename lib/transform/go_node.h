/*
 * transform/go_node.h: a tree as go-yaml's Node in JSON, which is what the reference hashes of resources that are
 * neither ConfigMaps nor Secrets: with styles, tags, comments, lines and columns.
 */
#ifndef TRANSFORM_GO_NODE_H
#define TRANSFORM_GO_NODE_H

#include "core/buffer.h"
#include "core/scope.h"
#include "yaml/node.h"

/* Linear in the tree and in the text that it was read from. */
void go_node_write(scope *sc, const node *n, buffer *json);

#endif
