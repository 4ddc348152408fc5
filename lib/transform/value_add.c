/*
 * transform/value_add.c: ValueAddTransformer: puts a value into fields, or into the file paths that they hold; after
 * kustomize's api/filters/valueadd and kyaml's filesys.InsertPathPart.
 */
#include "core/buffer.h"
#include "source/path.h"
#include "transform/selector.h"
#include "transform/set_scalar.h"
#include "transform/transform.h"
#include "yaml/path.h"

/*
 * The elements with `part` as number `position`, from 0, or the last one. A path that begins with two slashes counts
 * like one that begins with one.
 */
static void insert_element(text path, size_t position, text part, buffer *out) {
    text element;
    bool placed = false;
    if (text_starts(path, TEXT("//"))) path = text_after(path, 1);
    if (text_starts(path, TEXT("/"))) path = text_after(path, 1);
    for (size_t i = 0; !text_empty(path); i++) {
        text_cut(&path, '/', &element);
        if (i == position) {
            buffer_add_text(out, part);
            buffer_add_char(out, '/');
            placed = true;
        }
        if (out->size == 0 && text_empty(element)) continue; /* else the result would begin with its slash */
        buffer_add_text(out, element);
        buffer_add_char(out, '/');
    }
    if (!placed) buffer_add_text(out, part);
}

/* InsertPathPart. A leading slash stays, whatever the rest comes to. */
static strata_status insert_part(scope *sc, text path, size_t position, text part, text *out) {
    buffer b;
    buffer_init(&b, sc->from, 0);
    insert_element(path, position, part, &b);
    text joined = buffer_failed(&b) ? text_of(NULL, 0) : path_clean(sc->arena, buffer_text(&b));
    buffer_free(&b);
    if (joined.data && text_starts(path, TEXT("/"))) joined = TEXT_CONCAT(sc->arena, TEXT("/"), joined);
    *out = joined;
    return joined.data ? STRATA_OK : scope_no_memory(sc);
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
