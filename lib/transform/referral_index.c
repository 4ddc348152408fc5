/* transform/referral_index.c: see referral_index.h. Buckets and what they do with prefixes are in referral_bucket.c. */
#include "transform/referral_index.h"

#include "core/hash_index.h"
#include "core/table.h"
#include "transform/referral_bucket.h"

/* --- numbers for texts ------------------------------------------------------------------------------------------- */

typedef struct numbering {
    table numbers; /* from 1 */
    uint32_t count;
} numbering;

/* 0 when the text has no number. */
static uint32_t number_of(const numbering *n, text t) { return (uint32_t)(uintptr_t)table_get(&n->numbers, t); }

static bool number_text(numbering *n, arena *a, text t, uint32_t *out) {
    *out = number_of(n, t);
    if (*out) return true;
    *out = ++n->count;
    return table_add(&n->numbers, a, t, (void *)(uintptr_t)*out);
}

/* --- the index --------------------------------------------------------------------------------------------------- */

enum { ANY = 0 }; /* in keys: any place, any original namespace */

typedef struct bucket_key {
    text name; /* a former one */
    uint32_t target;
    uint32_t place;
    uint32_t original;
} bucket_key;

typedef struct keyed_bucket {
    bucket_key key;
    referral_bucket bucket;
} keyed_bucket;

/* A pair of places: where a resource was at first, and where it is. */
typedef struct move_key {
    uint32_t original;
    uint32_t place;
} move_key;

struct referral_filtered {
    bool service_accounts_only;
    bool has_role;
    gvk role;
    referral_bucket bucket;
    struct referral_filtered *next;
};

struct referral_index {
    const resource_set *set;
    name_reference_list references;
    numbering spaces;
    uint32_t cluster; /* the number that stands for "in no namespace" */
    uint64_t seed;
    /* Keyed buckets, one index for each way to ask: [by place][by original namespace]; made when first asked. */
    hash_index buckets[2][2];
    bool has_buckets[2][2];
    table originals;        /* keys: move_key, of all resources */
    table places_originals; /* original namespace → referral_places */
    bool has_originals;
    affix_trees trees;
};

static text key_text(const move_key *key) { return text_of((const char *)key, sizeof *key); }

referral_place referral_index_place(const referral_index *index, const resource *r) {
    resource_id id = resource_current_id(r, index->set->schema);
    return (referral_place){.cluster = id.cluster_scoped, .name_space = id.name_space};
}

static uint32_t place_number(const referral_index *index, const referral_place *place) {
    return place->cluster ? index->cluster : number_of(&index->spaces, place->name_space);
}

static bool number_place(referral_index *index, arena *a, const referral_place *place, uint32_t *out) {
    *out = index->cluster;
    return place->cluster || number_text(&index->spaces, a, place->name_space, out);
}

static text original_namespace(const referral_index *index, const resource *r) {
    resource_id id = resource_original_id(r, index->set->schema);
    return resource_id_effective_namespace(&id);
}

strata_status referral_index_new(scope *sc, const resource_set *set, name_reference_list references,
                                 referral_index **out) {
    referral_index *index = ARENA_NEW(sc->arena, referral_index);
    if (!index) return scope_no_memory(sc);
    index->set = set;
    index->references = references;
    index->seed = hash_seed_of(sc->arena);
    /* No namespace has a NUL in its name, so this one stands for what has none. */
    if (!number_text(&index->spaces, sc->arena, TEXT("\0cluster"), &index->cluster)) return scope_no_memory(sc);
    *out = index;
    return STRATA_OK;
}

/* --- buckets ----------------------------------------------------------------------------------------------------- */

/* `type` is the resource's, with any kind. */
static bool was_selected(const resource *r, gvk type, const gvk *by) {
    for (size_t i = 0; i < r->previous_count; i++) {
        type.kind = r->previous[i].kind;
        if (gvk_selected(type, *by)) return true;
    }
    return false;
}

