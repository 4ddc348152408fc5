/*
 * edit/reconcile_list.c: lists; see reconcile.h.
 *
 * Items are known by the places that they were read from. Of those that are still there as many as possible keep their
 * lines (a longest run of them in the new order); the others move, with the comments above them.
 */
#include "edit/canonical.h"
#include "edit/reconcile_inside.h"
#include "yaml/shape.h"

enum { NOWHERE = -1 };

/* An item of the new list. */
typedef struct item_fate {
    long source; /* its number in the file's list, or NOWHERE */
    bool stays;  /* its lines stay where they are */
} item_fate;

typedef struct list_change {
    reconciler *r;
    const slot *at;
    const element *list;
    const node *before;
    const node *after;
    item_fate *fates;
    long *places; /* of each old item: its number in the new list, or NOWHERE */
    const element *like;
    file_style style;
} list_change;

/* --- which item is which ------------------------------------------------------------------------------------------ */

/* The items of the tree are those of the file, one for one; copies of one anchor have one place, and count in order. */
static strata_status find_sources(list_change *c) {
    table by_place = {0};
    arena *a = c->r->sc->arena;
    for (uint32_t i = 0; i < c->before->count; i++) {
        text place = text_of((const char *)&c->before->items[i]->where, sizeof(origin));
        c->places[i] = NOWHERE;
        if (!table_add(&by_place, a, place, (void *)(uintptr_t)(i + 1))) return scope_no_memory(c->r->sc);
    }
    for (uint32_t i = 0; i < c->after->count; i++) {
        const node *item = c->after->items[i];
        const table_entry *entry =
            item->where ? table_find(&by_place, text_of((const char *)&item->where, sizeof(origin))) : NULL;
        while (entry && c->places[(uintptr_t)entry->value - 1] != NOWHERE)
            entry = table_next(entry);
        c->fates[i].source = entry ? (long)(uintptr_t)entry->value - 1 : NOWHERE;
        if (entry) c->places[(uintptr_t)entry->value - 1] = (long)i;
    }
    return STRATA_OK;
}

/* Marks a longest rising run of sources as staying: patience sorting, n log n. */
static strata_status find_staying(list_change *c) {
    size_t count = c->after->count, length = 0;
    long *tops = ARENA_ARRAY(c->r->sc->arena, long, count + 1);
    long *previous = ARENA_ARRAY(c->r->sc->arena, long, count + 1);
    if (!tops || !previous) return scope_no_memory(c->r->sc);
    for (size_t i = 0; i < count; i++) {
        if (c->fates[i].source == NOWHERE) continue;
        size_t low = 0, high = length;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (c->fates[tops[middle]].source < c->fates[i].source)
                low = middle + 1;
            else
                high = middle;
        }
        previous[i] = low ? tops[low - 1] : NOWHERE;
        tops[low] = (long)i;
        if (low == length) length++;
    }
    for (long i = length ? tops[length - 1] : NOWHERE; i != NOWHERE; i = previous[i])
        c->fates[i].stays = true;
    return STRATA_OK;
}

static bool old_stays(const list_change *c, size_t i) {
    return c->places[i] != NOWHERE && c->fates[c->places[i]].stays;
}

/* --- block style -------------------------------------------------------------------------------------------------- */

/* The lines of an item, and of the comments that touch it from above. */
typedef struct item_lines {
    size_t comments, from, to;
} item_lines;

static item_lines lines_of(text bytes, const element *list, size_t i) {
    const element *item = list->items[i];
    size_t end = item->end > item->indicator + 1 ? item->end : item->indicator + 1;
    size_t from = line_start(bytes, item->indicator);
    size_t floor = i ? line_end(bytes, list->items[i - 1]->end - 1) : 0;
    item_lines lines = {from, from, line_end(bytes, end - 1)};
    while (lines.comments > floor && line_is_comment(bytes, lines.comments - 1))
        lines.comments = line_start(bytes, lines.comments - 1);
    return lines;
}

/* Lines for another column. */
static void add_shifted(buffer *out, text lines, size_t from, size_t to) {
    while (!text_empty(lines)) {
        size_t end = line_end(lines, 0);
        size_t spaces = 0;
        while (spaces < end && lines.data[spaces] == ' ')
            spaces++;
        size_t kept = spaces + to > from ? spaces + to - from : 0;
        if (!line_is_blank(lines, 0)) buffer_add_repeated(out, ' ', kept);
        buffer_add(out, lines.data + spaces, end - spaces);
        lines = text_after(lines, end);
    }
    if (out->size && !yaml_break_before(buffer_text(out), out->size)) buffer_add_char(out, '\n');
}

/* The list in the file that holds an item read from `where`, and its number there. */
static const element *find_item(const element *e, origin where, size_t *index) {
    while (e && (e->kind == ELEMENT_SEQUENCE || e->kind == ELEMENT_MAPPING)) {
        size_t low = 0, high = e->kind == ELEMENT_MAPPING ? 2 * e->count : e->count;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (e->items[middle]->where <= where)
                low = middle + 1;
            else
                high = middle;
        }
        if (low == 0) return NULL;
        *index = low - 1;
        if (e->kind == ELEMENT_SEQUENCE && e->items[low - 1]->where == where) return e;
        e = e->items[low - 1];
    }
    return NULL;
}

