/* transform/referral_bucket.c: see referral_bucket.h. */
#include "transform/referral_bucket.h"

enum {
    FEW_RESOURCES = 8, /* up to here a bucket is simply gone through */
    MANY_AFFIXES = 64  /* a resource with more pairs of nodes than this is not entered under them */
};

/* --- affixes ----------------------------------------------------------------------------------------------------- */

static bool end_alike(const text_list *a, const text_list *b, bool loosely) {
    size_t shorter = a->count < b->count ? a->count : b->count;
    if (shorter == 0) return loosely || a->count == b->count;
    for (size_t i = 1; i <= shorter; i++)
        if (!text_equal(a->items[a->count - i], b->items[b->count - i])) return false;
    return true;
}

static bool fits(const resource *a, const resource *b, bool loosely) {
    return end_alike(&a->prefixes, &b->prefixes, loosely) && end_alike(&a->suffixes, &b->suffixes, loosely);
}

static strata_status enter_list(scope *sc, affix_trees *trees, affix_node *root, const text_list *list,
                                affix_node **out) {
    *out = root;
    for (size_t i = list->count; i-- > 0;) {
        affix_node *child = table_get(&(*out)->children, list->items[i]);
        if (!child) {
            child = ARENA_NEW(sc->arena, affix_node);
            if (!child || !table_add(&(*out)->children, sc->arena, list->items[i], child)) return scope_no_memory(sc);
            child->parent = *out;
            child->depth = (*out)->depth + 1;
            child->id = ++trees->count;
        }
        *out = child;
    }
    return STRATA_OK;
}

typedef struct affix_pair {
    affix_node *prefix;
    affix_node *suffix;
} affix_pair;

static strata_status enter_pair(scope *sc, affix_trees *trees, const resource *r, affix_pair *out) {
    TRY(enter_list(sc, trees, &trees->prefixes, &r->prefixes, &out->prefix));
    return enter_list(sc, trees, &trees->suffixes, &r->suffixes, &out->suffix);
}

/* --- entries under affixes --------------------------------------------------------------------------------------- */

/* "At this node" or "below it", for both trees. */
typedef struct affix_key {
    uint32_t prefix;
    uint32_t suffix;
    uint32_t below_prefix;
    uint32_t below_suffix;
} affix_key;

static text key_text(const affix_key *key) { return text_of((const char *)key, sizeof *key); }

static bool enter_under(arena *a, referral_bucket *b, const affix_key *key, resource *r) {
    resource_list *list = table_get(&b->by_affixes, key_text(key));
    if (!list) {
        affix_key *kept = arena_alloc(a, sizeof *kept);
        list = ARENA_NEW(a, resource_list);
        if (!kept || !list) return false;
        *kept = *key;
        if (!table_add(&b->by_affixes, a, key_text(kept), list)) return false;
    }
    return resource_list_add(a, list, r);
}

static strata_status index_resource(scope *sc, referral_bucket *b, affix_trees *trees, resource *r) {
    affix_pair own;
    TRY(enter_pair(sc, trees, r, &own));
    if (((size_t)own.prefix->depth + 1) * ((size_t)own.suffix->depth + 1) > MANY_AFFIXES)
        return resource_list_add(sc->arena, &b->apart, r) ? STRATA_OK : scope_no_memory(sc);
    for (affix_node *p = own.prefix; p; p = p->parent)
        for (affix_node *s = own.suffix; s; s = s->parent) {
            affix_key key = {p->id, s->id, p != own.prefix, s != own.suffix};
            if (!enter_under(sc->arena, b, &key, r)) return scope_no_memory(sc);
        }
    return STRATA_OK;
}

static strata_status index_bucket(scope *sc, referral_bucket *b, affix_trees *trees) {
    for (size_t i = 0; i < b->list.count; i++)
        TRY(index_resource(sc, b, trees, b->list.items[i]));
    b->is_indexed = true;
    return STRATA_OK;
}

/* --- matching ---------------------------------------------------------------------------------------------------- */

static strata_status match_one_by_one(scope *sc, const resource_list *list, const resource *referrer, bool loosely,
                                      size_t most, resource_list *out) {
    for (size_t i = 0; i < list->count && out->count < most; i++)
        if (fits(list->items[i], referrer, loosely) && !resource_list_add(sc->arena, out, list->items[i]))
            return scope_no_memory(sc);
    return STRATA_OK;
}

static strata_status add_under(scope *sc, const referral_bucket *b, const affix_key *key, size_t most,
                               resource_list *out) {
    const resource_list *list = table_get(&b->by_affixes, key_text(key));
    for (size_t i = 0; list && i < list->count && out->count < most; i++)
        if (!resource_list_add(sc->arena, out, list->items[i])) return scope_no_memory(sc);
    return STRATA_OK;
}

/* The next node up that may match: strictly, the empty list only matches itself. */
static const affix_node *next_up(const affix_node *n, bool loosely) {
    const affix_node *up = n->parent;
    return up && (loosely || up->parent) ? up : NULL;
}

/* Whether resources with more affixes than the referrer may match it. */
static bool may_be_below(const affix_node *n, bool loosely) { return loosely || n->parent; }

static strata_status match_suffixes(scope *sc, const referral_bucket *b, uint32_t prefix, bool below,
                                    const affix_node *own, bool loosely, size_t most, resource_list *out) {
    for (const affix_node *s = own; s; s = next_up(s, loosely)) {
        affix_key key = {prefix, s->id, below, 0};
        TRY(add_under(sc, b, &key, most, out));
    }
    affix_key key = {prefix, own->id, below, 1};
    return may_be_below(own, loosely) ? add_under(sc, b, &key, most, out) : STRATA_OK;
}

strata_status referral_bucket_match(scope *sc, referral_bucket *b, affix_trees *trees, const resource *referrer,
                                    bool loosely, size_t most, resource_list *out) {
    if (b->list.count <= FEW_RESOURCES) return match_one_by_one(sc, &b->list, referrer, loosely, most, out);
    if (!b->is_indexed) TRY(index_bucket(sc, b, trees));
    affix_pair own;
    TRY(enter_pair(sc, trees, referrer, &own));
    for (const affix_node *p = own.prefix; p; p = next_up(p, loosely))
        TRY(match_suffixes(sc, b, p->id, false, own.suffix, loosely, most, out));
    if (may_be_below(own.prefix, loosely))
        TRY(match_suffixes(sc, b, own.prefix->id, true, own.suffix, loosely, most, out));
    return match_one_by_one(sc, &b->apart, referrer, loosely, most, out);
}
