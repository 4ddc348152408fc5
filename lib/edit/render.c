/* edit/render.c: see render.h. */
#include "edit/render.h"

#include "yaml/emit_v2.h"
#include "yaml/writer.h"

/* --- the style of a file ------------------------------------------------------------------------------------------ */

typedef struct style_search {
    const layout *l;
    file_style found;
    bool has_list, has_mapping;
} style_search;

static void look_at_value(style_search *s, const element *key, const element *value) {
    if (value->kind < ELEMENT_SEQUENCE || value->flow || value->count == 0) return;
    text bytes = s->l->bytes;
    size_t from = line_column(bytes, key->start);
    if (value->kind == ELEMENT_SEQUENCE && !s->has_list) {
        size_t dash = line_column(bytes, value->items[0]->indicator);
        s->has_list = dash >= from;
        if (s->has_list) s->found.list_offset = dash - from;
    }
    if (value->kind == ELEMENT_MAPPING && !s->has_mapping) {
        size_t column = line_column(bytes, value->items[0]->start);
        s->has_mapping = column > from;
        if (s->has_mapping) s->found.map_step = column - from;
    }
}

/* Depth is bounded by the reader. */
static void search(style_search *s, const element *e) {
    if (e->kind < ELEMENT_SEQUENCE || e->flow || (s->has_list && s->has_mapping)) return;
    for (size_t i = 0; i < e->count; i++) {
        if (e->kind == ELEMENT_MAPPING) look_at_value(s, pair_key(e, i), pair_value(e, i));
        search(s, e->kind == ELEMENT_MAPPING ? pair_value(e, i) : e->items[i]);
    }
}

file_style file_style_near(const layout *l, const element *e, file_style otherwise) {
    style_search s = {.l = l, .found = otherwise};
    search(&s, e);
    return s.found;
}

file_style file_style_of(const layout *l) {
    file_style usual = {.list_offset = 0, .map_step = 2};
    return l->top ? file_style_near(l, l->top, usual) : usual;
}

/* --- scalars ------------------------------------------------------------------------------------------------------ */

static bool needs_quotes(text t) { return emit_v2_form(t, text_classes(t)).style != STYLE_PLAIN; }

node_style render_quotes(const element *like, const node *value) {
    if (!like || like->kind != ELEMENT_SCALAR || like->style > STYLE_DOUBLE_QUOTED) return STYLE_PLAIN;
    bool by_need = needs_quotes(like->value) && !needs_quotes(node_text(value));
    return by_need ? STYLE_PLAIN : (node_style)like->style;
}

/* On one line, quoted as `wanted` says where the text allows it. */
static void add_string(buffer *out, text t, node_style wanted, bool flow) {
    unsigned classes = text_classes(t);
    string_form form = emit_v2_form(t, classes);
    bool ordinary = !(classes & (CLASS_LF | CLASS_CONTROL | CLASS_DELETE | CLASS_HIGH));
    if (form.style == STYLE_LITERAL || wanted == STYLE_DOUBLE_QUOTED)
        form.style = STYLE_DOUBLE_QUOTED;
    else if (wanted == STYLE_SINGLE_QUOTED && ordinary)
        form.style = STYLE_SINGLE_QUOTED;
    else if (form.style == STYLE_PLAIN && flow && !shape_of(t).plain_in_flow)
        form.style = ordinary ? STYLE_SINGLE_QUOTED : STYLE_DOUBLE_QUOTED;
    emitter_v2 e = {.out = out, .line = out->size};
    emit_v2_string(&e, t, &form, 0, true);
}

void render_scalar(buffer *out, const node *value, node_style quotes, bool flow) {
    if (value->tag == TAG_STR)
        add_string(out, node_text(value), quotes, flow);
    else
        buffer_add_text(out, node_text(value));
}

void render_key(buffer *out, text key, bool quoted) {
    add_string(out, key, quoted ? STYLE_DOUBLE_QUOTED : STYLE_PLAIN, false);
}

static bool is_multiline(const node *value) {
    return value->kind == NODE_SCALAR && value->tag == TAG_STR &&
           emit_v2_form(node_text(value), text_classes(node_text(value))).style == STYLE_LITERAL;
}

const element *element_sample(const element *collection) {
    const element *found = NULL;
    bool mapping = collection->kind == ELEMENT_MAPPING;
    for (size_t i = 0; i < collection->count; i++) {
        const element *e = mapping ? pair_value(collection, i) : collection->items[i];
        if (e->kind != ELEMENT_SCALAR)
            found = e;
        else if (e->style == STYLE_PLAIN && e->end > e->start)
            return e;
        else if (!needs_quotes(e->value))
            found = e;
    }
    return found;
}

/* --- flow style --------------------------------------------------------------------------------------------------- */

void render_flow_pair(buffer *out, text key, const node *value, bool quoted) {
    add_string(out, key, quoted ? STYLE_DOUBLE_QUOTED : STYLE_PLAIN, true);
    buffer_add_text(out, TEXT(": "));
    render_flow(out, value, quoted);
}

