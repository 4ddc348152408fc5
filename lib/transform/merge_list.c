/*
 * transform/merge_list.c: lists that are merged by the keys or values of their elements; after kyaml's
 * yaml/walk/associative_sequence.go. See merge_walk.h.
 *
 * The elements of the patch come first, then those of the resource. kyaml looks each element up by scanning, several
 * times over. That is done here too where a list is short or odd (missing keys, duplicates, nulls), since the outcome
 * then depends on every step; a long list in which each element has its keys, once, is merged through a hash table.
 */
#include "core/table.h"
#include "transform/merge_element.h"
#include "transform/merge_walk.h"
#include "transform/set_scalar.h"

enum { ALWAYS_SCAN_UP_TO = 48 };

/* The values of the keys in all elements: rows of `width` texts, each row once. */
typedef struct key_rows {
    const text **rows;
    size_t count;
    size_t capacity;
    size_t width;
} key_rows;

/* A list being merged. */
typedef struct list_merge {
    merge_walk *w;
    node *target; /* the list that goes on: the resource's, or the patch's when the resource has none */
    node *patch;
    schema_type element_type;
    const text *keys;
    size_t key_count;
    key_rows rows;
    const text *valid_keys; /* those that have a value in some element */
    size_t valid_count;
    bool *is_valid; /* for each key */
} list_merge;

static strata_status no_memory(const list_merge *m) { return scope_no_memory(m->w->sc); }

/* --- rows -------------------------------------------------------------------------------------------------------- */

static text key_value(const node *element, text key) {
    if (text_empty(key)) return node_text(element);
    const node *field = node_get(element, key);
    return node_is_null_or_empty(field) ? TEXT_EMPTY : node_text(field);
}

/* One text for a row, to find equal ones by; data is NULL when memory is out. */
static text joined_row(arena *a, const text *row, size_t width) {
    if (width == 1) return row[0].data ? row[0] : TEXT_EMPTY;
    size_t size = 0;
    for (size_t i = 0; i < width; i++)
        size += sizeof row[i].size + row[i].size;
    char *chars = arena_chars(a, size), *at = chars;
    for (size_t i = 0; chars && i < width; i++) {
        memcpy(at, &row[i].size, sizeof row[i].size);
        at += sizeof row[i].size;
        if (row[i].size) memcpy(at, row[i].data, row[i].size);
        at += row[i].size;
    }
    return text_of(chars, size);
}

static strata_status add_row(list_merge *m, table *seen, const text *row) {
    arena *a = m->w->sc->arena;
    text joined = joined_row(a, row, m->rows.width);
    if (!joined.data) return no_memory(m);
    if (table_find(seen, joined)) return STRATA_OK;
    const text **rows = arena_grow(a, m->rows.rows, &m->rows.capacity, m->rows.count + 1, sizeof *rows);
    if (!rows || !table_add(seen, a, joined, NULL)) return no_memory(m);
    m->rows.rows = rows;
    rows[m->rows.count++] = row;
    return STRATA_OK;
}

static strata_status add_rows_of(list_merge *m, table *seen, const node *list) {
    for (uint32_t i = 0; node_is_sequence(list) && i < list->count; i++) {
        text *row = ARENA_ARRAY(m->w->sc->arena, text, m->rows.width);
        if (!row) return no_memory(m);
        for (size_t k = 0; k < m->rows.width; k++)
            row[k] = key_value(list->items[i], m->keys[k]);
        TRY(add_row(m, seen, row));
    }
    return STRATA_OK;
}

/* --- rows with gaps ---------------------------------------------------------------------------------------------- */

/* Two rows match when they differ only where one is empty, and agree somewhere; *out is then both in one. */
static strata_status match_rows(list_merge *m, const text *a, const text *b, const text **out) {
    bool common = false, same = true;
    *out = NULL;
    for (size_t k = 0; k < m->rows.width; k++) {
        bool equal = text_equal(a[k], b[k]);
        common = common || equal;
        same = same && equal;
        if (!equal && !text_empty(a[k]) && !text_empty(b[k])) return STRATA_OK;
    }
    if (!common) return STRATA_OK;
    *out = a;
    if (same) return STRATA_OK;
    text *row = ARENA_ARRAY(m->w->sc->arena, text, m->rows.width);
    if (!row) return no_memory(m);
    for (size_t k = 0; k < m->rows.width; k++)
        row[k] = text_empty(a[k]) ? b[k] : a[k];
    *out = row;
    return STRATA_OK;
}

static strata_status match_pair(list_merge *m, const text *first, size_t i, size_t j) {
    const text *both;
    TRY(match_rows(m, first, m->rows.rows[j], &both));
    if (both) m->rows.rows[i] = m->rows.rows[j] = both;
    return STRATA_OK;
}

