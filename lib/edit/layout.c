/* edit/layout.c: see layout.h. */
#include "edit/layout.h"

#include "yaml/decode_v2.h"
#include "yaml/dialect.h"
#include "yaml/encoding.h"
#include "yaml/parser.h"
#include "yaml/shape.h"
#include "yaml/tree.h"

/* --- lines -------------------------------------------------------------------------------------------------------- */

/* Whether a line begins at `at`; the two characters of a CR LF are one break. */
static bool begins_line(text bytes, size_t at) {
    if (at == 0) return true;
    bool inside_break = bytes.data[at - 1] == '\r' && at < bytes.size && bytes.data[at] == '\n';
    return yaml_break_before(bytes, at) && !inside_break;
}

size_t line_start(text bytes, size_t at) {
    while (!begins_line(bytes, at))
        at--;
    return at;
}

size_t line_end(text bytes, size_t at) {
    if (at == bytes.size) return at;
    do
        at++;
    while (at < bytes.size && !begins_line(bytes, at));
    return at;
}

size_t line_column(text bytes, size_t at) {
    size_t column = 0;
    for (size_t i = line_start(bytes, at); i < at; i++)
        column += ((unsigned char)bytes.data[i] & 0xc0) != 0x80;
    return column;
}

bool line_begins_at(text bytes, size_t at) {
    while (at > 0 && bytes.data[at - 1] == ' ')
        at--;
    return begins_line(bytes, at);
}

static size_t first_of_line(text bytes, size_t at) {
    size_t i = line_start(bytes, at);
    while (i < bytes.size && (bytes.data[i] == ' ' || bytes.data[i] == '\t'))
        i++;
    return i;
}

bool line_is_comment(text bytes, size_t at) {
    size_t i = first_of_line(bytes, at);
    return i < bytes.size && bytes.data[i] == '#';
}

bool line_is_blank(text bytes, size_t at) {
    size_t i = first_of_line(bytes, at);
    return i == bytes.size || yaml_break_length(bytes.data + i, bytes.size - i);
}

bool element_is_text_at(const element *e, size_t at) {
    while (e && (e->kind == ELEMENT_SEQUENCE || e->kind == ELEMENT_MAPPING)) {
        size_t low = 0, high = e->kind == ELEMENT_MAPPING ? 2 * e->count : e->count;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (e->items[middle]->start <= at)
                low = middle + 1;
            else
                high = middle;
        }
        e = low ? e->items[low - 1] : NULL;
    }
    return e && e->start < at && at < e->end;
}

/* --- elements ----------------------------------------------------------------------------------------------------- */

/* A collection whose children are being read. */
typedef struct open_element {
    element *collection;
    size_t room;
} open_element;

typedef struct layout_builder {
    scope *sc;
    layout *out;
    origin first;
    open_element *open;
    size_t depth, room;
} layout_builder;

/* A block scalar's token ends at the line after it, behind empty lines which are seldom part of it. */
static void end_block_scalar(text bytes, element *e) {
    text header = text_slice(bytes, e->start, line_end(bytes, e->start));
    size_t comment = text_find(header, TEXT(" #"));
    bool keeps_lines = text_find_char(text_slice(header, 0, comment), '+') != SIZE_MAX;
    if (keeps_lines) {
        e->end -= yaml_break_before(bytes, e->end);
        return;
    }
    for (size_t size = 1; size && e->end > e->start; e->end -= size)
        size = strchr(" \t", bytes.data[e->end - 1]) ? 1 : yaml_break_before(bytes, e->end);
}

static strata_status add_element(layout_builder *b, const yaml_event *event, element_kind kind) {
    element *e = ARENA_NEW(b->sc->arena, element);
    if (!e) return scope_no_memory(b->sc);
    *e = (element){.kind = kind,
                   .style = event->style,
                   .flow = event->flow,
                   .start = event->at,
                   .end = event->end,
                   .indicator = event->indicator,
                   .where = b->first + (origin)event->at,
                   .value = event->value};
    if (kind == ELEMENT_SCALAR && (e->style == STYLE_LITERAL || e->style == STYLE_FOLDED))
        end_block_scalar(b->out->bytes, e);
    if (b->depth == 0) {
        b->out->top = e;
        return STRATA_OK;
    }
    open_element *parent = &b->open[b->depth - 1];
    element **items = arena_grow(b->sc->arena, parent->collection->items, &parent->room, parent->collection->count + 1,
                                 sizeof *items);
    if (!items) return scope_no_memory(b->sc);
    parent->collection->items = items;
    items[parent->collection->count++] = e;
    return STRATA_OK;
}

