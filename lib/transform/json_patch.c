/*
 * transform/json_patch.c: applies JSON patches; after evanphx/json-patch v4 (patch.go) and kustomize's
 * api/filters/patchjson6902. See json_patch.h.
 *
 * Cost: the size of the document, plus for each operation its path and the size of the value that it puts somewhere.
 */
#include "core/suggest.h"
#include "transform/json_patch_operation.h"
#include "transform/json_patch_path.h"
#include "yaml/json.h"
#include "yaml/mapping_index.h"
#include "yaml/places.h"

/* One patch being applied to one document. */
typedef struct application {
    scope *sc;
    const json_patch *patch;
    const node *operation; /* the current one; NULL for a null in the list */
    uint32_t number;
    node *root;
    size_t copied; /* nodes that copies have made */
    mapping_index *index;
} application;

static text member(const application *a, const char *name) {
    const node *value = node_get(a->operation, text_from(name));
    return value && value->tag == TAG_STR ? node_text(value) : TEXT_EMPTY;
}

static strata_status fail_at(const application *a, origin where, text hint, text what) {
    text op = member(a, "op"), path = member(a, "path");
    return scope_fail_hint(a->sc, DIAGNOSTIC_JSON_PATCH_APPLY, where, hint,
                           "operation %u of the JSON patch (%.*s \"%.*s\") does not apply: %.*s",
                           (unsigned)a->number + 1, TEXT_ARG(op), TEXT_ARG(path), TEXT_ARG(what));
}

static strata_status fail(const application *a, const char *what) {
    return fail_at(a, a->operation ? a->operation->where : a->patch->operations->where, TEXT_EMPTY, text_from(what));
}

/* --- paths ------------------------------------------------------------------------------------------------------- */

/* There is nothing at the place. */
static strata_status fail_missing(const application *a, const json_patch_place *p, bool adds) {
    text hint, what = json_patch_explain(a->sc, p, adds, &hint);
    return fail_at(a, p->where, hint, what);
}

