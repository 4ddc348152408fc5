/*
 * schema/kind_order.h: kustomize's order of kinds (kyaml's resid.Gvk.IsLessThan).
 */
#ifndef SCHEMA_KIND_ORDER_H
#define SCHEMA_KIND_ORDER_H

#include "core/text.h"

/* The place of a kind: <0 for those that come first, 0 for unlisted ones, >0 for those that come last. */
int kind_rank(text kind);
/* By rank, then by "group_version_kind" with stand-ins for empty parts: <0, 0, >0. */
int kind_compare(const text a[3], const text b[3]); /* group, version, kind */

#endif
