/*
 * transform/json_patch.c: applies JSON patches; after evanphx/json-patch v4 (patch.go) and kustomize's
 * api/filters/patchjson6902. See json_patch.h.
 *
 * Cost: the size of the document, plus for each operation its path and the size of the value that it puts somewhere.
 */
#include "transform/json_patch_operation.h"
#include "yaml/json.h"
#include "yaml/places.h"

#include <errno.h>
#include <stdlib.h>

/* One patch being applied to one document. */
typedef struct application {
    scope *sc;
    const json_patch *patch;
    const node *operation; /* the current one; NULL for a null in the list */
    uint32_t number;
    node *root;
    size_t copied; /* nodes that copies have made */
} application;

static text member(const application *a, const char *name) {
    const node *value = node_get(a->operation, text_from(name));
    return value && value->tag == TAG_STR ? node_text(value) : TEXT_EMPTY;
}

static strata_status fail(const application *a, const char *what) {
    text op = member(a, "op"), path = member(a, "path");
    return scope_fail(a->sc, DIAGNOSTIC_JSON_PATCH_APPLY,
                      a->operation ? a->operation->where : a->patch->operations->where,
                      "operation %u of the JSON patch (%.*s \"%.*s\") does not apply: %s", (unsigned)a->number + 1,
                      TEXT_ARG(op), TEXT_ARG(path), what);
}

/* --- paths ------------------------------------------------------------------------------------------------------- */

/* "~1" is a slash and "~0" a tilde inside a key. data is NULL when memory is out. */
static text decode_key(arena *a, text key) {
    if (text_find_char(key, '~') == SIZE_MAX) return key.data ? key : TEXT_EMPTY;
    char *out = arena_chars(a, key.size);
    size_t size = 0;
    if (!out) return text_of(NULL, 0);
    for (size_t i = 0; i < key.size; i++) {
        char next = i + 1 < key.size ? key.data[i + 1] : '\0';
        bool escape = key.data[i] == '~' && (next == '0' || next == '1');
        out[size++] = escape ? (next == '0' ? '~' : '/') : key.data[i];
        i += escape;
    }
    return text_of(out, size);
}

/* strconv.Atoi. */
static bool parse_index(text key, int64_t *out) {
    char digits[24];
    size_t start = key.size && (key.data[0] == '-' || key.data[0] == '+');
    if (key.size == start || key.size >= sizeof digits) return false;
    for (size_t i = start; i < key.size; i++)
        if (key.data[i] < '0' || key.data[i] > '9') return false;
    memcpy(digits, key.data, key.size);
    digits[key.size] = '\0';
    errno = 0;
    *out = strtoll(digits, NULL, 10);
    return errno == 0;
}

/* The place of an index in `count` items; a negative one counts from the end. False when there is none. */
static bool place_of_index(text key, uint32_t count, uint32_t *out) {
    int64_t index;
    if (!parse_index(key, &index)) return false;
    if (index < 0) index += count;
    if (index < 0 || index >= count) return false;
    *out = (uint32_t)index;
    return true;
}

/* Where an operation acts: a mapping or list of the document, and a key in it. */
typedef struct target_place {
    node *container; /* NULL: the path leads nowhere */
    text key;
    uint32_t depth; /* of the container */
} target_place;

static node *child_of(const node *container, text key) {
    uint32_t index;
    if (container->kind == NODE_MAPPING) return node_get(container, key);
    return place_of_index(key, container->count, &index) ? container->items[index] : NULL;
}

static bool is_container(const node *n) { return n && n->tag != TAG_NULL && n->kind != NODE_SCALAR; }

/* The text before the first slash does not count. */
static strata_status find_place(const application *a, text path, target_place *out) {
    text rest = path, part;
    *out = (target_place){NULL, TEXT_EMPTY, 0};
    if (!text_cut(&rest, '/', &part)) return STRATA_OK;
    node *at = a->root;
    for (bool more = true;;) {
        more = text_cut(&rest, '/', &part);
        text key = decode_key(a->sc->arena, part);
        if (!key.data) return scope_no_memory(a->sc);
        if (!more) {
            out->key = key;
            break;
        }
        at = child_of(at, key);
        if (!is_container(at)) return STRATA_OK;
        out->depth++;
    }
    out->container = at;
    return STRATA_OK;
}