/* `adds`: the operation puts something there. */
static strata_status place_at(const application *a, const char *name, bool adds, json_patch_place *out) {
    const node *path = node_get(a->operation, text_from(name));
    if (!path || path->tag != TAG_STR)
        return fail(a, text_is(text_from(name), "from") ? "it has no from" : "it has no path");
    TRY(json_patch_follow(a->sc, a->index, a->root, path, out));
    return out->container ? STRATA_OK : fail_missing(a, out, adds);
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

static strata_status check_depth(const application *a, const json_patch_place *to, const node *value) {
    if (to->depth + 1 + depth_of(value) <= a->sc->limits->nesting) return STRATA_OK;
    return scope_fail(a->sc, DIAGNOSTIC_LIMIT, a->operation->where,
                      "the JSON patch makes a document that is nested more than %u deep",
                      (unsigned)a->sc->limits->nesting);
}

/* --- containers -------------------------------------------------------------------------------------------------- */

/* *out is NULL for a key that a mapping does not have; a list must have the index. */
static strata_status get(const application *a, const json_patch_place *from, node **out) {
    TRY(json_patch_child(a->sc, a->index, from->container, from->key, out));
    if (!*out && from->container->kind == NODE_SEQUENCE) return fail_missing(a, from, false);
    return STRATA_OK;
}

static strata_status find_key(const application *a, const json_patch_place *place, size_t *at) {
    if (mapping_index_find(a->sc->arena, a->index, place->container, place->key, at)) return STRATA_OK;
    return scope_no_memory(a->sc);
}

static strata_status put_in_mapping(const application *a, const json_patch_place *to, node *value) {
    size_t at;
    TRY(find_key(a, to, &at));
    if (at != SIZE_MAX) {
        to->container->pairs[at].value = value;
        return STRATA_OK;
    }
    node *key = node_new_scalar(a->sc->arena, to->key, TAG_STR, STYLE_DOUBLE_QUOTED);
    if (!key || !node_add(a->sc->arena, to->container, key, value)) return scope_no_memory(a->sc);
    return STRATA_OK;
}

/* Adds before an index; "-" and the index behind the last one mean the end, and negative ones count from there. */
static strata_status add(const application *a, const json_patch_place *to, node *value) {
    uint32_t index = to->container->count;
    TRY(check_depth(a, to, value));
    if (to->container->kind == NODE_MAPPING) return put_in_mapping(a, to, value);
    if (!text_is(to->key, "-") && !json_patch_index(to->key, to->container->count + 1, &index))
        return fail_missing(a, to, false);
    return node_insert(a->sc->arena, to->container, index, value) ? STRATA_OK : scope_no_memory(a->sc);
}

static strata_status remove_at(const application *a, const json_patch_place *from) {
    uint32_t index;
    if (from->container->kind == NODE_MAPPING) {
        size_t at;
        TRY(find_key(a, from, &at));
        if (at == SIZE_MAX) return fail_missing(a, from, false);
        node_remove_at(from->container, at);
        mapping_index_forget(a->index, from->container);
        return STRATA_OK;
    }
    if (!json_patch_index(from->key, from->container->count, &index)) return fail_missing(a, from, false);
    node_remove_at(from->container, index);
    return STRATA_OK;
}

/* --- operations -------------------------------------------------------------------------------------------------- */

static strata_status apply_add(application *a) {
    json_patch_place to;
    node *value;
    TRY(place_at(a, "path", true, &to));
    TRY(value_of_operation(a, &value));
    return add(a, &to, value);
}

static strata_status apply_remove(application *a) {
    json_patch_place from;
    TRY(place_at(a, "path", false, &from));
    return remove_at(a, &from);
}

static bool is_whole_document(const application *a) {
    const node *path = NODE_GET(a->operation, "path");
    return path && path->tag == TAG_STR && text_empty(node_text(path));
}

/* Replacing a key that a mapping does not have adds it. */
static strata_status apply_replace(application *a) {
    json_patch_place to;
    node *value, *old;
    TRY(value_of_operation(a, &value));
    if (is_whole_document(a)) {
        if (!json_patch_is_container(value)) return fail(a, "the whole document can only be replaced by a mapping");
        a->root = value;
        return STRATA_OK;
    }
    TRY(place_at(a, "path", false, &to));
    TRY(get(a, &to, &old));
    TRY(check_depth(a, &to, value));
    if (to.container->kind == NODE_MAPPING) return put_in_mapping(a, &to, value);
    uint32_t index = 0;
    if (json_patch_index(to.key, to.container->count, &index)) to.container->items[index] = value;
    return STRATA_OK;
}

static strata_status apply_move(application *a) {
    json_patch_place from, to;
    node *value;
    TRY(place_at(a, "from", false, &from));
    TRY(get(a, &from, &value));
    TRY(remove_at(a, &from));
    TRY(place_at(a, "path", true, &to));
    return add(a, &to, value);
}

/* Copying a key that is not there puts a null. */
static strata_status apply_copy(application *a) {
    json_patch_place from, to;
    node *value;
    TRY(place_at(a, "from", false, &from));
    TRY(get(a, &from, &value));
    TRY(place_at(a, "path", true, &to));
    if (!value) TRY(null_node(a, &value));
    a->copied += node_size(value);
    if (a->copied > a->sc->limits->alias_nodes)
        return scope_fail(a->sc, DIAGNOSTIC_LIMIT, a->operation->where,
                          "the copies of the JSON patch have more than %u nodes", (unsigned)a->sc->limits->alias_nodes);
    if (!(value = node_clone(a->sc->arena, value))) return scope_no_memory_for(a->sc, a->operation->where);
    return add(a, &to, value);
}

static strata_status apply_test(application *a) {
    json_patch_place at;
    const node *wanted = NODE_GET(a->operation, "value");
    node *own = a->root;
    bool bad = false;
    if (is_whole_document(a)) {
        if (!wanted) return fail(a, "it has no value");
    } else {
        TRY(place_at(a, "path", false, &at));
        TRY(get(a, &at, &own));
    }
    bool equal = json_patch_equal(a->patch, own, wanted, &bad);
    if (bad) return fail(a, "a test can't look at a null in a list");
    return equal ? STRATA_OK : fail(a, "the value is another one");
}

typedef struct operation_kind {
    text name;
    strata_status (*apply)(application *a);
} operation_kind;

static const operation_kind operation_kinds[] = {
    {TEXT_INIT("add"), apply_add},   {TEXT_INIT("remove"), apply_remove}, {TEXT_INIT("replace"), apply_replace},
    {TEXT_INIT("move"), apply_move}, {TEXT_INIT("copy"), apply_copy},     {TEXT_INIT("test"), apply_test}};
enum { OPERATION_KINDS = sizeof operation_kinds / sizeof *operation_kinds };

static strata_status fail_unknown(const application *a, text op) {
    text names[OPERATION_KINDS];
    for (size_t i = 0; i < OPERATION_KINDS; i++)
        names[i] = operation_kinds[i].name;
    text near = suggest_nearest(op, names, OPERATION_KINDS);
    text hint = text_empty(near) ? near : text_format(a->sc->arena, "did you mean %.*s?", TEXT_ARG(near));
    const node *value = NODE_GET(a->operation, "op");
    origin where = value ? value->where : a->operation ? a->operation->where : a->patch->operations->where;
    return fail_at(a, where, hint.data ? hint : TEXT_EMPTY,
                   TEXT("op must be add, remove, replace, move, copy or test"));
}

static strata_status apply_one(application *a) {
    text op = member(a, "op");
    for (size_t i = 0; i < OPERATION_KINDS; i++)
        if (text_equal(op, operation_kinds[i].name)) return operation_kinds[i].apply(a);
    return fail_unknown(a, op);
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
    mapping_index index = {0};
    application a = {.sc = sc, .patch = p, .index = &index};
    TRY(through_json(sc, document, &a.root));
    if (a.root->kind == NODE_SCALAR) return fail(&a, "a resource can't be a scalar");
    for (uint32_t i = 0; i < p->operations->count; i++) {
        a.number = i;
        a.operation = node_is_mapping(p->operations->items[i]) ? p->operations->items[i] : NULL;
        TRY(apply_one(&a));
    }
    if (a.root->kind != NODE_MAPPING) return fail(&a, "a resource can't be a list");
    return json_normalize(sc, a.root, out);
}
