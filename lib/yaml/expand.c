/*
 * yaml/expand.c: see expand.h; after DeAnchor of kyaml's rnode.go, whose order of steps shows in what it yields.
 *
 * kyaml rebuilds every mapping from copies of its pairs before it expands them. So what an anchor stands for is the
 * mapping as it was written, its merge keys included, until an alias has expanded it in place: a merge key inside a
 * merged mapping comes along as a pair. Such a pair means the same once it is written; only transformers see it.
 */
#include "yaml/expand.h"

#include "core/table.h"

/* Marks on the targets of aliases; no node of the result has them. */
enum { BEING_EXPANDED = 64, EXPANDED = 128, MARKS = BEING_EXPANDED | EXPANDED };

typedef struct expansion {
    scope *sc;
    uint32_t copied;  /* nodes that are there because of aliases and merge keys */
    uint32_t aliased; /* how many of those we are inside of */
    uint32_t depth;
} expansion;

static strata_status expand_in_place(expansion *e, node *n);
static strata_status copy_expanded(expansion *e, const node *n, node **out);

static strata_status enter(expansion *e, const node *n) {
    if (e->depth >= e->sc->limits->nesting)
        return scope_fail(e->sc, DIAGNOSTIC_LIMIT, n->where,
                          "the document is nested deeper than the limit of %u levels", e->sc->limits->nesting);
    e->depth++;
    return STRATA_OK;
}

/* A node with the same scalar, or with room for the same children. */
static strata_status copy_node(expansion *e, const node *n, uint32_t count, node **out) {
    if (e->aliased && e->copied++ >= e->sc->limits->alias_nodes)
        return scope_fail(e->sc, DIAGNOSTIC_LIMIT, n->where, "aliases expand to more than the limit of %u nodes",
                          e->sc->limits->alias_nodes);
    node *copy = arena_alloc(e->sc->arena, sizeof *copy);
    if (!copy) return scope_no_memory_for(e->sc, n->where);
    *copy = *n;
    copy->flags &= (uint8_t)~MARKS;
    *out = copy;
    if (n->kind == NODE_SCALAR) return STRATA_OK;
    size_t pointers = n->kind == NODE_MAPPING ? (size_t)count * 2 : count;
    copy->count = copy->capacity = count;
    copy->items = arena_array(e->sc->arena, pointers, sizeof *copy->items);
    return copy->items ? STRATA_OK : scope_no_memory_for(e->sc, n->where);
}

/* A copy of what has been expanded. */
static strata_status copy_plain(expansion *e, const node *n, node **out) {
    TRY(copy_node(e, n, n->count, out));
    if (n->kind == NODE_SCALAR) return STRATA_OK;
    TRY(enter(e, n));
    size_t pointers = n->kind == NODE_MAPPING ? (size_t)n->count * 2 : n->count;
    for (size_t i = 0; i < pointers; i++)
        TRY(copy_plain(e, n->items[i], &(*out)->items[i]));
    e->depth--;
    return STRATA_OK;
}

static strata_status copy_alias(expansion *e, const node *alias, node **out) {
    node *target = node_alias_target(alias);
    if (target->flags & BEING_EXPANDED)
        return scope_fail(e->sc, DIAGNOSTIC_YAML_SYNTAX, alias->where, "this alias stands inside of its own anchor");
    e->aliased++;
    if (!(target->flags & EXPANDED)) {
        target->flags |= BEING_EXPANDED;
        TRY(expand_in_place(e, target));
        target->flags = (uint8_t)((target->flags & ~BEING_EXPANDED) | EXPANDED);
    }
    TRY(copy_plain(e, target, out));
    e->aliased--;
    return STRATA_OK;
}

/* --- merge keys -------------------------------------------------------------------------------------------------- */

/* The pairs of a mapping while mappings are merged into it: its own come first. */
typedef struct merging {
    expansion *e;
    const node *in_place; /* the mapping, if its merge key is gone already when others, or it itself, are merged */
    node_pair *pairs;
    uint32_t *sources; /* which mapping a pair came from: 0 is the mapping's own */
    size_t count;
    size_t room;
    table places; /* key → its first pair */
} merging;

static bool is_merge_key(const node *key) { return key->kind == NODE_SCALAR && key->tag == TAG_MERGE; }

static bool has_merge_key(const node *mapping) {
    for (uint32_t i = 0; i < mapping->count; i++)
        if (is_merge_key(mapping->pairs[i].key) || text_is(node_text(mapping->pairs[i].key), "<<")) return true;
    return false;
}

/* Sets a pair: the mapping's own stay, those of another mapping give way, of one mapping the first counts. */
static strata_status set_pair(merging *m, const node_pair *pair, uint32_t source) {
    text key = node_text(pair->key);
    const table_entry *entry = table_find(&m->places, key);
    if (entry) {
        size_t at = (size_t)((node_pair *)entry->value - m->pairs);
        if (m->sources[at] == 0 && source == 0) {
            m->pairs[m->count] = *pair;
            m->sources[m->count++] = 0;
        } else if (m->sources[at] != 0 && m->sources[at] != source) {
            m->pairs[at] = *pair;
            m->sources[at] = source;
        }
        return STRATA_OK;
    }
    m->pairs[m->count] = *pair;
    m->sources[m->count] = source;
    bool added = table_add(&m->places, m->e->sc->arena, key, &m->pairs[m->count++]);
    return added ? STRATA_OK : scope_no_memory(m->e->sc);
}

/* The mapping that a merge key's value, or an item of its list, stands for. */
static strata_status merged_mapping(expansion *e, const node *value, const node **out) {
    *out = value->kind == NODE_ALIAS ? node_alias_target(value) : value;
    if ((*out)->kind == NODE_MAPPING) return STRATA_OK;
    return scope_fail(e->sc, DIAGNOSTIC_YAML_SYNTAX, value->where, "only a mapping, or a list of them, can be merged");
}

