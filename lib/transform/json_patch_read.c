/*
 * transform/json_patch_read.c: from the text of a JSON patch to its operations; see json_patch.h.
 *
 * YAML becomes the nodes that its JSON form has (sigs.k8s.io/yaml's YAMLToJSON): strings, numbers and bools as Go
 * writes them, keys as strings, and of equal keys the last one.
 */
#include "transform/json_patch_operation.h"
#include "yaml/json.h"
#include "yaml/reader.h"

/* --- YAML ------------------------------------------------------------------------------------------------------- */

static strata_status read_yaml(scope *sc, text name, text bytes, origin where, node **out) {
    static const yaml_options options = {.dialect = YAML_V2};
    node_list documents = {0};
    *out = NULL;
    if (text_empty(name))
        TRY(yaml_read_inline(sc, where, bytes, &options, &documents));
    else
        TRY(yaml_read(sc, name, bytes, where, &options, &documents));
    return documents.count ? json_from_yaml(sc, documents.items[0], out) : STRATA_OK;
}

/* --- the patch --------------------------------------------------------------------------------------------------- */

static strata_status check_operations(scope *sc, const node *root) {
    if (root->kind != NODE_SEQUENCE)
        return scope_fail(sc, DIAGNOSTIC_JSON_PATCH, root->where, "a JSON patch is a list of operations");
    for (uint32_t i = 0; i < root->count; i++)
        if (!node_is_null(root->items[i]) && root->items[i]->kind != NODE_MAPPING)
            return scope_fail(sc, DIAGNOSTIC_JSON_PATCH, root->items[i]->where,
                              "an operation of a JSON patch is a mapping with op and path");
    return STRATA_OK;
}

strata_status json_patch_read(scope *sc, text name, text bytes, origin where, json_patch **out) {
    node *root = NULL;
    bool is_json = text_starts(bytes, TEXT("["));
    *out = NULL;
    if (text_empty(bytes)) return scope_fail(sc, DIAGNOSTIC_JSON_PATCH, where, "the JSON patch is empty");
    if (!is_json)
        TRY(read_yaml(sc, name, bytes, where, &root));
    else if (text_empty(name))
        TRY(json_read_inline(sc, where, bytes, &root));
    else
        TRY(json_read(sc, name, bytes, where, &root));
    if (node_is_null(root)) return STRATA_OK;
    TRY(check_operations(sc, root));
    if (is_json) TRY(json_drop_repeated_keys(sc, root));
    json_patch *p = ARENA_NEW(sc->arena, json_patch);
    if (!p) return scope_no_memory(sc);
    *p = (json_patch){root, is_json ? bytes : TEXT_EMPTY};
    *out = p;
    return STRATA_OK;
}

size_t json_patch_count(const json_patch *p) { return p ? p->operations->count : 0; }

/* Keys of letters have no escapes. */
static bool pointer_reaches(const node *pointer, text parent, text key) {
    text rest = node_text(pointer), part;
    if (!text_cut(&rest, '/', &part)) return true; /* the whole document, or no pointer */
    bool more = text_cut(&rest, '/', &part);
    if (!text_equal(part, parent)) return false;
    if (!more) return true;
    text_cut(&rest, '/', &part);
    return text_equal(part, key);
}

bool json_patch_reaches(const json_patch *p, text parent, text key) {
    for (size_t i = 0; i < json_patch_count(p); i++) {
        const node *operation = p->operations->items[i];
        const node *from = NODE_GET(operation, "from");
        if (pointer_reaches(NODE_GET(operation, "path"), parent, key)) return true;
        if (from && pointer_reaches(from, parent, key)) return true;
    }
    return false;
}
