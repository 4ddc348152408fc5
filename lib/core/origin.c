/* core/origin.c: see origin.h. Ranges are given out in order, so looking one up is a binary search. */
#include "core/origin.h"

#include "core/inline_text.h"

static bool add(origin_table *table, arena *a, origin_source source, origin *out) {
    origin first = 1;
    if (table->count) {
        const origin_source *last = &table->items[table->count - 1];
        first = last->first + last->size + 1;
    }
    if (source.bytes.size >= UINT32_MAX - first) return false;
    origin_source *items = arena_grow(a, table->items, &table->capacity, table->count + 1, sizeof *items);
    if (!items) return false;
    table->items = items;
    source.first = first;
    source.size = (uint32_t)source.bytes.size;
    items[table->count++] = source;
    table->memory = a;
    *out = first;
    return true;
}

bool origin_add(origin_table *table, arena *a, text name, text bytes, origin included_from, origin *out) {
    return add(table, a, (origin_source){.name = name, .bytes = bytes, .included_from = included_from}, out);
}

static origin_source *find(const origin_table *table, origin where) {
    size_t low = 0, high = where == ORIGIN_UNKNOWN || !table ? 0 : table->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        origin_source *s = &table->items[middle];
        if (where < s->first)
            high = middle;
        else if (where - s->first > s->size)
            low = middle + 1;
        else
            return s;
    }
    return NULL;
}

bool origin_add_inline(origin_table *table, arena *a, text bytes, origin where, origin *out) {
    const origin_source *around = find(table, where);
    text name = around ? around->name : TEXT("inline text");
    return add(table, a, (origin_source){.name = name, .bytes = bytes, .included_from = where, .is_inline = true}, out);
}

text origin_file(const origin_table *table, origin where) {
    const origin_source *s = find(table, where);
    return s ? s->name : TEXT_EMPTY;
}

const origin_source *origin_source_of(const origin_table *table, origin where, size_t *offset) {
    const origin_source *s = find(table, where);
    *offset = s ? where - s->first : 0;
    return s;
}

bool origin_step_out(const origin_table *table, origin *where) {
    const origin_source *s = find(table, *where);
    const origin_source *around = s && s->is_inline ? find(table, s->included_from) : NULL;
    if (!around) return false;
    size_t at = inline_text_find(around->bytes, s->included_from - around->first, s->bytes, *where - s->first);
    *where = at == SIZE_MAX ? s->included_from : around->first + (origin)at;
    return true;
}

/* In a short text it is as fast to count. */
enum { SHORT_TEXT = 4096 };

static void index_lines(arena *a, origin_source *s) {
    uint32_t count = 1;
    for (size_t i = 0; i < s->bytes.size; i++)
        count += s->bytes.data[i] == '\n';
    uint32_t *lines = ARENA_ARRAY(a, uint32_t, count);
    if (!lines) return; /* then they are counted each time */
    s->lines = lines;
    for (size_t i = 0; i < s->bytes.size; i++)
        if (s->bytes.data[i] == '\n') lines[++s->line_count] = (uint32_t)i + 1;
    s->line_count = count;
}

/* The number of the line, from 0, that an offset is in. */
static uint32_t line_in_index(const origin_source *s, size_t offset) {
    uint32_t low = 0, high = s->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (s->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The same by counting. */
static uint32_t count_lines(const origin_source *s, size_t offset, size_t *line_start) {
    uint32_t line = 0;
    *line_start = 0;
    for (size_t i = 0; i < offset; i++)
        if (s->bytes.data[i] == '\n') {
            line++;
            *line_start = i + 1;
        }
    return line;
}

bool origin_resolve_inside(const origin_table *table, origin where, origin_place *out) {
    origin_source *s = find(table, where);
    if (!s) return false;
    size_t offset = where - s->first, line_start;
    uint32_t line;
    if (!s->lines && s->size > SHORT_TEXT) index_lines(table->memory, s);
    if (s->lines) {
        line = line_in_index(s, offset);
        line_start = s->lines[line];
    } else {
        line = count_lines(s, offset, &line_start);
    }
    size_t line_end = line_start;
    while (line_end < s->bytes.size && s->bytes.data[line_end] != '\n' && s->bytes.data[line_end] != '\r')
        line_end++;
    out->file = s->name;
    out->line = line + 1;
    out->column = (uint32_t)(offset - line_start) + 1;
    out->line_text = text_slice(s->bytes, line_start, line_end);
    out->source = s->bytes;
    out->line_start = line_start;
    out->included_from = s->included_from;
    return true;
}

bool origin_resolve(const origin_table *table, origin where, origin_place *out) {
    while (origin_step_out(table, &where)) {
    }
    return origin_resolve_inside(table, where, out);
}
