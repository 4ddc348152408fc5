/*
 * transform/images.c: renames and re-tags container images; after kustomize's ImageTagTransformer, api/filters/imagetag
 * and api/internal/image.
 *
 * Two sets of fields are looked at, one after the other: `image` in the elements of every list called containers or
 * initContainers, at any depth of every kind, and what the field specs name. Both skip CustomResourceDefinitions. The
 * fields are gathered once for any number of images. The cost is one walk over the documents, and then a look-up for
 * each image whose name ends in a part that is only text; all fields for each other one.
 */
#include "core/suggest.h"
#include "core/table.h"
#include "transform/field_walk.h"
#include "transform/image_reference.h"
#include "transform/set_scalar.h"
#include "transform/transform.h"
#include "yaml/path.h"

/* From so many images on, fields are looked up by the last part of their names. */
enum { MANY_IMAGES = 8 };

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

/* The same field found several times counts once. */
typedef struct indexed_field {
    node *field;
    size_t times; /* that it was found */
    size_t tried; /* the last image that was held against it, from 1 */
} indexed_field;

typedef struct image_fields {
    node_list found;        /* a field is there as often as it is found: in a container, and again by a spec */
    indexed_field *indexed; /* NULL, or each of them once, in the order of `found`, the others with 0 times */
    table by_part;          /* last part of the image's name → indexed_field */
} image_fields;

static bool has_images(const resource *r) { return !text_is(resource_kind(r), "CustomResourceDefinition"); }

static strata_status gather(scope *sc, const resource_set *set, field_spec_list specs, image_fields *out) {
    memset(out, 0, sizeof *out);
    field_walk walk = {.visit = add_field, .user = &out->found};
    for (size_t i = 0; i < set->count; i++) {
        node *root = set->items[i]->root;
        resources_look_ahead(set->items, set->count, i);
        if (!has_images(set->items[i])) continue;
        TRY(add_all_containers(sc, root, 0, &out->found));
        TRY(field_walk_specs(sc, root, specs, &walk));
    }
    return STRATA_OK;
}

/* What stands behind the last slash of a reference, without tag and digest: they have no slashes. */
static text last_part(text reference) {
    size_t slash = text_find_last_char(reference, '/');
    text part = slash == SIZE_MAX ? reference : text_after(reference, slash + 1);
    size_t at = text_find_char(part, '@'), colon = text_find_char(part, ':');
    return text_slice(part, 0, colon < at ? colon : at);
}

/* Whether only references with a certain last part can match: it has nothing in it that means something else. */
static bool part_of_pattern(const image_pattern *pattern, text *out) {
    size_t slash = text_find_last_char(pattern->name, '/');
    *out = slash == SIZE_MAX ? pattern->name : text_after(pattern->name, slash + 1);
    return pattern->is_ordinary && !text_empty(*out) && text_find_char(*out, '.') == SIZE_MAX &&
           text_find_char(*out, ':') == SIZE_MAX && text_find_char(*out, '@') == SIZE_MAX;
}

static strata_status enter_part(scope *sc, image_fields *fields, indexed_field *f) {
    text part = last_part(node_text(f->field));
    return table_add(&fields->by_part, sc->arena, part, f) ? STRATA_OK : scope_no_memory(sc);
}

static strata_status index_fields(scope *sc, image_fields *fields) {
    table known = {0};
    indexed_field *items = ARENA_ARRAY(sc->arena, indexed_field, fields->found.count);
    if (!items) return scope_no_memory(sc);
    for (size_t i = 0; i < fields->found.count; i++) {
        items[i].field = fields->found.items[i];
        text key = text_of((const char *)&items[i].field, sizeof items[i].field);
        indexed_field *own = table_get(&known, key);
        if (!own) {
            own = &items[i];
            if (!table_add(&known, sc->arena, key, own)) return scope_no_memory(sc);
            TRY(enter_part(sc, fields, own));
        }
        own->times++;
    }
    fields->indexed = items;
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

/* One entry of `images`; `number` is its place, from 1. */
typedef struct image_change {
    const image *image;
    image_pattern pattern;
    size_t number;
    bool found;
} image_change;

static strata_status change_field(scope *sc, node *field, image_change *change) {
    bool matches;
    TRY(image_pattern_matches(sc, &change->pattern, node_text(field), &matches));
    if (!matches) return STRATA_OK;
    change->found = true;
    text changed = changed_reference(sc->arena, node_text(field), change->image);
    return changed.data ? set_scalar(sc, field, changed, TAG_UNSET) : scope_no_memory(sc);
}

/* A field may still be entered under a part that it had before: what it has now decides. */
static strata_status change_indexed(scope *sc, image_fields *fields, indexed_field *f, image_change *change) {
    if (f->times == 0 || f->tried == change->number) return STRATA_OK;
    f->tried = change->number;
    text old = node_text(f->field);
    for (size_t i = 0; i < f->times; i++)
        TRY(change_field(sc, f->field, change));
    return text_equal(last_part(old), last_part(node_text(f->field))) ? STRATA_OK : enter_part(sc, fields, f);
}

static strata_status change_fields(scope *sc, image_fields *fields, image_change *change) {
    text part;
    bool by_part = fields->indexed && part_of_pattern(&change->pattern, &part);
    for (size_t i = 0; !by_part && i < fields->found.count; i++)
        TRY(fields->indexed ? change_indexed(sc, fields, &fields->indexed[i], change)
                            : change_field(sc, fields->found.items[i], change));
    if (!by_part) return STRATA_OK;
    for (const table_entry *e = table_find(&fields->by_part, part); e; e = table_next(e))
        TRY(change_indexed(sc, fields, e->value, change));
    return STRATA_OK;
}

/* The image name among the fields that is nearest to the one that was not found. */
static text nearest_image(const image_fields *fields, text name) {
    text best = TEXT_EMPTY;
    size_t best_distance = SIZE_MAX;
    const node_list *known = &fields->found;
    for (size_t i = 0; i < known->count; i++) {
        text own = image_reference_split(node_text(known->items[i])).name;
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

static strata_status change_image(scope *sc, image_fields *fields, const image *img, size_t number) {
    image_change change = {.image = img, .number = number};
    strata_status status = image_pattern_init(sc, img->name, &change.pattern);
    if (status == STRATA_OK) status = change_fields(sc, fields, &change);
    image_pattern_free(&change.pattern);
    return status == STRATA_OK && !change.found ? warn_not_found(sc, fields, img) : status;
}

strata_status images_apply(scope *sc, resource_set *set, const image *images, size_t count, field_spec_list specs) {
    if (count == 0) return STRATA_OK;
    image_fields fields;
    TRY(gather(sc, set, specs, &fields));
    if (count > MANY_IMAGES) TRY(index_fields(sc, &fields));
    for (size_t i = 0; i < count; i++)
        TRY(change_image(sc, &fields, &images[i], i + 1));
    return STRATA_OK;
}

strata_status image_apply(scope *sc, resource_set *set, const image *img, field_spec_list specs) {
    return images_apply(sc, set, img, 1, specs);
}