/* The rows with one value of the first key, in order; rows without it are in every group. */
typedef struct row_groups {
    table by_first;  /* value → row number + 1 */
    size_t *without; /* numbers of the rows that began without a first key */
    size_t without_count;
} row_groups;

static strata_status group_rows(list_merge *m, row_groups *groups) {
    arena *a = m->w->sc->arena;
    *groups = (row_groups){.without = ARENA_ARRAY(a, size_t, m->rows.count)};
    if (!groups->without) return no_memory(m);
    for (size_t i = 0; i < m->rows.count; i++) {
        text first = m->rows.rows[i][0];
        if (text_empty(first))
            groups->without[groups->without_count++] = i;
        else if (!table_add(&groups->by_first, a, first, (void *)(uintptr_t)(i + 1)))
            return no_memory(m);
    }
    return STRATA_OK;
}

/* Goes, in order, through the rows that may match one with this first value. */
static strata_status match_in_group(list_merge *m, const row_groups *groups, const text *first, size_t i) {
    const table_entry *e = table_find(&groups->by_first, first[0]);
    size_t next = 0;
    while (e || next < groups->without_count) {
        size_t in_group = e ? (uintptr_t)e->value - 1 : SIZE_MAX;
        if (next < groups->without_count && groups->without[next] < in_group) {
            TRY(match_pair(m, first, i, groups->without[next++]));
        } else {
            TRY(match_pair(m, first, i, in_group));
            e = table_next(e);
        }
    }
    return STRATA_OK;
}

/*
 * With several keys an element may lack some: a port without protocol and one with it are the same if the rest agrees.
 * Each pair of rows is looked at in both directions, and takes what the other has; only rows that agree in the first
 * key, or lack it, can match.
 */
static strata_status match_all_rows(list_merge *m) {
    row_groups groups;
    TRY(group_rows(m, &groups));
    for (size_t i = 0; i < m->rows.count; i++) {
        const text *first = m->rows.rows[i];
        if (!text_empty(first[0])) {
            TRY(match_in_group(m, &groups, first, i));
            continue;
        }
        for (size_t j = 0; j < m->rows.count; j++)
            TRY(match_pair(m, first, i, j));
    }
    return STRATA_OK;
}

/* --- keys that count --------------------------------------------------------------------------------------------- */

/* The keys that some row has a value for; all of them when there is none. */
static strata_status find_valid_keys(list_merge *m) {
    arena *a = m->w->sc->arena;
    text *valid = ARENA_ARRAY(a, text, m->key_count);
    m->is_valid = ARENA_ARRAY(a, bool, m->key_count);
    if (!valid || !m->is_valid) return no_memory(m);
    for (size_t i = 0; i < m->rows.count; i++)
        for (size_t k = 0; k < m->key_count; k++)
            if (!text_empty(m->rows.rows[i][k])) m->is_valid[k] = true;
    for (size_t k = 0; k < m->key_count; k++)
        if (m->is_valid[k]) valid[m->valid_count++] = m->keys[k];
    m->valid_keys = valid;
    if (m->valid_count) return STRATA_OK;
    m->valid_keys = m->keys;
    m->valid_count = m->key_count;
    for (size_t k = 0; k < m->key_count; k++)
        m->is_valid[k] = true;
    return STRATA_OK;
}

/* The row's values of the valid keys. */
static text *valid_values(const list_merge *m, const text *row) {
    text *values = ARENA_ARRAY(m->w->sc->arena, text, m->valid_count);
    size_t count = 0;
    for (size_t k = 0; values && k < m->key_count; k++)
        if (m->is_valid[k]) values[count++] = row[k];
    return values;
}

/* The element with the values that are not empty (or with all of them when they are). */
static strata_status find_by_given(const list_merge *m, const node *list, const text *values, node **out) {
    text *keys = ARENA_ARRAY(m->w->sc->arena, text, 2 * m->valid_count);
    if (!keys) return no_memory(m);
    text *given = keys + m->valid_count;
    size_t count = 0;
    for (size_t k = 0; k < m->valid_count; k++) {
        if (text_empty(values[k])) continue;
        keys[count] = m->valid_keys[k];
        given[count++] = values[k];
    }
    element_key key = count ? (element_key){keys, given, count, count}
                            : (element_key){m->valid_keys, values, m->valid_count, m->valid_count};
    *out = element_find(list, &key);
    return STRATA_OK;
}

/* --- merging elements -------------------------------------------------------------------------------------------- */

static bool is_nothing(const node *n) { return node_is_null(n) || (n->kind == NODE_MAPPING && n->count == 0); }

/*
 * The element gets keys that it lacks. A scalar in a list of values is set too, to its own text: it has no tag then, so
 * that its type is found anew when it is written.
 */
