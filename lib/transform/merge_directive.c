/* transform/merge_directive.c: $patch in a strategic merge patch; after kyaml's merge2/smpdirective.go. */
#include "transform/merge_element.h"
#include "transform/merge_walk.h"

static merge_directive directive_of(text value) {
    if (text_is(value, "delete")) return DIRECTIVE_DELETE;
    if (text_is(value, "replace")) return DIRECTIVE_REPLACE;
    return text_is(value, "merge") ? DIRECTIVE_MERGE : DIRECTIVE_UNKNOWN;
}

static void take_from_mapping(node *patch, merge_directive *out, text *out_text) {
    size_t at = node_find(patch, TEXT("$patch"));
    if (at == SIZE_MAX) return;
    *out_text = node_text(patch->pairs[at].value);
    *out = directive_of(*out_text);
    if (*out != DIRECTIVE_UNKNOWN) node_remove_at(patch, at);
}

/* The directive of a list is an element with nothing but $patch; only the first element that has one is looked at. */
static strata_status take_from_list(merge_walk *w, node *patch, merge_directive *out, text *out_text) {
    const node *element = NULL;
    for (uint32_t i = 0; i < patch->count && !element; i++)
        if (!node_is_null(patch->items[i]) && NODE_GET(patch->items[i], "$patch")) element = patch->items[i];
    if (!element || element->count > 1) return STRATA_OK;
    *out_text = node_text(NODE_GET(element, "$patch"));
    *out = directive_of(*out_text);
    if (*out == DIRECTIVE_UNKNOWN) return STRATA_OK;
    const text key = TEXT_INIT("$patch");
    const element_key keys = {&key, out_text, 1, 1};
    return element_remove(w->sc, patch, &keys);
}

strata_status merge_take_directive(merge_walk *w, node *patch, merge_directive *out, text *out_text) {
    *out = DIRECTIVE_MERGE;
    *out_text = TEXT_EMPTY;
    if (!patch) return STRATA_OK;
    if (patch->kind == NODE_SEQUENCE) return take_from_list(w, patch, out, out_text);
    if (patch->kind == NODE_MAPPING)
        take_from_mapping(patch, out, out_text);
    else
        *out = DIRECTIVE_UNKNOWN;
    return STRATA_OK;
}

strata_status merge_fail_directive(merge_walk *w, const node *patch, text directive) {
    return scope_fail(w->sc, DIAGNOSTIC_PATCH_DIRECTIVE, patch ? patch->where : ORIGIN_UNKNOWN,
                      "unknown directive \"$patch: %.*s\"; there are delete, replace and merge", TEXT_ARG(directive));
}