/* Whether the item's text can be taken along as it is: its lines are its own. */
static bool is_movable(const reconciler *r, const element *list, size_t i) {
    return !list->flow && line_begins_at(r->bytes, list->items[i]->indicator);
}

/*
 * The file's text from *at on up to the end of what the element has in it to be spelled in other letters: with the
 * names that kustomize has for its keys. Depth is bounded by the reader.
 */
static void add_respelled(buffer *out, text bytes, const element *e, const node *n, size_t *at) {
    if (!canonical_is_respelled(n)) return;
    for (size_t i = 0; e->kind == ELEMENT_SEQUENCE && n->kind == NODE_SEQUENCE && i < e->count && i < n->count; i++)
        add_respelled(out, bytes, e->items[i], n->items[i], at);
    for (size_t i = 0; e->kind == ELEMENT_MAPPING && n->kind == NODE_MAPPING && i < e->count; i++) {
        const element *key = pair_key(e, i);
        const node_pair *pair = n->pairs, *end = n->pairs + n->count;
        while (pair < end && pair->key->where != key->where)
            pair++;
        if (pair == end) continue;
        if (pair->key->flags & CANONICAL_RESPELLED) {
            buffer_add_text(out, text_slice(bytes, *at, key->start));
            render_key(out, node_text(pair->key), key->style == STYLE_DOUBLE_QUOTED);
            *at = key->end;
        }
        add_respelled(out, bytes, pair_value(e, i), pair->value, at);
    }
}

/* The lines of an item and its comments, with the proper names of its keys. */
static strata_status respelled_lines(reconciler *r, const element *e, const node *item, item_lines lines, text *out) {
    size_t at = lines.comments;
    *out = text_slice(r->bytes, lines.comments, lines.to);
    if (!canonical_is_respelled(item)) return STRATA_OK;
    buffer b;
    buffer_init(&b, r->sc->from, r->sc->limits->output);
    add_respelled(&b, r->bytes, e, item, &at);
    buffer_add_text(&b, text_slice(r->bytes, at, lines.to));
    *out = buffer_failed(&b) ? text_of(NULL, 0) : text_copy(r->sc->arena, buffer_text(&b));
    buffer_free(&b);
    return out->data ? STRATA_OK : scope_no_memory(r->sc);
}

/* An item that was there, with its comments; what it means may be new. */
static strata_status add_moved(list_change *c, const element *from, size_t i, const node *item, bool same) {
    reconciler *r = c->r;
    item_lines lines = lines_of(r->bytes, from, i);
    size_t old_column = line_column(r->bytes, from->items[i]->indicator);
    size_t column = line_column(r->bytes, c->list->items[0]->indicator);
    size_t to = same ? lines.to : lines.from;
    text kept = text_slice(r->bytes, lines.comments, to);
    if (same) TRY(respelled_lines(r, from->items[i], item, lines, &kept));
    add_shifted(&r->work, kept, old_column, column);
    if (!same) {
        buffer_add_repeated(&r->work, ' ', column);
        render_item(&r->work, &r->style, item, column, from->items[i]);
    }
    return reconcile_moved(r, lines.comments, to);
}

static strata_status add_item(list_change *c, size_t i) {
    reconciler *r = c->r;
    const node *item = c->after->items[i];
    size_t column = line_column(r->bytes, c->list->items[0]->indicator), number = 0;
    const element *from = c->list;
    bool same = false;
    if (c->fates[i].source != NOWHERE) {
        number = (size_t)c->fates[i].source;
        same = canonical_equal(c->before->items[number], item);
    } else {
        /* From another list: a field that became part of this one. */
        from = item->where ? find_item(r->l->top, item->where, &number) : NULL;
        same = from && from->items[number]->kind == (item->kind == NODE_MAPPING ? ELEMENT_MAPPING : ELEMENT_SCALAR);
    }
    if (from && is_movable(r, from, number)) {
        TRY(add_moved(c, from, number, item, same));
    } else {
        buffer_add_repeated(&r->work, ' ', column);
        render_item(&r->work, &c->style, item, column, c->like);
    }
    return STRATA_OK;
}

static strata_status change_item(list_change *c, size_t i) {
    size_t source = (size_t)c->fates[i].source;
    const node *before = c->before->items[source];
    if (canonical_equal(before, c->after->items[i]) && !canonical_is_respelled(before)) return STRATA_OK;
    const element *item = c->list->items[source];
    slot at = {.value = item,
               .indicator = item->indicator,
               .indent = c->list->flow ? 0 : line_column(c->r->bytes, item->indicator),
               .flow = c->list->flow,
               .item = true,
               .like = c->like};
    return reconcile_value(c->r, &at, before, c->after->items[i]);
}