static strata_status open_collection(layout_builder *b, const yaml_event *event, element_kind kind) {
    TRY(add_element(b, event, kind));
    element *e = b->depth == 0 ? b->out->top
                               : b->open[b->depth - 1].collection->items[b->open[b->depth - 1].collection->count - 1];
    open_element *open = arena_grow(b->sc->arena, b->open, &b->room, b->depth + 1, sizeof *open);
    if (!open) return scope_no_memory(b->sc);
    b->open = open;
    open[b->depth++] = (open_element){e, 0};
    return STRATA_OK;
}

/* A block collection ends with its last child. */
static void close_collection(layout_builder *b, const yaml_event *event) {
    element *e = b->open[--b->depth].collection;
    if (e->flow && event->end > e->start)
        e->end = event->end;
    else if (e->count)
        e->end = e->items[e->count - 1]->end;
    if (e->end < e->start) e->end = e->start;
    if (e->kind == ELEMENT_MAPPING) e->count /= 2;
}

static strata_status add_event(layout_builder *b, const yaml_event *event) {
    switch (event->type) {
    case EVENT_SCALAR: return add_element(b, event, ELEMENT_SCALAR);
    case EVENT_ALIAS: return add_element(b, event, ELEMENT_ALIAS);
    case EVENT_SEQUENCE_START: return open_collection(b, event, ELEMENT_SEQUENCE);
    case EVENT_MAPPING_START: return open_collection(b, event, ELEMENT_MAPPING);
    case EVENT_SEQUENCE_END:
    case EVENT_MAPPING_END: close_collection(b, event); break;
    case EVENT_DOCUMENT_END:
    case EVENT_STREAM_END: b->out->end = event->at; break;
    case EVENT_DOCUMENT_START: break;
    }
    return STRATA_OK;
}

static strata_status read_events(layout_builder *b, parser *p, tree *t) {
    for (;;) {
        yaml_event event;
        parser_result result = parser_next(p, &event);
        if (result == PARSER_NO_MEMORY) return scope_no_memory(b->sc);
        if (result == PARSER_REFUSED) return dialect_refuse(b->sc, p, b->first);
        TRY(tree_add(t, &event));
        TRY(add_event(b, &event));
        if (event.type == EVENT_DOCUMENT_END || event.type == EVENT_STREAM_END) return STRATA_OK;
    }
}

strata_status layout_read(scope *sc, text name, text bytes, layout *out) {
    *out = (layout){.bytes = encoding_to_utf8(sc->arena, bytes)};
    layout_builder b = {.sc = sc, .out = out};
    if (!out->bytes.data) return scope_no_memory(sc);
    if (!origin_add(sc->origins, sc->arena, name, out->bytes, ORIGIN_UNKNOWN, &b.first)) return scope_no_memory(sc);
    size_t lf = text_find_char(out->bytes, '\n');
    out->crlf = lf != SIZE_MAX && lf > 0 && out->bytes.data[lf - 1] == '\r';
    out->end = out->bytes.size;
    tree t;
    parser p;
    tree_init(&t, sc, b.first, ORIGIN_UNKNOWN);
    t.bang_is_string = true;
    strata_status status =
        parser_init(&p, out->bytes, false, sc->arena, sc->from) ? read_events(&b, &p, &t) : scope_no_memory(sc);
    parser_free(&p);
    out->root = t.root;
    out->has_alias = t.has_aliases || t.has_merges;
    tree_free(&t);
    TRY(status);
    return out->root ? decode_v2(sc, out->root, false) : STRATA_OK;
}
