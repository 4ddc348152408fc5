/* yaml/tree.c: see tree.h. Tags follow go-yaml v3's parser (decode.go, node and scalar). */
#include "yaml/tree.h"

#include "yaml/resolve.h"

static const text long_prefix = TEXT_INIT("tag:yaml.org,2002:");

typedef struct tag_row {
    text name; /* behind the long prefix */
    node_tag tag;
} tag_row;

static const tag_row tags[] = {{TEXT_INIT("str"), TAG_STR},       {TEXT_INIT("int"), TAG_INT},
                               {TEXT_INIT("float"), TAG_FLOAT},   {TEXT_INIT("bool"), TAG_BOOL},
                               {TEXT_INIT("null"), TAG_NULL},     {TEXT_INIT("timestamp"), TAG_TIMESTAMP},
                               {TEXT_INIT("binary"), TAG_BINARY}, {TEXT_INIT("merge"), TAG_MERGE},
                               {TEXT_INIT("map"), TAG_MAP},       {TEXT_INIT("seq"), TAG_SEQ}};

void tree_init(tree *t, scope *sc, origin first, origin where) {
    *t = (tree){.sc = sc, .first = first, .where = where};
}

void tree_restart(tree *t) {
    t->root = NULL;
    t->has_aliases = t->has_merges = false;
    t->anchors = (table){0};
    t->depth = t->child_count = 0;
}

void tree_free(tree *t) {
    const allocator *from = t->sc->from;
    if (t->levels) from->release(t->levels, from->user);
    if (t->children) from->release(t->children, from->user);
    t->levels = NULL;
    t->children = NULL;
}

/* Makes room for one more object of `size` bytes in a heap array. */
static void *grow(tree *t, void *array, size_t count, size_t *room, size_t size) {
    if (count < *room) return array;
    size_t larger = *room ? *room * 2 : 64;
    void *moved = t->sc->from->reallocate(array, larger * size, t->sc->from->user);
    if (moved) *room = larger;
    return moved;
}

static bool push_child(tree *t, node *n) {
    node **children = grow(t, t->children, t->child_count, &t->child_room, sizeof *children);
    if (!children) return false;
    t->children = children;
    children[t->child_count++] = n;
    return true;
}

static bool push_level(tree *t, node *collection) {
    tree_level *levels = grow(t, t->levels, t->depth, &t->level_room, sizeof *levels);
    if (!levels) return false;
    t->levels = levels;
    levels[t->depth++] = (tree_level){collection, t->child_count};
    return true;
}

static origin place(const tree *t, size_t at) { return t->first ? t->first + (origin)at : t->where; }

/* The tag that was written, in go-yaml's short form: "!!set" for what lies below the long prefix and is not known. */
static bool set_written_tag(tree *t, node *n, text tag) {
    n->flags |= NODE_TAGGED;
    if (text_starts(tag, long_prefix)) {
        text name = text_after(tag, long_prefix.size);
        for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
            if (text_equal(name, tags[i].name)) {
                n->tag = (uint8_t)tags[i].tag;
                return true;
            }
        tag = TEXT_CONCAT(t->sc->arena, TEXT("!!"), name);
    }
    n->tag = TAG_CUSTOM;
    node_extra *extra = node_extra_of(t->sc->arena, n);
    if (!extra || !tag.data) return false;
    extra->tag = tag;
    return true;
}

static bool set_tag(tree *t, node *n, const yaml_event *event, node_tag implied) {
    bool bang = text_is(event->tag, "!");
    if (event->tag.size && !bang) return set_written_tag(t, n, event->tag);
    n->tag = (uint8_t)implied;
    if (bang && t->bang_is_string && n->kind == NODE_SCALAR) {
        n->tag = TAG_STR;
        n->flags |= NODE_TAGGED;
    }
    return true;
}

static bool keep_anchor(tree *t, text name, node *n) {
    node_extra *extra = t->keep_anchors ? node_extra_of(t->sc->arena, n) : NULL;
    if (extra) extra->anchor = name;
    return extra || !t->keep_anchors;
}

