/*
 * schema/crds.c: field specs out of a `crds` file; after kustomize's api/internal/accumulator/loadconfigfromcrds.go.
 * See field_spec.h.
 *
 * The file maps type names to OpenAPI definitions. For each definition that looks like a Kubernetes type (it has
 * apiVersion, kind and metadata) the properties are followed through $ref by type name, and their x-kubernetes-*
 * members say which fields are names, labels, annotations and references.
 */
#include "schema/field_spec.h"

#include "core/table.h"
#include "schema/openapi_schema.h"
#include "yaml/json.h"
#include "yaml/reader.h"

/* A list that grows. */
typedef struct spec_array {
    field_spec *items;
    size_t count;
    size_t capacity;
} spec_array;

/* The fields that refer to one kind. */
typedef struct crd_reference {
    text version;
    text kind;
    spec_array referrers;
    struct crd_reference *next; /* in the order in which they were found */
} crd_reference;

typedef struct crd_reader {
    scope *sc;
    text name;
    const node *root;
    table types; /* name → {Schema: ...} */
    text kind;   /* of the type at hand */
    uint32_t depth;
    uint32_t visited; /* properties, each as often as the types lead to it */
    spec_array prefixes;
    spec_array labels;
    spec_array annotations;
    table by_kind; /* kind → crd_reference */
    crd_reference *first;
    crd_reference **last;
    size_t reference_count;
} crd_reader;

static strata_status wrong(const crd_reader *r, const node *at, const char *what) {
    return scope_fail(r->sc, DIAGNOSTIC_CRD_FILE, at ? at->where : ORIGIN_UNKNOWN, "in the CRD file %.*s: %s",
                      TEXT_ARG(r->name), what);
}

/* Go's decoder takes a member by any case. */
static const node *schema_of(const node *definition) {
    for (uint32_t i = 0; node_is_mapping(definition) && i < definition->count; i++)
        if (text_equal_ignoring_case(node_text(definition->pairs[i].key), TEXT("Schema")))
            return definition->pairs[i].value;
    return NULL;
}

static const node *properties_of(const node *definition) { return NODE_GET(schema_of(definition), "properties"); }

/* --- adding ------------------------------------------------------------------------------------------------------ */

static bool is_string(const node *n) { return node_is_scalar(n) && n->tag == TAG_STR; }

static strata_status add_spec(crd_reader *r, spec_array *to, text path) {
    field_spec *items = arena_grow(r->sc->arena, to->items, &to->capacity, to->count + 1, sizeof *items);
    if (!items) return scope_no_memory(r->sc);
    to->items = items;
    items[to->count++] = (field_spec){.kind = r->kind, .path = path};
    return STRATA_OK;
}

static strata_status add_specs(crd_reader *r, const node *property, text path) {
    if (is_string(NODE_GET(property, "x-kubernetes-annotation"))) TRY(add_spec(r, &r->annotations, path));
    if (is_string(NODE_GET(property, "x-kubernetes-label-selector"))) TRY(add_spec(r, &r->labels, path));
    if (is_string(NODE_GET(property, "x-kubernetes-identity"))) TRY(add_spec(r, &r->prefixes, path));
    return STRATA_OK;
}

static strata_status reference_to(crd_reader *r, text version, text kind, crd_reference **out) {
    for (const table_entry *e = table_find(&r->by_kind, kind); e; e = table_next(e)) {
        *out = e->value;
        if (text_equal((*out)->version, version)) return STRATA_OK;
    }
    crd_reference *reference = *out = ARENA_NEW(r->sc->arena, crd_reference);
    if (!reference || !table_add(&r->by_kind, r->sc->arena, kind, reference)) return scope_no_memory(r->sc);
    reference->version = version;
    reference->kind = kind;
    *r->last = reference;
    r->last = &reference->next;
    r->reference_count++;
    return STRATA_OK;
}

/* The field refers to a resource of the kind that it names; the name lies in it under a key. */
static strata_status add_reference(crd_reader *r, const node *property, text path) {
    const node *version = NODE_GET(property, "x-kubernetes-object-ref-api-version");
    const node *kind = NODE_GET(property, "x-kubernetes-object-ref-kind");
    const node *key = NODE_GET(property, "x-kubernetes-object-ref-name-key");
    if (!is_string(version) || !is_string(kind)) return STRATA_OK;
    crd_reference *reference;
    TRY(reference_to(r, node_text(version), node_text(kind), &reference));
    text name_path = TEXT_CONCAT(r->sc->arena, path, TEXT("/"), is_string(key) ? node_text(key) : TEXT("name"));
    return name_path.data ? add_spec(r, &reference->referrers, name_path) : scope_no_memory(r->sc);
}

/* --- walking ----------------------------------------------------------------------------------------------------- */

static strata_status walk_type(crd_reader *r, text type, text path);

