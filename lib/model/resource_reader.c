/*
 * model/resource_reader.c: see resource_reader.h; after kustomize's api/resource/factory.go and kyaml's
 * byteio_reader.go.
 */
#include "model/resource_reader.h"

#include "core/suggest.h"
#include "yaml/duplicate_keys.h"
#include "yaml/json.h"
#include "yaml/reader.h"

static const yaml_options resource_options = {.dialect = YAML_RESOURCE};

/* Where the text of a resource came from. */
typedef struct text_source {
    bool is_inline;
    text name;
    origin where;
    const node_list *documents; /* NULL when they are not read yet */
} text_source;

/* Whether its name gets a hash over the whole tree: it asks for one, and is neither ConfigMap nor Secret. */
static bool asks_for_tree_hash(const node *root) {
    const node *items = NODE_GET(root, "items");
    if (node_is_sequence(items) && text_ends(node_text(NODE_GET(root, "kind")), TEXT("List")))
        for (uint32_t i = 0; i < items->count; i++)
            if (asks_for_tree_hash(items->items[i])) return true;
    const node *annotations = node_at(root, "metadata", "annotations", NULL);
    if (!node_is_mapping(annotations)) return false;
    const node *asked = NODE_GET(annotations, "internal.config.kubernetes.io/needsHashSuffix");
    text kind = node_text(NODE_GET(root, "kind"));
    return asked && text_is(node_text(asked), "enabled") && !text_is(kind, "ConfigMap") && !text_is(kind, "Secret");
}

static strata_status read_with(scope *sc, const text_source *source, text bytes, const yaml_options *options,
                               node_list *out) {
    if (source->is_inline) return yaml_read_inline(sc, source->where, bytes, options, out);
    return yaml_read(sc, source->name, bytes, source->where, options, out);
}

/* A hash over the tree is over its comments, too, which are passed over otherwise. */
static strata_status read_documents(scope *sc, const text_source *source, text bytes, node_list *out) {
    static const yaml_options with_comments = {.dialect = YAML_RESOURCE, .keep_comments = true};
    if (source->documents)
        *out = *source->documents;
    else
        TRY(read_with(sc, source, bytes, &resource_options, out));
    for (size_t i = 0; i < out->count; i++)
        if (asks_for_tree_hash(out->items[i])) {
            *out = (node_list){NULL, 0, 0, 0};
            return read_with(sc, source, bytes, &with_comments, out);
        }
    return STRATA_OK;
}

static bool has_metadata(const node *root) {
    const node *metadata = NODE_GET(root, "metadata");
    if (node_is_null_or_empty(metadata)) return false;
    static const text fields[] = {TEXT_INIT("name"), TEXT_INIT("namespace"), TEXT_INIT("labels"),
                                  TEXT_INIT("annotations")};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!node_is_null_or_empty(node_get(metadata, fields[i]))) return true;
    return false;
}

/* What a text that is no resource may be instead. */
static text no_resource_hint(const node *root) {
    if (root->kind == NODE_SCALAR && text_starts(text_trim(node_text(root)), TEXT("<")))
        return TEXT("this looks like HTML or XML");
    if (NODE_GET(root, "resources") || NODE_GET(root, "bases") || NODE_GET(root, "components"))
        return TEXT("a kustomization is named by its directory, not by its file");
    if (NODE_GET(root, "op") && NODE_GET(root, "path"))
        return TEXT("a JSON patch is a list: a dash goes before its first key");
    return TEXT_EMPTY;
}

static text no_name_hint(const node *root) {
    const node *metadata = NODE_GET(root, "metadata"), *name = NODE_GET(metadata, "name");
    if (text_starts(node_text(NODE_GET(root, "apiVersion")), TEXT("kustomize.config.k8s.io/")))
        return TEXT("a kustomization is named by its directory, not by its file");
    if (node_is_mapping(name)) return TEXT("templates ({{ }}) are not rendered here");
    if (NODE_GET(metadata, "generateName")) return TEXT("generateName is not enough: kustomize needs a name");
    static const text wanted = TEXT_INIT("name");
    for (uint32_t i = 0; node_is_mapping(metadata) && i < metadata->count; i++)
        if (suggest_is_near(node_text(metadata->pairs[i].key), wanted)) return TEXT("did you mean name?");
    return TEXT_EMPTY;
}

