/* function/annotation.c: see annotation.h. */
#include "function/annotation.h"

static const text metadata_key = TEXT_INIT("metadata");
static const text annotations_key = TEXT_INIT("annotations");

text annotation_get(const node *root, text key) {
    const node *value = node_get(node_at(root, "metadata", "annotations", NULL), key);
    return node_is_null(value) ? TEXT_EMPTY : node_text(value);
}

static strata_status want_mapping(scope *sc, const node *n, const char *what) {
    if (n->kind == NODE_MAPPING) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_FUNCTION_OUTPUT, n->where, "%s is not a mapping", what);
}

static bool has_content(const node *n) { return n->kind != NODE_SCALAR && n->count > 0; }

strata_status annotation_clear_empty(scope *sc, node *root) {
    TRY(want_mapping(sc, root, "a resource"));
    node *metadata = node_get(root, metadata_key);
    if (!metadata) return STRATA_OK;
    if (!node_is_null(metadata)) {
        TRY(want_mapping(sc, metadata, "metadata"));
        const node *annotations = node_get(metadata, annotations_key);
        if (annotations && !has_content(annotations)) node_remove(metadata, annotations_key);
    }
    if (!has_content(metadata)) node_remove(root, metadata_key);
    return STRATA_OK;
}

/* The mapping in a field; made when it is missing. */
static strata_status mapping_in(scope *sc, node *parent, text key, const char *what, node **out) {
    *out = node_get(parent, key);
    if (*out) return want_mapping(sc, *out, what);
    *out = node_new_mapping(sc->arena);
    return *out && node_set(sc->arena, parent, key, *out) ? STRATA_OK : scope_no_memory(sc);
}

strata_status annotation_set(scope *sc, node *root, text key, text value) {
    node *metadata, *annotations;
    TRY(annotation_clear_empty(sc, root));
    TRY(mapping_in(sc, root, metadata_key, "metadata", &metadata));
    TRY(mapping_in(sc, metadata, annotations_key, "annotations", &annotations));
    node *old = node_get(annotations, key);
    if (node_is_scalar(old)) {
        node_set_text(old, value, TAG_STR);
        return STRATA_OK;
    }
    node *made = node_new_scalar(sc->arena, value, TAG_STR, STYLE_SINGLE_QUOTED);
    return made && node_set(sc->arena, annotations, key, made) ? STRATA_OK : scope_no_memory(sc);
}

void annotation_clear(node *root, text key) {
    node *annotations = node_at(root, "metadata", "annotations", NULL);
    if (node_is_mapping(annotations)) node_remove(annotations, key);
}
