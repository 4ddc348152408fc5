/* function/resource_list.c: see resource_list.h. */
#include "function/resource_list.h"

#include "function/file_annotations.h"
#include "yaml/writer.h"

static strata_status keep_text(scope *sc, buffer *b, strata_status status, text *out) {
    if (status == STRATA_OK && b->failure == BUFFER_TOO_LARGE)
        status = scope_fail(sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN,
                            "what goes into a function, or comes out of it, is larger than %zu bytes", b->ceiling);
    else if (status == STRATA_OK && (b->failure || !(*out = text_copy(sc->arena, buffer_text(b))).data))
        status = scope_no_memory(sc);
    buffer_free(b);
    return status;
}

/* --- going in ---------------------------------------------------------------------------------------------------- */

static bool add_field(arena *a, node *list, text key, node *value) {
    return value && node_add(a, list, node_new_scalar(a, key, TAG_UNSET, STYLE_PLAIN), value);
}

static node *plain(arena *a, text value) { return node_new_scalar(a, value, TAG_UNSET, STYLE_PLAIN); }

strata_status resource_list_write(scope *sc, node *const *items, size_t count, node *config, text *out) {
    arena *a = sc->arena;
    node *list = node_new_mapping(a), *sequence = node_new_sequence(a);
    if (!list || !sequence) return scope_no_memory(sc);
    for (size_t i = 0; i < count; i++)
        if (!node_append(a, sequence, items[i])) return scope_no_memory(sc);
    if (!add_field(a, list, TEXT("apiVersion"), plain(a, TEXT("config.kubernetes.io/v1"))) ||
        !add_field(a, list, TEXT("kind"), plain(a, TEXT("ResourceList"))) ||
        !add_field(a, list, TEXT("items"), sequence) || !add_field(a, list, TEXT("functionConfig"), config))
        return scope_no_memory(sc);
    buffer b;
    buffer_init(&b, sc->from, sc->limits->output);
    return keep_text(sc, &b, yaml_write_v3(sc, list, &b), out);
}

/* --- coming out -------------------------------------------------------------------------------------------------- */

static bool is_wrapper(const node_list *documents) {
    if (documents->count != 1 || documents->pieces != 1) return false;
    const node *root = documents->items[0];
    text kind = node_text(NODE_GET(root, "kind"));
    return (text_is(kind, "ResourceList") || text_is(kind, "List")) &&
           (NODE_GET(root, "items") || NODE_GET(root, "functionConfig"));
}

strata_status resource_list_read(scope *sc, text name, text output, origin where, node_list *out) {
    static const yaml_options options = {.dialect = YAML_RESOURCE};
    node_list documents = {NULL, 0, 0, false};
    *out = (node_list){NULL, 0, 0, false};
    TRY(yaml_read(sc, name, output, where, &options, &documents));
    bool wrapped = is_wrapper(&documents);
    const node *items = wrapped ? NODE_GET(documents.items[0], "items") : NULL;
    size_t count = wrapped ? (node_is_sequence(items) ? items->count : 0) : documents.count;
    for (size_t i = 0; i < count; i++) {
        const node *printed = wrapped ? items->items[i] : documents.items[i];
        if (node_is_null(printed)) continue;
        node *document = node_clone(sc->arena, printed);
        if (!document || !node_list_add(sc->arena, out, document)) return scope_no_memory(sc);
        if (!wrapped) TRY(file_annotations_number(sc, document, i));
    }
    return STRATA_OK;
}

strata_status resource_list_write_stream(scope *sc, node *const *items, size_t count, text *out) {
    buffer b;
    buffer_init(&b, sc->from, sc->limits->output);
    strata_status status = STRATA_OK;
    for (size_t i = 0; i < count && status == STRATA_OK; i++) {
        if (i) buffer_add_text(&b, TEXT("---\n"));
        status = yaml_write_v3(sc, items[i], &b);
    }
    return keep_text(sc, &b, status, out);
}
