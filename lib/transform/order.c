/*
 * transform/order.c: SortOrderTransformer: the order of the resources in the stream; after kustomize's
 * SortOrderTransformer.go.
 *
 * The legacy order goes by the rank of the kind, then "group_version_kind" with "~G" and the like for empty parts (so
 * the core group comes after those that begin with a letter), then the id's text. Types are few: they are put in order
 * first, then the resources of each, which are mostly in order as they came. O(n log n).
 */
#include "core/hash_index.h"
#include "core/sort.h"
#include "core/table.h"
#include "schema/kind_order.h"
#include "transform/transform.h"

typedef struct sort_type {
    gvk type;
    long rank;
    size_t count;            /* of its resources */
    struct sort_type *group; /* the first of those that neither comes before the other: nearly always itself */
    size_t begin;            /* of a group: its place among the resources; `end` moves on as they are put there */
    size_t end;
} sort_type;

typedef struct sort_item {
    resource *r;
    sort_type *type;
    text name;
    text name_space;
} sort_item;

static text part_or(text part, const char *stand_in) { return text_empty(part) ? text_from(stand_in) : part; }

/* Compares texts made of parts that a separator joins, without making them. */
static int compare_joined(const text *a, const text *b, size_t count, char separator) {
    size_t part_a = 0, part_b = 0, at_a = 0, at_b = 0;
    for (;;) {
        int byte_a, byte_b;
        if (at_a < a[part_a].size)
            byte_a = (unsigned char)a[part_a].data[at_a++];
        else
            byte_a = ++part_a < count ? (at_a = 0, (unsigned char)separator) : -1;
        if (at_b < b[part_b].size)
            byte_b = (unsigned char)b[part_b].data[at_b++];
        else
            byte_b = ++part_b < count ? (at_b = 0, (unsigned char)separator) : -1;
        if (byte_a != byte_b) return byte_a < byte_b ? -1 : 1;
        if (byte_a < 0) return 0;
    }
}

static int compare_type_names(const sort_type *a, const sort_type *b) {
    const text parts_a[] = {part_or(a->type.group, "~G"), part_or(a->type.version, "~V"), part_or(a->type.kind, "~K")};
    const text parts_b[] = {part_or(b->type.group, "~G"), part_or(b->type.version, "~V"), part_or(b->type.kind, "~K")};
    int order = compare_joined(parts_a, parts_b, 3, '_');
    bool namespaces = text_is(a->type.kind, "Namespace") && text_is(b->type.kind, "Namespace");
    return namespaces && (text_empty(a->type.group) || text_empty(b->type.group)) ? -order : order;
}

/* "type|namespace|name"; the types are equal here. */
static int compare_ids(const sort_item *a, const sort_item *b) {
    if (text_equal(a->name_space, b->name_space)) return text_compare(part_or(a->name, "~N"), part_or(b->name, "~N"));
    const text parts_a[] = {part_or(a->name_space, "~X"), part_or(a->name, "~N")};
    const text parts_b[] = {part_or(b->name_space, "~X"), part_or(b->name, "~N")};
    return compare_joined(parts_a, parts_b, 2, '|');
}

static int compare_types(const void *first, const void *second, void *user) {
    const sort_type *const *a = first, *const *b = second;
    (void)user;
    return (*a)->rank != (*b)->rank ? ((*a)->rank < (*b)->rank ? -1 : 1) : compare_type_names(*a, *b);
}

/* Of resources whose types are equal to the order. */
static int compare_items(const void *first, const void *second, void *user) {
    const sort_item *a = first, *b = second;
    (void)user;
    return a->type == b->type ? compare_ids(a, b) : 0;
}

/* The rank of each kind that the options list; a kind that is listed twice has its last rank. */
typedef struct kind_ranks {
    table by_kind; /* of long */
    bool is_default;
} kind_ranks;

static strata_status add_ranks(scope *sc, kind_ranks *ranks, const located_list *kinds, long first) {
    for (size_t i = 0; i < kinds->count; i++) {
        long *rank = table_get(&ranks->by_kind, kinds->items[i].value);
        if (!rank) {
            rank = ARENA_NEW(sc->arena, long);
            if (!rank || !table_add(&ranks->by_kind, sc->arena, kinds->items[i].value, rank))
                return scope_no_memory(sc);
        }
        *rank = first + (long)i;
    }
    return STRATA_OK;
}

static long rank_of(const kind_ranks *ranks, text kind) {
    if (ranks->is_default) return kind_rank(kind);
    const long *rank = table_get(&ranks->by_kind, kind);
    return rank ? *rank : 0;
}

/* --- sorting ----------------------------------------------------------------------------------------------------- */