/* New and moved items go behind the one that stays before them; those in front of all, above the first that stays. */
static strata_status insert_block_items(list_change *c) {
    reconciler *r = c->r;
    size_t place = lines_of(r->bytes, c->list, 0).comments;
    for (size_t i = 0; i < c->list->count; i++)
        if (old_stays(c, i)) {
            place = lines_of(r->bytes, c->list, i).comments;
            break;
        }
    for (size_t i = 0; i < c->after->count; i++) {
        if (c->fates[i].stays) {
            place = lines_of(r->bytes, c->list, (size_t)c->fates[i].source).to;
            TRY(change_item(c, i));
            continue;
        }
        text lines;
        TRY(add_item(c, i));
        TRY(reconcile_rendered(r, &lines));
        TRY(reconcile_insert_lines(r, place, lines));
    }
    return STRATA_OK;
}

static strata_status remove_block_items(list_change *c) {
    for (size_t i = 0; i < c->list->count; i++) {
        if (old_stays(c, i)) continue;
        item_lines lines = lines_of(c->r->bytes, c->list, i);
        bool moves = c->places[i] != NOWHERE;
        TRY(reconcile_remove_lines(c->r, moves ? lines.comments : lines.from, lines.to, c->list->items[i]));
    }
    return STRATA_OK;
}

static bool has_own_lines(const list_change *c) {
    for (size_t i = 0; i < c->list->count; i++)
        if (!line_begins_at(c->r->bytes, c->list->items[i]->indicator)) return false;
    return true;
}

static bool changes_items(const list_change *c) {
    for (size_t i = 0; i < c->after->count; i++)
        if (!c->fates[i].stays) return true;
    return c->after->count != c->list->count;
}

static strata_status change_block(list_change *c) {
    if (changes_items(c) && !has_own_lines(c)) return reconcile_conflict(c->r);
    TRY(insert_block_items(c));
    return remove_block_items(c);
}

/* --- flow style --------------------------------------------------------------------------------------------------- */

/* New items come last, and the others keep their order. */
static bool only_appends(const list_change *c) {
    bool appended = false, kept = false;
    for (size_t i = 0; i < c->after->count; i++) {
        if (c->fates[i].stays && appended) return false;
        if (!c->fates[i].stays && c->fates[i].source != NOWHERE) return false;
        appended |= !c->fates[i].stays;
        kept |= c->fates[i].stays;
    }
    return kept;
}

static strata_status remove_flow_items(list_change *c) {
    bool kept = false;
    element *const *items = c->list->items;
    for (size_t i = 0; i < c->list->count; i++) {
        if (old_stays(c, i))
            kept = true;
        else if (kept)
            TRY(reconcile_splice(c->r, items[i - 1]->end, items[i]->end, TEXT_EMPTY));
        else
            TRY(reconcile_splice(c->r, items[i]->start, items[i + 1]->start, TEXT_EMPTY));
    }
    return STRATA_OK;
}

static strata_status append_flow_item(list_change *c, const node *item) {
    reconciler *r = c->r;
    const element *last = c->list->items[c->list->count - 1];
    text written;
    buffer_add_char(&r->work, ',');
    bool own_line = line_begins_at(r->bytes, last->start);
    buffer_add_char(&r->work, own_line ? '\n' : ' ');
    if (own_line) buffer_add_repeated(&r->work, ' ', line_column(r->bytes, last->start));
    node_style style = r->quoted ? STYLE_DOUBLE_QUOTED : render_quotes(c->like, item);
    if (item->kind == NODE_SCALAR)
        render_scalar(&r->work, item, style, true);
    else
        render_flow(&r->work, item, r->quoted);
    TRY(reconcile_rendered(r, &written));
    return reconcile_splice(r, last->end, last->end, written);
}

/* In another order: on one line, as there is no telling what its lines stood for. */
static strata_status write_flow(list_change *c) {
    text written;
    render_flow(&c->r->work, c->after, c->r->quoted);
    TRY(reconcile_rendered(c->r, &written));
    return reconcile_splice(c->r, c->list->start, c->list->end, written);
}

static strata_status change_flow(list_change *c) {
    if (!only_appends(c)) return write_flow(c);
    TRY(remove_flow_items(c));
    for (size_t i = 0; i < c->after->count; i++)
        TRY(c->fates[i].stays ? change_item(c, i) : append_flow_item(c, c->after->items[i]));
    return STRATA_OK;
}

strata_status reconcile_list(reconciler *r, const slot *at, const node *before, const node *after) {
    list_change c = {.r = r, .at = at, .list = at->value, .before = before, .after = after};
    if (before->kind != NODE_SEQUENCE || before->count != c.list->count) return reconcile_replace(r, at, after);
    c.like = element_sample(c.list);
    c.style = file_style_near(r->l, c.list, r->style);
    c.fates = ARENA_ARRAY(r->sc->arena, item_fate, (size_t)after->count + 1);
    c.places = ARENA_ARRAY(r->sc->arena, long, (size_t)before->count + 1);
    if (!c.fates || !c.places) return scope_no_memory(r->sc);
    TRY(find_sources(&c));
    TRY(find_staying(&c));
    return c.list->flow ? change_flow(&c) : change_block(&c);
}