static bool set_anchor(tree *t, text name, node *n) {
    if (!keep_anchor(t, name, n)) return false;
    const table_entry *entry = table_find(&t->anchors, name);
    if (entry) {
        *(node **)entry->value = n;
        return true;
    }
    node **slot = ARENA_NEW(t->sc->arena, node *);
    if (!slot) return false;
    *slot = n;
    return table_add(&t->anchors, t->sc->arena, name, slot);
}

/* --- comments ---------------------------------------------------------------------------------------------------- */

static bool is_kept(const tree *t, text comment) {
    if (comment.size == 0 || t->comments == TREE_NO_COMMENTS) return false;
    return t->comments == TREE_ALL_COMMENTS || text_find_char(comment, '{') != SIZE_MAX;
}

static text foot_of(const node *n) { return n->extra ? n->extra->foot_comment : TEXT_EMPTY; }

/* False when memory is out. */
static bool set_foot(tree *t, node *n, text comment) {
    if (comment.size == 0 && !n->extra) return true;
    node_extra *extra = node_extra_of(t->sc->arena, n);
    if (extra) extra->foot_comment = comment;
    return extra != NULL;
}

static bool set_line(tree *t, node *n, text comment) {
    bool kept = is_kept(t, comment);
    if (!kept && !n->extra) return true;
    node_extra *extra = node_extra_of(t->sc->arena, n);
    if (extra) extra->line_comment = kept ? comment : TEXT_EMPTY;
    return extra != NULL;
}

static bool set_comments(tree *t, node *n, const yaml_event *event) {
    if (is_kept(t, event->head_comment)) {
        node_extra *extra = node_extra_of(t->sc->arena, n);
        if (!extra) return false;
        extra->head_comment = event->head_comment;
    }
    if (!set_line(t, n, event->line_comment)) return false;
    return t->comments != TREE_ALL_COMMENTS || set_foot(t, n, event->foot_comment);
}

/* A foot comment that go-yaml finds at a key is that of the pair before, and one at a value that of its key. */
static bool move_feet(tree *t, node *mapping) {
    bool block = !(mapping->flags & NODE_FLOW);
    for (uint32_t i = 0; i < mapping->count; i++) {
        node *key = mapping->pairs[i].key, *value = mapping->pairs[i].value;
        if (block && i > 0 && foot_of(key).size) {
            if (!set_foot(t, mapping->pairs[i - 1].key, foot_of(key))) return false;
            key->extra->foot_comment = TEXT_EMPTY;
        }
        if (foot_of(key).size || !foot_of(value).size) continue;
        if (!set_foot(t, key, foot_of(value))) return false;
        value->extra->foot_comment = TEXT_EMPTY;
    }
    if (!block || mapping->count == 0 || !foot_of(mapping).size) return true;
    if (!set_foot(t, mapping->pairs[mapping->count - 1].key, foot_of(mapping))) return false;
    mapping->extra->foot_comment = TEXT_EMPTY;
    return true;
}

static bool set_end_comments(tree *t, node *n, const yaml_event *event) {
    if (t->comments == TREE_NO_COMMENTS) return true;
    if (!set_line(t, n, event->line_comment)) return false;
    if (t->comments != TREE_ALL_COMMENTS) return true;
    return set_foot(t, n, event->foot_comment) && (n->kind != NODE_MAPPING || move_feet(t, n));
}

/* Those of the document: its root keeps them. */
static bool set_document_comments(tree *t, const yaml_event *end) {
    if (t->comments != TREE_ALL_COMMENTS || !t->root) return true;
    if (t->head_comment.size) {
        node_extra *extra = node_extra_of(t->sc->arena, t->root);
        if (!extra) return false;
        extra->document_head = t->head_comment;
    }
    return !end->foot_comment.size || set_foot(t, t->root, end->foot_comment);
}

/* --- nodes ------------------------------------------------------------------------------------------------------- */

static node *make_node(tree *t, node_kind kind, const yaml_event *event) {
    node *n = ARENA_NEW(t->sc->arena, node);
    if (!n) return NULL;
    n->kind = (uint8_t)kind;
    n->where = place(t, event->at);
    return set_comments(t, n, event) ? n : NULL;
}

static bool is_key(const tree *t) {
    if (!t->depth) return false;
    const tree_level *top = &t->levels[t->depth - 1];
    return top->collection->kind == NODE_MAPPING && (t->child_count - top->base) % 2 == 0;
}

