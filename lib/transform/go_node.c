/* transform/go_node.c: see go_node.h; after go-yaml v3's Node and encoding/json. */
#include "transform/go_node.h"

#include "yaml/json.h"

typedef struct go_writer {
    scope *sc;
    go_places *places;
    buffer *json;
} go_writer;

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
    go_place place;
    if (!go_place_find(w->sc, w->places, n->where, &place)) json->failure = BUFFER_NO_MEMORY;
    buffer_add_format(json, "{\"Kind\":%d,\"Style\":%d,\"Tag\":", go_kind(n), go_style(n));
    json_write_string(json, go_tag(n));
    buffer_add_text(json, TEXT(",\"Value\":"));
    json_write_string(json, node_text(n));
    buffer_add_text(json, TEXT(",\"Anchor\":\"\",\"Alias\":null,\"Content\":"));
    add_content(w, n);
    add_comment(n, "HeadComment", extra->head_comment, json);
    add_comment(n, "LineComment", extra->line_comment, json);
    add_comment(n, "FootComment", extra->foot_comment, json);
    buffer_add_format(json, ",\"Line\":%u,\"Column\":%u}", place.line, place.column);
}

void go_node_write(scope *sc, go_places *places, const node *n, buffer *json) {
    go_writer w = {sc, places, json};
    add_node(&w, n);
}