/* The nearest node to what is missing. */
static origin no_name_place(const node *root) {
    const node *metadata = NODE_GET(root, "metadata"), *name = NODE_GET(metadata, "name");
    if (name && name->where != ORIGIN_UNKNOWN) return name->where;
    return metadata && metadata->where != ORIGIN_UNKNOWN ? metadata->where : root->where;
}

strata_status resource_check_metadata(scope *sc, const node *root) {
    if (root->kind != NODE_MAPPING)
        return scope_fail_hint(sc, DIAGNOSTIC_RESOURCE_METADATA, root->where, no_resource_hint(root),
                               "a resource must be a mapping with apiVersion, kind and metadata");
    const node *kind = NODE_GET(root, "kind");
    bool no_kind = node_is_null_or_empty(kind) || text_empty(node_text(kind));
    if (no_kind && node_is_null_or_empty(NODE_GET(root, "apiVersion")) && !has_metadata(root))
        return scope_fail_hint(sc, DIAGNOSTIC_RESOURCE_METADATA, root->where, no_resource_hint(root),
                               "a resource must have apiVersion, kind and metadata");
    if (no_kind) return scope_fail(sc, DIAGNOSTIC_RESOURCE_METADATA, root->where, "the resource has no kind");
    if (text_ends(node_text(kind), TEXT("List"))) return STRATA_OK;
    const node *name = node_at(root, "metadata", "name", NULL);
    if (node_is_null(name) || text_empty(node_text(name)))
        return scope_fail_hint(sc, DIAGNOSTIC_RESOURCE_METADATA, no_name_place(root), no_name_hint(root),
                               "the %.*s has no metadata.name", TEXT_ARG(node_text(kind)));
    return STRATA_OK;
}

/* --- lists ------------------------------------------------------------------------------------------------------- */

/* kyaml unwraps a List or ResourceList only when it is all of its file, whatever its apiVersion. */
static bool is_wrapper(const node *root) {
    text kind = node_text(NODE_GET(root, "kind"));
    if (!text_is(kind, "List") && !text_is(kind, "ResourceList")) return false;
    return NODE_GET(root, "items") || NODE_GET(root, "functionConfig");
}

static strata_status keep_valid(scope *sc, node *root, node_list *out) {
    if (node_is_null_or_empty(root)) return STRATA_OK;
    TRY(resource_check_metadata(sc, root));
    return node_list_add(sc->arena, out, root) ? STRATA_OK : scope_no_memory(sc);
}

/* The documents of a text, a lone List unwrapped, the empty ones dropped, the others checked. */
static strata_status read_valid(scope *sc, const text_source *source, text bytes, node_list *out) {
    node_list documents = {NULL, 0, 0, false};
    TRY(read_documents(sc, source, bytes, &documents));
    if (documents.count == 1 && documents.pieces == 1 && is_wrapper(documents.items[0])) {
        const node *items = NODE_GET(documents.items[0], "items");
        for (uint32_t i = 0; node_is_sequence(items) && i < items->count; i++)
            TRY(keep_valid(sc, items->items[i], out));
        return STRATA_OK;
    }
    for (size_t i = 0; i < documents.count; i++)
        TRY(keep_valid(sc, documents.items[i], out));
    return STRATA_OK;
}

/* One item of a list, through JSON as the reference takes it; its place is that of the item. */
static strata_status read_item(scope *sc, const node *item, node_list *out) {
    buffer json;
    buffer_init(&json, sc->from, sc->limits->output);
    strata_status status = json_write(sc, item, &json);
    text bytes = TEXT_EMPTY;
    if (status == STRATA_OK && !(bytes = text_copy(sc->arena, buffer_text(&json))).data) status = scope_no_memory(sc);
    buffer_free(&json);
    TRY(status);
    text_source source = {.is_inline = true, .where = item->where};
    return read_valid(sc, &source, bytes, out);
}

