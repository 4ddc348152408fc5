/* edit/reconcile.c: mappings and values; see reconcile.h. */
#include "core/sort.h"
#include "edit/canonical.h"
#include "edit/reconcile_inside.h"
#include "yaml/shape.h"
#include "yaml/writer.h"

#include <stdlib.h>

/* --- changes ------------------------------------------------------------------------------------------------------ */

strata_status reconcile_conflict(reconciler *r) {
    r->conflict = true;
    return STRATA_OK;
}

static strata_status splice_text(reconciler *r, size_t from, size_t to, text with) {
    return splice_add(r->sc, r->out, (splice){.from = from, .to = to, .with = with});
}

/* Comments that have lines of their own in what is replaced come above it. */
strata_status reconcile_splice(reconciler *r, size_t from, size_t to, text with) {
    for (size_t at = line_end(r->bytes, from); at < to; at = line_end(r->bytes, at))
        if (line_is_comment(r->bytes, at) && !element_is_text_at(r->l->top, at))
            TRY(reconcile_insert_lines(r, line_start(r->bytes, from),
                                       text_slice(r->bytes, at, line_end(r->bytes, at))));
    return splice_text(r, from, to, with);
}

strata_status reconcile_insert_lines(reconciler *r, size_t at, text lines) {
    return splice_add(r->sc, r->out, (splice){.from = at, .to = at, .with = lines, .lines = true});
}

strata_status reconcile_remove_lines(reconciler *r, size_t from, size_t to, const element *owner) {
    removal *items = arena_grow(r->sc->arena, r->removals, &r->removal_room, r->removal_count + 1, sizeof *items);
    if (!items) return scope_no_memory(r->sc);
    r->removals = items;
    items[r->removal_count++] = (removal){{from, to}, owner};
    return STRATA_OK;
}

strata_status reconcile_moved(reconciler *r, size_t from, size_t to) {
    span *items = arena_grow(r->sc->arena, r->moved.items, &r->moved.capacity, r->moved.count + 1, sizeof *items);
    if (!items) return scope_no_memory(r->sc);
    r->moved.items = items;
    items[r->moved.count++] = (span){from, to};
    return STRATA_OK;
}

strata_status reconcile_rendered(reconciler *r, text *out) {
    *out = buffer_failed(&r->work) ? text_of(NULL, 0) : text_copy(r->sc->arena, buffer_text(&r->work));
    buffer_clear(&r->work);
    return out->data ? STRATA_OK : scope_no_memory(r->sc);
}

/* --- removals ----------------------------------------------------------------------------------------------------- */

static int compare_spans(const void *a, const void *b) {
    const span *x = a, *y = b;
    return x->from < y->from ? -1 : x->from > y->from;
}