static strata_status set_missing_keys(list_merge *m, node *element, const text *values) {
    for (size_t k = 0; k < m->valid_count; k++) {
        bool present = element->kind == NODE_MAPPING && node_get(element, m->valid_keys[k]);
        if (present || text_empty(values[k])) continue;
        node *value = node_new_scalar(m->w->sc->arena, values[k], TAG_UNSET, STYLE_PLAIN);
        if (!value) return no_memory(m);
        TRY(set_entry(m->w->sc, element, m->valid_keys[k], value));
    }
    return STRATA_OK;
}

static strata_status merge_row_by_scanning(list_merge *m, const text *row, node *merged) {
    scope *sc = m->w->sc;
    const text *values = valid_values(m, row);
    if (!values) return no_memory(m);
    node *own, *theirs;
    TRY(find_by_given(m, m->target, values, &own));
    TRY(find_by_given(m, m->patch, values, &theirs));
    merge_result result;
    TRY(merge_place(m->w, own, theirs, m->element_type, &result));
    const element_key key = {m->valid_keys, values, m->valid_count, m->valid_count};
    if (is_nothing(result.value)) return element_remove(sc, m->target, &key);
    TRY(set_missing_keys(m, result.value, values));
    return element_set(sc, merged, &key, result.value);
}

/* Puts an element of the resource into the merged list: at the place of the one with its keys, else at the end. */
static strata_status place_element(list_merge *m, node *merged, node *element) {
    scope *sc = m->w->sc;
    text value = node_text(element);
    if (text_empty(m->valid_keys[0])) {
        const element_key key = {m->valid_keys, &value, 1, 1};
        return element_set(sc, merged, &key, element);
    }
    text *values = ARENA_ARRAY(sc->arena, text, m->valid_count);
    if (!values) return no_memory(m);
    element_key key = {m->valid_keys, values, m->valid_count, 0};
    for (size_t k = 0; k < m->valid_count; k++) {
        if (!node_is_null(element) && element->kind != NODE_MAPPING)
            return element_fail_kind(sc, element, NODE_MAPPING);
        const node *field = node_is_null(element) ? NULL : node_get(element, m->valid_keys[k]);
        if (field)
            values[key.value_count++] = node_text(field);
        else if (!node_append(sc->arena, merged, element))
            return no_memory(m);
    }
    if (m->valid_count > 1) TRY(element_remove(sc, merged, &key));
    return element_set(sc, merged, &key, element);
}

static strata_status merge_by_scanning(list_merge *m, node *merged) {
    for (size_t i = 0; i < m->rows.count; i++)
        TRY(merge_row_by_scanning(m, m->rows.rows[i], merged));
    node *first = m->w->elements_last ? m->target : merged, *last = m->w->elements_last ? merged : m->target;
    for (uint32_t i = 0; i < last->count; i++)
        TRY(place_element(m, first, last->items[i]));
    if (first != merged) node_replace(merged, first);
    return STRATA_OK;
}

/* --- long lists -------------------------------------------------------------------------------------------------- */

/* The elements of a list, by their rows. */
typedef struct element_index {
    struct element_slot {
        node *element;
        bool cleared;
    } * slots; /* in list order */
    size_t count;
    table by_row; /* row → slot */
    bool regular; /* each element has all keys, and no two have the same values */
} element_index;

static strata_status index_element(list_merge *m, element_index *index, node *element) {
    arena *a = m->w->sc->arena;
    text *row = ARENA_ARRAY(a, text, m->key_count);
    if (!row) return no_memory(m);
    index->regular = !is_nothing(element) && (element->kind == NODE_SCALAR) == text_empty(m->keys[0]);
    for (size_t k = 0; index->regular && k < m->key_count; k++) {
        row[k] = key_value(element, m->keys[k]);
        index->regular = !text_empty(row[k]);
    }
    if (!index->regular) return STRATA_OK;
    text joined = joined_row(a, row, m->key_count);
    if (!joined.data) return no_memory(m);
    index->regular = !table_find(&index->by_row, joined);
    struct element_slot *slot = &index->slots[index->count++];
    slot->element = element;
    return table_add(&index->by_row, a, joined, slot) ? STRATA_OK : no_memory(m);
}

static strata_status index_elements(list_merge *m, const node *list, element_index *index) {
    uint32_t count = node_is_sequence(list) ? list->count : 0;
    *index = (element_index){.slots = ARENA_ARRAY(m->w->sc->arena, struct element_slot, count), .regular = true};
    if (!index->slots) return no_memory(m);
    for (uint32_t i = 0; index->regular && i < count; i++)
        TRY(index_element(m, index, list->items[i]));
    return STRATA_OK;
}

static strata_status append_element(list_merge *m, node *merged, node *element) {
    return node_append(m->w->sc->arena, merged, element) ? STRATA_OK : no_memory(m);
}

