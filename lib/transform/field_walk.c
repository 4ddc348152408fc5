/*
 * transform/field_walk.c: the walk along field specs; after kustomize's api/filters/fieldspec/fieldspec.go. See
 * field_walk.h.
 */
#include "transform/field_walk.h"

#include "model/resource_id.h"
#include "yaml/path.h"

/* The parts of a path that are still to go: cut off a text one after the other, or out of a list. */
typedef struct way {
    text rest;         /* data is NULL when there is no more, or a list */
    const text *parts; /* NULL without a list */
    size_t count;
} way;

static bool is_at_end(const way *w) { return w->parts ? w->count == 0 : !w->rest.data; }

/* The next part of a way that isn't at its end. */
static text next_part(way *w) {
    if (w->parts) {
        w->count--;
        return *w->parts++;
    }
    text part;
    if (!text_cut(&w->rest, '/', &part)) w->rest.data = NULL;
    return part;
}

/* One spec on its way through one document. */
typedef struct spec_walk {
    const field_walk *walk;
    const field_spec *spec;
    bool creates;
} spec_walk;

/*
 * A null where a collection or scalar is wanted becomes that in place: the reference changes only kind and tag, so the
 * text of the null ("~", "null") stays when it becomes a scalar.
 */
static void revive_null(node *n, node_kind kind, node_tag tag) {
    if (kind != NODE_SCALAR) {
        n->items = NULL;
        n->count = n->capacity = 0;
        n->style = STYLE_PLAIN;
    }
    n->kind = (uint8_t)kind;
    n->tag = (uint8_t)tag;
    n->flags &= (uint8_t)~NODE_EMPTY;
}

static strata_status walk_from(scope *sc, spec_walk *w, node *n, way rest, uint32_t depth);

static strata_status walk_mapping(scope *sc, spec_walk *w, node *n, way rest, uint32_t depth) {
    text name = next_part(&rest);
    bool is_last = is_at_end(&rest), is_list = text_ends(name, TEXT("[]"));
    if (is_list) name.size -= 2;
    if (text_empty(name))
        return scope_fail(sc, DIAGNOSTIC_FIELD_SPEC, n->where, "the field spec path \"%.*s\" has an empty field name",
                          TEXT_ARG(w->spec->path));
    bool creates = w->creates && !is_list, is_plain = path_part_is_plain(name);
    node_kind kind = is_list ? NODE_SEQUENCE : is_last ? w->walk->create_kind : NODE_MAPPING;
    node_tag tag = is_list ? TAG_UNSET : is_last ? w->walk->create_tag : TAG_MAP;
    node *field = is_plain ? node_get(n, name) : NULL;
    if (!field && (creates || !is_plain)) TRY(path_get(sc, n, &name, 1, creates ? &kind : NULL, &field));
    if (!field) return STRATA_OK;
    if (field->tag == TAG_NULL && (creates || is_list)) revive_null(field, kind, tag);
    return walk_from(sc, w, field, rest, depth + 1);
}

static strata_status walk_from(scope *sc, spec_walk *w, node *n, way rest, uint32_t depth) {
    if (is_at_end(&rest)) return w->walk->visit(sc, n, w->walk->user);
    if (node_is_null(n)) return STRATA_OK;
    if (depth > sc->limits->nesting)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, n->where, "field spec paths may be %u levels deep (nesting limit)",
                          sc->limits->nesting);
    switch (n->kind) {
    case NODE_SEQUENCE:
        for (uint32_t i = 0; i < n->count; i++)
            TRY(walk_from(sc, w, n->items[i], rest, depth + 1));
        return STRATA_OK;
    case NODE_MAPPING: return walk_mapping(sc, w, n, rest, depth);
    default:
        return scope_fail(sc, DIAGNOSTIC_FIELD_SPEC, n->where,
                          "the field %.*s of this resource leads through a scalar: a mapping or list is wanted here",
                          TEXT_ARG(w->spec->path));
    }
}

static gvk type_of(const node *root) {
    gvk type = {.kind = node_text(NODE_GET(root, "kind"))};
    gvk_split_api_version(node_text(NODE_GET(root, "apiVersion")), &type.group, &type.version);
    return type;
}

static bool is_for_all(const field_spec *spec) {
    return text_empty(spec->kind) && text_empty(spec->group) && text_empty(spec->version);
}

static strata_status walk_path(scope *sc, node *root, const field_spec *spec, const field_walk *walk) {
    spec_walk w = {walk, spec, spec->create && walk->creates};
    text path = spec->path;
    bool is_ordinary = path.size && path.data[0] != '/' && text_find_char(path, '\\') == SIZE_MAX;
    if (is_ordinary) return walk_from(sc, &w, root, (way){.rest = path}, 0);
    text_list split;
    TRY(path_split(sc, path, '/', &split));
    return walk_from(sc, &w, root, (way){.parts = split.items, .count = split.count}, 0);
}

strata_status field_walk_spec(scope *sc, node *root, const field_spec *spec, const field_walk *walk) {
    if (!is_for_all(spec)) {
        gvk type = type_of(root);
        if (!field_spec_selects(spec, type.group, type.version, type.kind)) return STRATA_OK;
    }
    return walk_path(sc, root, spec, walk);
}

/* A spec that leads to the type itself changes which of the next ones are for it. */
static bool may_change_type(const field_spec *spec) {
    return text_is(spec->path, "kind") || text_is(spec->path, "apiVersion");
}

strata_status field_walk_specs(scope *sc, node *root, field_spec_list specs, const field_walk *walk) {
    gvk type = type_of(root);
    for (size_t i = 0; i < specs.count; i++) {
        const field_spec *spec = &specs.items[i];
        if (!field_spec_selects(spec, type.group, type.version, type.kind)) continue;
        TRY(walk_path(sc, root, spec, walk));
        if (may_change_type(spec)) type = type_of(root);
    }
    return STRATA_OK;
}
