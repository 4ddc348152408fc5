/* yaml/decode_v2.c: see decode_v2.h; after go-yaml v2's decode.go. */
#include "yaml/decode_v2.h"

#include "core/table.h"
#include "yaml/resolve.h"

enum { BEING_DECODED = 128 }; /* a mark on collections */

typedef struct decoding {
    scope *sc;
    bool strict;
    uint32_t depth;
    uint32_t copied;
    /* go-yaml's own count of what it decodes, and of what it decodes because of aliases */
    double decoded;
    double aliased;
} decoding;

static strata_status decode(decoding *d, node *n);
static strata_status decode_slot(decoding *d, node **slot);

static strata_status fail(decoding *d, const node *n, const char *problem) {
    return scope_fail(d->sc, DIAGNOSTIC_YAML_SYNTAX, n->where, "%s", problem);
}

/* --- scalars ----------------------------------------------------------------------------------------------------- */

static node_tag tag_of(scalar_type type) {
    switch (type) {
    case SCALAR_NULL: return TAG_NULL;
    case SCALAR_BOOL: return TAG_BOOL;
    case SCALAR_INT:
    case SCALAR_UINT: return TAG_INT;
    case SCALAR_FLOAT: return TAG_FLOAT;
    case SCALAR_TIMESTAMP: /* a string to those who ask for no time */
    case SCALAR_MERGE:
    case SCALAR_STRING: break;
    }
    return TAG_STR;
}

/* What a tag says stays: whether the text agrees with it is for json_from_yaml to find. */
static void decode_scalar(node *n) {
    if (n->style == STYLE_PLAIN && !(n->flags & NODE_TAGGED)) n->tag = (uint8_t)tag_of(resolve_v2(node_text(n)).type);
}

/* --- aliases ----------------------------------------------------------------------------------------------------- */

/* Of a small document nearly all may come from aliases, of a very large one a tenth. */
static strata_status count_aliased(decoding *d, const node *n) {
    static const double low = 400000, high = 4000000;
    d->decoded++;
    d->aliased++;
    double ratio = d->decoded <= low    ? 0.99
                   : d->decoded >= high ? 0.10
                                        : 0.99 - 0.89 * ((d->decoded - low) / (high - low));
    if (d->aliased > 100 && d->decoded > 1000 && d->aliased / d->decoded > ratio)
        return scope_fail(d->sc, DIAGNOSTIC_LIMIT, n->where, "the document consists of aliases nearly entirely");
    if (d->copied++ >= d->sc->limits->alias_nodes)
        return scope_fail(d->sc, DIAGNOSTIC_LIMIT, n->where, "aliases expand to more than the limit of %u nodes",
                          d->sc->limits->alias_nodes);
    return STRATA_OK;
}

static strata_status enter(decoding *d, const node *n) {
    if (d->depth >= d->sc->limits->nesting)
        return scope_fail(d->sc, DIAGNOSTIC_LIMIT, n->where,
                          "the document is nested deeper than the limit of %u levels", d->sc->limits->nesting);
    d->depth++;
    return STRATA_OK;
}

/* A copy of what has been decoded. */
static strata_status copy_decoded(decoding *d, const node *n, node **out) {
    TRY(count_aliased(d, n));
    node *copy = arena_alloc(d->sc->arena, sizeof *copy);
    if (!copy) return scope_no_memory(d->sc);
    *copy = *n;
    *out = copy;
    if (n->kind == NODE_SCALAR || n->count == 0) return STRATA_OK;
    TRY(enter(d, n));
    size_t count = n->kind == NODE_MAPPING ? (size_t)n->count * 2 : n->count;
    copy->capacity = n->count;
    copy->items = arena_array(d->sc->arena, count, sizeof *copy->items);
    if (!copy->items) return scope_no_memory(d->sc);
    for (size_t i = 0; i < count; i++)
        TRY(copy_decoded(d, n->items[i], &copy->items[i]));
    d->depth--;
    return STRATA_OK;
}

static strata_status decode_alias(decoding *d, const node *alias, node **out) {
    node *target = node_alias_target(alias);
    if (target->flags & BEING_DECODED) return fail(d, alias, "this alias stands inside of its own anchor");
    TRY(count_aliased(d, alias));
    return copy_decoded(d, target, out);
}

/* --- mappings ---------------------------------------------------------------------------------------------------- */

/* The pairs of a mapping as they are decoded. */
typedef struct pairs {
    node *mapping; /* its array is that of the result */
    table places;
    bool indexed; /* a table is worth its cost */
} pairs;

enum { FEW_PAIRS = 16 };

static bool index_pairs(decoding *d, pairs *p) {
    p->indexed = true;
    for (uint32_t i = 0; i < p->mapping->count; i++)
        if (!table_add(&p->places, d->sc->arena, node_text(p->mapping->pairs[i].key), &p->mapping->pairs[i]))
            return false;
    return true;
}