static bool was_called_before(const resource *r, size_t at) {
    for (size_t i = 0; i < at; i++)
        if (text_equal(r->previous[i].name, r->previous[at].name)) return true;
    return false;
}

static uint64_t hash_of(const referral_index *index, const bucket_key *key) {
    const uint32_t numbers[] = {key->target, key->place, key->original};
    return hash_text(key->name, hash_text(text_of((const char *)numbers, sizeof numbers), index->seed));
}

static bool same_key(const bucket_key *a, const bucket_key *b) {
    return a->target == b->target && a->place == b->place && a->original == b->original && text_equal(a->name, b->name);
}

static referral_bucket *bucket_at(const hash_index *buckets, uint64_t hash, const bucket_key *key) {
    for (hash_found f = hash_index_find(buckets, hash); f.value; f = hash_index_next(buckets, f)) {
        keyed_bucket *found = f.value;
        if (same_key(&found->key, key)) return &found->bucket;
    }
    return NULL;
}

static bool add_to_bucket(arena *a, const referral_index *index, hash_index *buckets, const bucket_key *key,
                          resource *r) {
    uint64_t hash = hash_of(index, key);
    referral_bucket *b = bucket_at(buckets, hash, key);
    if (b) return resource_list_add(a, &b->list, r);
    keyed_bucket *made = ARENA_NEW(a, keyed_bucket);
    if (!made || !hash_index_add(buckets, a, hash, made)) return false;
    made->key = *key;
    return resource_list_add(a, &made->bucket.list, r);
}

static bool enter_resource(referral_index *index, arena *a, bool by_place, bool by_original, resource *r) {
    referral_place place = referral_index_place(index, r);
    bucket_key key = {.place = ANY, .original = ANY};
    if (by_place && !number_place(index, a, &place, &key.place)) return false;
    if (by_original && !number_text(&index->spaces, a, original_namespace(index, r), &key.original)) return false;
    gvk own = resource_gvk(r);
    for (size_t target = 0; target < index->references.count; target++) {
        const name_reference *reference = &index->references.items[target];
        gvk type = {reference->group, reference->version, reference->kind};
        if (!was_selected(r, own, &type)) continue;
        key.target = (uint32_t)target;
        for (size_t i = 0; i < r->previous_count; i++) {
            if (was_called_before(r, i)) continue;
            key.name = r->previous[i].name;
            if (!add_to_bucket(a, index, &index->buckets[by_place][by_original], &key, r)) return false;
        }
    }
    return true;
}

static strata_status need_buckets(scope *sc, referral_index *index, bool by_place, bool by_original) {
    if (index->has_buckets[by_place][by_original]) return STRATA_OK;
    for (size_t i = 0; i < index->set->count; i++) {
        resource *r = index->set->items[i];
        resources_look_ahead(index->set->items, index->set->count, i);
        if (r->previous_count && !enter_resource(index, sc->arena, by_place, by_original, r))
            return scope_no_memory(sc);
    }
    index->has_buckets[by_place][by_original] = true;
    return STRATA_OK;
}

static bool filter_keeps(const referral_query *q, bool service_accounts_only, const resource *r) {
    if (service_accounts_only && !text_is(resource_kind(r), "ServiceAccount")) return false;
    return !q->role || was_selected(r, resource_gvk(r), q->role);
}

/* The bucket without the resources that the query has no use for; each filter is applied once. */
static strata_status filtered_bucket(scope *sc, referral_bucket *b, const referral_query *q, bool service_accounts_only,
                                     referral_bucket **out) {
    if (!service_accounts_only && !q->role) {
        *out = b;
        return STRATA_OK;
    }
    struct referral_filtered *f = b->filtered;
    while (f && (f->service_accounts_only != service_accounts_only || f->has_role != (q->role != NULL) ||
                 (q->role && !gvk_equal(f->role, *q->role))))
        f = f->next;
    if (!f) {
        f = ARENA_NEW(sc->arena, struct referral_filtered);
        if (!f) return scope_no_memory(sc);
        f->service_accounts_only = service_accounts_only;
        f->has_role = q->role != NULL;
        if (q->role) f->role = *q->role;
        for (size_t i = 0; i < b->list.count; i++)
            if (filter_keeps(q, service_accounts_only, b->list.items[i]) &&
                !resource_list_add(sc->arena, &f->bucket.list, b->list.items[i]))
                return scope_no_memory(sc);
        f->next = b->filtered;
        b->filtered = f;
    }
    *out = &f->bucket;
    return STRATA_OK;
}

