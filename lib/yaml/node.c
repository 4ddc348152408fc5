/* yaml/node.c: the document model; see node.h. Lookups scan: mappings in manifests are small. */
#include "yaml/node.h"

#include <stdarg.h>

static node *new_node(arena *a, node_kind kind, node_tag tag) {
    node *n = ARENA_NEW(a, node);
    if (!n) return NULL;
    n->kind = (uint8_t)kind;
    n->tag = (uint8_t)tag;
    return n;
}

node *node_new_scalar(arena *a, text value, node_tag tag, node_style style) {
    node *n = value.size <= UINT32_MAX ? new_node(a, NODE_SCALAR, tag) : NULL;
    if (!n) return NULL;
    n->style = (uint8_t)style;
    n->data = value.data ? value.data : "";
    n->count = (uint32_t)value.size;
    return n;
}

node *node_new_string(arena *a, text value) { return node_new_scalar(a, value, TAG_STR, STYLE_PLAIN); }
node *node_new_mapping(arena *a) { return new_node(a, NODE_MAPPING, TAG_MAP); }
node *node_new_sequence(arena *a) { return new_node(a, NODE_SEQUENCE, TAG_SEQ); }

node *node_clone(arena *a, const node *n) {
    node *copy = arena_alloc(a, sizeof *copy);
    if (!copy) return NULL;
    *copy = *n;
    copy->capacity = n->kind == NODE_SCALAR ? 0 : n->count;
    if (n->kind == NODE_SCALAR || n->count == 0) {
        if (n->kind == NODE_SEQUENCE || n->kind == NODE_MAPPING) copy->items = NULL;
        return copy;
    }
    if (n->kind == NODE_SEQUENCE) {
        copy->items = arena_alloc(a, n->count * sizeof *copy->items);
        if (!copy->items) return NULL;
        for (uint32_t i = 0; i < n->count; i++)
            if (!(copy->items[i] = node_clone(a, n->items[i]))) return NULL;
        return copy;
    }
    copy->pairs = arena_alloc(a, n->count * sizeof *copy->pairs);
    if (!copy->pairs) return NULL;
    for (uint32_t i = 0; i < n->count; i++) {
        copy->pairs[i].key = node_clone(a, n->pairs[i].key);
        copy->pairs[i].value = node_clone(a, n->pairs[i].value);
        if (!copy->pairs[i].key || !copy->pairs[i].value) return NULL;
    }
    return copy;
}

void node_replace(node *to, const node *from) { *to = *from; }

bool node_is_null(const node *n) { return !n || n->tag == TAG_NULL; }

bool node_is_null_or_empty(const node *n) { return node_is_null(n) || (n->kind != NODE_SCALAR && n->count == 0); }

static text custom_tag(const node *n) { return n->tag == TAG_CUSTOM && n->extra ? n->extra->tag : TEXT_EMPTY; }

bool node_equal(const node *a, const node *b) {
    if (a == b) return true;
    if (!a || !b || a->kind != b->kind || a->tag != b->tag || a->count != b->count) return false;
    if (!text_equal(custom_tag(a), custom_tag(b))) return false;
    if (a->kind == NODE_SCALAR) return a->count == 0 || memcmp(a->data, b->data, a->count) == 0;
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->kind == NODE_SEQUENCE) {
            if (!node_equal(a->items[i], b->items[i])) return false;
        } else if (!node_equal(a->pairs[i].key, b->pairs[i].key) || !node_equal(a->pairs[i].value, b->pairs[i].value)) {
            return false;
        }
    }
    return true;
}

size_t node_size(const node *n) {
    if (!n) return 0;
    size_t size = 1;
    for (uint32_t i = 0; n->kind != NODE_SCALAR && i < n->count; i++)
        size += n->kind == NODE_SEQUENCE ? node_size(n->items[i])
                                         : node_size(n->pairs[i].key) + node_size(n->pairs[i].value);
    return size;
}

size_t node_find(const node *mapping, text key) {
    if (!node_is_mapping(mapping)) return SIZE_MAX;
    for (uint32_t i = 0; i < mapping->count; i++) {
        const node *k = mapping->pairs[i].key;
        if (k->kind != NODE_SCALAR || k->count != key.size) continue;
        if (key.size == 0 || (k->data[0] == key.data[0] && memcmp(k->data, key.data, key.size) == 0)) return i;
    }
    return SIZE_MAX;
}

node *node_get(const node *mapping, text key) {
    size_t at = node_find(mapping, key);
    return at == SIZE_MAX ? NULL : mapping->pairs[at].value;
}

/* Makes room for one more pair or item of `size` bytes; the array becomes the node's own. */
static bool make_room(arena *a, node *n, size_t size) {
    if (n->count == UINT32_MAX) return false;
    if (n->count < n->capacity) return true;
    size_t capacity = n->capacity;
    void *array = n->items;
    if (n->capacity == 0 && n->count > 0) { /* shared with another node: copied before it grows */
        array = NULL;
    }
    void *grown = arena_grow(a, array, &capacity, (size_t)n->count + 1, size);
    if (!grown || capacity > UINT32_MAX) return false;
    if (!array && n->count) memcpy(grown, n->items, n->count * size);
    n->items = grown;
    n->capacity = (uint32_t)capacity;
    return true;
}

bool node_add(arena *a, node *mapping, node *key, node *value) {
    if (!key || !value || !make_room(a, mapping, sizeof(node_pair))) return false;
    mapping->pairs[mapping->count++] = (node_pair){key, value};
    return true;
}

bool node_set(arena *a, node *mapping, text key, node *value) {
    size_t at = node_find(mapping, key);
    if (at == SIZE_MAX) return node_add(a, mapping, node_new_scalar(a, key, TAG_UNSET, STYLE_PLAIN), value);
    if (!value) return false;
    mapping->pairs[at].value = value;
    return true;
}

void node_remove_at(node *collection, size_t index) {
    if (index >= collection->count) return;
    size_t after = collection->count - index - 1;
    if (collection->kind == NODE_MAPPING)
        memmove(collection->pairs + index, collection->pairs + index + 1, after * sizeof(node_pair));
    else
        memmove(collection->items + index, collection->items + index + 1, after * sizeof(node *));
    collection->count--;
}

bool node_remove(node *mapping, text key) {
    bool removed = false;
    for (size_t at; (at = node_find(mapping, key)) != SIZE_MAX; removed = true)
        node_remove_at(mapping, at);
    return removed;
}

bool node_append(arena *a, node *sequence, node *item) {
    if (!item || !make_room(a, sequence, sizeof(node *))) return false;
    sequence->items[sequence->count++] = item;
    return true;
}

bool node_insert(arena *a, node *sequence, size_t index, node *item) {
    if (!node_append(a, sequence, item)) return false;
    memmove(sequence->items + index + 1, sequence->items + index, (sequence->count - 1 - index) * sizeof(node *));
    sequence->items[index] = item;
    return true;
}

void node_set_text(node *scalar, text value, node_tag tag) {
    scalar->data = value.data ? value.data : "";
    scalar->count = (uint32_t)value.size;
    scalar->tag = (uint8_t)tag;
    scalar->flags &= (uint8_t) ~(NODE_TAGGED | NODE_EMPTY);
}

node_extra *node_extra_of(arena *a, node *n) {
    if (!n->extra) n->extra = ARENA_NEW(a, node_extra);
    return n->extra;
}

node *node_at(const node *n, ...) {
    va_list keys;
    va_start(keys, n);
    for (const char *key; n && (key = va_arg(keys, const char *));)
        n = node_get(n, text_from(key));
    va_end(keys);
    return (node *)(uintptr_t)n;
}
