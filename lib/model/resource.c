/*
 * model/resource.c: fields, ids and history of one resource; after kustomize's api/resource/resource.go and kyaml's
 * yaml/rnode.go. See resource.h. Annotations are in resource_annotations.c.
 */
#include "model/resource.h"

#include "yaml/resolve.h"

resource *resource_new(arena *a, node *root) {
    resource *r = ARENA_NEW(a, resource);
    if (!r) return NULL;
    r->root = root;
    r->behavior = BEHAVIOR_UNSET;
    return r;
}

static bool copy_list(arena *a, text_list *list) {
    if (list->count == 0) return true;
    text *items = arena_alloc(a, list->count * sizeof *items);
    if (!items) return false;
    memcpy(items, list->items, list->count * sizeof *items);
    list->items = items;
    list->capacity = list->count;
    return true;
}

resource *resource_copy(arena *a, const resource *r) {
    resource *copy = ARENA_NEW(a, resource);
    if (!copy) return NULL;
    *copy = *r;
    copy->indexed_in = NULL;
    if (r->root && !(copy->root = node_clone(a, r->root))) return NULL;
    if (r->previous_count) {
        copy->previous = arena_alloc(a, r->previous_count * sizeof *copy->previous);
        if (!copy->previous) return NULL;
        memcpy(copy->previous, r->previous, r->previous_count * sizeof *copy->previous);
        copy->previous_capacity = r->previous_count;
    }
    if (!copy_list(a, &copy->prefixes) || !copy_list(a, &copy->suffixes) || !copy_list(a, &copy->referred_by) ||
        !copy_list(a, &copy->var_names))
        return NULL;
    return copy;
}

/* --- fields ------------------------------------------------------------------------------------------------------ */

static node *metadata_of(const resource *r) {
    node *metadata = NODE_GET(r->root, "metadata");
    return node_is_null_or_empty(metadata) ? NULL : metadata;
}

static text text_unless_null(const node *value) { return node_is_null(value) ? TEXT_EMPTY : node_text(value); }

static text metadata_text(const resource *r, text field) { return text_unless_null(node_get(metadata_of(r), field)); }

text resource_api_version(const resource *r) { return node_text(NODE_GET(r->root, "apiVersion")); }
text resource_kind(const resource *r) { return node_text(NODE_GET(r->root, "kind")); }
text resource_name(const resource *r) { return metadata_text(r, TEXT("name")); }
text resource_namespace(const resource *r) { return metadata_text(r, TEXT("namespace")); }

gvk resource_gvk(const resource *r) {
    gvk type = {.kind = resource_kind(r)};
    gvk_split_api_version(resource_api_version(r), &type.group, &type.version);
    return type;
}

/*
 * FieldSetter: the new text has no tag, and the style of a value that is there stays. A new field whose text YAML 1.1
 * would not read as a string is put in double quotes.
 */
static strata_status set_field(scope *sc, node *mapping, text field, text value) {
    node *old = node_get(mapping, field);
    if (node_is_scalar(old)) {
        node_set_text(old, value, TAG_UNSET);
        return STRATA_OK;
    }
    node_style style = !old && resolve_is_yaml11_non_string(value) ? STYLE_DOUBLE_QUOTED : STYLE_PLAIN;
    if (!node_set(sc->arena, mapping, field, node_new_scalar(sc->arena, value, TAG_UNSET, style)))
        return scope_no_memory(sc);
    return STRATA_OK;
}

static strata_status set_metadata_field(scope *sc, resource *r, text field, text value) {
    node *metadata = NODE_GET(r->root, "metadata");
    if (node_is_null(metadata)) {
        metadata = node_new_mapping(sc->arena);
        if (!metadata || !node_set(sc->arena, r->root, TEXT("metadata"), metadata)) return scope_no_memory(sc);
    }
    if (metadata->kind != NODE_MAPPING)
        return scope_fail(sc, DIAGNOSTIC_RESOURCE_METADATA, metadata->where, "metadata is not a mapping");
    return set_field(sc, metadata, field, value);
}

strata_status resource_set_name(scope *sc, resource *r, text name) {
    return set_metadata_field(sc, r, TEXT("name"), name);
}

strata_status resource_set_namespace(scope *sc, resource *r, text name_space) {
    if (!text_empty(name_space)) return set_metadata_field(sc, r, TEXT("namespace"), name_space);
    node *metadata = NODE_GET(r->root, "metadata");
    if (node_is_mapping(metadata)) node_remove(metadata, TEXT("namespace"));
    return STRATA_OK;
}

strata_status resource_set_kind(scope *sc, resource *r, text kind) {
    return set_field(sc, r->root, TEXT("kind"), kind);
}

strata_status resource_set_api_version(scope *sc, resource *r, text api_version) {
    return set_field(sc, r->root, TEXT("apiVersion"), api_version);
}