static strata_status place_at(const application *a, const char *name, target_place *out) {
    const node *path = node_get(a->operation, text_from(name));
    if (!path || path->tag != TAG_STR)
        return fail(a, text_is(text_from(name), "from") ? "it has no from" : "it has no path");
    TRY(find_place(a, node_text(path), out));
    return out->container ? STRATA_OK : fail(a, "the path leads nowhere");
}

/* --- values ------------------------------------------------------------------------------------------------------ */

static strata_status null_node(const application *a, node **out) {
    *out = node_new_scalar(a->sc->arena, TEXT("null"), TAG_NULL, STYLE_PLAIN);
    return *out ? STRATA_OK : scope_no_memory(a->sc);
}

/* A value of the patch belongs to all documents that the patch is applied to, so each gets its own. */
static strata_status value_of_operation(const application *a, node **out) {
    const node *value = NODE_GET(a->operation, "value");
    if (!value) return null_node(a, out);
    *out = node_clone(a->sc->arena, value);
    return *out ? STRATA_OK : scope_no_memory(a->sc);
}

static uint32_t depth_of(const node *n) {
    uint32_t deepest = 0;
    for (uint32_t i = 0; n->kind != NODE_SCALAR && i < n->count; i++) {
        uint32_t depth = depth_of(n->kind == NODE_MAPPING ? n->pairs[i].value : n->items[i]);
        if (depth > deepest) deepest = depth;
    }
    return deepest + 1;
}

static strata_status check_depth(const application *a, const target_place *to, const node *value) {
    if (to->depth + 1 + depth_of(value) <= a->sc->limits->nesting) return STRATA_OK;
    return scope_fail(a->sc, DIAGNOSTIC_LIMIT, a->operation->where,
                      "the JSON patch makes a document that is nested more than %u deep",
                      (unsigned)a->sc->limits->nesting);
}

/* --- containers -------------------------------------------------------------------------------------------------- */

/* *out is NULL for a key that a mapping does not have; a list must have the index. */
static strata_status get(const application *a, const target_place *from, node **out) {
    *out = child_of(from->container, from->key);
    if (!*out && from->container->kind == NODE_SEQUENCE) return fail(a, "there is no such index in the list");
    return STRATA_OK;
}

static strata_status put_in_mapping(const application *a, const target_place *to, node *value) {
    size_t at = node_find(to->container, to->key);
    if (at != SIZE_MAX) {
        to->container->pairs[at].value = value;
        return STRATA_OK;
    }
    node *key = node_new_scalar(a->sc->arena, to->key, TAG_STR, STYLE_DOUBLE_QUOTED);
    if (!key || !node_add(a->sc->arena, to->container, key, value)) return scope_no_memory(a->sc);
    return STRATA_OK;
}

/* Adds before an index; "-" and the index behind the last one mean the end, and negative ones count from there. */
static strata_status add(const application *a, const target_place *to, node *value) {
    uint32_t index = to->container->count;
    TRY(check_depth(a, to, value));
    if (to->container->kind == NODE_MAPPING) return put_in_mapping(a, to, value);
    if (!text_is(to->key, "-") && !place_of_index(to->key, to->container->count + 1, &index))
        return fail(a, "there is no such index in the list");
    return node_insert(a->sc->arena, to->container, index, value) ? STRATA_OK : scope_no_memory(a->sc);
}

static strata_status remove_at(const application *a, const target_place *from) {
    uint32_t index;
    if (from->container->kind == NODE_MAPPING) {
        size_t at = node_find(from->container, from->key);
        if (at == SIZE_MAX) return fail(a, "there is nothing at that path");
        node_remove_at(from->container, at);
        return STRATA_OK;
    }
    if (!place_of_index(from->key, from->container->count, &index))
        return fail(a, "there is no such index in the list");
    node_remove_at(from->container, index);
    return STRATA_OK;
}

/* --- operations -------------------------------------------------------------------------------------------------- */

static strata_status apply_add(application *a) {
    target_place to;
    node *value;
    TRY(place_at(a, "path", &to));
    TRY(value_of_operation(a, &value));
    return add(a, &to, value);
}

static strata_status apply_remove(application *a) {
    target_place from;
    TRY(place_at(a, "path", &from));
    return remove_at(a, &from);
}

