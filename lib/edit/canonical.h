/*
 * edit/canonical.h: what a kustomization file means, as a tree of a form that does not depend on how it is written.
 *
 * It is what the reference would write after reading the file: fields by their proper names, whatever their case;
 * without those that are empty, false, null or zero, but for the few that are always written; booleans and numbers in
 * one spelling. Mappings have no order that counts. Nodes have the origins of what they were read from, so a tree that
 * was changed still says where each part of it stands in the file (edit/reconcile.h).
 *
 * Operations change such trees: canonical_set and its kin keep them in this form.
 */
#ifndef EDIT_CANONICAL_H
#define EDIT_CANONICAL_H

#include "core/scope.h"
#include "model/kustomization_fields.h"
#include "yaml/node.h"

/* On the key of a field whose name is written in other letters, `namePREFIX`: only kustomize reads it then. */
enum { CANONICAL_RESPELLED = 64 };
/* Whether there is such a key in the tree. */
bool canonical_is_respelled(const node *n);

/*
 * *out is a mapping, empty when `root` is NULL or null. Fails for what the reference doesn't read: unknown fields,
 * wrong types.
 */
strata_status canonical_of(scope *sc, const node *root, node **out);

/*
 * FixKustomization, which the reference does to each file that it edits: kind and apiVersion are filled in, `bases`,
 * `imageTags`, `env` and `helmChartInflationGenerator` move to their successors. Changes the tree.
 */
strata_status canonical_migrate(scope *sc, node *tree);

/* Moves the items of one list behind those of another; without another one the field is renamed. */
strata_status canonical_move_list(scope *sc, node *tree, text from, text to);

/* Puts the keys of mappings that are in no file yet in the order in which kustomize writes them. */
strata_status canonical_sort_new(scope *sc, node *tree);

/* Whether two trees mean the same. */
bool canonical_equal(const node *a, const node *b);

/* Sets a field to a text, or removes it when the text is empty. The field keeps its place and origin. */
strata_status canonical_set_text(scope *sc, node *mapping, text key, text value);
/* The list or mapping of that name, made if it is not there. */
strata_status canonical_list(scope *sc, node *mapping, text key, node **out);
strata_status canonical_mapping(scope *sc, node *mapping, text key, node **out);
/* Removes the field when the list or mapping in it is empty. */
void canonical_drop_empty(node *mapping, text key);

strata_status canonical_append_text(scope *sc, node *list, text value);
bool canonical_has_text(const node *list, text value);
/* Adds a value to a mapping. */
strata_status canonical_add(scope *sc, node *mapping, text key, node *value);
strata_status canonical_add_bool(scope *sc, node *mapping, text key, bool value);
node *canonical_text(scope *sc, text value); /* NULL when memory is out */

#endif
