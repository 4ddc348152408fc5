/*
 * schema/schema.c: which definitions are in force, and look-ups in them; after kyaml's openapi/openapi.go. See
 * schema.h.
 *
 * Definitions form layers: the builtin ones and each document that a kustomization named, the newest on top; a name is
 * looked up from the top. Builtin rows refer to each other by number, which is right as long as no document lies above.
 */
#include "schema/schema.h"

#include "schema/schema_layers.h"

strata_status schema_new(scope *sc, schema **out) {
    schema *s = ARENA_NEW(sc->arena, schema);
    if (!s || !(s->state = ARENA_NEW(sc->arena, schema_state))) return scope_no_memory(sc);
    *out = s;
    return STRATA_OK;
}

/* --- layers ------------------------------------------------------------------------------------------------------ */

static void put_on_top(schema_state *state, schema_layer *layer) {
    for (schema_layer **at = &state->top; *at; at = &(*at)->below)
        if (*at == layer) {
            *at = layer->below;
            break;
        }
    layer->below = state->top;
    state->top = layer;
}

/* kyaml's initSchema. */
void schema_settle(schema_state *state) {
    if (state->settled) return;
    state->settled = true;
    if (!state->chosen) {
        put_on_top(state, &state->builtin);
        state->builtin_state = BUILTIN_READ;
    } else if (state->chosen->document->malformed) {
        state->broken = state->chosen->document;
    } else {
        put_on_top(state, state->chosen);
    }
    if (state->builtin_state == BUILTIN_WANTED) {
        put_on_top(state, &state->builtin);
        state->builtin_state = BUILTIN_READ;
    }
}

/* --- the builtin tables ------------------------------------------------------------------------------------------ */

static const schema_definition *builtin_row(uint16_t row) {
    return row == SCHEMA_ROW_NONE ? NULL : &schema_definitions[row];
}

