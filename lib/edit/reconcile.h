/*
 * edit/reconcile.h: the changes to a kustomization file after which it means something else.
 *
 * Given the file's layout, what it means (a canonical tree) and what it is to mean (another one, made from a copy of
 * the first, so that its nodes still have the places of what they were read from), it finds the spans of text to
 * change. What means the same in both trees keeps its bytes; items that change places take their lines and the comments
 * above them along; a field that gets another name keeps its place. Whole-line comments inside of what is removed stay.
 *
 * It may fail to see a consequence, such as an alias of what it changes. So the caller reads the new text, compares
 * what it means, and asks again with `rewrite` naming the fields that came out wrong.
 *
 * Cost: linear in the text, and n log n in the items of a list.
 */
#ifndef EDIT_RECONCILE_H
#define EDIT_RECONCILE_H

#include "edit/layout.h"
#include "edit/splice.h"

typedef struct reconciliation {
    const layout *file;
    const node *before;
    const node *after;
    const text_list *rewrite; /* top fields whose values are written anew as a whole; NULL: none */
} reconciliation;

/* *conflict: what has to change can't be told from the rest by lines; the file must be written anew. */
strata_status reconcile(scope *sc, const reconciliation *what, splice_list *out, bool *conflict);

#endif
