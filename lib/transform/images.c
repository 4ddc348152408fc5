/*
 * transform/images.c: renames and re-tags container images; after kustomize's ImageTagTransformer, api/filters/imagetag
 * and api/internal/image.
 *
 * Two sets of fields are looked at, one after the other: `image` in the elements of every list called containers or
 * initContainers, at any depth of every kind, and what the field specs name. Both skip CustomResourceDefinitions. The
 * fields are gathered once for any number of images, so the cost is one walk over the documents, and then images times
 * fields.
 */
#include "core/suggest.h"
#include "transform/field_walk.h"
#include "transform/image_reference.h"
#include "transform/set_scalar.h"
#include "transform/transform.h"
#include "yaml/path.h"

/* --- which fields ------------------------------------------------------------------------------------------------ */

static strata_status add_field(scope *sc, node *field, void *user) {
    if (!node_is_null(field) && field->kind != NODE_SCALAR)
        return scope_fail(sc, DIAGNOSTIC_FIELD_VALUE, field->where, "an image name is wanted here, this is a %s",
                          field->kind == NODE_MAPPING ? "mapping" : "list");
    return node_list_add(sc->arena, user, field) ? STRATA_OK : scope_no_memory(sc);
}

static strata_status add_containers(scope *sc, const node *containers, node_list *out) {
    for (uint32_t i = 0; i < containers->count; i++) {
        node *container = containers->items[i];
        if (node_is_null(container)) continue;
        if (container->kind != NODE_MAPPING)
            return scope_fail(sc, DIAGNOSTIC_FIELD_VALUE, container->where, "a container is not a mapping");
        node *field = NODE_GET(container, "image");
        if (field) TRY(add_field(sc, field, out));
    }
    return STRATA_OK;
}

static bool is_container_list(const node *key, const node *value) {
    return value->kind == NODE_SEQUENCE &&
           (text_is(node_text(key), "containers") || text_is(node_text(key), "initContainers"));
}

static strata_status add_all_containers(scope *sc, const node *n, uint32_t depth, node_list *out) {
    if (n->kind == NODE_SCALAR) return STRATA_OK;
    if (depth > sc->limits->nesting)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, n->where, "a document may be %u levels deep", sc->limits->nesting);
    for (uint32_t i = 0; i < n->count; i++) {
        const node *child = n->kind == NODE_MAPPING ? n->pairs[i].value : n->items[i];
        TRY(add_all_containers(sc, child, depth + 1, out));
        if (n->kind == NODE_MAPPING && is_container_list(n->pairs[i].key, child)) TRY(add_containers(sc, child, out));
    }
    return STRATA_OK;
}

typedef struct image_fields {
    node_list in_containers;
    node_list by_specs;
} image_fields;

static bool has_images(const resource *r) { return !text_is(resource_kind(r), "CustomResourceDefinition"); }

static strata_status gather(scope *sc, const resource_set *set, field_spec_list specs, image_fields *out) {
    *out = (image_fields){{0}, {0}};
    field_walk walk = {.visit = add_field, .user = &out->by_specs};
    for (size_t i = 0; i < set->count; i++)
        if (has_images(set->items[i])) TRY(add_all_containers(sc, set->items[i]->root, 0, &out->in_containers));
    for (size_t i = 0; i < set->count; i++)
        if (has_images(set->items[i])) TRY(field_walk_specs(sc, set->items[i]->root, specs, &walk));
    return STRATA_OK;
}

/* --- what to write ----------------------------------------------------------------------------------------------- */

/* The reference of the image after the change; data is NULL when memory is out. */
static text changed_reference(arena *a, text old, const image *img) {
    image_reference ref = image_reference_split(old);
    if (!text_empty(img->new_name)) ref.name = img->new_name;
    if (!text_empty(img->new_tag) || !text_empty(img->digest)) {
        ref.tag = img->new_tag;
        ref.digest = img->digest;
    } else if (!text_empty(img->tag_suffix)) {
        ref.tag = TEXT_CONCAT(a, ref.tag, img->tag_suffix);
        ref.digest = TEXT_EMPTY;
        if (!ref.tag.data) return ref.tag;
    }
    return TEXT_CONCAT(a, ref.name, text_empty(ref.tag) ? TEXT_EMPTY : TEXT(":"), ref.tag,
                       text_empty(ref.digest) ? TEXT_EMPTY : TEXT("@"), ref.digest);
}

static strata_status change_fields(scope *sc, const node_list *fields, const image *img, const image_pattern *pattern,
                                   bool *found) {
    for (size_t i = 0; i < fields->count; i++) {
        node *field = fields->items[i];
        bool matches;
        TRY(image_pattern_matches(sc, pattern, node_text(field), &matches));
        if (!matches) continue;
        *found = true;
        text changed = changed_reference(sc->arena, node_text(field), img);
        if (!changed.data) return scope_no_memory(sc);
        TRY(set_scalar(sc, field, changed, TAG_UNSET));
    }
    return STRATA_OK;
}

/* The image name among the fields that is nearest to the one that was not found. */
static text nearest_image(const image_fields *fields, text name) {
    text best = TEXT_EMPTY;
    size_t best_distance = SIZE_MAX;
    for (size_t i = 0; i < fields->in_containers.count; i++) {
        text own = image_reference_split(node_text(fields->in_containers.items[i])).name;
        size_t distance = text_distance(name, own);
        if (distance >= best_distance || !suggest_is_near(name, own)) continue;
        best = own;
        best_distance = distance;
    }
    return best;
}

static strata_status warn_not_found(scope *sc, const image_fields *fields, const image *img) {
    if (!scope_hears_warnings(sc)) return STRATA_OK;
    if (text_empty(img->name))
        return scope_warn(sc, DIAGNOSTIC_IMAGE_NOT_FOUND, img->where, "an entry of `images` has no name");
    text near = scope_hints(sc) ? nearest_image(fields, img->name) : TEXT_EMPTY;
    text hint = text_empty(near) ? near : text_format(sc->arena, "did you mean %.*s?", TEXT_ARG(near));
    return scope_warn_hint(sc, DIAGNOSTIC_IMAGE_NOT_FOUND, img->where, hint.data ? hint : TEXT_EMPTY,
                           "`images` names %.*s, but no container has it", TEXT_ARG(img->name));
}

static strata_status change_image(scope *sc, const image_fields *fields, const image *img) {
    image_pattern pattern;
    bool found = false;
    strata_status status = image_pattern_init(sc, img->name, &pattern);
    if (status == STRATA_OK) status = change_fields(sc, &fields->in_containers, img, &pattern, &found);
    if (status == STRATA_OK) status = change_fields(sc, &fields->by_specs, img, &pattern, &found);
    image_pattern_free(&pattern);
    return status == STRATA_OK && !found ? warn_not_found(sc, fields, img) : status;
}

strata_status images_apply(scope *sc, resource_set *set, const image *images, size_t count, field_spec_list specs) {
    if (count == 0) return STRATA_OK;
    image_fields fields;
    TRY(gather(sc, set, specs, &fields));
    for (size_t i = 0; i < count; i++)
        TRY(change_image(sc, &fields, &images[i]));
    return STRATA_OK;
}

strata_status image_apply(scope *sc, resource_set *set, const image *img, field_spec_list specs) {
    return images_apply(sc, set, img, 1, specs);
}
