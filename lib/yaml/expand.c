/* yaml/expand.c: see expand.h; after kyaml's alias.go and go-yaml's rules for merge keys. */
#include "yaml/expand.h"

typedef struct expansion {
    scope *sc;
    bool merges;
    bool v2;
    uint32_t copied;
    uint32_t depth;
} expansion;

static strata_status expand_node(expansion *e, node *n);

static strata_status too_many(expansion *e, const node *alias) {
    return scope_fail(e->sc, DIAGNOSTIC_LIMIT, alias->where, "aliases expand to more than %u nodes",
                      e->sc->limits->alias_nodes);
}

/* A copy whose aliases are copied as they are; they are expanded afterwards. */
static node *copy_tree(expansion *e, const node *n) {
    if (e->copied++ >= e->sc->limits->alias_nodes) return NULL;
    node *copy = arena_alloc(e->sc->arena, sizeof *copy);
    if (!copy) return NULL;
    *copy = *n;
    if (n->kind == NODE_SCALAR || n->kind == NODE_ALIAS || n->count == 0) return copy;
    size_t count = n->kind == NODE_MAPPING ? (size_t)n->count * 2 : n->count;
    copy->capacity = n->count;
    copy->items = arena_alloc(e->sc->arena, count * sizeof *copy->items);
    if (!copy->items) return NULL;
    for (size_t i = 0; i < count; i++)
        if (!(copy->items[i] = copy_tree(e, n->items[i]))) return NULL;
    return copy;
}

/* Puts a copy of the anchor's node in the alias's place; its place in the text stays that of the anchor. */
static strata_status replace_alias(expansion *e, node *alias) {
    node *copy = copy_tree(e, node_alias_target(alias));
    if (!copy) return e->copied > e->sc->limits->alias_nodes ? too_many(e, alias) : scope_no_memory(e->sc);
    *alias = *copy;
    return STRATA_OK;
}

static bool is_merge_key(const node *key) {
    return key->kind == NODE_SCALAR && key->tag == TAG_MERGE && key->style == STYLE_PLAIN;
}

static strata_status add_merged(expansion *e, node *mapping, const node *merged) {
    if (merged->kind != NODE_MAPPING)
        return scope_fail(e->sc, DIAGNOSTIC_YAML_SYNTAX, merged->where, "only mappings can be merged");
    for (uint32_t i = 0; i < merged->count; i++) {
        if (node_find(mapping, node_text(merged->pairs[i].key)) != SIZE_MAX) continue;
        if (!node_add(e->sc->arena, mapping, merged->pairs[i].key, merged->pairs[i].value))
            return scope_no_memory(e->sc);
    }
    return STRATA_OK;
}

static strata_status merge_value(expansion *e, node *mapping, const node *value) {
    if (value->kind != NODE_SEQUENCE) return add_merged(e, mapping, value);
    for (uint32_t i = 0; i < value->count; i++)
        TRY(add_merged(e, mapping, value->items[i]));
    return STRATA_OK;
}

/* Puts the pairs of a merged mapping before pair *index: over what stands before it, under what stands after it. */
static strata_status merge_before(expansion *e, node *mapping, uint32_t *index, const node *merged) {
    if (merged->kind != NODE_MAPPING)
        return scope_fail(e->sc, DIAGNOSTIC_YAML_SYNTAX, merged->where, "only mappings can be merged");
    for (uint32_t i = 0; i < merged->count; i++) {
        const node_pair pair = merged->pairs[i];
        size_t found = node_find(mapping, node_text(pair.key));
        if (found < *index) mapping->pairs[found].value = pair.value;
        if (found != SIZE_MAX) continue;
        if (!node_insert_pair(e->sc->arena, mapping, (*index)++, pair.key, pair.value)) return scope_no_memory(e->sc);
    }
    return STRATA_OK;
}

/* go-yaml v2 merges where the key stands, as often as it stands there; a quoted "<<" is a key like others. */
static strata_status merge_pairs_in_place(expansion *e, node *mapping) {
    for (uint32_t i = 0; i < mapping->count;) {
        if (!is_merge_key(mapping->pairs[i].key)) {
            i++;
            continue;
        }
        const node *value = mapping->pairs[i].value;
        node_remove_at(mapping, i);
        if (value->kind != NODE_SEQUENCE) TRY(merge_before(e, mapping, &i, value));
        if (value->kind != NODE_SEQUENCE) continue;
        for (uint32_t item = value->count; item; item--)
            TRY(merge_before(e, mapping, &i, value->items[item - 1]));
    }
    return STRATA_OK;
}

/* Takes the merge keys out; their values are expanded by now. */
static strata_status merge_pairs(expansion *e, node *mapping) {
    const node *merged = NULL;
    for (uint32_t i = 0; i < mapping->count;) {
        const node *key = mapping->pairs[i].key;
        if (!is_merge_key(key) && !(key->kind == NODE_SCALAR && text_is(node_text(key), "<<"))) {
            i++;
            continue;
        }
        if (is_merge_key(key)) {
            if (merged)
                return scope_fail(e->sc, DIAGNOSTIC_YAML_DUPLICATE_KEY, key->where, "two merge keys in a mapping");
            merged = mapping->pairs[i].value;
        }
        node_remove_at(mapping, i);
    }
    return merged ? merge_value(e, mapping, merged) : STRATA_OK;
}

static strata_status expand_children(expansion *e, node *n) {
    size_t count = n->kind == NODE_MAPPING ? (size_t)n->count * 2 : n->count;
    for (size_t i = 0; i < count; i++)
        TRY(expand_node(e, n->items[i]));
    if (n->kind != NODE_MAPPING || !e->merges) return STRATA_OK;
    return e->v2 ? merge_pairs_in_place(e, n) : merge_pairs(e, n);
}

static strata_status expand_node(expansion *e, node *n) {
    if (n->kind == NODE_ALIAS) TRY(replace_alias(e, n));
    if (n->kind == NODE_SCALAR) return STRATA_OK;
    if (e->depth >= e->sc->limits->nesting)
        return scope_fail(e->sc, DIAGNOSTIC_LIMIT, n->where,
                          "the document is nested deeper than the limit of %u levels", e->sc->limits->nesting);
    e->depth++;
    strata_status status = expand_children(e, n);
    e->depth--;
    return status;
}

strata_status expand(scope *sc, node *root, bool merges, bool v2) {
    expansion e = {.sc = sc, .merges = merges, .v2 = v2};
    return expand_node(&e, root);
}