static bool is_moved(const reconciler *r, size_t at) {
    size_t low = 0, high = r->moved.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (r->moved.items[middle].from <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low && at < r->moved.items[low - 1].to;
}

static bool stays(const reconciler *r, const removal *what, size_t line) {
    return line_is_comment(r->bytes, line) && !element_is_text_at(what->owner, line) && !is_moved(r, line);
}

static strata_status remove_lines(reconciler *r, const removal *what) {
    for (size_t at = what->lines.from; at < what->lines.to;) {
        size_t end = at;
        while (end < what->lines.to && !stays(r, what, end))
            end = line_end(r->bytes, end);
        if (end > at) TRY(splice_text(r, at, end, TEXT_EMPTY));
        while (end < what->lines.to && stays(r, what, end))
            end = line_end(r->bytes, end);
        at = end;
    }
    return STRATA_OK;
}

static strata_status make_removals(reconciler *r) {
    if (r->moved.count) qsort(r->moved.items, r->moved.count, sizeof(span), compare_spans);
    for (size_t i = 0; i < r->removal_count; i++)
        TRY(remove_lines(r, &r->removals[i]));
    return STRATA_OK;
}

/* --- one value in place of another -------------------------------------------------------------------------------- */

static bool is_block_scalar(const element *e) {
    return e->kind == ELEMENT_SCALAR && (e->style == STYLE_LITERAL || e->style == STYLE_FOLDED);
}

static bool is_block_collection(const element *e) {
    return (e->kind == ELEMENT_SEQUENCE || e->kind == ELEMENT_MAPPING) && !e->flow && e->count > 0;
}

static bool is_one_line(text rendered) { return text_find_char(rendered, '\n') == rendered.size - 1; }

/* Behind the '|' of a block scalar with its indicators. */
static size_t header_end(text bytes, size_t at) {
    while (at < bytes.size && !strchr(" \t#", bytes.data[at]) && !yaml_break_length(bytes.data + at, bytes.size - at))
        at++;
    return at;
}

/* The first line of `rendered` takes the place of what stands on the line of the key, the others come below. */
static strata_status replace_lines(reconciler *r, const slot *at, text rendered) {
    const element *v = at->value;
    size_t after = at->indicator + 1, head_end = v->end > after ? v->end : after;
    size_t body = line_end(r->bytes, head_end - 1), end = body;
    if (is_block_scalar(v)) {
        head_end = header_end(r->bytes, v->start);
        body = line_end(r->bytes, head_end - 1);
        end = line_end(r->bytes, v->end - 1);
        if (end > body) TRY(reconcile_splice(r, body, end, TEXT_EMPTY));
    } else if (is_block_collection(v)) {
        if (line_start(r->bytes, v->start) == line_start(r->bytes, after)) return reconcile_conflict(r);
        head_end = after;
        body = line_end(r->bytes, after - 1);
        end = line_end(r->bytes, v->end - 1);
        TRY(reconcile_remove_lines(r, body, end, v));
    }
    size_t first = text_find_char(rendered, '\n');
    TRY(reconcile_splice(r, after, head_end, text_slice(rendered, 0, first)));
    text rest = text_after(rendered, first + 1);
    return text_empty(rest) ? STRATA_OK : reconcile_insert_lines(r, end, rest);
}

static strata_status replace_in_flow(reconciler *r, const slot *at, const node *after) {
    const element *v = at->value;
    bool bare = v->kind == ELEMENT_SCALAR && v->end == v->start;
    if (bare && at->indicator == SIZE_MAX) return reconcile_conflict(r);
    if (bare) buffer_add_char(&r->work, ' ');
    if (after->kind == NODE_SCALAR && v->kind == ELEMENT_SCALAR)
        render_scalar(&r->work, after, r->quoted ? STYLE_DOUBLE_QUOTED : render_quotes(v, after), true);
    else
        render_flow(&r->work, after, r->quoted);
    text rendered;
    TRY(reconcile_rendered(r, &rendered));
    size_t from = bare ? at->indicator + 1 : v->start;
    return reconcile_splice(r, from, bare ? from : v->end, rendered);
}

strata_status reconcile_replace(reconciler *r, const slot *at, const node *after) {
    const element *v = at->value;
    if (at->flow) return replace_in_flow(r, at, after);
    if (at->indicator == SIZE_MAX) return reconcile_conflict(r);
    text rendered;
    const element *like = v->kind == ELEMENT_SCALAR && v->end > v->start ? v : at->like;
    if (at->item)
        render_item(&r->work, &r->style, after, at->indent, like);
    else
        render_value(&r->work, &r->style, after, at->indent, like);
    TRY(reconcile_rendered(r, &rendered));
    if (at->item) rendered = text_after(rendered, 1); /* the dash is there */
    bool replaces_scalar =
        v->kind != ELEMENT_MAPPING && v->kind != ELEMENT_SEQUENCE && !is_block_scalar(v) && v->end > v->start;
    if (replaces_scalar && is_one_line(rendered))
        return reconcile_splice(r, v->start, v->end, text_slice(rendered, 1, rendered.size - 1));
    return replace_lines(r, at, rendered);
}

/* --- mappings ----------------------------------------------------------------------------------------------------- */

/* What becomes of one pair of the file. */
typedef struct pair_fate {
    const node_pair *before; /* NULL: it has no meaning */
    const node_pair *after;  /* NULL: it goes, unless it is left as it is */
    bool left;               /* its bytes stay: a merge key, or a key that comes again and counts there */
} pair_fate;

static bool is_merge(const element *key) { return key->kind == ELEMENT_SCALAR && text_is(key->value, "<<"); }

/* The pairs of a tree by the places of their keys, and by their names. */
typedef struct pair_index {
    table by_place, by_name;
} pair_index;

static strata_status index_pairs(scope *sc, const node *mapping, pair_index *out) {
    *out = (pair_index){0};
    for (uint32_t i = 0; mapping && i < mapping->count; i++) {
        node_pair *pair = &mapping->pairs[i];
        text place = text_of((const char *)&pair->key->where, sizeof pair->key->where);
        if (!table_add(&out->by_name, sc->arena, node_text(pair->key), pair)) return scope_no_memory(sc);
        if (pair->key->where && !table_add(&out->by_place, sc->arena, place, pair)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static const node_pair *pair_at(const pair_index *index, const element *key) {
    return table_get(&index->by_place, text_of((const char *)&key->where, sizeof key->where));
}

static bool is_renamed(const pair_fate *fate) {
    if (!fate->before || !fate->after) return false;
    return (fate->before->key->flags & CANONICAL_RESPELLED) ||
           !text_equal(node_text(fate->before->key), node_text(fate->after->key));
}

/*
 * Of a key that is there twice the first has the name's place in the tree and the last has the value. When that one
 * gets another name the others go: under the old name they would be a field of their own.
 */
static strata_status mark_left(scope *sc, const element *mapping, pair_fate *fates) {
    table last = {0};
    for (size_t i = mapping->count; i-- > 0;) {
        text key = pair_key(mapping, i)->value;
        bool comes_again = table_find(&last, key);
        if (comes_again && is_renamed(&fates[i])) fates[i].after = NULL;
        fates[i].left = is_merge(pair_key(mapping, i)) || (comes_again && fates[i].after);
        if (!comes_again && !table_add(&last, sc->arena, key, NULL)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static const node_pair *fate_before(const pair_index *index, const element *mapping, size_t i, const table *first) {
    const element *key = pair_key(mapping, i);
    const node_pair *found = pair_at(index, key);
    const element *earlier = found ? NULL : table_get(first, key->value);
    return earlier ? pair_at(index, earlier) : found;
}

static strata_status find_fates(reconciler *r, const element *mapping, const node *before, const node *after,
                                pair_fate *fates) {
    pair_index old, new;
    table first = {0};
    TRY(index_pairs(r->sc, before, &old));
    TRY(index_pairs(r->sc, after, &new));
    for (size_t i = 0; i < mapping->count; i++) {
        element *key = pair_key(mapping, i);
        if (!table_get(&first, key->value) && !table_add(&first, r->sc->arena, key->value, key))
            return scope_no_memory(r->sc);
        fates[i].before = fate_before(&old, mapping, i, &first);
        const element *place = fates[i].before && !pair_at(&old, key) ? table_get(&first, key->value) : key;
        fates[i].after = pair_at(&new, place);
        text name = fates[i].before ? node_text(fates[i].before->key) : key->value;
        if (!fates[i].after) fates[i].after = table_get(&new.by_name, name);
    }
    return mark_left(r->sc, mapping, fates);
}

static slot slot_of_pair(const reconciler *r, const element *mapping, size_t i) {
    const element *key = pair_key(mapping, i), *value = pair_value(mapping, i);
    return (slot){.value = value,
                  .indicator = value->indicator,
                  .indent = mapping->flow ? 0 : line_column(r->bytes, key->start),
                  .flow = mapping->flow,
                  .like = element_sample(mapping)};
}

static strata_status keep_name(reconciler *r, const element *key, const pair_fate *fate) {
    text name;
    if (!is_renamed(fate)) return STRATA_OK;
    render_key(&r->work, node_text(fate->after->key), key->style == STYLE_DOUBLE_QUOTED);
    TRY(reconcile_rendered(r, &name));
    return reconcile_splice(r, key->start, key->end, name);
}

static strata_status keep_pair(reconciler *r, const element *mapping, size_t i, const pair_fate *fate) {
    const node *before = fate->before ? fate->before->value : NULL;
    TRY(keep_name(r, pair_key(mapping, i), fate));
    if (before && canonical_equal(before, fate->after->value) && !canonical_is_respelled(before)) return STRATA_OK;
    slot at = slot_of_pair(r, mapping, i);
    return reconcile_value(r, &at, before, fate->after->value);
}

static size_t pair_end(const element *mapping, size_t i) {
    const element *value = pair_value(mapping, i);
    size_t after = value->indicator == SIZE_MAX ? pair_key(mapping, i)->end : value->indicator + 1;
    return value->end > after ? value->end : after;
}

static bool goes(const pair_fate *fate) { return !fate->after && !fate->left; }

/* The pair behind "- " goes: the next one that stays takes its place on the line. */
static strata_status remove_inline_pair(reconciler *r, const element *mapping, const pair_fate *fates, size_t *i) {
    size_t from = pair_key(mapping, *i)->start, next = *i;
    while (next < mapping->count && goes(&fates[next]))
        next++;
    if (next == mapping->count) return reconcile_conflict(r);
    size_t to = pair_key(mapping, next)->start;
    if (text_find_char(text_slice(r->bytes, from, to), '#') == SIZE_MAX) {
        *i = next - 1;
        return reconcile_splice(r, from, to, TEXT_EMPTY);
    }
    size_t end = pair_end(mapping, *i);
    if (is_block_collection(pair_value(mapping, *i)) || is_block_scalar(pair_value(mapping, *i)))
        return reconcile_conflict(r);
    while (end < to && r->bytes.data[end] == ' ')
        end++;
    return reconcile_splice(r, from, end, TEXT_EMPTY);
}

static strata_status remove_block_pairs(reconciler *r, const element *mapping, const pair_fate *fates) {
    for (size_t i = 0; i < mapping->count; i++) {
        if (!goes(&fates[i])) continue;
        size_t start = pair_key(mapping, i)->start;
        if (line_begins_at(r->bytes, start))
            TRY(reconcile_remove_lines(r, line_start(r->bytes, start), line_end(r->bytes, pair_end(mapping, i) - 1),
                                       pair_value(mapping, i)));
        else
            TRY(remove_inline_pair(r, mapping, fates, &i));
    }
    return STRATA_OK;
}

/* Commas go with what is before them, but for the first ones. */
static strata_status remove_flow_pairs(reconciler *r, const element *mapping, const pair_fate *fates) {
    bool kept = false;
    for (size_t i = 0; i < mapping->count; i++) {
        if (!goes(&fates[i]))
            kept = true;
        else if (kept)
            TRY(reconcile_splice(r, pair_end(mapping, i - 1), pair_end(mapping, i), TEXT_EMPTY));
        else
            TRY(reconcile_splice(r, pair_key(mapping, i)->start, pair_key(mapping, i + 1)->start, TEXT_EMPTY));
    }
    return STRATA_OK;
}

static bool is_type_field(text key) { return text_is(key, "apiVersion") || text_is(key, "kind"); }

/* Above the first key and the comments that touch it, unless these begin the file. */
static size_t type_place(const reconciler *r) {
    size_t at = line_start(r->bytes, r->l->top->start), key = at;
    while (at > 0 && line_is_comment(r->bytes, at - 1))
        at = line_start(r->bytes, at - 1);
    bool begins = at == 0 || !line_is_blank(r->bytes, at - 1);
    return begins ? key : at;
}

static bool is_sorted(const element *mapping) {
    for (size_t i = 1; i < mapping->count; i++)
        if (yaml_key_compare(pair_key(mapping, i - 1)->value, pair_key(mapping, i)->value) > 0) return false;
    return true;
}

/* Where a new key has its lines: behind the last one, or, among sorted ones, at its place; but never behind the dash.
 */
static size_t pair_place(const reconciler *r, const element *mapping, text key) {
    size_t next = mapping->count;
    if (is_sorted(mapping))
        while (next > 0 && yaml_key_compare(key, pair_key(mapping, next - 1)->value) < 0)
            next--;
    size_t first = pair_key(mapping, 0)->start;
    if (next == 0 && line_begins_at(r->bytes, first)) return line_start(r->bytes, first);
    if (next == 0) next = mapping->count;
    return line_end(r->bytes, pair_end(mapping, next - 1) - 1);
}

static strata_status insert_block_pair(reconciler *r, const element *mapping, const node_pair *pair) {
    bool top = mapping == r->l->top;
    text key = node_text(pair->key), lines;
    size_t indent = line_column(r->bytes, pair_key(mapping, 0)->start);
    size_t place = top ? is_type_field(key) ? type_place(r) : r->l->end : pair_place(r, mapping, key);
    buffer_add_repeated(&r->work, ' ', indent);
    file_style style = top ? r->style : file_style_near(r->l, mapping, r->style);
    render_pair(&r->work, &style, key, pair->value, indent, top ? NULL : element_sample(mapping));
    TRY(reconcile_rendered(r, &lines));
    return reconcile_insert_lines(r, place, lines);
}

static strata_status insert_flow_pair(reconciler *r, const element *mapping, const node_pair *pair) {
    text written;
    buffer_add_text(&r->work, TEXT(", "));
    render_flow_pair(&r->work, node_text(pair->key), pair->value, r->quoted);
    TRY(reconcile_rendered(r, &written));
    size_t end = pair_end(mapping, mapping->count - 1);
    return reconcile_splice(r, end, end, written);
}

static int compare_keys(const void *a, const void *b, void *user) {
    (void)user;
    return yaml_key_compare(node_text((*(const node_pair *const *)a)->key),
                            node_text((*(const node_pair *const *)b)->key));
}

/* What is in the tree but not in this mapping of the file: it is new, or a merge key brings it. */
static strata_status insert_pairs(reconciler *r, const element *mapping, const node *before, const node *after,
                                  const pair_fate *fates) {
    table used = {0};
    size_t count = 0;
    const node_pair **pairs = ARENA_ARRAY(r->sc->arena, const node_pair *, (size_t)after->count + 1);
    if (!pairs) return scope_no_memory(r->sc);
    for (size_t i = 0; i < mapping->count; i++)
        if (fates[i].after &&
            !table_add(&used, r->sc->arena, node_text(fates[i].after->key), (void *)(uintptr_t)fates[i].after))
            return scope_no_memory(r->sc);
    for (uint32_t i = 0; i < after->count; i++) {
        const node_pair *pair = &after->pairs[i];
        text key = node_text(pair->key);
        if (table_find(&used, key)) continue;
        const node *old = before ? node_get(before, key) : NULL;
        if (old && canonical_equal(old, pair->value)) continue;
        pairs[count++] = pair;
    }
    if (count > 1 && mapping != r->l->top && !sort_stable(r->sc->from, pairs, count, sizeof *pairs, compare_keys, NULL))
        return scope_no_memory(r->sc);
    for (size_t i = 0; i < count; i++)
        TRY(mapping->flow ? insert_flow_pair(r, mapping, pairs[i]) : insert_block_pair(r, mapping, pairs[i]));
    return STRATA_OK;
}

static strata_status reconcile_pairs(reconciler *r, const element *mapping, const node *before, const node *after,
                                     pair_fate *fates) {
    for (size_t i = 0; i < mapping->count; i++)
        if (fates[i].after && !fates[i].left) TRY(keep_pair(r, mapping, i, &fates[i]));
    TRY(mapping->flow ? remove_flow_pairs(r, mapping, fates) : remove_block_pairs(r, mapping, fates));
    return insert_pairs(r, mapping, before, after, fates);
}

static bool keeps_something(const element *mapping, const pair_fate *fates) {
    for (size_t i = 0; i < mapping->count; i++)
        if (!goes(&fates[i])) return true;
    return false;
}

/* *done is false when nothing of the mapping stays, and it is better written anew. */
static strata_status reconcile_mapping(reconciler *r, const element *mapping, const node *before, const node *after,
                                       bool *done) {
    pair_fate *fates = ARENA_ARRAY(r->sc->arena, pair_fate, mapping->count + 1);
    if (!fates) return scope_no_memory(r->sc);
    TRY(find_fates(r, mapping, before, after, fates));
    *done = keeps_something(mapping, fates);
    return *done ? reconcile_pairs(r, mapping, before, after, fates) : STRATA_OK;
}

/* Depth is bounded by the reader. */
strata_status reconcile_value(reconciler *r, const slot *at, const node *before, const node *after) {
    const element *v = at->value;
    bool done = false;
    if (v->kind == ELEMENT_MAPPING && after->kind == NODE_MAPPING && v->count && after->count)
        TRY(reconcile_mapping(r, v, before, after, &done));
    else if (v->kind == ELEMENT_SEQUENCE && after->kind == NODE_SEQUENCE && v->count && after->count && before)
        return reconcile_list(r, at, before, after);
    return done ? STRATA_OK : reconcile_replace(r, at, after);
}

/* --- the file ----------------------------------------------------------------------------------------------------- */

/* A document of nothing, null or {}. */
static bool has_nothing(const element *top) {
    return !top || top->kind == ELEMENT_SCALAR || top->kind == ELEMENT_ALIAS || top->count == 0;
}

static strata_status write_all(reconciler *r, const node *after) {
    const element *top = r->l->top;
    text lines;
    for (uint32_t i = 0; i < after->count; i++)
        render_pair(&r->work, &r->style, node_text(after->pairs[i].key), after->pairs[i].value, 0, NULL);
    TRY(reconcile_rendered(r, &lines));
    if (!top || top->end == top->start) return reconcile_insert_lines(r, r->l->end, lines);
    return reconcile_splice(r, top->start, top->end, text_slice(lines, 0, lines.size - 1));
}

/* Fields to be written anew as a whole. */
static strata_status rewrite_fields(reconciler *r, const reconciliation *what, pair_fate *fates) {
    const element *top = r->l->top;
    for (size_t i = 0; i < top->count; i++) {
        if (!fates[i].after || fates[i].left) continue;
        if (!text_list_has(what->rewrite, node_text(fates[i].after->key))) continue;
        slot at = slot_of_pair(r, top, i);
        TRY(keep_name(r, pair_key(top, i), &fates[i]));
        TRY(reconcile_replace(r, &at, fates[i].after->value));
        fates[i].left = true;
    }
    return STRATA_OK;
}

static strata_status reconcile_top(reconciler *r, const reconciliation *what) {
    const element *top = r->l->top;
    if (has_nothing(top)) return write_all(r, what->after);
    pair_fate *fates = ARENA_ARRAY(r->sc->arena, pair_fate, top->count + 1);
    if (!fates) return scope_no_memory(r->sc);
    TRY(find_fates(r, top, what->before, what->after, fates));
    if (!keeps_something(top, fates)) return reconcile_conflict(r);
    if (what->rewrite) TRY(rewrite_fields(r, what, fates));
    return reconcile_pairs(r, top, what->before, what->after, fates);
}

strata_status reconcile(scope *sc, const reconciliation *what, splice_list *out, bool *conflict) {
    const element *top = what->file->top;
    reconciler r = {
        .sc = sc, .l = what->file, .bytes = what->file->bytes, .style = file_style_of(what->file), .out = out};
    r.quoted = top && top->kind == ELEMENT_MAPPING && top->flow && top->count &&
               pair_key(top, 0)->style == STYLE_DOUBLE_QUOTED;
    buffer_init(&r.work, sc->from, sc->limits->output);
    strata_status status = reconcile_top(&r, what);
    if (status == STRATA_OK) status = make_removals(&r);
    buffer_free(&r.work);
    *conflict = r.conflict;
    return status;
}
