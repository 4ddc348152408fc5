/* transform/merge_element.c: see merge_element.h. */
#include "transform/merge_element.h"

static const char *kind_name(const node *n) {
    if (n->kind == NODE_SCALAR) return "scalar";
    return n->kind == NODE_MAPPING ? "mapping" : "list";
}

strata_status element_fail_kind(scope *sc, const node *element, node_kind wanted) {
    return scope_fail(sc, DIAGNOSTIC_MERGE_KIND, element->where, "a %s among the %s of a list that is merged by %s",
                      kind_name(element), wanted == NODE_MAPPING ? "mappings" : "scalars",
                      wanted == NODE_MAPPING ? "key" : "value");
}

static bool is_null_or_empty_mapping(const node *n) {
    return node_is_null(n) || (n->kind == NODE_MAPPING && n->count == 0);
}

/* kyaml's FieldMatcher with a StringValue: an empty value matches any value of a field. */
static strata_status matches_one(scope *sc, const node *element, text key, text value, bool *out) {
    if (text_empty(key)) {
        if (element->kind != NODE_SCALAR) return element_fail_kind(sc, element, NODE_SCALAR);
        *out = text_equal(node_text(element), value);
        return STRATA_OK;
    }
    if (element->kind != NODE_MAPPING) return element_fail_kind(sc, element, NODE_MAPPING);
    const node *field = node_get(element, key);
    *out = field && (text_empty(value) || text_equal(node_text(field), value));
    return STRATA_OK;
}

/* Keys beyond the values see the outcome of the key before; with no values at all there is none. */
static strata_status matches(scope *sc, const node *element, const element_key *key, bool *out) {
    *out = key->value_count > 0;
    for (size_t i = 0; *out && i < key->key_count && i < key->value_count; i++)
        TRY(matches_one(sc, element, key->keys[i], key->values[i], out));
    return STRATA_OK;
}

static strata_status set(scope *sc, node *list, const element_key *key, node *element) {
    bool sets_mapping = key->key_count && !text_empty(key->keys[0]) && key->value_count && !text_empty(key->values[0]);
    bool found = false;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        node *own = list->items[i];
        if (is_null_or_empty_mapping(own)) continue;
        if (own->kind != NODE_MAPPING && sets_mapping) {
            list->items[kept++] = own;
            continue;
        }
        bool match;
        TRY(matches(sc, own, key, &match));
        if (match) {
            found = true;
            if (element) list->items[kept++] = element;
        } else if (key->value_count) {
            list->items[kept++] = own;
        }
    }
    list->count = kept;
    if (!element || node_is_null(element) || found) return STRATA_OK;
    return node_append(sc->arena, list, element) ? STRATA_OK : scope_no_memory(sc);
}

strata_status element_set(scope *sc, node *list, const element_key *key, node *element) {
    return set(sc, list, key, element);
}

strata_status element_remove(scope *sc, node *list, const element_key *key) { return set(sc, list, key, NULL); }

static bool has_exactly(const node *element, const element_key *key) {
    if (node_is_null(element) || element->kind != NODE_MAPPING) return false;
    for (size_t i = 0; i < key->key_count; i++) {
        const node *field = node_get(element, key->keys[i]);
        if (!field || !text_equal(node_text(field), key->values[i])) return false;
    }
    return true;
}

node *element_find(const node *list, const element_key *key) {
    if (!node_is_sequence(list) || list->tag == TAG_NULL) return NULL;
    for (uint32_t i = 0; i < list->count; i++) {
        node *element = list->items[i];
        bool found =
            text_empty(key->keys[0]) ? text_equal(node_text(element), key->values[0]) : has_exactly(element, key);
        if (found) return element;
    }
    return NULL;
}