/* The reference decodes the whole list for its items, and so refuses keys that are there twice anywhere in it. */
static strata_status expand_list(scope *sc, const node *root, const node *items, node_list *queue) {
    TRY(duplicate_keys_refuse(sc, root));
    if (node_is_null(items)) return STRATA_OK;
    if (items->kind != NODE_SEQUENCE)
        return scope_fail(sc, DIAGNOSTIC_RESOURCE_METADATA, items->where, "the items of a %.*s are not a list",
                          TEXT_ARG(node_text(NODE_GET(root, "kind"))));
    for (uint32_t i = 0; i < items->count; i++)
        TRY(read_item(sc, items->items[i], queue));
    return STRATA_OK;
}

/* --- resources --------------------------------------------------------------------------------------------------- */

static bool carries_history(const node *root) {
    const node *annotations = node_at(root, "metadata", "annotations", NULL);
    for (uint32_t i = 0; node_is_mapping(annotations) && i < annotations->count; i++)
        if (text_starts(node_text(annotations->pairs[i].key), TEXT("internal.config.kubernetes.io/"))) return true;
    return false;
}

static strata_status add_resource(scope *sc, node *root, resource_list *out) {
    resource *r = resource_new(sc->arena, root);
    if (!r || !resource_list_add(sc->arena, out, r)) return scope_no_memory(sc);
    r->history_in_tree = asks_for_tree_hash(root);
    return carries_history(root) ? resource_import_history(sc, r) : STRATA_OK;
}

/* Items of lists come after all documents of the text, as in the reference, which appends them to what is left to do.
 */
static strata_status read_all(scope *sc, const text_source *source, text bytes, resource_list *out) {
    node_list queue = {NULL, 0, 0, false};
    *out = (resource_list){NULL, 0, 0};
    TRY(read_valid(sc, source, bytes, &queue));
    for (size_t i = 0; i < queue.count; i++) {
        node *root = queue.items[i];
        const node *items = NODE_GET(root, "items");
        bool list = items && text_ends(node_text(NODE_GET(root, "kind")), TEXT("List"));
        TRY(list ? expand_list(sc, root, items, &queue) : add_resource(sc, root, out));
    }
    return STRATA_OK;
}

strata_status resources_read(scope *sc, text name, text bytes, origin named_at, resource_list *out) {
    text_source source = {.name = name, .where = named_at};
    return read_all(sc, &source, bytes, out);
}

strata_status resources_of_documents(scope *sc, text name, text bytes, const node_list *documents, origin named_at,
                                     resource_list *out) {
    text_source source = {.name = name, .where = named_at, .documents = documents};
    return read_all(sc, &source, bytes, out);
}

strata_status resources_read_inline(scope *sc, origin where, text bytes, resource_list *out) {
    text_source source = {.is_inline = true, .where = where};
    return read_all(sc, &source, bytes, out);
}

static strata_status is_local(scope *sc, const resource *r, bool *out) {
    text_map annotations;
    TRY(resource_annotations(sc, r, &annotations));
    const text *local = text_map_get(&annotations, TEXT("config.kubernetes.io/local-config"));
    *out = local && !text_is(*local, "false");
    return STRATA_OK;
}

strata_status resources_read_as_listed(scope *sc, text name, text bytes, origin named_at, resource_list *out) {
    text_source source = {.name = name, .where = named_at};
    node_list queue = {NULL, 0, 0, false};
    resource_list all = {NULL, 0, 0};
    *out = (resource_list){NULL, 0, 0};
    TRY(read_valid(sc, &source, bytes, &queue));
    for (size_t i = 0; i < queue.count; i++) {
        bool local;
        TRY(add_resource(sc, queue.items[i], &all));
        TRY(is_local(sc, all.items[i], &local));
        if (!local && !resource_list_add(sc->arena, out, all.items[i])) return scope_no_memory(sc);
    }
    return STRATA_OK;
}
