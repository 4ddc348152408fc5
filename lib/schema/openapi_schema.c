/*
 * schema/openapi_schema.c: what makes a mapping a schema; see openapi_schema.h. A null is accepted everywhere and means
 * that the member is absent.
 */
#include "schema/openapi_schema.h"

typedef enum member_type {
    MEMBER_STRING,
    MEMBER_BOOL,
    MEMBER_NUMBER,
    MEMBER_INTEGER,
    MEMBER_ANY,
    MEMBER_LIST,           /* of anything */
    MEMBER_STRINGS,        /* a list of strings */
    MEMBER_STRING_OR_LIST, /* a string or a list of strings */
    MEMBER_SCHEMA,         /* a schema */
    MEMBER_SCHEMAS,        /* a list of schemas */
    MEMBER_SCHEMA_MAP,     /* schemas by name */
    MEMBER_SCHEMA_OR_LIST, /* a schema or a list of them; anything else counts as absent */
    MEMBER_SCHEMA_OR_BOOL, /* a schema or a bool */
    MEMBER_DEPENDENCIES,   /* schemas or lists of strings by name */
    MEMBER_EXTERNAL_DOCS   /* a mapping of strings */
} member_type;

static const struct member {
    text name;
    member_type type;
} members[] = {
    {TEXT_INIT("id"), MEMBER_STRING},
    {TEXT_INIT("description"), MEMBER_STRING},
    {TEXT_INIT("type"), MEMBER_STRING_OR_LIST},
    {TEXT_INIT("nullable"), MEMBER_BOOL},
    {TEXT_INIT("format"), MEMBER_STRING},
    {TEXT_INIT("title"), MEMBER_STRING},
    {TEXT_INIT("default"), MEMBER_ANY},
    {TEXT_INIT("maximum"), MEMBER_NUMBER},
    {TEXT_INIT("exclusiveMaximum"), MEMBER_BOOL},
    {TEXT_INIT("minimum"), MEMBER_NUMBER},
    {TEXT_INIT("exclusiveMinimum"), MEMBER_BOOL},
    {TEXT_INIT("maxLength"), MEMBER_INTEGER},
    {TEXT_INIT("minLength"), MEMBER_INTEGER},
    {TEXT_INIT("pattern"), MEMBER_STRING},
    {TEXT_INIT("maxItems"), MEMBER_INTEGER},
    {TEXT_INIT("minItems"), MEMBER_INTEGER},
    {TEXT_INIT("uniqueItems"), MEMBER_BOOL},
    {TEXT_INIT("multipleOf"), MEMBER_NUMBER},
    {TEXT_INIT("enum"), MEMBER_LIST},
    {TEXT_INIT("maxProperties"), MEMBER_INTEGER},
    {TEXT_INIT("minProperties"), MEMBER_INTEGER},
    {TEXT_INIT("required"), MEMBER_STRINGS},
    {TEXT_INIT("items"), MEMBER_SCHEMA_OR_LIST},
    {TEXT_INIT("allOf"), MEMBER_SCHEMAS},
    {TEXT_INIT("oneOf"), MEMBER_SCHEMAS},
    {TEXT_INIT("anyOf"), MEMBER_SCHEMAS},
    {TEXT_INIT("not"), MEMBER_SCHEMA},
    {TEXT_INIT("properties"), MEMBER_SCHEMA_MAP},
    {TEXT_INIT("additionalProperties"), MEMBER_SCHEMA_OR_BOOL},
    {TEXT_INIT("patternProperties"), MEMBER_SCHEMA_MAP},
    {TEXT_INIT("dependencies"), MEMBER_DEPENDENCIES},
    {TEXT_INIT("additionalItems"), MEMBER_SCHEMA_OR_BOOL},
    {TEXT_INIT("definitions"), MEMBER_SCHEMA_MAP},
    {TEXT_INIT("discriminator"), MEMBER_STRING},
    {TEXT_INIT("readOnly"), MEMBER_BOOL},
    {TEXT_INIT("externalDocs"), MEMBER_EXTERNAL_DOCS},
    {TEXT_INIT("example"), MEMBER_ANY},
};