/*
 * Each row names at most one element of either list. What place_element comes to is then known: with one key an element
 * of the resource takes the place of the merged one, with several it goes to the end. When elements come last, the
 * rows begin with the resource's, and are in the order that comes out.
 */
static strata_status merge_by_hashing(list_merge *m, const element_index *own, const element_index *theirs,
                                      node *merged) {
    for (size_t i = 0; i < m->rows.count; i++) {
        text joined = joined_row(m->w->sc->arena, m->rows.rows[i], m->key_count);
        if (!joined.data) return no_memory(m);
        struct element_slot *slot = table_get(&own->by_row, joined), *other = table_get(&theirs->by_row, joined);
        node *element = slot ? slot->element : NULL;
        merge_result result;
        TRY(merge_place(m->w, element, other ? other->element : NULL, m->element_type, &result));
        bool cleared = is_nothing(result.value);
        if (slot) slot->cleared = cleared;
        if (cleared) continue;
        TRY(set_missing_keys(m, result.value, m->rows.rows[i]));
        if (m->w->elements_last)
            TRY(append_element(m, merged, result.value));
        else if (!element || m->key_count == 1)
            TRY(append_element(m, merged, element ? element : result.value));
    }
    for (size_t i = 0; !m->w->elements_last && m->key_count > 1 && i < own->count; i++)
        if (!own->slots[i].cleared) TRY(append_element(m, merged, own->slots[i].element));
    return STRATA_OK;
}

/* Whether hashing did it: not for short lists, nor for odd ones. */
static strata_status try_hashing(list_merge *m, node *merged, bool *done) {
    *done = false;
    size_t total = (size_t)m->target->count + (node_is_sequence(m->patch) ? m->patch->count : 0);
    if (total <= ALWAYS_SCAN_UP_TO) return STRATA_OK;
    element_index own, theirs;
    TRY(index_elements(m, m->target, &own));
    TRY(index_elements(m, m->patch, &theirs));
    if (!own.regular || !theirs.regular) return STRATA_OK;
    *done = true;
    return merge_by_hashing(m, &own, &theirs, merged);
}

/* --- the list ---------------------------------------------------------------------------------------------------- */

/* Merger.VisitList: which of the two lists to go on with. */
static strata_status choose_list(merge_walk *w, node *target, node *patch, merge_result *out) {
    merge_directive directive;
    text directive_text;
    *out = (merge_result){patch, false};
    TRY(merge_comments_and_style(w, target, patch));
    if (node_is_null(target)) return STRATA_OK;
    *out = (merge_result){NULL, false};
    if (patch && patch->tag == TAG_NULL) return STRATA_OK;
    TRY(merge_take_directive(w, patch, &directive, &directive_text));
    if (directive == DIRECTIVE_UNKNOWN) return merge_fail_directive(w, patch, directive_text);
    if (directive != DIRECTIVE_DELETE) out->value = directive == DIRECTIVE_REPLACE ? patch : target;
    return STRATA_OK;
}

/* The list map keys, else the merge key, else "": the elements are values themselves. */
static strata_status find_keys(list_merge *m, schema_type type) {
    static const text own_value = TEXT_INIT("");
    text_list keys;
    TRY(schema_list_map_keys(m->w->sc, m->w->schema, type, &keys));
    text merge_key = schema_merge_key(m->w->schema, type);
    if (keys.count == 0 && !text_empty(merge_key) && !text_list_add(m->w->sc->arena, &keys, merge_key))
        return no_memory(m);
    m->keys = keys.count ? keys.items : &own_value;
    m->key_count = m->rows.width = keys.count ? keys.count : 1;
    return STRATA_OK;
}

static strata_status merge_elements(list_merge *m, merge_result *out) {
    table seen = {0};
    TRY(add_rows_of(m, &seen, m->w->elements_last ? m->target : m->patch));
    TRY(add_rows_of(m, &seen, m->w->elements_last ? m->patch : m->target));
    if (m->rows.count == 0) return STRATA_OK;
    node *merged = node_new_sequence(m->w->sc->arena);
    if (!merged) return no_memory(m);
    merged->where = m->target->where;
    bool done;
    if (m->key_count > 1) TRY(match_all_rows(m));
    TRY(find_valid_keys(m));
    TRY(try_hashing(m, merged, &done));
    if (!done) TRY(merge_by_scanning(m, merged));
    out->value = merged;
    return STRATA_OK;
}

strata_status merge_associative_list(merge_walk *w, node *target, node *patch, schema_type type, merge_result *out) {
    TRY(choose_list(w, target, patch, out));
    if (!node_is_sequence(out->value)) return STRATA_OK;
    list_merge m = {.w = w, .target = out->value, .patch = patch};
    m.element_type = schema_elements(w->schema, type);
    TRY(find_keys(&m, type));
    return merge_elements(&m, out);
}
