/* edit/reconcile_inside.h: what the files of edit/reconcile.h share. */
#ifndef EDIT_RECONCILE_INSIDE_H
#define EDIT_RECONCILE_INSIDE_H

#include "edit/reconcile.h"
#include "edit/render.h"

typedef struct span_list {
    span *items;
    size_t count;
    size_t capacity;
} span_list;

/* Lines to remove, but for comments; `owner` is the element that they are the lines of. */
typedef struct removal {
    span lines;
    const element *owner;
} removal;

typedef struct reconciler {
    scope *sc;
    const layout *l;
    text bytes;
    file_style style;
    bool quoted; /* the file is JSON: all texts in double quotes */
    splice_list *out;
    removal *removals; /* made last, when it is known which comments have moved */
    size_t removal_count, removal_room;
    span_list moved;
    bool conflict;
    buffer work;
} reconciler;

/* Where a value stands: behind its key or dash. */
typedef struct slot {
    const element *value;
    size_t indicator;    /* the ':' or '-' */
    size_t indent;       /* the column of the key or dash */
    bool flow;           /* inside brackets */
    bool item;           /* behind a dash */
    const element *like; /* a neighbour */
} slot;

strata_status reconcile_conflict(reconciler *r);
strata_status reconcile_splice(reconciler *r, size_t from, size_t to, text with);
strata_status reconcile_insert_lines(reconciler *r, size_t at, text lines);
strata_status reconcile_remove_lines(reconciler *r, size_t from, size_t to, const element *owner);
strata_status reconcile_moved(reconciler *r, size_t from, size_t to);
/* The rendered text of r->work, in the arena. */
strata_status reconcile_rendered(reconciler *r, text *out);

/* Changes the value so that it means `after` in place of `before` (NULL: the field had no meaning). */
strata_status reconcile_value(reconciler *r, const slot *at, const node *before, const node *after);
/* reconcile_list.c: the same for a list in a list's place. */
strata_status reconcile_list(reconciler *r, const slot *at, const node *before, const node *after);
/* Writes the value anew. */
strata_status reconcile_replace(reconciler *r, const slot *at, const node *after);

#endif
