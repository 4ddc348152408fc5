/* core/origin.c: see origin.h. Ranges are given out in order, so looking one up is a binary search. */
#include "core/origin.h"

bool origin_add(origin_table *table, arena *a, text name, text bytes, origin included_from, origin *out) {
    origin first = 1;
    if (table->count) {
        const origin_source *last = &table->items[table->count - 1];
        first = last->first + last->size + 1;
    }
    if (bytes.size >= UINT32_MAX - first) return false;
    origin_source *items = arena_grow(a, table->items, &table->capacity, table->count + 1, sizeof *items);
    if (!items) return false;
    table->items = items;
    items[table->count++] = (origin_source){first, (uint32_t)bytes.size, name, bytes, included_from};
    *out = first;
    return true;
}

static const origin_source *find(const origin_table *table, origin where) {
    size_t low = 0, high = table->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const origin_source *s = &table->items[middle];
        if (where < s->first)
            high = middle;
        else if (where - s->first > s->size)
            low = middle + 1;
        else
            return s;
    }
    return NULL;
}

text origin_file(const origin_table *table, origin where) {
    const origin_source *s = where == ORIGIN_UNKNOWN || !table ? NULL : find(table, where);
    return s ? s->name : TEXT_EMPTY;
}

bool origin_resolve(const origin_table *table, origin where, origin_place *out) {
    const origin_source *s = where == ORIGIN_UNKNOWN || !table ? NULL : find(table, where);
    if (!s) return false;
    size_t offset = where - s->first;
    uint32_t line = 1;
    size_t line_start = 0;
    for (size_t i = 0; i < offset; i++)
        if (s->bytes.data[i] == '\n') {
            line++;
            line_start = i + 1;
        }
    size_t line_end = line_start;
    while (line_end < s->bytes.size && s->bytes.data[line_end] != '\n' && s->bytes.data[line_end] != '\r')
        line_end++;
    out->file = s->name;
    out->line = line;
    out->column = (uint32_t)(offset - line_start) + 1;
    out->line_text = text_slice(s->bytes, line_start, line_end);
    out->source = s->bytes;
    out->line_start = line_start;
    out->included_from = s->included_from;
    return true;
}