static node *make_scalar(tree *t, const yaml_event *event) {
    node *n = make_node(t, NODE_SCALAR, event);
    if (!n) return NULL;
    n->style = (uint8_t)event->style;
    n->data = event->value.data;
    n->count = (uint32_t)event->value.size;
    if (event->style == STYLE_PLAIN && event->value.size == 0) n->flags |= NODE_EMPTY;
    if (!set_tag(t, n, event, event->style == STYLE_PLAIN ? resolve_tag_v3(event->value) : TAG_STR)) return NULL;
    if ((n->tag == TAG_MERGE || text_is(event->value, "<<")) && is_key(t)) t->has_merges = true;
    return n;
}

static strata_status add_alias(tree *t, const yaml_event *event) {
    node *const *target = table_get(&t->anchors, event->anchor);
    if (!target)
        return scope_fail(t->sc, DIAGNOSTIC_YAML_SYNTAX, place(t, event->at),
                          "there is no anchor &%.*s above this alias", TEXT_ARG(event->anchor));
    node *n = make_node(t, NODE_SCALAR, event);
    if (!n || !keep_anchor(t, event->anchor, n) || !push_child(t, n)) return scope_no_memory(t->sc);
    n->kind = NODE_ALIAS;
    n->items = (node **)(void *)*target;
    t->has_aliases = true;
    return STRATA_OK;
}

static strata_status begin(tree *t, const yaml_event *event) {
    bool mapping = event->type == EVENT_MAPPING_START;
    if (t->depth >= t->sc->limits->nesting)
        return scope_fail(t->sc, DIAGNOSTIC_LIMIT, place(t, event->at),
                          "the document is nested deeper than the limit of %u levels", t->sc->limits->nesting);
    node *n = make_node(t, mapping ? NODE_MAPPING : NODE_SEQUENCE, event);
    if (!n || !set_tag(t, n, event, mapping ? TAG_MAP : TAG_SEQ) || !push_child(t, n) || !push_level(t, n))
        return scope_no_memory(t->sc);
    if (event->flow) n->flags |= NODE_FLOW;
    if (event->anchor.size && !set_anchor(t, event->anchor, n)) return scope_no_memory(t->sc);
    return STRATA_OK;
}

/* Moves the children of the innermost collection from the stack to an array of their own. */
static strata_status end(tree *t, const yaml_event *event) {
    if (!t->depth) return STRATA_OK;
    tree_level *top = &t->levels[--t->depth];
    node *n = top->collection;
    size_t count = t->child_count - top->base;
    t->child_count = top->base;
    if (count) {
        n->items = arena_alloc(t->sc->arena, count * sizeof *n->items);
        if (!n->items) return scope_no_memory(t->sc);
        memcpy(n->items, t->children + top->base, count * sizeof *n->items);
    }
    n->count = n->capacity = (uint32_t)(n->kind == NODE_MAPPING ? count / 2 : count);
    return set_end_comments(t, n, event) ? STRATA_OK : scope_no_memory(t->sc);
}

strata_status tree_add(tree *t, const yaml_event *event) {
    node *n;
    switch (event->type) {
    case EVENT_SCALAR:
        n = make_scalar(t, event);
        if (!n || !push_child(t, n)) return scope_no_memory(t->sc);
        if (event->anchor.size && !set_anchor(t, event->anchor, n)) return scope_no_memory(t->sc);
        return STRATA_OK;
    case EVENT_ALIAS: return add_alias(t, event);
    case EVENT_SEQUENCE_START:
    case EVENT_MAPPING_START: return begin(t, event);
    case EVENT_SEQUENCE_END:
    case EVENT_MAPPING_END: return end(t, event);
    case EVENT_DOCUMENT_END:
        t->root = t->child_count ? t->children[0] : NULL;
        t->child_count = 0;
        return set_document_comments(t, event) ? STRATA_OK : scope_no_memory(t->sc);
    case EVENT_DOCUMENT_START: t->head_comment = event->head_comment; return STRATA_OK;
    case EVENT_STREAM_END: return STRATA_OK;
    }
    return STRATA_OK;
}