/* Binary search by name among the definitions [low, high). */
static const schema_definition *find_builtin_name(text name, size_t low, size_t high) {
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(name, schema_pool_text(schema_definitions[middle].name));
        if (order == 0) return &schema_definitions[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static int compare_kind(text api_version, text kind, uint16_t row_api_version, uint16_t row_kind) {
    int order = text_compare(api_version, schema_pool_text(row_api_version));
    return order ? order : text_compare(kind, schema_pool_text(row_kind));
}

static const schema_definition *find_builtin_kind(text api_version, text kind, size_t low, size_t high) {
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const schema_kind_row *row = &schema_kinds[middle];
        int order = compare_kind(api_version, kind, row->api_version, row->kind);
        if (order == 0) return &schema_definitions[row->definition];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static const schema_scope_row *find_builtin_scope(text api_version, text kind) {
    for (size_t low = 0, high = schema_scope_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        const schema_scope_row *row = &schema_scopes[middle];
        int order = compare_kind(api_version, kind, row->api_version, row->kind);
        if (order == 0) return row;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static bool is_row_of(const schema_scope_row *row, text api_version, text kind) {
    return text_equal(kind, schema_pool_text(row->kind)) && text_equal(api_version, schema_pool_text(row->api_version));
}

static const schema_scope_row *find_recent_scope(schema_state *state, text api_version, text kind) {
    if (text_empty(kind)) return find_builtin_scope(api_version, kind);
    size_t place = kind.size * 8 + (unsigned char)kind.data[0] + (unsigned char)kind.data[kind.size - 1] * 3;
    const schema_scope_row **recent = &state->recent_scopes[place % SCHEMA_RECENT_SCOPES];
    if (*recent && is_row_of(*recent, api_version, kind)) return *recent;
    const schema_scope_row *row = find_builtin_scope(api_version, kind);
    if (row) *recent = row;
    return row;
}

/* --- names and references ---------------------------------------------------------------------------------------- */

static schema_type builtin_type(const schema_definition *definition) { return (schema_type){definition, NULL}; }

static schema_type find_name(const schema *s, text name) {
    const schema_definition *own = find_builtin_name(name, schema_kubernetes_count, schema_named_count);
    if (own) return builtin_type(own);
    for (const schema_layer *layer = s->state->top; layer; layer = layer->below) {
        if (!layer->document) {
            const schema_definition *found = find_builtin_name(name, 0, schema_kubernetes_count);
            if (found) return builtin_type(found);
            continue;
        }
        const node *found = table_get(&layer->document->definitions, name);
        if (found) return (schema_type){NULL, found};
    }
    return SCHEMA_TYPE_NONE;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

enum { MOST_TOKEN = 512 };

/* Decodes one token of a JSON pointer in a URL fragment: %XX, then ~1 and ~0. False when it is too long to be a name.
 */
static bool decode_token(text token, char out[MOST_TOKEN], text *decoded) {
    size_t size = 0;
    for (size_t i = 0; i < token.size; i++) {
        char c = token.data[i];
        if (size == MOST_TOKEN) return false;
        if (c == '%' && i + 2 < token.size && hex_digit(token.data[i + 1]) >= 0 && hex_digit(token.data[i + 2]) >= 0) {
            c = (char)(hex_digit(token.data[i + 1]) * 16 + hex_digit(token.data[i + 2]));
            i += 2;
        }
        if (size && out[size - 1] == '~' && (c == '0' || c == '1')) {
            out[size - 1] = c == '0' ? '~' : '/';
            continue;
        }
        out[size++] = c;
    }
    *decoded = text_of(out, size);
    return true;
}

/* What "#/definitions/NAME" means; with a loaded document also what lies deeper. */
schema_type schema_resolve_reference(const schema *s, text reference) {
    char space[MOST_TOKEN];
    text token, name, rest = reference;
    size_t hash = text_find_char(rest, '#');
    if (hash == SIZE_MAX) return SCHEMA_TYPE_NONE;
    rest = text_after(rest, hash + 1);
    if (!text_starts(rest, TEXT("/definitions/"))) return SCHEMA_TYPE_NONE;
    rest = text_after(rest, sizeof "/definitions/" - 1);
    bool more = text_cut(&rest, '/', &token);
    if (!decode_token(token, space, &name)) return SCHEMA_TYPE_NONE;
    schema_type found = find_name(s, name);
    while (more && found.loaded) {
        more = text_cut(&rest, '/', &token);
        if (!decode_token(token, space, &name)) return SCHEMA_TYPE_NONE;
        found.loaded = node_get(found.loaded, name);
    }
    return more || (found.loaded && !node_is_mapping(found.loaded)) ? SCHEMA_TYPE_NONE : found;
}

/* A reference that leads to itself makes kustomize loop for ever. */
enum { MOST_REFERENCES = 100 };

/* Follows $ref; the siblings of a $ref do not count. A reference that leads nowhere gives SCHEMA_TYPE_NONE. */
static schema_type follow_references(const schema *s, const node *loaded) {
    schema_type type = {NULL, loaded};
    for (int i = 0; i < MOST_REFERENCES; i++) {
        text reference = node_text(NODE_GET(type.loaded, "$ref"));
        if (text_empty(reference)) return type;
        type = schema_resolve_reference(s, reference);
    }
    return SCHEMA_TYPE_NONE;
}

/* The type in a builtin row: a named definition may have been redefined by a document. */
static schema_type follow_row(const schema *s, uint16_t row) {
    const schema_definition *definition = builtin_row(row);
    if (!definition || definition->name == 0 || s->state->top == &s->state->builtin) return builtin_type(definition);
    schema_type type = find_name(s, schema_pool_text(definition->name));
    return type.loaded ? follow_references(s, type.loaded) : type;
}

/* --- types ------------------------------------------------------------------------------------------------------- */

schema_type schema_of_resource(const schema *s, text api_version, text kind) {
    schema_settle(s->state);
    const schema_definition *own =
        find_builtin_kind(api_version, kind, schema_kubernetes_kind_count, schema_kind_count);
    if (own) return builtin_type(own);
    for (const schema_layer *layer = s->state->top; layer; layer = layer->below) {
        if (!layer->document) {
            const schema_definition *found = find_builtin_kind(api_version, kind, 0, schema_kubernetes_kind_count);
            if (found) return builtin_type(found);
            continue;
        }
        const schema_loaded_kind *found = schema_document_find(&layer->document->kinds, api_version, kind);
        if (found) return (schema_type){NULL, found->definition};
    }
    return SCHEMA_TYPE_NONE;
}

bool schema_type_known(schema_type t) { return t.definition || t.loaded; }

static schema_type builtin_field(const schema *s, const schema_definition *definition, text field) {
    const schema_field_row *fields = schema_fields + definition->first_field;
    for (size_t low = 0, high = definition->field_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(field, schema_pool_text(fields[middle].name));
        if (order == 0) return follow_row(s, fields[middle].type);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return follow_row(s, definition->values);
}

schema_type schema_field(const schema *s, schema_type t, text field) {
    schema_settle(s->state);
    if (t.definition) return builtin_field(s, t.definition, field);
    if (!t.loaded) return SCHEMA_TYPE_NONE;
    const node *found = node_get(NODE_GET(t.loaded, "properties"), field);
    if (!found) found = NODE_GET(t.loaded, "additionalProperties");
    return node_is_mapping(found) ? follow_references(s, found) : SCHEMA_TYPE_NONE;
}

static bool is_list_type(const node *loaded) {
    const node *type = NODE_GET(loaded, "type");
    if (node_is_sequence(type)) return type->count == 1 && text_is(node_text(type->items[0]), "array");
    return text_is(node_text(type), "array");
}

schema_type schema_elements(const schema *s, schema_type t) {
    schema_settle(s->state);
    if (t.definition) return follow_row(s, t.definition->items);
    const node *items = NODE_GET(t.loaded, "items");
    return node_is_mapping(items) && is_list_type(t.loaded) ? follow_references(s, items) : SCHEMA_TYPE_NONE;
}

text schema_patch_strategy(const schema *s, schema_type t) {
    (void)s;
    if (t.definition) return schema_pool_text(t.definition->strategy);
    return node_text(NODE_GET(t.loaded, "x-kubernetes-patch-strategy"));
}

text schema_merge_key(const schema *s, schema_type t) {
    (void)s;
    if (t.definition) return schema_pool_text(t.definition->merge_key);
    return node_text(NODE_GET(t.loaded, "x-kubernetes-patch-merge-key"));
}

strata_status schema_list_map_keys(scope *sc, const schema *s, schema_type t, text_list *out) {
    (void)s;
    *out = (text_list){NULL, 0, 0};
    if (t.definition) {
        if (t.definition->map_keys == SCHEMA_ROW_NONE) return STRATA_OK;
        const schema_key_list *list = &schema_key_lists[t.definition->map_keys];
        for (size_t i = 0; i < list->count; i++)
            if (!text_list_add(sc->arena, out, list->keys[i])) return scope_no_memory(sc);
        return STRATA_OK;
    }
    const node *keys = NODE_GET(t.loaded, "x-kubernetes-list-map-keys");
    for (uint32_t i = 0; node_is_sequence(keys) && i < keys->count; i++)
        if (!text_list_add(sc->arena, out, node_text(keys->items[i]))) return scope_no_memory(sc);
    return STRATA_OK;
}

/* --- scopes ------------------------------------------------------------------------------------------------------ */

bool schema_is_namespaced(const schema *s, text api_version, text kind, bool *known) {
    schema_state *state = s->state;
    const schema_scope_row *row = find_recent_scope(state, api_version, kind);
    *known = true;
    if (row) return row->namespaced;
    if (!state->settled) {
        if (state->chosen)
            schema_settle(state);
        else if (state->builtin_state == BUILTIN_ABSENT)
            state->builtin_state = BUILTIN_WANTED;
    }
    *known = false;
    for (const schema_layer *layer = state->top; layer; layer = layer->below) {
        const schema_loaded_kind *found =
            layer->document ? schema_document_find(&layer->document->scopes, api_version, kind) : NULL;
        if (!found) continue;
        *known = true;
        if (found->namespaced) return true;
    }
    return false;
}

bool schema_is_cluster_scoped(const schema *s, text api_version, text kind) {
    bool known;
    return !schema_is_namespaced(s, api_version, kind, &known) && known;
}

bool schema_is_builtin(const schema *s) { return !s->state->version_is_set && !s->state->chosen; }