/* --- ids --------------------------------------------------------------------------------------------------------- */

/* The values of several keys, found in one pass: ids are asked for more often than anything else. */
static void find_values(const node *mapping, const text *keys, node **values, size_t count) {
    size_t missing = count;
    if (!node_is_mapping(mapping)) return;
    for (uint32_t i = 0; i < mapping->count && missing > 0; i++) {
        const node *key = mapping->pairs[i].key;
        if (key->kind != NODE_SCALAR) continue;
        for (size_t k = 0; k < count; k++) {
            if (values[k] || !text_equal(node_text(key), keys[k])) continue;
            values[k] = mapping->pairs[i].value;
            missing--;
            break;
        }
    }
}

resource_id resource_current_id(const resource *r, const schema *s) {
    static const text fields[] = {TEXT_INIT("apiVersion"), TEXT_INIT("kind"), TEXT_INIT("metadata")};
    static const text names[] = {TEXT_INIT("name"), TEXT_INIT("namespace")};
    node *field[3] = {NULL}, *name[2] = {NULL};
    resource_id id;
    find_values(r->root, fields, field, 3);
    find_values(field[2], names, name, 2);
    text api_version = node_text(field[0]);
    id.type.kind = node_text(field[1]);
    gvk_split_api_version(api_version, &id.type.group, &id.type.version);
    id.name = text_unless_null(name[0]);
    id.name_space = text_unless_null(name[1]);
    id.cluster_scoped = schema_is_cluster_scoped(s, api_version, id.type.kind);
    return id;
}

size_t resource_id_count(const resource *r) { return r->previous_count + 1; }

/* A previous id has the current group and version, and its namespace is the effective one of then. */
resource_id resource_id_at(const resource *r, const schema *s, size_t index) {
    if (index >= r->previous_count) return resource_current_id(r, s);
    resource_id id = {.type = resource_gvk(r)};
    id.type.kind = r->previous[index].kind;
    id.name = r->previous[index].name;
    id.name_space = r->previous[index].name_space;
    return id;
}

resource_id resource_original_id(const resource *r, const schema *s) { return resource_id_at(r, s, 0); }

static bool has_nothing(const node *n) { return n->kind == NODE_SCALAR || n->count == 0; }

static bool has_comma(text t) { return text_find_char(t, ',') != SIZE_MAX; }

/*
 * kustomize writes the history into annotations. So there is a mapping from then on, to which transformers that create
 * nothing can add, in the place of whatever was there and had nothing in it. If it stays empty, it vanishes at the end.
 */
static strata_status make_annotations(scope *sc, resource *r) {
    node *metadata = metadata_of(r);
    if (!node_is_mapping(metadata)) return STRATA_OK;
    for (uint32_t i = 0; i < metadata->count; i++)
        if (text_is(node_text(metadata->pairs[i].key), "annotations") && has_nothing(metadata->pairs[i].value)) {
            node_remove_at(metadata, i);
            break;
        }
    const node *annotations = NODE_GET(metadata, "annotations");
    if (annotations && annotations->kind == NODE_SEQUENCE)
        return scope_fail(sc, DIAGNOSTIC_RESOURCE_METADATA, annotations->where,
                          "annotations must be a mapping: a resource that is renamed keeps its former names there");
    if (annotations) return STRATA_OK;
    return node_set(sc->arena, metadata, TEXT("annotations"), node_new_mapping(sc->arena)) ? STRATA_OK
                                                                                           : scope_no_memory(sc);
}

strata_status resource_store_previous_id(scope *sc, resource *r, const schema *s) {
    TRY(make_annotations(sc, r));
    resource_id id = resource_current_id(r, s);
    text name_space = resource_id_effective_namespace(&id);
    if (has_comma(id.name) || has_comma(name_space) || has_comma(id.type.kind))
        return scope_fail(sc, DIAGNOSTIC_RESOURCE_NAME, r->root->where,
                          "the name, namespace or kind of %.*s has a comma: it can't be renamed", TEXT_ARG(id.name));
    if (text_empty(id.name)) {
        r->nameless_previous = true;
        if (r->previous_count == 0) return STRATA_OK;
    }
    if (r->nameless_previous)
        return scope_fail(sc, DIAGNOSTIC_RESOURCE_NAME, r->root->where,
                          "a resource of kind %.*s gained or lost its name on the way: it can't be renamed",
                          TEXT_ARG(id.type.kind));
    previous_id *items =
        arena_grow(sc->arena, r->previous, &r->previous_capacity, r->previous_count + 1, sizeof *items);
    if (!items) return scope_no_memory(sc);
    r->previous = items;
    items[r->previous_count++] = (previous_id){id.type.kind, id.name, name_space};
    return r->history_in_tree ? resource_note_history(sc, r) : STRATA_OK;
}
