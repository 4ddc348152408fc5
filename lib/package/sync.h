/*
 * package/sync.h: gives what a function printed the comments and the order of what it was given; after kyaml's
 * comments.CopyComments and order.SyncOrder.
 *
 * Fields go by their names, elements of lists by their places. A comment that is there already stays; fields that the
 * function added follow those that it was given.
 */
#ifndef PACKAGE_SYNC_H
#define PACKAGE_SYNC_H

#include "core/scope.h"
#include "yaml/node.h"

strata_status sync_comments(scope *sc, const node *from, node *to);
strata_status sync_order(scope *sc, const node *from, node *to);

#endif
