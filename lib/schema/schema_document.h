/*
 * schema/schema_document.h: an OpenAPI document that a kustomization names, indexed; only for this room.
 *
 * After kyaml's openapi.parse, AddDefinitions and findNamespaceability. Reading and indexing take time linear in the
 * document; each look-up is constant.
 */
#ifndef SCHEMA_SCHEMA_DOCUMENT_H
#define SCHEMA_SCHEMA_DOCUMENT_H

#include "core/scope.h"
#include "core/table.h"
#include "yaml/node.h"

typedef struct schema_document {
    text name;
    text bytes;
    origin named_at;
    bool malformed;    /* schema_document_read fails again, and says why */
    table definitions; /* name → node */
    table kinds;       /* kind → schema_loaded_kind */
    table scopes;      /* kind → schema_loaded_kind */
} schema_document;

typedef struct schema_loaded_kind {
    text api_version;
    const node *definition; /* of a kind */
    bool namespaced;        /* of a scope */
} schema_loaded_kind;

/* Fills the tables of a document that has its name, bytes and named_at. */
strata_status schema_document_read(scope *sc, schema_document *d);
/* The entry for an apiVersion and kind in `kinds` or `scopes`, or NULL. */
static inline schema_loaded_kind *schema_document_find(const table *t, text api_version, text kind) {
    for (const table_entry *e = table_find(t, kind); e; e = table_next(e)) {
        schema_loaded_kind *entry = e->value;
        if (text_equal(entry->api_version, api_version)) return entry;
    }
    return NULL;
}

#endif
