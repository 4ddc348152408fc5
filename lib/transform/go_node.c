/*
 * transform/go_node.c: see go_node.h; after go-yaml v3's Node and encoding/json.
 *
 * Lines count from the beginning of the document, since kyaml cuts a file into documents before any YAML is read, and
 * columns in characters.
 */
#include "transform/go_node.h"

#include "yaml/json.h"
#include "yaml/pieces.h"

/* A document that nodes came from, and the last place in it that was asked for: the next one is mostly behind it. */
typedef struct go_document {
    struct go_document *next;
    const char *source;
    size_t start;
    size_t end;
    uint32_t lines; /* before it */
    size_t line_start;
    size_t offset;
    uint32_t column;
} go_document;

typedef struct go_writer {
    scope *sc;
    buffer *json;
    go_document *documents;
} go_writer;

/* --- places ------------------------------------------------------------------------------------------------------ */

static void locate(go_document *d, text source, size_t offset) {
    pieces p;
    text piece;
    const char *bad = NULL;
    d->source = source.data;
    d->end = source.size;
    pieces_begin(&p, source);
    while (pieces_next(&p, &piece, &bad) && !bad) {
        d->start = (size_t)(piece.data - source.data);
        d->end = d->start + piece.size;
        if (offset <= d->end) break;
    }
    for (size_t i = 0; i < d->start; i++)
        d->lines += source.data[i] == '\n';
    d->line_start = SIZE_MAX;
}

/* NULL when memory is out. */
static go_document *find_document(go_writer *w, text source, size_t offset) {
    go_document *d = w->documents;
    while (d && (d->source != source.data || offset < d->start || offset > d->end))
        d = d->next;
    if (d) return d;
    d = ARENA_NEW(w->sc->arena, go_document);
    if (!d) return NULL;
    locate(d, source, offset);
    d->next = w->documents;
    w->documents = d;
    return d;
}

static uint32_t column_of(go_document *d, const origin_place *place, size_t offset) {
    bool goes_on = d->line_start == place->line_start && d->offset <= offset;
    size_t from = goes_on ? d->offset : place->line_start;
    uint32_t column = goes_on ? d->column : 1;
    for (size_t i = from; i < offset; i++)
        column += ((unsigned char)place->source.data[i] & 0xC0) != 0x80;
    d->line_start = place->line_start;
    d->offset = offset;
    d->column = column;
    return column;
}

/* Zeros where there is none. Asked for in the order of the text, since a column is counted on from the one before. */
static void find_place(go_writer *w, const node *n, uint32_t *line, uint32_t *column) {
    origin_place place;
    *line = *column = 0;
    if (!origin_resolve_inside(w->sc->origins, n->where, &place)) return;
    size_t offset = place.line_start + place.column - 1;
    go_document *d = find_document(w, place.source, offset);
    if (!d) {
        w->json->failure = BUFFER_NO_MEMORY;
        return;
    }
    *line = place.line - d->lines;
    *column = column_of(d, &place, offset);
}

/* --- nodes ------------------------------------------------------------------------------------------------------- */

static int go_kind(const node *n) { return n->kind == NODE_SCALAR ? 8 : n->kind == NODE_MAPPING ? 4 : 2; }

static int go_style(const node *n) {
    static const int styles[] = {[STYLE_PLAIN] = 0,
                                 [STYLE_DOUBLE_QUOTED] = 2,
                                 [STYLE_SINGLE_QUOTED] = 4,
                                 [STYLE_LITERAL] = 8,
                                 [STYLE_FOLDED] = 16};
    int style = n->kind == NODE_SCALAR ? styles[n->style] : n->flags & NODE_FLOW ? 32 : 0;
    return style | (n->flags & NODE_TAGGED ? 1 : 0);
}

static text go_tag(const node *n) {
    static const text tags[] = {[TAG_UNSET] = TEXT_INIT(""),          [TAG_STR] = TEXT_INIT("!!str"),
                                [TAG_INT] = TEXT_INIT("!!int"),       [TAG_FLOAT] = TEXT_INIT("!!float"),
                                [TAG_BOOL] = TEXT_INIT("!!bool"),     [TAG_NULL] = TEXT_INIT("!!null"),
                                [TAG_BINARY] = TEXT_INIT("!!binary"), [TAG_TIMESTAMP] = TEXT_INIT("!!timestamp"),
                                [TAG_MERGE] = TEXT_INIT("!!merge"),   [TAG_MAP] = TEXT_INIT("!!map"),
                                [TAG_SEQ] = TEXT_INIT("!!seq")};
    return n->tag == TAG_CUSTOM ? (n->extra ? n->extra->tag : TEXT_EMPTY) : tags[n->tag];
}

static void add_node(go_writer *w, const node *n);

static void add_content(go_writer *w, const node *n) {
    buffer *json = w->json;
    if (n->kind == NODE_SCALAR || n->count == 0) {
        buffer_add_text(json, TEXT("null"));
        return;
    }
    buffer_add_char(json, '[');
    for (uint32_t i = 0; i < n->count; i++) {
        if (i) buffer_add_char(json, ',');
        if (n->kind == NODE_SEQUENCE) {
            add_node(w, n->items[i]);
            continue;
        }
        add_node(w, n->pairs[i].key);
        buffer_add_char(json, ',');
        add_node(w, n->pairs[i].value);
    }
    buffer_add_char(json, ']');
}

static void add_comment(const node *n, const char *name, text comment, buffer *json) {
    buffer_add_format(json, ",\"%s\":", name);
    json_write_string(json, n->extra ? comment : TEXT_EMPTY);
}

static void add_node(go_writer *w, const node *n) {
    buffer *json = w->json;
    static const node_extra none = {0};
    const node_extra *extra = n->extra ? n->extra : &none;
    uint32_t line, column;
    find_place(w, n, &line, &column);
    buffer_add_format(json, "{\"Kind\":%d,\"Style\":%d,\"Tag\":", go_kind(n), go_style(n));
    json_write_string(json, go_tag(n));
    buffer_add_text(json, TEXT(",\"Value\":"));
    json_write_string(json, node_text(n));
    buffer_add_text(json, TEXT(",\"Anchor\":\"\",\"Alias\":null,\"Content\":"));
    add_content(w, n);
    add_comment(n, "HeadComment", extra->head_comment, json);
    add_comment(n, "LineComment", extra->line_comment, json);
    add_comment(n, "FootComment", extra->foot_comment, json);
    buffer_add_format(json, ",\"Line\":%u,\"Column\":%u}", line, column);
}

void go_node_write(scope *sc, const node *n, buffer *json) {
    go_writer w = {.sc = sc, .json = json};
    add_node(&w, n);
}
