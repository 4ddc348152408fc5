/*
 * schema/schema_tables.h: the builtin schema as constant data; only for this room.
 *
 * scripts/generate_schema_tables.py makes the tables at build time. Texts lie in schema_pool, each after a byte with
 * its length, and are named by their place there. Rows are named by their number.
 */
#ifndef SCHEMA_SCHEMA_TABLES_H
#define SCHEMA_SCHEMA_TABLES_H

#include "core/text.h"

enum { SCHEMA_ROW_NONE = 0xffff };

typedef struct schema_definition {
    uint16_t name;        /* empty for a type without a name: a list, a mapping, a scalar */
    uint16_t first_field; /* in schema_fields, sorted by name */
    uint16_t field_count;
    uint16_t items;    /* type of a list's elements, or SCHEMA_ROW_NONE */
    uint16_t values;   /* type of a mapping's values, or SCHEMA_ROW_NONE */
    uint16_t strategy; /* patch strategy, may be empty */
    uint16_t merge_key;
    uint16_t map_keys; /* in schema_key_lists, or SCHEMA_ROW_NONE */
} schema_definition;

typedef struct schema_field_row {
    uint16_t name;
    uint16_t type; /* in schema_definitions */
} schema_field_row;

typedef struct schema_key_list {
    const text *keys;
    size_t count;
} schema_key_list;

/* Sorted by apiVersion and kind. */
typedef struct schema_kind_row {
    uint16_t api_version;
    uint16_t kind;
    uint16_t definition;
} schema_kind_row;

typedef struct schema_scope_row {
    uint16_t api_version;
    uint16_t kind;
    uint16_t namespaced;
} schema_scope_row;

extern const char schema_pool[];
/* First Kubernetes' definitions sorted by name, then kustomize's own, also sorted, then types without a name. */
extern const schema_definition schema_definitions[];
extern const uint16_t schema_kubernetes_count;
extern const uint16_t schema_named_count;
extern const schema_field_row schema_fields[];
extern const schema_key_list schema_key_lists[];
/* First Kubernetes' kinds, then kustomize's own. */
extern const schema_kind_row schema_kinds[];
extern const uint16_t schema_kubernetes_kind_count;
extern const uint16_t schema_kind_count;
extern const schema_scope_row schema_scopes[];
extern const uint16_t schema_scope_count;

static inline text schema_pool_text(uint16_t place) {
    return text_of(schema_pool + place + 1, (unsigned char)schema_pool[place]);
}

#endif
