/*
 * schema/openapi_schema.h: one schema object of OpenAPI v2 as a node, as kube-openapi's spec.Schema reads it; only for
 * this room.
 */
#ifndef SCHEMA_OPENAPI_SCHEMA_H
#define SCHEMA_OPENAPI_SCHEMA_H

#include "yaml/node.h"

/* Whether Go's reader accepts the object: members that the specification names must have their types. */
bool openapi_schema_is_valid(const node *schema);
/* Whether the object says nothing at all: such a comment on a field is none. */
bool openapi_schema_is_empty(const node *schema);

#endif
