/*
 * edit/fix.c: fix: deprecated fields move to their successors; after kustomize's FixKustomizationPreMarshalling
 * (api/types/kustomization.go). What every edit moves has moved in the draft already.
 */
#include "edit/canonical.h"
#include "edit/editing.h"

/* An entry of patchesStrategicMerge is a path if there is such a file, else the patch itself. */
static strata_status convert_patch(editing *e, const node *old, node **out) {
    text value = node_text(old), place = editing_path(e, value);
    *out = node_new_mapping(e->sc->arena);
    if (!*out || !place.data) return scope_no_memory(e->sc);
    (*out)->where = old->where;
    bool is_file = !text_empty(value) && editing_files(e)->stat(editing_files(e), place) == FILE_REGULAR;
    return canonical_set_text(e->sc, *out, is_file ? TEXT("path") : TEXT("patch"), value);
}

static strata_status move_strategic_merges(editing *e) {
    node *list = NODE_GET(e->draft, "patchesStrategicMerge");
    for (uint32_t i = 0; list && i < list->count; i++)
        TRY(convert_patch(e, list->items[i], &list->items[i]));
    return canonical_move_list(e->sc, e->draft, TEXT("patchesStrategicMerge"), TEXT("patches"));
}

static strata_status refuse_conflicts(editing *e, const node *labels, const node *common) {
    for (uint32_t i = 0; labels && i < labels->count; i++) {
        const node *pairs = NODE_GET(labels->items[i], "pairs");
        for (uint32_t k = 0; pairs && k < pairs->count; k++) {
            const node *key = pairs->pairs[k].key;
            if (node_get(common, node_text(key)))
                return scope_fail(e->sc, DIAGNOSTIC_EDIT_EXISTS, key->where,
                                  "label name '%.*s' exists in both commonLabels and labels", TEXT_ARG(node_text(key)));
        }
    }
    return STRATA_OK;
}

/* commonLabels become the last entry of labels, with selectors. */
static strata_status move_common_labels(editing *e) {
    node *common = NODE_GET(e->draft, "commonLabels"), *labels;
    if (!common) return STRATA_OK;
    TRY(refuse_conflicts(e, NODE_GET(e->draft, "labels"), common));
    TRY(canonical_list(e->sc, e->draft, TEXT("labels"), &labels));
    node *entry = node_new_mapping(e->sc->arena);
    if (!entry || !node_append(e->sc->arena, labels, entry)) return scope_no_memory(e->sc);
    TRY(canonical_add(e->sc, entry, TEXT("pairs"), common));
    TRY(canonical_add_bool(e->sc, entry, TEXT("includeSelectors"), true));
    node_remove(e->draft, TEXT("commonLabels"));
    return STRATA_OK;
}

strata_status edit_fix(editing *e) {
    TRY(editing_change(e));
    TRY(canonical_move_list(e->sc, e->draft, TEXT("patchesJson6902"), TEXT("patches")));
    TRY(move_strategic_merges(e));
    TRY(move_common_labels(e));
    return e->given->vars ? edit_fix_vars(e) : STRATA_OK;
}
