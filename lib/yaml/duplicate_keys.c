/* yaml/duplicate_keys.c: see duplicate_keys.h. */
#include "yaml/duplicate_keys.h"

#include "core/table.h"

static bool same_key(const node *a, const node *b) {
    return a->kind == NODE_SCALAR && b->kind == NODE_SCALAR && a->tag == b->tag &&
           text_equal(node_text(a), node_text(b));
}

static strata_status fail(scope *sc, const node *first, const node *second) {
    strata_status status = scope_fail(sc, DIAGNOSTIC_YAML_DUPLICATE_KEY, second->where, "the key %.*s is there twice",
                                      TEXT_ARG(node_text(second)));
    return scope_note(sc, status, first->where, "the first one is here");
}

static strata_status check_mapping(scope *sc, const node *mapping) {
    table seen = {.count = 0};
    for (uint32_t i = 0; i < mapping->count; i++) {
        node *key = mapping->pairs[i].key;
        const table_entry *entry = table_find(&seen, node_text(key));
        while (entry && !same_key(entry->value, key))
            entry = table_next(entry);
        if (entry) return fail(sc, entry->value, key);
        if (!table_add(&seen, sc->arena, node_text(key), key)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

/* The reader has bounded the depth already. */
strata_status duplicate_keys_refuse(scope *sc, const node *root) {
    if (root->kind == NODE_SCALAR) return STRATA_OK;
    if (root->kind == NODE_MAPPING) TRY(check_mapping(sc, root));
    for (uint32_t i = 0; i < root->count; i++)
        TRY(duplicate_keys_refuse(sc, root->kind == NODE_MAPPING ? root->pairs[i].value : root->items[i]));
    return STRATA_OK;
}