static const struct member *find_member(text name) {
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (text_equal(members[i].name, name)) return &members[i];
    return NULL;
}

static bool is_string(const node *n) {
    return node_is_scalar(n) && n->tag != TAG_BOOL && n->tag != TAG_INT && n->tag != TAG_FLOAT;
}

static bool is_list_of(const node *n, bool (*accepts)(const node *)) {
    if (!node_is_sequence(n)) return false;
    for (uint32_t i = 0; i < n->count; i++)
        if (!node_is_null(n->items[i]) && !accepts(n->items[i])) return false;
    return true;
}

static bool is_map_of(const node *n, bool (*accepts)(const node *)) {
    if (!node_is_mapping(n)) return false;
    for (uint32_t i = 0; i < n->count; i++)
        if (!node_is_null(n->pairs[i].value) && !accepts(n->pairs[i].value)) return false;
    return true;
}

static bool is_dependency(const node *n) {
    if (node_is_mapping(n)) return openapi_schema_is_valid(n);
    return !node_is_sequence(n) || is_list_of(n, is_string);
}

static bool member_is_valid(const node *value, member_type type) {
    switch (type) {
    case MEMBER_STRING: return is_string(value);
    case MEMBER_BOOL: return node_is_scalar(value) && value->tag == TAG_BOOL;
    case MEMBER_NUMBER: return node_is_scalar(value) && (value->tag == TAG_INT || value->tag == TAG_FLOAT);
    case MEMBER_INTEGER: return node_is_scalar(value) && value->tag == TAG_INT;
    case MEMBER_ANY: return true;
    case MEMBER_LIST: return node_is_sequence(value);
    case MEMBER_STRINGS: return is_list_of(value, is_string);
    case MEMBER_STRING_OR_LIST: return is_string(value) || is_list_of(value, is_string);
    case MEMBER_SCHEMA: return openapi_schema_is_valid(value);
    case MEMBER_SCHEMAS: return is_list_of(value, openapi_schema_is_valid);
    case MEMBER_SCHEMA_MAP: return is_map_of(value, openapi_schema_is_valid);
    case MEMBER_SCHEMA_OR_LIST:
        if (node_is_mapping(value)) return openapi_schema_is_valid(value);
        return !node_is_sequence(value) || is_list_of(value, openapi_schema_is_valid);
    case MEMBER_SCHEMA_OR_BOOL:
        if (node_is_mapping(value)) return openapi_schema_is_valid(value);
        return node_is_scalar(value) && value->tag == TAG_BOOL;
    case MEMBER_DEPENDENCIES: return is_map_of(value, is_dependency);
    case MEMBER_EXTERNAL_DOCS: return is_map_of(value, is_string);
    }
    return false;
}

bool openapi_schema_is_valid(const node *schema) {
    if (!node_is_mapping(schema)) return false;
    for (uint32_t i = 0; i < schema->count; i++) {
        const struct member *m = find_member(node_text(schema->pairs[i].key));
        const node *value = schema->pairs[i].value;
        if (m && !node_is_null(value) && !member_is_valid(value, m->type)) return false;
    }
    return true;
}

bool openapi_schema_is_empty(const node *schema) {
    for (uint32_t i = 0; node_is_mapping(schema) && i < schema->count; i++) {
        const struct member *m = find_member(node_text(schema->pairs[i].key));
        const node *value = schema->pairs[i].value;
        if (!m) return false;
        if (node_is_null(value)) continue;
        bool zero = (m->type == MEMBER_STRING && text_empty(node_text(value))) ||
                    (m->type == MEMBER_BOOL && text_is(node_text(value), "false"));
        if (!zero) return false;
    }
    return true;
}