/* Depth is bounded by the reader, as in all of this file. */
void render_flow(buffer *out, const node *value, bool quoted) {
    if (value->kind == NODE_SCALAR) {
        render_scalar(out, value, quoted ? STYLE_DOUBLE_QUOTED : STYLE_PLAIN, true);
        return;
    }
    buffer_add_char(out, value->kind == NODE_MAPPING ? '{' : '[');
    for (uint32_t i = 0; i < value->count; i++) {
        if (i) buffer_add_text(out, TEXT(", "));
        if (value->kind == NODE_MAPPING)
            render_flow_pair(out, node_text(value->pairs[i].key), value->pairs[i].value, quoted);
        else
            render_flow(out, value->items[i], quoted);
    }
    buffer_add_char(out, value->kind == NODE_MAPPING ? '}' : ']');
}

/* --- block style -------------------------------------------------------------------------------------------------- */

enum { MOST_KEYS_TO_FOLLOW = 16 };

/* The neighbour's value under the same key. */
static const element *like_field(const element *like, text key) {
    for (size_t i = 0; like && like->kind == ELEMENT_MAPPING && i < like->count && i < MOST_KEYS_TO_FOLLOW; i++)
        if (text_equal(pair_key(like, i)->value, key)) return pair_value(like, i);
    return NULL;
}

static const element *like_item(const element *like) {
    return like && like->kind == ELEMENT_SEQUENCE ? element_sample(like) : NULL;
}

static void add_scalar_line(buffer *out, const node *value, size_t indent, const element *like) {
    buffer_add_char(out, ' ');
    if (is_multiline(value)) {
        text t = node_text(value);
        emitter_v2 e = {.out = out, .line = out->size};
        string_form form = emit_v2_form(t, text_classes(t));
        emit_v2_string(&e, t, &form, indent + 2, false);
        if (!e.fresh) buffer_add_char(out, '\n');
        return;
    }
    render_scalar(out, value, render_quotes(like, value), false);
    buffer_add_char(out, '\n');
}

/* Whether a neighbour has an order of its own: kustomize's is that of the keys. */
static bool has_own_order(const element *like) {
    if (!like || like->kind != ELEMENT_MAPPING || like->count > MOST_KEYS_TO_FOLLOW) return false;
    for (size_t i = 1; i < like->count; i++)
        if (yaml_key_compare(pair_key(like, i - 1)->value, pair_key(like, i)->value) > 0) return true;
    return false;
}

/* Pairs come in the order of a neighbour's, as far as that has them, then in their own. */
static void add_pairs(buffer *out, const file_style *style, const node *mapping, size_t indent, bool inline_first,
                      const element *like) {
    bool follows = has_own_order(like);
    bool first = inline_first;
    for (size_t i = 0; follows && i < like->count; i++) {
        text key = pair_key(like, i)->value;
        const node *value = node_get(mapping, key);
        if (!value) continue;
        if (!first) buffer_add_repeated(out, ' ', indent);
        render_pair(out, style, key, value, indent, pair_value(like, i));
        first = false;
    }
    for (uint32_t i = 0; i < mapping->count; i++) {
        text key = node_text(mapping->pairs[i].key);
        if (follows && like_field(like, key)) continue;
        if (!first) buffer_add_repeated(out, ' ', indent);
        render_pair(out, style, key, mapping->pairs[i].value, indent, like_field(like, key));
        first = false;
    }
}

static void add_items(buffer *out, const file_style *style, const node *list, size_t indent, bool inline_first,
                      const element *like) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (i || !inline_first) buffer_add_repeated(out, ' ', indent);
        render_item(out, style, list->items[i], indent, like_item(like));
    }
}

void render_value(buffer *out, const file_style *style, const node *value, size_t indent, const element *like) {
    if (value->kind == NODE_SCALAR) {
        add_scalar_line(out, value, indent, like);
    } else if (value->count == 0) {
        buffer_add_text(out, value->kind == NODE_MAPPING ? TEXT(" {}\n") : TEXT(" []\n"));
    } else {
        buffer_add_char(out, '\n');
        if (value->kind == NODE_MAPPING)
            add_pairs(out, style, value, indent + style->map_step, false, like);
        else
            add_items(out, style, value, indent + style->list_offset, false, like);
    }
}

void render_pair(buffer *out, const file_style *style, text key, const node *value, size_t indent,
                 const element *like) {
    render_key(out, key, false);
    buffer_add_char(out, ':');
    render_value(out, style, value, indent, like);
}

void render_item(buffer *out, const file_style *style, const node *value, size_t indent, const element *like) {
    buffer_add_char(out, '-');
    if (value->kind == NODE_SCALAR || value->count == 0) {
        render_value(out, style, value, indent, like);
        return;
    }
    buffer_add_char(out, ' ');
    if (value->kind == NODE_MAPPING)
        add_pairs(out, style, value, indent + 2, true, like);
    else
        add_items(out, style, value, indent + 2, true, like);
}
