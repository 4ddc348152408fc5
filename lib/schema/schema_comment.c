/*
 * schema/schema_comment.c: the schema that a comment gives to its field; after kyaml's fieldmeta.Read. See schema.h.
 */
#include "schema/openapi_schema.h"
#include "schema/schema_layers.h"
#include "yaml/json.h"

static bool all_strings(const node *mapping) {
    for (uint32_t i = 0; i < mapping->count; i++)
        if (!node_is_scalar(mapping->pairs[i].value) || mapping->pairs[i].value->tag != TAG_STR) return false;
    return true;
}

static text comment_json(text comment) {
    size_t start = 0;
    while (start < comment.size && comment.data[start] == '#')
        start++;
    return text_trim_chars(text_after(comment, start), " \t\r\n");
}

strata_status schema_of_comment(scope *sc, const schema *s, text comment, schema_type *out) {
    *out = SCHEMA_TYPE_NONE;
    text json = comment_json(comment);
    if (!text_starts(json, TEXT("{"))) return STRATA_OK;
    scope_attempt attempt;
    TRY(scope_attempt_begin(sc, &attempt));
    node *object;
    strata_status status = json_read_made(sc, ORIGIN_UNKNOWN, json, &object);
    if (scope_is_exhausted(status)) {
        scope_attempt_keep(sc, &attempt);
        return status;
    }
    scope_attempt_drop(sc, &attempt);
    if (status != STRATA_OK || !openapi_schema_is_valid(object) || openapi_schema_is_empty(object)) return STRATA_OK;
    /* {"$openapi": "name"} stands for a reference to a setter, which no builtin definition is. */
    if (all_strings(object) && !text_empty(node_text(NODE_GET(object, "$openapi")))) {
        if (!(object = node_new_mapping(sc->arena))) return scope_no_memory(sc);
    }
    out->loaded = object;
    text reference = node_text(NODE_GET(object, "$ref"));
    if (text_empty(reference)) return STRATA_OK;
    schema_settle(s->state);
    schema_type resolved = schema_resolve_reference(s, reference);
    if (schema_type_known(resolved)) *out = resolved;
    return STRATA_OK;
}
