/*
 * package/tree_fields.h: the fields that `cfg tree` shows below a resource; after kyaml's kio/tree.go (getFields).
 *
 * Fields of containers stand below their list, a branch a container, sorted by name and numbered; others alone.
 */
#ifndef PACKAGE_TREE_FIELDS_H
#define PACKAGE_TREE_FIELDS_H

#include "package/drawing.h"
#include "package/format.h"
#include "strata/package.h"

typedef struct tree_field_list {
    struct tree_field *items;
    size_t count;
    size_t capacity;
    field_order order;
} tree_field_list;

/* The fields that the options ask for. */
strata_status tree_fields_init(work *w, const strata_package_options *options, tree_field_list *out);
/* Adds those that the resource has to its branch. */
strata_status tree_fields_draw(work *w, const tree_field_list *fields, node *root, drawing *branch);

#endif
