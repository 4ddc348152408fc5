/* transform/replacement_target.c: see replacement_target.h; after kustomize's api/filters/replacement. */
#include "transform/replacement_target.h"

#include "core/suggest.h"
#include "yaml/path.h"

/* --- one node ---------------------------------------------------------------------------------------------------- */

strata_status replacement_split(scope *sc, text value, text delimiter, text_list *out) {
    *out = (text_list){NULL, 0, 0};
    for (;;) {
        size_t at = text_find(value, delimiter);
        if (!text_list_add(sc->arena, out, text_slice(value, 0, at))) return scope_no_memory(sc);
        if (at == SIZE_MAX) return STRATA_OK;
        value = text_after(value, at + delimiter.size);
    }
}

void replacement_set_text(node *scalar, text value) {
    scalar->data = value.data ? value.data : "";
    scalar->count = (uint32_t)value.size;
    scalar->flags &= (uint8_t)~NODE_EMPTY;
}

static text value_text(const node *value) { return node_is_null(value) ? TEXT_EMPTY : node_text(value); }

/* The target's text with one of its parts replaced, or with a part added in front or at the end. */
static strata_status replace_part(scope *sc, const node *target, const field_options *options, text value, text *out) {
    if (target->kind != NODE_SCALAR)
        return scope_fail(sc, DIAGNOSTIC_REPLACEMENT_VALUE, target->where,
                          "options.delimiter is for scalars, and this is none");
    text old = node_text(target), delimiter = options->delimiter;
    text_list parts;
    TRY(replacement_split(sc, old, delimiter, &parts));
    if (options->index < 0) {
        *out = TEXT_CONCAT(sc->arena, value, delimiter, old);
    } else if ((uint64_t)options->index >= parts.count) {
        *out = TEXT_CONCAT(sc->arena, old, delimiter, value);
    } else {
        text part = parts.items[options->index];
        size_t begin = (size_t)(part.data - old.data);
        *out = TEXT_CONCAT(sc->arena, text_slice(old, 0, begin), value, text_after(old, begin + part.size));
    }
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

strata_status replacement_set(scope *sc, node *target, const field_options *options, const node *value) {
    text written = node_text(value);
    if (options && !text_empty(options->delimiter)) TRY(replace_part(sc, target, options, value_text(value), &written));
    if (written.size > UINT32_MAX) return scope_fail(sc, DIAGNOSTIC_LIMIT, target->where, "a value is over 4 GiB long");
    if (target->kind == NODE_SCALAR) {
        replacement_set_text(target, written);
        return STRATA_OK;
    }
    node *copy = node_clone(sc->arena, value);
    if (!copy) return scope_no_memory(sc);
    node_replace(target, copy);
    return STRATA_OK;
}

/* --- a path ------------------------------------------------------------------------------------------------------ */

/* The value of a list's elements that is near the one of a part [key=value]. */
static text nearest_element(scope *sc, const node *list, text part) {
    text value = text_slice(part, 1, part.size - 1), key;
    text_list values = {NULL, 0, 0};
    if (!text_starts(part, TEXT("[")) || !text_cut(&value, '=', &key)) return TEXT_EMPTY;
    for (uint32_t i = 0; i < list->count; i++)
        if (!text_list_add(sc->arena, &values, node_text(node_get(list->items[i], key)))) return TEXT_EMPTY;
    text near = suggest_nearest(value, values.items, values.count);
    return text_empty(near) ? near : text_format(sc->arena, "[%.*s=%.*s]", TEXT_ARG(key), TEXT_ARG(near));
}

static text nearest_part(scope *sc, const node *at, text part) {
    text_list keys = {NULL, 0, 0};
    if (at->kind == NODE_SEQUENCE) return nearest_element(sc, at, part);
    for (uint32_t k = 0; at->kind == NODE_MAPPING && k < at->count; k++)
        if (!text_list_add(sc->arena, &keys, node_text(at->pairs[k].key))) return TEXT_EMPTY;
    return suggest_nearest(part, keys.items, keys.count);
}

text replacement_near_miss(scope *sc, node *root, const text *parts, size_t count) {
    scope quiet = *sc;
    quiet.error = NULL;
    node *at = root, *next;
    if (text_is(node_text(NODE_GET(root, "kind")), "Secret")) return TEXT_EMPTY;
    for (size_t i = 0; i < count; i++, at = next) {
        if (path_get(&quiet, at, &parts[i], 1, NULL, &next) == STRATA_OK && next) continue;
        text near = nearest_part(sc, at, parts[i]);
        text hint = text_empty(near) ? near : text_format(sc->arena, "did you mean %.*s?", TEXT_ARG(near));
        return hint.data ? hint : TEXT_EMPTY;
    }
    return TEXT_EMPTY;
}

static strata_status fail_missing(scope *sc, node *root, const replacement_field *field) {
    text kind = node_text(NODE_GET(root, "kind")), name = node_text(node_at(root, "metadata", "name", NULL));
    strata_status status = scope_fail_hint(
        sc, DIAGNOSTIC_REPLACEMENT_FIELD, field->where, replacement_near_miss(sc, root, field->parts, field->count),
        "the replacement's target %.*s/%.*s has no field %.*s", TEXT_ARG(kind), TEXT_ARG(name), TEXT_ARG(field->path));
    return scope_note(sc, status, root->where, "the target is here");
}

strata_status replacement_write(scope *sc, node *root, const replacement_field *field, const node *value) {
    bool done;
    TRY(replacement_write_inside_scalar(sc, root, field, value, &done));
    if (done) return STRATA_OK;
    node_kind kind = (node_kind)value->kind;
    node_list targets = {0};
    strata_status status = path_match(sc, root, field->parts, field->count,
                                      field->options && field->options->create ? &kind : NULL, &targets);
    if (status != STRATA_OK)
        return scope_note(sc, status, field->where, "for the replacement's path %.*s", TEXT_ARG(field->path));
    if (targets.count == 0) return fail_missing(sc, root, field);
    for (size_t i = 0; i < targets.count; i++)
        TRY(replacement_set(sc, targets.items[i], field->options, value));
    return STRATA_OK;
}
