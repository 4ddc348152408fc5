/*
 * transform/field_walk.h: finds the fields that field specs name (kustomize's api/filters/fieldspec and fsslice).
 *
 * For each spec that selects the resource's kind, the walk follows its path, through lists too (each element), creates
 * what is missing where the spec says so, and calls `visit` for each field found. A null on the way ends a path, unless
 * the field may be created; "name[]" in a path makes a null an empty list. A scalar on the way is an error.
 *
 * Cost: what lies on the paths.
 */
#ifndef TRANSFORM_FIELD_WALK_H
#define TRANSFORM_FIELD_WALK_H

#include "model/resource.h"
#include "schema/field_spec.h"

/* Called for a field. `field` is the node at the end of the path; changing it in place changes the document. */
typedef strata_status (*field_visitor)(scope *sc, node *field, void *user);

typedef struct field_walk {
    bool creates;          /* a spec's `create` counts; otherwise nothing is ever created */
    node_kind create_kind; /* kind of a field that is created at the end of a path */
    node_tag create_tag;   /* the tag that a null at the end of a path gets then */
    field_visitor visit;
    void *user;
} field_walk;

strata_status field_walk_spec(scope *sc, node *root, const field_spec *spec, const field_walk *walk);
/* All specs in order. */
strata_status field_walk_specs(scope *sc, node *root, field_spec_list specs, const field_walk *walk);

#endif