/* --- asking ------------------------------------------------------------------------------------------------------ */

static bool add_place_of(arena *a, referral_index *index, text original, referral_place place) {
    referral_places *places = table_get(&index->places_originals, original);
    if (!places) {
        places = ARENA_NEW(a, referral_places);
        if (!places || !table_add(&index->places_originals, a, original, places)) return false;
    }
    referral_place *items = arena_grow(a, places->items, &places->capacity, places->count + 1, sizeof *items);
    if (!items) return false;
    places->items = items;
    places->items[places->count++] = place;
    return true;
}

static bool enter_original(arena *a, referral_index *index, const resource *r) {
    static char there;
    referral_place own = referral_index_place(index, r);
    text original = original_namespace(index, r);
    move_key *keys = ARENA_ARRAY(a, move_key, 2);
    if (!keys) return false;
    if (!number_text(&index->spaces, a, original, &keys[0].original) || !number_place(index, a, &own, &keys[0].place))
        return false;
    keys[1].original = keys[0].original;
    for (size_t k = 0; k < 2; k++) {
        if (table_get(&index->originals, key_text(&keys[k]))) continue;
        if (!table_add(&index->originals, a, key_text(&keys[k]), &there)) return false;
        if (k == 0 && !add_place_of(a, index, original, own)) return false;
    }
    return true;
}

static strata_status need_originals(scope *sc, referral_index *index) {
    for (size_t i = 0; !index->has_originals && i < index->set->count; i++)
        if (!enter_original(sc->arena, index, index->set->items[i])) return scope_no_memory(sc);
    index->has_originals = true;
    return STRATA_OK;
}

strata_status referral_index_places_of(scope *sc, referral_index *index, text original, const referral_places **out) {
    TRY(need_originals(sc, index));
    *out = table_get(&index->places_originals, original);
    return STRATA_OK;
}

strata_status referral_index_had(scope *sc, referral_index *index, text original, const referral_place *place,
                                 bool *out) {
    TRY(need_originals(sc, index));
    move_key key = {.original = number_of(&index->spaces, original), .place = place ? place_number(index, place) : ANY};
    *out = key.original && (!place || key.place) && table_get(&index->originals, key_text(&key));
    return STRATA_OK;
}

/* The buckets that a query is about. */
typedef struct bucket_list {
    referral_bucket **items;
    size_t count;
    size_t capacity;
    size_t resources; /* in all of them */
} bucket_list;

static strata_status keep_bucket(scope *sc, referral_bucket *b, bucket_list *out) {
    if (b->list.count == 0) return STRATA_OK;
    referral_bucket **items = arena_grow(sc->arena, out->items, &out->capacity, out->count + 1, sizeof *items);
    if (!items) return scope_no_memory(sc);
    out->items = items;
    out->items[out->count++] = b;
    out->resources += b->list.count;
    return STRATA_OK;
}

static strata_status add_bucket(scope *sc, referral_index *index, const referral_query *q, const referral_place *place,
                                bucket_key key, bucket_list *out) {
    if (place && !(key.place = place_number(index, place))) return STRATA_OK;
    referral_bucket *b =
        bucket_at(&index->buckets[place != NULL][q->original_namespace != NULL], hash_of(index, &key), &key);
    if (!b) return STRATA_OK;
    TRY(filtered_bucket(sc, b, q, place && place->service_accounts_only, &b));
    return keep_bucket(sc, b, out);
}

