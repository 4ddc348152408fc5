/*
 * package/drawing.h: a tree of lines with branches before them, as the treeprint library draws it.
 *
 *     shop
 *     ├── [deployment.yaml]  Deployment shop
 *     │   └── spec.replicas: 3
 *     └── base
 *         └── [service.yaml]  Service shop
 */
#ifndef PACKAGE_DRAWING_H
#define PACKAGE_DRAWING_H

#include "core/buffer.h"
#include "core/scope.h"

typedef struct drawing drawing;
struct drawing {
    text label; /* empty: none, else in brackets before the value */
    bool has_label;
    text value;
    drawing **children;
    size_t count;
    size_t capacity;
};

/* A line below `parent` (NULL: the root); NULL when memory is out. */
drawing *drawing_add(arena *a, drawing *parent, text value);
drawing *drawing_add_labelled(arena *a, drawing *parent, text label, text value);

/* Appends the lines of the tree. */
strata_status drawing_write(scope *sc, const drawing *root, buffer *out);

#endif