static strata_status find_merge_value(expansion *e, const node *mapping, const node **out) {
    const node *first = NULL;
    *out = NULL;
    for (uint32_t i = 0; i < mapping->count; i++) {
        const node *key = mapping->pairs[i].key;
        if (!is_merge_key(key)) continue;
        if (first) {
            strata_status status =
                scope_fail(e->sc, DIAGNOSTIC_YAML_DUPLICATE_KEY, key->where, "a mapping has two merge keys");
            return scope_note(e->sc, status, first->where, "the first one is here");
        }
        first = key;
        *out = mapping->pairs[i].value;
    }
    return STRATA_OK;
}

/* Makes room for the pairs of all mappings, and puts the mapping's own there, without the first one called "<<". */
static strata_status begin_merging(merging *m, const node *mapping, const node *value) {
    const node *source;
    m->room = mapping->count;
    bool list = value && value->kind == NODE_SEQUENCE;
    for (uint32_t i = 0; value && i < (list ? value->count : 1); i++) {
        TRY(merged_mapping(m->e, list ? value->items[i] : value, &source));
        m->room += source->count;
    }
    m->pairs = ARENA_ARRAY(m->e->sc->arena, node_pair, m->room);
    m->sources = ARENA_ARRAY(m->e->sc->arena, uint32_t, m->room);
    if (!m->pairs || !m->sources) return scope_no_memory(m->e->sc);
    bool dropped = false;
    for (uint32_t i = 0; i < mapping->count; i++) {
        if (!dropped && text_is(node_text(mapping->pairs[i].key), "<<"))
            dropped = true;
        else
            TRY(set_pair(m, &mapping->pairs[i], 0));
    }
    return STRATA_OK;
}

static strata_status merge_one(merging *m, const node *value, uint32_t number) {
    const node *source;
    TRY(merged_mapping(m->e, value, &source));
    for (uint32_t i = 0; source != m->in_place && i < source->count; i++)
        TRY(set_pair(m, &source->pairs[i], number));
    return STRATA_OK;
}

/* The pairs that a mapping has once its merge key is resolved; they are not expanded yet. */
static strata_status merge_pairs(expansion *e, const node *mapping, bool in_place, merging *out) {
    *out = (merging){.e = e, .in_place = in_place ? mapping : NULL, .pairs = mapping->pairs, .count = mapping->count};
    if (!has_merge_key(mapping)) return STRATA_OK;
    const node *value;
    TRY(find_merge_value(e, mapping, &value));
    out->count = 0;
    TRY(begin_merging(out, mapping, value));
    if (!value) return STRATA_OK;
    if (value->kind != NODE_SEQUENCE) return merge_one(out, value, 1);
    /* Later entries go first, so that earlier ones win. */
    for (uint32_t i = value->count; i > 0; i--)
        TRY(merge_one(out, value->items[i - 1], i));
    return STRATA_OK;
}

/* --- nodes ------------------------------------------------------------------------------------------------------- */

static strata_status copy_pairs(expansion *e, const merging *m, node_pair *out) {
    for (size_t i = 0; i < m->count; i++) {
        bool merged = m->sources && m->sources[i];
        e->aliased += merged;
        TRY(copy_expanded(e, m->pairs[i].key, &out[i].key));
        TRY(copy_expanded(e, m->pairs[i].value, &out[i].value));
        e->aliased -= merged;
    }
    return STRATA_OK;
}

static strata_status copy_mapping(expansion *e, const node *n, bool in_place, node **out) {
    merging m;
    TRY(merge_pairs(e, n, in_place, &m));
    TRY(copy_node(e, n, (uint32_t)m.count, out));
    return copy_pairs(e, &m, (*out)->pairs);
}

static strata_status copy_expanded(expansion *e, const node *n, node **out) {
    if (n->kind == NODE_SCALAR) return copy_node(e, n, 0, out);
    if (n->kind == NODE_ALIAS) return copy_alias(e, n, out);
    TRY(enter(e, n));
    if (n->kind == NODE_MAPPING) {
        TRY(copy_mapping(e, n, false, out));
    } else {
        TRY(copy_node(e, n, n->count, out));
        for (uint32_t i = 0; i < n->count; i++)
            TRY(copy_expanded(e, n->items[i], &(*out)->items[i]));
    }
    e->depth--;
    return STRATA_OK;
}

static strata_status expand_in_place(expansion *e, node *n) {
    if (n->kind == NODE_SCALAR) return STRATA_OK;
    TRY(enter(e, n));
    if (n->kind == NODE_MAPPING) {
        node *copy;
        TRY(copy_mapping(e, n, true, &copy));
        n->pairs = copy->pairs;
        n->count = copy->count;
        n->capacity = copy->capacity;
    } else {
        for (uint32_t i = 0; i < n->count; i++)
            TRY(n->items[i]->kind == NODE_ALIAS ? copy_alias(e, n->items[i], &n->items[i])
                                                : expand_in_place(e, n->items[i]));
    }
    e->depth--;
    return STRATA_OK;
}

/* Lists hold their items themselves: what was the target of an alias may be part of the result. */
static void clear_marks(node *n) {
    n->flags &= (uint8_t)~MARKS;
    for (uint32_t i = 0; n->kind == NODE_SEQUENCE && i < n->count; i++)
        clear_marks(n->items[i]);
}

strata_status expand(scope *sc, node *root) {
    expansion e = {.sc = sc};
    root->flags |= BEING_EXPANDED;
    TRY(expand_in_place(&e, root));
    clear_marks(root);
    return STRATA_OK;
}
