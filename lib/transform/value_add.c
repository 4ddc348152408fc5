/*
 * transform/value_add.c: ValueAddTransformer: puts a value into fields, or into the file paths that they hold; after
 * kustomize's api/filters/valueadd and kyaml's filesys.InsertPathPart.
 */
#include "source/path.h"
#include "transform/selector.h"
#include "transform/set_scalar.h"
#include "transform/transform.h"
#include "yaml/path.h"

/* The path with `part` as its element number `position`, from 0; a leading slash stays where it is. */
static strata_status insert_part(scope *sc, text path, size_t position, text part, text *out) {
    arena *a = sc->arena;
    text rest = path, element;
    text joined = text_starts(path, TEXT("/")) ? TEXT("/") : TEXT_EMPTY;
    if (!text_empty(joined)) rest = text_after(rest, 1);
    bool placed = false;
    for (size_t i = 0; !text_empty(rest) && joined.data; i++) {
        text_cut(&rest, '/', &element);
        placed |= i == position;
        joined = i == position ? TEXT_CONCAT(a, joined, part, TEXT("/"), element, TEXT("/"))
                               : TEXT_CONCAT(a, joined, element, TEXT("/"));
    }
    if (!placed && joined.data) joined = TEXT_CONCAT(a, joined, part);
    *out = joined.data ? path_clean(a, joined) : joined;
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

static strata_status add_to_field(scope *sc, node *root, text value, const value_add_target *target) {
    static const node_kind scalar = NODE_SCALAR;
    text_list parts = {NULL, 0, 0};
    node *field;
    text rest = target->field_path, part;
    bool more;
    do { /* a backslash keeps the slash that follows it */
        more = text_cut(&rest, '/', &part);
        text *last = parts.count ? &parts.items[parts.count - 1] : NULL;
        if (last && text_ends(*last, TEXT("\\"))) {
            *last = TEXT_CONCAT(sc->arena, text_slice(*last, 0, last->size - 1), TEXT("/"), part);
            if (!last->data) return scope_no_memory(sc);
        } else if (!text_list_add(sc->arena, &parts, part)) {
            return scope_no_memory(sc);
        }
    } while (more);
    TRY(path_get(sc, root, parts.items, parts.count, &scalar, &field));
    if (!field) return STRATA_OK;
    text text_value = value;
    if (target->file_path_position > 0)
        TRY(insert_part(sc, node_text(field), (size_t)target->file_path_position - 1, value, &text_value));
    return set_scalar(sc, field, text_value, TAG_UNSET);
}

static strata_status add_to_resource(scope *sc, resource_set *set, resource *r, text value,
                                     const value_add_target *target) {
    if (text_is(target->field_path, "metadata/namespace")) return namespace_set(sc, set->schema, r->root, value);
    return add_to_field(sc, r->root, value, target);
}

strata_status value_add_apply(scope *sc, resource_set *set, text value, const value_add_target *targets, size_t count) {
    for (size_t i = 0; i < count; i++) {
        resource_list selected = {set->items, set->count, set->count};
        if (targets[i].select) TRY(selector_select(sc, set, targets[i].select, &selected));
        for (size_t k = 0; k < selected.count; k++)
            TRY(add_to_resource(sc, set, selected.items[k], value, &targets[i]));
        resource_set_changed(set);
    }
    return STRATA_OK;
}