/* The place of the query that a resource lies at, NULL when it lies elsewhere. */
static const referral_place *place_in_query(const referral_index *index, const referral_query *q, const resource *r) {
    referral_place own = referral_index_place(index, r);
    for (size_t i = 0; own.cluster && i < q->place_count; i++)
        if (q->places[i].cluster) return &q->places[i];
    size_t number = own.cluster ? 0 : (size_t)(uintptr_t)table_get(q->place_numbers, own.name_space);
    return number ? &q->places[number - 1] : NULL;
}

/* What of the resources at any place lies at one of the query's. */
static strata_status sift_bucket(scope *sc, const referral_index *index, const referral_query *q,
                                 const referral_bucket *b, bucket_list *out) {
    referral_bucket *sifted = ARENA_NEW(sc->arena, referral_bucket);
    if (!sifted) return scope_no_memory(sc);
    for (size_t i = 0; i < b->list.count; i++) {
        const referral_place *place = place_in_query(index, q, b->list.items[i]);
        if (!place || !filter_keeps(q, place->service_accounts_only, b->list.items[i])) continue;
        if (!resource_list_add(sc->arena, &sifted->list, b->list.items[i])) return scope_no_memory(sc);
    }
    return keep_bucket(sc, sifted, out);
}

static strata_status find_buckets(scope *sc, referral_index *index, const referral_query *q, bucket_list *out) {
    const bool by_original = q->original_namespace != NULL, sifts = q->place_numbers && !q->everywhere;
    bucket_key key = {.target = (uint32_t)q->target, .name = q->name};
    TRY(need_buckets(sc, index, !q->everywhere && !sifts, by_original));
    if (by_original && !(key.original = number_of(&index->spaces, *q->original_namespace))) return STRATA_OK;
    if (sifts) {
        const referral_bucket *b = bucket_at(&index->buckets[false][by_original], hash_of(index, &key), &key);
        if (!b) return STRATA_OK;
        if (b->list.count <= q->place_count) return sift_bucket(sc, index, q, b, out);
        TRY(need_buckets(sc, index, true, by_original));
    }
    if (q->everywhere) return add_bucket(sc, index, q, NULL, key, out);
    for (size_t i = 0; i < q->place_count; i++)
        TRY(add_bucket(sc, index, q, &q->places[i], key, out));
    return STRATA_OK;
}

static strata_status match(scope *sc, referral_index *index, const referral_query *q, const bucket_list *buckets,
                           bool loosely, size_t most, resource_list *out) {
    *out = (resource_list){NULL, 0, 0};
    for (size_t i = 0; i < buckets->count; i++)
        TRY(referral_bucket_match(sc, buckets->items[i], &index->trees, q->referrer, loosely, most, out));
    return STRATA_OK;
}

static bool same_answer(const referral_query *q, const resource *a, const resource *b) {
    return text_equal(resource_name(a), resource_name(b)) &&
           (!q->compares_namespaces || text_equal(resource_namespace(a), resource_namespace(b)));
}

/* The first in the order of the set, and one that contradicts it. */
static void choose(const referral_query *q, const resource_list *list, resource **out, const resource **rival) {
    for (size_t i = 0; i < list->count; i++)
        if (!*out || list->items[i]->position < (*out)->position) *out = list->items[i];
    for (size_t i = 0; i < list->count; i++)
        if (!same_answer(q, *out, list->items[i])) *rival = list->items[i];
}

strata_status referral_index_select(scope *sc, referral_index *index, const referral_query *q, resource **out,
                                    const resource **rival) {
    *out = NULL;
    *rival = NULL;
    bucket_list buckets = {NULL, 0, 0, 0};
    TRY(find_buckets(sc, index, q, &buckets));
    if (buckets.resources == 1) *out = buckets.items[0]->list.items[0];
    if (buckets.resources <= 1) return STRATA_OK;
    resource_list fitting;
    TRY(match(sc, index, q, &buckets, true, 2, &fitting));
    if (fitting.count == 2) TRY(match(sc, index, q, &buckets, false, SIZE_MAX, &fitting));
    choose(q, &fitting, out, rival);
    return STRATA_OK;
}