typedef struct sort_types {
    sort_type **items; /* as they were met, then in order */
    size_t count;
    size_t capacity;
    hash_index by_hash;
    uint64_t seed;
} sort_types;

static strata_status type_of(scope *sc, sort_types *types, const kind_ranks *ranks, gvk type, sort_type **out) {
    uint64_t hash = hash_text(type.kind, hash_text(type.version, hash_text(type.group, types->seed)));
    for (hash_found f = hash_index_find(&types->by_hash, hash); f.value; f = hash_index_next(&types->by_hash, f)) {
        *out = f.value;
        if (gvk_equal((*out)->type, type)) return STRATA_OK;
    }
    sort_type **items = arena_grow(sc->arena, types->items, &types->capacity, types->count + 1, sizeof *items);
    if (!items) return scope_no_memory(sc);
    types->items = items;
    sort_type *own = *out = ARENA_NEW(sc->arena, sort_type);
    if (!own || !hash_index_add(&types->by_hash, sc->arena, hash, own)) return scope_no_memory(sc);
    *own = (sort_type){.type = type, .rank = rank_of(ranks, type.kind)};
    types->items[types->count++] = own;
    return STRATA_OK;
}

/*
 * Puts the types in order and gives each group of equal ones its place among the resources. Namespaces of several
 * groups among kinds of equal rank have no consistent order, which qsort may not be given.
 */
static strata_status place_types(scope *sc, sort_types *types) {
    size_t place = 0;
    if (!sort_stable(sc->from, types->items, types->count, sizeof *types->items, compare_types, NULL))
        return scope_no_memory(sc);
    for (size_t i = 0; i < types->count; i++) {
        sort_type *type = types->items[i], *before = i ? types->items[i - 1] : NULL;
        type->group = before && compare_types(&before, &type, NULL) == 0 ? before->group : type;
        if (type->group == type) type->begin = type->end = place;
        place += type->count;
    }
    return STRATA_OK;
}

static strata_status sort_groups(scope *sc, const sort_types *types, sort_item *items) {
    for (size_t i = 0; i < types->count; i++) {
        const sort_type *type = types->items[i];
        if (type->group != type) continue;
        if (!sort_stable(sc->from, items + type->begin, type->end - type->begin, sizeof *items, compare_items, NULL))
            return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static strata_status sort(scope *sc, resource_set *set, const kind_ranks *ranks) {
    if (set->count == 0) return STRATA_OK;
    sort_types types = {.seed = hash_seed_of(sc->arena)};
    sort_item *met = ARENA_ARRAY(sc->arena, sort_item, set->count);
    sort_item *items = ARENA_ARRAY(sc->arena, sort_item, set->count);
    if (!met || !items) return scope_no_memory(sc);
    for (size_t i = 0; i < set->count; i++) {
        resource *r = set->items[i];
        resources_look_ahead(set->items, set->count, i);
        resource_id id = resource_current_id(r, set->schema);
        met[i] = (sort_item){.r = r, .name = id.name, .name_space = id.name_space};
        TRY(type_of(sc, &types, ranks, id.type, &met[i].type));
        met[i].type->count++;
    }
    TRY(place_types(sc, &types));
    for (size_t i = 0; i < set->count; i++)
        items[met[i].type->group->end++] = met[i];
    TRY(sort_groups(sc, &types, items));
    for (size_t i = 0; i < set->count; i++) {
        set->items[i] = items[i].r;
        items[i].r->position = i;
    }
    return STRATA_OK;
}

strata_status order_apply_legacy(scope *sc, resource_set *set) {
    kind_ranks ranks = {.is_default = true};
    return sort(sc, set, &ranks);
}

strata_status order_apply(scope *sc, resource_set *set, const sort_options *options) {
    if (options->order != SORT_FIFO && options->order != SORT_LEGACY)
        return scope_fail(sc, DIAGNOSTIC_SORT_ORDER, options->where,
                          "the order of sortOptions must be fifo or legacy, not \"%.*s\"",
                          TEXT_ARG(options->order_text));
    if (options->order == SORT_FIFO && options->has_legacy)
        return scope_fail(sc, DIAGNOSTIC_SORT_ORDER, options->where,
                          "sortOptions has legacySortOptions, but its order is fifo");
    if (options->order == SORT_FIFO) return STRATA_OK;
    kind_ranks ranks = {.is_default = !options->has_legacy};
    TRY(add_ranks(sc, &ranks, &options->order_first, -(long)options->order_first.count));
    TRY(add_ranks(sc, &ranks, &options->order_last, 1));
    return sort(sc, set, &ranks);
}
