/*
 * edit/document.h: one kustomization file that is being edited, in memory.
 *
 * Order: document_read; then for each edit document_draft, changes to the draft (edit/canonical.h), document_commit.
 * A draft that is not committed is forgotten. All memory is the scope's arena.
 */
#ifndef EDIT_DOCUMENT_H
#define EDIT_DOCUMENT_H

#include "edit/layout.h"

typedef struct document {
    text name;  /* in messages */
    text bytes; /* of the file, byte order mark included */
    layout file;
    node *before; /* what the file means as it is */
} document;

strata_status document_read(scope *sc, text name, text bytes, document *out);

/* What the file means, after the moves of deprecated fields that come with each edit; the caller changes it. */
strata_status document_draft(scope *sc, const document *d, node **out);

/* Gives the file the text that means what the draft says, with as few changes as that takes. On failure it is as
 * before.
 */
strata_status document_commit(scope *sc, document *d, node *draft);

#endif
