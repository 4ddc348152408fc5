/* transform/json_patch_path.c: see json_patch_path.h. */
#include "transform/json_patch_path.h"

#include "core/suggest.h"

#include <errno.h>
#include <stdlib.h>

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

bool json_patch_index(text key, uint32_t count, uint32_t *out) {
    int64_t index;
    if (!parse_index(key, &index)) return false;
    if (index < 0) index += count;
    if (index < 0 || index >= count) return false;
    *out = (uint32_t)index;
    return true;
}

static node *item_of(const node *list, text key) {
    uint32_t index;
    return json_patch_index(key, list->count, &index) ? list->items[index] : NULL;
}

strata_status json_patch_child(scope *sc, mapping_index *index, const node *container, text key, node **out) {
    size_t at;
    *out = NULL;
    if (container->kind != NODE_MAPPING) {
        *out = item_of(container, key);
        return STRATA_OK;
    }
    if (!mapping_index_find(sc->arena, index, container, key, &at)) return scope_no_memory(sc);
    if (at != SIZE_MAX) *out = container->pairs[at].value;
    return STRATA_OK;
}

bool json_patch_is_container(const node *n) { return n && n->tag != TAG_NULL && n->kind != NODE_SCALAR; }

strata_status json_patch_follow(scope *sc, mapping_index *index, node *root, const node *path, json_patch_place *out) {
    text rest = node_text(path), part;
    *out = (json_patch_place){.key = TEXT_EMPTY, .where = path->where, .path = rest, .before = TEXT_EMPTY};
    if (!text_cut(&rest, '/', &part)) return STRATA_OK;
    size_t followed = part.size;
    node *at = root;
    for (;;) {
        out->found = at;
        out->before = text_slice(out->path, 0, followed);
        bool more = text_cut(&rest, '/', &part);
        out->key = decode_key(sc->arena, part);
        if (!out->key.data) return scope_no_memory(sc);
        if (!more) break;
        TRY(json_patch_child(sc, index, at, out->key, &at));
        if (!json_patch_is_container(at)) return STRATA_OK;
        followed += 1 + part.size;
        out->depth++;
    }
    out->container = at;
    return STRATA_OK;
}

/* --- messages ---------------------------------------------------------------------------------------------------- */

static text nearest_key(scope *sc, const node *mapping, text key) {
    text_list keys = {NULL, 0, 0};
    for (uint32_t i = 0; i < mapping->count; i++)
        if (!text_list_add(sc->arena, &keys, node_text(mapping->pairs[i].key))) return TEXT_EMPTY;
    return suggest_nearest(key, keys.items, keys.count);
}

/* "spec.replicas" for /spec/replicas. */
static text explain_slash(scope *sc, text path, text *hint) {
    char *slashed = text_c_string(sc->arena, path);
    for (size_t i = 0; slashed && i < path.size; i++)
        if (slashed[i] == '.') slashed[i] = '/';
    if (slashed) *hint = text_format(sc->arena, "did you mean /%s?", slashed);
    return TEXT("the path does not begin with a slash");
}

static text explain_key(scope *sc, const json_patch_place *p, bool adds, text name, text *hint) {
    text near = nearest_key(sc, p->found, p->key);
    if (near.size)
        *hint = text_format(sc->arena, "did you mean %.*s?", TEXT_ARG(near));
    else if (adds)
        *hint = text_format(sc->arena, "add %.*s/%.*s first, with an empty mapping or list as value",
                            TEXT_ARG(p->before), TEXT_ARG(p->key));
    return text_format(sc->arena, "%.*s has no %.*s", TEXT_ARG(name), TEXT_ARG(p->key));
}

text json_patch_explain(scope *sc, const json_patch_place *p, bool adds, text *hint) {
    static const text whole = TEXT_INIT("the resource");
    text name = text_empty(p->before) ? whole : p->before, what;
    *hint = TEXT_EMPTY;
    if (!p->found) {
        what = explain_slash(sc, p->path, hint);
    } else if (p->found->kind == NODE_SEQUENCE && !item_of(p->found, p->key)) {
        what = text_format(sc->arena, "the list %.*s has no index \"%.*s\": its length is %u", TEXT_ARG(name),
                           TEXT_ARG(p->key), (unsigned)p->found->count);
    } else if (p->found->kind == NODE_MAPPING && (p->container || node_find(p->found, p->key) == SIZE_MAX)) {
        what = explain_key(sc, p, adds, name, hint);
    } else {
        what =
            text_format(sc->arena, "%.*s/%.*s is neither a mapping nor a list", TEXT_ARG(p->before), TEXT_ARG(p->key));
    }
    if (!hint->data) *hint = TEXT_EMPTY;
    return what.data ? what : TEXT("the path leads nowhere");
}
