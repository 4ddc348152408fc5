/*
 * schema/schema_layers.h: the inside of a schema; only for this room.
 *
 * Definitions form layers: the builtin ones and each document that a kustomization named, the newest on top; a name is
 * looked up from the top. kustomize's own definitions are always above all.
 */
#ifndef SCHEMA_SCHEMA_LAYERS_H
#define SCHEMA_SCHEMA_LAYERS_H

#include "schema/schema.h"
#include "schema/schema_document.h"
#include "schema/schema_tables.h"

typedef struct schema_layer {
    const schema_document *document; /* NULL: the builtin definitions */
    struct schema_layer *below;
} schema_layer;

/* Whether the builtin definitions are in force. */
typedef enum builtin_state { BUILTIN_ABSENT, BUILTIN_WANTED, BUILTIN_READ } builtin_state;

/* Of the builtin scopes that were asked for, each in a place by its name: builds ask for few kinds many times. */
enum { SCHEMA_RECENT_SCOPES = 64 };

/* What look-ups may change. */
typedef struct schema_state {
    schema_layer *top;
    schema_layer builtin;
    schema_layer *chosen; /* the document to put on top at the next look-up; NULL: the builtin definitions */
    bool version_is_set;  /* `openapi: version`, or a document, was given */
    bool settled;         /* the layers are up to date */
    builtin_state builtin_state;
    const schema_document *broken; /* a malformed document that a look-up needed */
    const schema_scope_row *recent_scopes[SCHEMA_RECENT_SCOPES];
} schema_state;

struct schema {
    schema_state *state;
};

/* Brings the layers up to date (kyaml's initSchema). */
void schema_settle(schema_state *state);
/* What "#/definitions/NAME" means; SCHEMA_TYPE_NONE when it leads nowhere. */
schema_type schema_resolve_reference(const schema *s, text reference);

#endif