static bool is_whole_document(const application *a) {
    const node *path = NODE_GET(a->operation, "path");
    return path && path->tag == TAG_STR && text_empty(node_text(path));
}

/* Replacing a key that a mapping does not have adds it. */
static strata_status apply_replace(application *a) {
    target_place to;
    node *value, *old;
    TRY(value_of_operation(a, &value));
    if (is_whole_document(a)) {
        if (!is_container(value)) return fail(a, "the whole document can only be replaced by a mapping");
        a->root = value;
        return STRATA_OK;
    }
    TRY(place_at(a, "path", &to));
    TRY(get(a, &to, &old));
    TRY(check_depth(a, &to, value));
    if (to.container->kind == NODE_MAPPING) return put_in_mapping(a, &to, value);
    uint32_t index = 0;
    if (place_of_index(to.key, to.container->count, &index)) to.container->items[index] = value;
    return STRATA_OK;
}

static strata_status apply_move(application *a) {
    target_place from, to;
    node *value;
    TRY(place_at(a, "from", &from));
    TRY(get(a, &from, &value));
    TRY(remove_at(a, &from));
    TRY(place_at(a, "path", &to));
    return add(a, &to, value);
}

/* Copying a key that is not there puts a null. */
static strata_status apply_copy(application *a) {
    target_place from, to;
    node *value;
    TRY(place_at(a, "from", &from));
    TRY(get(a, &from, &value));
    TRY(place_at(a, "path", &to));
    if (!value) TRY(null_node(a, &value));
    a->copied += node_size(value);
    if (a->copied > a->sc->limits->alias_nodes)
        return scope_fail(a->sc, DIAGNOSTIC_LIMIT, a->operation->where,
                          "the copies of the JSON patch have more than %u nodes", (unsigned)a->sc->limits->alias_nodes);
    if (!(value = node_clone(a->sc->arena, value))) return scope_no_memory_for(a->sc, a->operation->where);
    return add(a, &to, value);
}

static strata_status apply_test(application *a) {
    target_place at;
    const node *wanted = NODE_GET(a->operation, "value");
    node *own = a->root;
    bool bad = false;
    if (is_whole_document(a)) {
        if (!wanted) return fail(a, "it has no value");
    } else {
        TRY(place_at(a, "path", &at));
        TRY(get(a, &at, &own));
    }
    bool equal = json_patch_equal(a->patch, own, wanted, &bad);
    if (bad) return fail(a, "a test can't look at a null in a list");
    return equal ? STRATA_OK : fail(a, "the value is another one");
}

static strata_status apply_one(application *a) {
    static const struct {
        const char *name;
        strata_status (*apply)(application *a);
    } kinds[] = {{"add", apply_add},   {"remove", apply_remove}, {"replace", apply_replace},
                 {"move", apply_move}, {"copy", apply_copy},     {"test", apply_test}};
    text op = member(a, "op");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_is(op, kinds[i].name)) return kinds[i].apply(a);
    return fail(a, "op must be add, remove, replace, move, copy or test");
}

/* --- the document ------------------------------------------------------------------------------------------------ */

/* The document as the JSON that the patch acts on. */
static strata_status through_json(scope *sc, const node *document, node **out) {
    buffer json;
    buffer_init(&json, sc->from, 0);
    strata_status status = json_write(sc, document, &json);
    text bytes = status == STRATA_OK ? text_copy(sc->arena, buffer_text(&json)) : TEXT_EMPTY;
    buffer_free(&json);
    TRY(status);
    if (!bytes.data) return scope_no_memory(sc);
    TRY(json_read_made(sc, document->where, bytes, out));
    return places_copy(sc, document, *out);
}

strata_status json_patch_apply(scope *sc, const json_patch *p, const node *document, node **out) {
    application a = {.sc = sc, .patch = p};
    TRY(through_json(sc, document, &a.root));
    for (uint32_t i = 0; i < p->operations->count; i++) {
        a.number = i;
        a.operation = node_is_mapping(p->operations->items[i]) ? p->operations->items[i] : NULL;
        TRY(apply_one(&a));
    }
    if (a.root->kind != NODE_MAPPING) return fail(&a, "a resource can't be a list");
    return json_normalize(sc, a.root, out);
}