static strata_status walk_property(crd_reader *r, const node_pair *pair, text path) {
    const node *property = pair->value;
    if (++r->visited > r->sc->limits->alias_nodes)
        return scope_fail(r->sc, DIAGNOSTIC_LIMIT, property->where,
                          "the types of a CRD file lead to more than %u fields", (unsigned)r->sc->limits->alias_nodes);
    text at =
        text_empty(path) ? node_text(pair->key) : TEXT_CONCAT(r->sc->arena, path, TEXT("/"), node_text(pair->key));
    if (!at.data) return scope_no_memory(r->sc);
    TRY(add_specs(r, property, at));
    TRY(add_reference(r, property, at));
    const node *reference = NODE_GET(property, "$ref");
    return node_is_scalar(reference) ? walk_type(r, node_text(reference), at) : STRATA_OK;
}

static strata_status walk_type(crd_reader *r, text type, text path) {
    const node *properties = properties_of(table_get(&r->types, type));
    if (r->depth >= r->sc->limits->nesting) return wrong(r, properties, "types refer to each other in a circle");
    r->depth++;
    for (uint32_t i = 0; node_is_mapping(properties) && i < properties->count; i++)
        TRY(walk_property(r, &properties->pairs[i], path));
    r->depth--;
    return STRATA_OK;
}

static bool looks_like_kubernetes_type(const node *properties) {
    return NODE_GET(properties, "kind") && NODE_GET(properties, "apiVersion") && NODE_GET(properties, "metadata");
}

static strata_status walk_root(crd_reader *r) {
    for (uint32_t i = 0; i < r->root->count; i++) {
        text type = node_text(r->root->pairs[i].key);
        size_t dot = text_find_last_char(type, '.');
        if (!looks_like_kubernetes_type(properties_of(r->root->pairs[i].value))) continue;
        r->kind = dot == SIZE_MAX ? type : text_after(type, dot + 1);
        TRY(walk_type(r, type, TEXT_EMPTY));
    }
    return STRATA_OK;
}

static field_spec_list list_of(const spec_array *specs) { return (field_spec_list){specs->items, specs->count}; }

/* Merging into nothing leaves out what is there twice, and sorts. */
static strata_status finish(crd_reader *r, transformer_config *out) {
    name_reference *references = ARENA_ARRAY(r->sc->arena, name_reference, r->reference_count);
    size_t count = 0;
    if (!references) return scope_no_memory(r->sc);
    for (const crd_reference *one = r->first; one; one = one->next)
        references[count++] =
            (name_reference){.version = one->version, .kind = one->kind, .referrers = list_of(&one->referrers)};
    const transformer_config found = {.name_prefix = list_of(&r->prefixes),
                                      .common_labels = list_of(&r->labels),
                                      .common_annotations = list_of(&r->annotations),
                                      .name_references = {references, count}};
    return transformer_config_merge(r->sc, out, &found);
}

/* --- the file ---------------------------------------------------------------------------------------------------- */

static strata_status read_root(crd_reader *r, text bytes, origin named_at) {
    node *root = NULL;
    if (text_starts(bytes, TEXT("{"))) {
        TRY(json_read(r->sc, r->name, bytes, named_at, &root));
    } else {
        static const yaml_options options = {.dialect = YAML_V2};
        node_list documents = {0};
        TRY(yaml_read(r->sc, r->name, bytes, named_at, &options, &documents));
        root = documents.count ? documents.items[0] : NULL;
    }
    r->root = node_is_null(root) ? NULL : root;
    return STRATA_OK;
}

/* What most people have, and mistake this field for. */
static strata_status refuse_resource(crd_reader *r) {
    const node *kind = NODE_GET(r->root, "kind");
    if (!text_is(node_text(kind), "CustomResourceDefinition")) return STRATA_OK;
    return scope_fail_hint(r->sc, DIAGNOSTIC_CRD_FILE, kind->where,
                           TEXT("crds takes OpenAPI definitions by type; name this file under resources"),
                           "the CRD file %.*s is a CustomResourceDefinition", TEXT_ARG(r->name));
}

static strata_status index_types(crd_reader *r) {
    TRY(refuse_resource(r));
    if (r->root->kind != NODE_MAPPING) return wrong(r, r->root, "a mapping of type names to definitions is expected");
    for (uint32_t i = 0; i < r->root->count; i++) {
        node *definition = r->root->pairs[i].value;
        if (node_is_null(definition)) continue;
        if (definition->kind != NODE_MAPPING) return wrong(r, definition, "a definition must be a mapping");
        const node *schema = schema_of(definition);
        if (!node_is_null(schema) && !openapi_schema_is_valid(schema))
            return wrong(r, schema, "a member of a schema has a wrong type");
        if (!table_add(&r->types, r->sc->arena, node_text(r->root->pairs[i].key), definition))
            return scope_no_memory(r->sc);
    }
    return STRATA_OK;
}

strata_status transformer_config_read_crds(scope *sc, text name, text bytes, origin named_at, transformer_config *out) {
    crd_reader r = {.sc = sc, .name = name};
    memset(out, 0, sizeof *out);
    r.last = &r.first;
    if (text_empty(bytes))
        return scope_fail(sc, DIAGNOSTIC_CRD_FILE, named_at, "the CRD file %.*s is empty", TEXT_ARG(name));
    TRY(read_root(&r, bytes, named_at));
    if (!r.root) return STRATA_OK;
    TRY(index_types(&r));
    TRY(walk_root(&r));
    return finish(&r, out);
}
