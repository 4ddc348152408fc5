/* transform/set_scalar.c: kyaml's FieldSetter (yaml/fns.go); see set_scalar.h. */
#include "transform/set_scalar.h"

#include "yaml/resolve.h"

/* The reference puts a fresh node in the old one's place: no comments, no position, but the old style. */
static void overwrite(node *field, const node *value) {
    uint8_t style = field->style, style_flags = field->flags & (NODE_FLOW | NODE_TAGGED);
    node_replace(field, value);
    field->style = style;
    field->flags = (uint8_t)((field->flags & ~(NODE_FLOW | NODE_TAGGED)) | style_flags);
}

strata_status set_scalar(scope *sc, node *field, text value, node_tag tag) {
    if (!node_is_null(field) && field->kind != NODE_SCALAR)
        return scope_fail(sc, DIAGNOSTIC_FIELD_VALUE, field->where,
                          "a scalar is wanted here to write a value into, this is a %s",
                          field->kind == NODE_MAPPING ? "mapping" : "sequence");
    if (value.size > UINT32_MAX) return scope_fail(sc, DIAGNOSTIC_LIMIT, field->where, "a value is over 4 GiB long");
    node fresh = {.kind = NODE_SCALAR, .tag = (uint8_t)tag, .data = value.data ? value.data : ""};
    fresh.count = (uint32_t)value.size;
    overwrite(field, &fresh);
    return STRATA_OK;
}

static bool is_string(const node *n) { return n->kind == NODE_SCALAR && (n->tag == TAG_STR || n->tag == TAG_UNSET); }

static strata_status find_entry(scope *sc, mapping_index *index, const node *mapping, text key, size_t *at) {
    if (index) return mapping_index_find(sc->arena, index, mapping, key, at) ? STRATA_OK : scope_no_memory(sc);
    *at = node_find(mapping, key);
    return STRATA_OK;
}

strata_status set_entry_indexed(scope *sc, mapping_index *index, node *mapping, text key, node *value) {
    if (text_empty(key)) return set_scalar(sc, mapping, node_text(value), (node_tag)value->tag);
    if (is_string(value) && value->style == STYLE_PLAIN && resolve_is_yaml11_non_string(node_text(value)))
        value->style = STYLE_DOUBLE_QUOTED;
    if (node_is_null(mapping)) return STRATA_OK; /* the reference adds to what is no mapping, and writes it as null */
    if (mapping->kind != NODE_MAPPING)
        return scope_fail(sc, DIAGNOSTIC_FIELD_VALUE, mapping->where,
                          "\"%.*s\" can't be set here: a mapping is wanted, this is a %s", TEXT_ARG(key),
                          mapping->kind == NODE_SCALAR ? "scalar" : "sequence");
    size_t at;
    TRY(find_entry(sc, index, mapping, key, &at));
    if (at == SIZE_MAX) {
        node *added = node_new_scalar(sc->arena, key, TAG_UNSET, STYLE_PLAIN);
        return node_add(sc->arena, mapping, added, value) ? STRATA_OK : scope_no_memory(sc);
    }
    node *old = mapping->pairs[at].value;
    value->style = old->style;
    overwrite(old, value);
    return STRATA_OK;
}

strata_status set_entry(scope *sc, node *mapping, text key, node *value) {
    return set_entry_indexed(sc, NULL, mapping, key, value);
}