static strata_status find_pair(decoding *d, pairs *p, text key, node_pair **out) {
    *out = NULL;
    if (!p->indexed && p->mapping->count >= FEW_PAIRS && !index_pairs(d, p)) return scope_no_memory(d->sc);
    size_t at = p->indexed ? SIZE_MAX : node_find(p->mapping, key);
    if (p->indexed)
        *out = table_get(&p->places, key);
    else if (at != SIZE_MAX)
        *out = &p->mapping->pairs[at];
    return STRATA_OK;
}

/* The array has room: see count_pairs. */
static strata_status set_pair(decoding *d, pairs *p, node *key, node *value) {
    node_pair *old;
    TRY(find_pair(d, p, node_text(key), &old));
    /* 1 and "1" are two keys to go-yaml, and one only to JSON. */
    if (old && d->strict && old->key->tag == key->tag) {
        strata_status status = scope_fail(d->sc, DIAGNOSTIC_YAML_DUPLICATE_KEY, key->where,
                                          "the key %.*s is there twice", TEXT_ARG(node_text(key)));
        return scope_note(d->sc, status, old->key->where, "the first one is here");
    }
    if (old) {
        old->value = value;
        return STRATA_OK;
    }
    node_pair *pair = &p->mapping->pairs[p->mapping->count++];
    *pair = (node_pair){key, value};
    if (p->indexed && !table_add(&p->places, d->sc->arena, node_text(key), pair)) return scope_no_memory(d->sc);
    return STRATA_OK;
}

static bool is_merge_key(const node *key) {
    if (key->kind != NODE_SCALAR || !text_is(node_text(key), "<<")) return false;
    return key->flags & NODE_TAGGED ? key->tag == TAG_MERGE : key->style == STYLE_PLAIN || key->tag == TAG_MERGE;
}

static const node *resolved(const node *n) { return n->kind == NODE_ALIAS ? node_alias_target(n) : n; }

static size_t children_of(const node *n) { return resolved(n)->kind == NODE_SCALAR ? 0 : resolved(n)->count; }

/* How many pairs a mapping may come to have: a bound for its array. */
static size_t count_pairs(const node *mapping) {
    size_t count = mapping->count;
    for (uint32_t i = 0; i < mapping->count; i++) {
        if (!is_merge_key(mapping->pairs[i].key)) continue;
        const node *value = mapping->pairs[i].value;
        count += children_of(value);
        for (uint32_t k = 0; value->kind == NODE_SEQUENCE && k < value->count; k++)
            count += children_of(value->items[k]);
    }
    return count;
}

static strata_status merge_one(decoding *d, pairs *p, node *value) {
    if (resolved(value)->kind != NODE_MAPPING)
        return fail(d, value, "only a mapping, or a list of them, can be merged");
    TRY(decode_slot(d, &value));
    for (uint32_t i = 0; i < value->count; i++)
        TRY(set_pair(d, p, value->pairs[i].key, value->pairs[i].value));
    return STRATA_OK;
}

static strata_status merge(decoding *d, pairs *p, node *value) {
    if (value->kind != NODE_SEQUENCE) return merge_one(d, p, value);
    for (uint32_t i = value->count; i > 0; i--)
        TRY(merge_one(d, p, value->items[i - 1]));
    return STRATA_OK;
}

static strata_status decode_pairs(decoding *d, node *n) {
    node_pair *from = n->pairs;
    uint32_t count = n->count;
    size_t room = count_pairs(n);
    pairs p = {.mapping = n};
    /* In place when nothing is merged: a pair is read before its place, or one before it, is written. */
    if (room > count) {
        n->pairs = ARENA_ARRAY(d->sc->arena, node_pair, room);
        if (!n->pairs) return scope_no_memory(d->sc);
        n->capacity = (uint32_t)room;
    }
    n->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        node_pair pair = from[i];
        if (is_merge_key(pair.key)) {
            TRY(merge(d, &p, pair.value));
            continue;
        }
        TRY(decode_slot(d, &pair.key));
        TRY(decode_slot(d, &pair.value));
        TRY(set_pair(d, &p, pair.key, pair.value));
    }
    return STRATA_OK;
}

/* --- nodes ------------------------------------------------------------------------------------------------------- */

static strata_status decode(decoding *d, node *n) {
    d->decoded++;
    if (n->kind == NODE_SCALAR) {
        decode_scalar(n);
        return STRATA_OK;
    }
    TRY(enter(d, n));
    n->flags |= BEING_DECODED;
    if (n->kind == NODE_MAPPING)
        TRY(decode_pairs(d, n));
    else
        for (uint32_t i = 0; i < n->count; i++)
            TRY(decode_slot(d, &n->items[i]));
    n->flags &= (uint8_t)~BEING_DECODED;
    d->depth--;
    return STRATA_OK;
}

static strata_status decode_slot(decoding *d, node **slot) {
    return (*slot)->kind == NODE_ALIAS ? decode_alias(d, *slot, slot) : decode(d, *slot);
}

strata_status decode_v2(scope *sc, node *root, bool strict) {
    decoding d = {.sc = sc, .strict = strict, .decoded = 1};
    return decode(&d, root);
}
