/* package/sync.c: see sync.h. */
#include "package/sync.h"

#include "core/sort.h"
#include "core/table.h"

static strata_status fail_nested(scope *sc, const node *n) {
    return scope_fail(sc, DIAGNOSTIC_LIMIT, n->where, "the document is nested more than %u levels deep",
                      (unsigned)sc->limits->nesting);
}

/* Extras may be shared with the parsed document, so they are replaced and not changed. */
static node_extra *own_extra(scope *sc, node *n) {
    node_extra *own = ARENA_NEW(sc->arena, node_extra);
    if (own && n->extra) *own = *n->extra;
    if (own) n->extra = own;
    return own;
}

/* --- comments ---------------------------------------------------------------------------------------------------- */

static void fill(text *to, text from) {
    if (to->size == 0) *to = from;
}

static strata_status copy_own(scope *sc, const node *from, node *to) {
    if (to->kind == NODE_SCALAR && to->style == STYLE_FOLDED) to->style = STYLE_DOUBLE_QUOTED;
    if (!from->extra) return STRATA_OK;
    node_extra *extra = own_extra(sc, to);
    if (!extra) return scope_no_memory(sc);
    fill(&extra->line_comment, from->extra->line_comment);
    fill(&extra->head_comment, from->extra->head_comment);
    fill(&extra->foot_comment, from->extra->foot_comment);
    fill(&extra->document_head, from->extra->document_head);
    return STRATA_OK;
}

static strata_status index_keys(scope *sc, const node *mapping, table *out) {
    for (uint32_t i = 0; i < mapping->count; i++)
        if (!table_add(out, sc->arena, node_text(mapping->pairs[i].key), &mapping->pairs[i]))
            return scope_no_memory(sc);
    return STRATA_OK;
}

static strata_status copy_comments(scope *sc, const node *from, node *to, uint32_t depth) {
    if (depth > sc->limits->nesting) return fail_nested(sc, to);
    TRY(copy_own(sc, from, to));
    if (from->kind != to->kind) return STRATA_OK;
    if (from->kind == NODE_MAPPING) {
        table keys = {0};
        TRY(index_keys(sc, from, &keys));
        for (uint32_t i = 0; i < to->count; i++) {
            const node_pair *pair = table_get(&keys, node_text(to->pairs[i].key));
            if (!pair) continue;
            TRY(copy_own(sc, pair->key, to->pairs[i].key));
            TRY(copy_comments(sc, pair->value, to->pairs[i].value, depth + 1));
        }
    }
    for (uint32_t i = 0; from->kind == NODE_SEQUENCE && i < from->count && i < to->count; i++)
        if (text_equal(node_text(from->items[i]), node_text(to->items[i])))
            TRY(copy_comments(sc, from->items[i], to->items[i], depth + 1));
    return STRATA_OK;
}

strata_status sync_comments(scope *sc, const node *from, node *to) { return copy_comments(sc, from, to, 0); }

/* --- order ------------------------------------------------------------------------------------------------------- */

typedef struct placed_pair {
    node_pair pair;
    const node_pair *model; /* NULL: the function added it */
} placed_pair;

static int compare_places(const void *a, const void *b, void *user) {
    const node_pair *x = ((const placed_pair *)a)->model, *y = ((const placed_pair *)b)->model;
    (void)user;
    if (!x || !y) return !x && !y ? 0 : x ? -1 : 1;
    return x < y ? -1 : x > y;
}

static strata_status order_node(scope *sc, const node *from, node *to, uint32_t depth);

static strata_status order_pairs(scope *sc, const node *from, node *to, uint32_t depth) {
    table keys = {0};
    placed_pair *placed = ARENA_ARRAY(sc->arena, placed_pair, to->count + 1);
    if (!placed) return scope_no_memory(sc);
    TRY(index_keys(sc, from, &keys));
    for (uint32_t i = 0; i < to->count; i++)
        placed[i] = (placed_pair){to->pairs[i], table_get(&keys, node_text(to->pairs[i].key))};
    if (!sort_stable(sc->from, placed, to->count, sizeof *placed, compare_places, NULL)) return scope_no_memory(sc);
    for (uint32_t i = 0; i < to->count; i++) {
        to->pairs[i] = placed[i].pair;
        if (placed[i].model) TRY(order_node(sc, placed[i].model->value, to->pairs[i].value, depth + 1));
    }
    return STRATA_OK;
}

static strata_status order_node(scope *sc, const node *from, node *to, uint32_t depth) {
    if (depth > sc->limits->nesting) return fail_nested(sc, to);
    if (from->kind != to->kind) return STRATA_OK;
    if (from->kind == NODE_MAPPING) return order_pairs(sc, from, to, depth);
    for (uint32_t i = 0; from->kind == NODE_SEQUENCE && i < from->count && i < to->count; i++)
        TRY(order_node(sc, from->items[i], to->items[i], depth + 1));
    return STRATA_OK;
}

strata_status sync_order(scope *sc, const node *from, node *to) { return order_node(sc, from, to, 0); }
