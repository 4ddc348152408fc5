/*
 * transform/order.c: SortOrderTransformer: the order of the resources in the stream; after kustomize's
 * SortOrderTransformer.go.
 *
 * The legacy order goes by the rank of the kind, then "group_version_kind" with "~G" and the like for empty parts (so
 * the core group comes after those that begin with a letter), then the id's text. Keys are made once; O(n log n).
 */
#include "core/sort.h"
#include "core/table.h"
#include "schema/kind_order.h"
#include "transform/transform.h"

typedef struct sort_item {
    resource *r;
    gvk type;
    text name;
    text name_space;
    long rank;
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

static int compare_types(const sort_item *a, const sort_item *b) {
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

static int compare(const void *first, const void *second, void *user) {
    const sort_item *a = first, *b = second;
    (void)user;
    if (gvk_equal(a->type, b->type)) return compare_ids(a, b);
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    return compare_types(a, b);
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

static strata_status sort(scope *sc, resource_set *set, const kind_ranks *ranks) {
    if (set->count == 0) return STRATA_OK;
    sort_item *items = ARENA_ARRAY(sc->arena, sort_item, set->count);
    if (!items) return scope_no_memory(sc);
    for (size_t i = 0; i < set->count; i++) {
        resource *r = set->items[i];
        gvk type = resource_gvk(r);
        items[i] = (sort_item){r, type, resource_name(r), resource_namespace(r), rank_of(ranks, type.kind)};
    }
    /* Namespaces of several groups among kinds of equal rank have no consistent order, which qsort may not be given. */
    if (!sort_stable(sc->from, items, set->count, sizeof *items, compare, NULL)) return scope_no_memory(sc);
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
