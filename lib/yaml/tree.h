/*
 * yaml/tree.h: builds the nodes of one document from its events.
 *
 * Order: tree_init, tree_add for each event between the document's start and its end, tree_free. The root is then in
 * .root. Aliases stay in the tree as nodes of kind NODE_ALIAS until yaml/expand.h has replaced them; .has_aliases says
 * whether there are any, .has_merges whether a mapping has a key "<<".
 *
 * Cost: linear; children wait on one stack, so a collection's array has exactly the size that it needs.
 */
#ifndef YAML_TREE_H
#define YAML_TREE_H

#include "core/scope.h"
#include "core/table.h"
#include "yaml/event.h"

/* A node that stands for another: .items holds the node that the anchor was on. */
enum { NODE_ALIAS = NODE_MAPPING + 1 };
static inline node *node_alias_target(const node *alias) { return (node *)(void *)alias->items; }

/* Which comments the nodes keep: those that may be JSON, and so change a merge, are head and line comments. */
typedef enum tree_comments { TREE_NO_COMMENTS, TREE_JSON_COMMENTS, TREE_ALL_COMMENTS } tree_comments;

typedef struct tree_level {
    node *collection;
    size_t base; /* its children begin here on the stack */
} tree_level;

typedef struct tree {
    scope *sc;
    origin first; /* of the text's first byte; ORIGIN_UNKNOWN: .where for all nodes */
    origin where;
    node *root;
    bool has_aliases;
    bool has_merges;
    tree_comments comments;
    bool keep_anchors;   /* the nodes keep the names of their anchors */
    bool bang_is_string; /* `! 12` is a string, as in go-yaml v2; else the tag '!' alone says nothing */
    text head_comment;   /* of the document */
    table anchors;
    tree_level *levels;
    size_t depth, level_room;
    node **children;
    size_t child_count, child_room;
} tree;

void tree_init(tree *t, scope *sc, origin first, origin where);
/* Forgets all events so far. */
void tree_restart(tree *t);
void tree_free(tree *t);
strata_status tree_add(tree *t, const yaml_event *event);

#endif
