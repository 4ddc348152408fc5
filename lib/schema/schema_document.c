/* schema/schema_document.c: reads and indexes an OpenAPI document; see schema_document.h. */
#include "schema/schema_document.h"

#include "schema/openapi_schema.h"
#include "yaml/json.h"
#include "yaml/reader.h"

static strata_status malformed(scope *sc, const schema_document *d, const node *at, const char *what) {
    return scope_fail(sc, DIAGNOSTIC_SCHEMA_DOCUMENT, at ? at->where : d->named_at,
                      "%.*s is not an OpenAPI document: %s", TEXT_ARG(d->name), what);
}

/* Text that begins with '{' is JSON; all other is YAML 1.1, of which the first document counts. */
static strata_status read_text(scope *sc, const schema_document *d, const node **out) {
    *out = NULL;
    if (d->bytes.size == 0) return malformed(sc, d, NULL, "it is empty");
    if (d->bytes.data[0] == '{') {
        node *root;
        TRY(json_read(sc, d->name, d->bytes, d->named_at, &root));
        *out = root;
        return STRATA_OK;
    }
    node_list documents = {0};
    const yaml_options options = {.dialect = YAML_V2};
    TRY(yaml_read(sc, d->name, d->bytes, d->named_at, &options, &documents));
    if (documents.count) *out = documents.items[0];
    return STRATA_OK;
}

/* "group/version" of an x-kubernetes-group-version-kind entry. */
static strata_status entry_api_version(scope *sc, const schema_document *d, const node *entry, text *out) {
    const node *group = NODE_GET(entry, "group"), *version = NODE_GET(entry, "version"),
               *kind = NODE_GET(entry, "kind");
    if (!node_is_scalar(version) || !node_is_scalar(kind))
        return malformed(sc, d, entry, "x-kubernetes-group-version-kind needs a version and a kind");
    *out = node_text(version);
    if (node_text(group).size == 0) return STRATA_OK;
    *out = TEXT_CONCAT(sc->arena, node_text(group), TEXT("/"), node_text(version));
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

static strata_status add_kind(scope *sc, table *t, text api_version, text kind, schema_loaded_kind **out) {
    *out = schema_document_find(t, api_version, kind);
    if (*out) return STRATA_OK;
    *out = ARENA_NEW(sc->arena, schema_loaded_kind);
    if (!*out || !table_add(t, sc->arena, kind, *out)) return scope_no_memory(sc);
    (*out)->api_version = api_version;
    return STRATA_OK;
}

static strata_status add_definition(scope *sc, schema_document *d, const node_pair *pair) {
    if (!table_add(&d->definitions, sc->arena, node_text(pair->key), pair->value)) return scope_no_memory(sc);
    const node *kinds = NODE_GET(pair->value, "x-kubernetes-group-version-kind");
    for (uint32_t i = 0; node_is_sequence(kinds) && i < kinds->count; i++) {
        if (!node_is_mapping(kinds->items[i])) continue;
        text api_version;
        TRY(entry_api_version(sc, d, kinds->items[i], &api_version));
        schema_loaded_kind *entry;
        TRY(add_kind(sc, &d->kinds, api_version, node_text(NODE_GET(kinds->items[i], "kind")), &entry));
        entry->definition = pair->value;
    }
    return STRATA_OK;
}

/* A kind is namespaced when any of its GET paths has a namespace. */
static strata_status add_path(scope *sc, schema_document *d, const node_pair *pair) {
    const node *entry = NODE_GET(NODE_GET(pair->value, "get"), "x-kubernetes-group-version-kind");
    if (!text_starts(node_text(pair->key), TEXT("/")) || !node_is_mapping(entry)) return STRATA_OK;
    text api_version;
    TRY(entry_api_version(sc, d, entry, &api_version));
    schema_loaded_kind *found;
    TRY(add_kind(sc, &d->scopes, api_version, node_text(NODE_GET(entry, "kind")), &found));
    if (text_contains(node_text(pair->key), TEXT("namespaces/{namespace}"))) found->namespaced = true;
    return STRATA_OK;
}

static bool is_missing_or_mapping(const node *n) { return node_is_null(n) || node_is_mapping(n); }

strata_status schema_document_read(scope *sc, schema_document *d) {
    const node *root;
    TRY(read_text(sc, d, &root));
    if (node_is_null(root)) return STRATA_OK;
    const node *definitions = NODE_GET(root, "definitions"), *paths = NODE_GET(root, "paths");
    if (!node_is_mapping(root)) return malformed(sc, d, root, "it is not a mapping");
    if (!is_missing_or_mapping(definitions)) return malformed(sc, d, definitions, "definitions is not a mapping");
    if (!is_missing_or_mapping(paths)) return malformed(sc, d, paths, "paths is not a mapping");
    for (uint32_t i = 0; node_is_mapping(definitions) && i < definitions->count; i++) {
        const node *value = definitions->pairs[i].value;
        if (node_is_null(value)) continue;
        if (!openapi_schema_is_valid(value))
            return malformed(sc, d, value, "a member of a definition has a wrong type");
        TRY(add_definition(sc, d, &definitions->pairs[i]));
    }
    for (uint32_t i = 0; node_is_mapping(paths) && i < paths->count; i++)
        TRY(add_path(sc, d, &paths->pairs[i]));
    return STRATA_OK;
}
