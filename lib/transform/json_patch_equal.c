/*
 * transform/json_patch_equal.c: the `test` of a JSON patch; after lazyNode.equal in evanphx/json-patch v4.
 *
 * Scalars are compared as they are written: 1 is not 1.0, and a string of a patch in JSON must have the escapes that Go
 * gives it in the document (\u003c for <). A null inside a list makes the reference panic.
 */
#include "transform/json_patch_operation.h"

static bool lies_in(text part, text whole) {
    uintptr_t first = (uintptr_t)whole.data, at = (uintptr_t)part.data;
    return whole.size && at >= first && at + part.size <= first + whole.size;
}

/* Whether Go writes the string with escapes. */
static bool go_escapes(text t) {
    for (size_t i = 0; i < t.size; i++)
        if ((unsigned char)t.data[i] < 0x20 || strchr("\"\\<>&", t.data[i])) return true;
    return text_contains(t, TEXT("\xe2\x80\xa8")) || text_contains(t, TEXT("\xe2\x80\xa9"));
}

static bool scalars_equal(const json_patch *p, const node *own, const node *wanted) {
    text a = node_text(own), b = node_text(wanted);
    if ((own->tag == TAG_STR) != (wanted->tag == TAG_STR) || !text_equal(a, b)) return false;
    /* A string that lies in the patch's text was written there without escapes. */
    return own->tag != TAG_STR || !lies_in(b, p->json) || !go_escapes(b);
}

static bool lists_equal(const json_patch *p, const node *own, const node *wanted, bool *bad) {
    if (own->count != wanted->count) return false;
    for (uint32_t i = 0; i < own->count; i++) {
        if (node_is_null(own->items[i]) || node_is_null(wanted->items[i])) {
            *bad = true;
            return false;
        }
        if (!json_patch_equal(p, own->items[i], wanted->items[i], bad)) return false;
    }
    return true;
}

static bool mappings_equal(const json_patch *p, const node *own, const node *wanted, bool *bad) {
    if (own->count != wanted->count) return false;
    for (uint32_t i = 0; i < own->count; i++) {
        size_t at = node_find(wanted, node_text(own->pairs[i].key));
        if (at == SIZE_MAX) return false;
        if (!json_patch_equal(p, own->pairs[i].value, wanted->pairs[at].value, bad)) return false;
    }
    return true;
}

bool json_patch_equal(const json_patch *p, const node *own, const node *wanted, bool *bad) {
    bool own_null = node_is_null(own), wanted_null = node_is_null(wanted);
    if (own_null || wanted_null) return own_null && wanted_null;
    if (own->kind != wanted->kind) return false;
    if (own->kind == NODE_SEQUENCE) return lists_equal(p, own, wanted, bad);
    return own->kind == NODE_MAPPING ? mappings_equal(p, own, wanted, bad) : scalars_equal(p, own, wanted);
}
