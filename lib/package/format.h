/*
 * package/format.h: the order of fields that `cfg cat` gives to resources; after kyaml's kio/filters/fmtr.go.
 *
 * Known fields come in a fixed order (apiVersion, kind, metadata, name ...), the others after them by their bytes. The
 * containers of workloads are sorted by name, the operations of webhooks by themselves. Styles and comments stay.
 */
#ifndef PACKAGE_FORMAT_H
#define PACKAGE_FORMAT_H

#include "package/work.h"
#include "yaml/reader.h"

/* Where a field stands in that order, from 1; 0 for one that is not known. Cost: constant after the first call. */
typedef struct field_order {
    table ranks;
} field_order;
strata_status field_order_init(scope *sc, field_order *out);
size_t field_order_rank(const field_order *order, text name);

/* Sorts the fields of all resources that have apiVersion and kind, unless an annotation forbids it. */
strata_status format_resources(work *w, const node_list *resources);

#endif
