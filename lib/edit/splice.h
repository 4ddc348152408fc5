/*
 * edit/splice.h: changes to a text, collected and then made at once.
 *
 * Each replaces a span of the old text. They may be added in any order; those at one place come in the order in which
 * they were added. Spans that overlap make the whole set unusable, which splices_apply says.
 */
#ifndef EDIT_SPLICE_H
#define EDIT_SPLICE_H

#include "core/buffer.h"
#include "core/scope.h"

typedef struct splice {
    size_t from, to;
    text with;
    bool lines; /* whole lines: the text before must end in a line break */
} splice;

typedef struct splice_list {
    splice *items;
    size_t count;
    size_t capacity;
} splice_list;

strata_status splice_add(scope *sc, splice_list *list, splice s);

/* *out is the new text, in the arena; *fits is false, and nothing made, when spans overlap. */
strata_status splices_apply(scope *sc, splice_list *list, text bytes, bool crlf, bool *fits, text *out);

#endif
