/*
 * transform/patches.c: the three patch transformers; after kustomize's PatchTransformer, PatchStrategicMergeTransformer
 * and PatchJson6902Transformer, and Resource.ApplySmPatch. See transform.h.
 *
 * A patch without a target costs a look-up in the set's index. With a target, the selector finds the resources; only a
 * name that is a pattern makes it go over the whole set.
 */
#include "model/resource_reader.h"
#include "transform/json_patch.h"
#include "transform/selector.h"
#include "transform/strategic_merge.h"
#include "transform/transform.h"

/* --- reading ----------------------------------------------------------------------------------------------------- */

static strata_status read_merges(scope *sc, const patch_source *source, resource_list *out) {
    *out = (resource_list){NULL, 0, 0};
    if (text_empty(source->name)) return resources_read_inline(sc, source->where, source->bytes, out);
    return resources_read(sc, source->name, source->bytes, source->where, out);
}

static strata_status read_operations(scope *sc, const patch_source *source, json_patch **out) {
    return json_patch_read(sc, source->name, source->bytes, source->where, out);
}

/* One of the two; neither when the text holds nothing. */
typedef struct patch_text {
    resource_list merges;
    json_patch *operations;
} patch_text;

static bool is_malformed(strata_status status) { return status == STRATA_INVALID || status == STRATA_CONFLICT; }

/*
 * What is no strategic merge patch may be a JSON patch. When the text is neither, the complaint is that of the reader
 * for which it looks to be.
 */
static strata_status read_patch(scope *sc, const patch_source *source, patch_text *out) {
    scope_attempt attempt;
    out->operations = NULL;
    TRY(scope_attempt_begin(sc, &attempt));
    strata_status merge_status = read_merges(sc, source, &out->merges);
    if (!is_malformed(merge_status)) {
        scope_attempt_keep(sc, &attempt);
        return merge_status;
    }
    scope_attempt_drop(sc, &attempt);
    TRY(scope_attempt_begin(sc, &attempt));
    strata_status status = read_operations(sc, source, &out->operations);
    text trimmed = text_trim(source->bytes);
    bool looks_like_list = text_starts(trimmed, TEXT("-")) || text_starts(trimmed, TEXT("["));
    if (!is_malformed(status) || looks_like_list) {
        scope_attempt_keep(sc, &attempt);
        return status;
    }
    scope_attempt_drop(sc, &attempt);
    return read_merges(sc, source, &out->merges);
}

/* --- strategic merge --------------------------------------------------------------------------------------------- */

static bool has_directive(const node *n) { return node_is_mapping(n) && NODE_GET(n, "$patch"); }

/*
 * Whether the patch can clear or replace annotations as a whole. kustomize keeps the history of a resource there, and
 * such a patch makes it forget: references to the resource are then not found any more.
 */
static bool touches_history(const node *root) {
    const node *metadata = NODE_GET(root, "metadata");
    size_t at = metadata ? node_find(metadata, TEXT("annotations")) : SIZE_MAX;
    if (has_directive(root) || has_directive(metadata)) return true;
    if (at == SIZE_MAX) return false;
    const node *annotations = metadata->pairs[at].value;
    if (node_is_null(annotations) || has_directive(annotations)) return true;
    for (uint32_t i = 0; node_is_mapping(annotations) && i < annotations->count; i++)
        if (text_starts(node_text(annotations->pairs[i].key), TEXT("internal.config.kubernetes.io/"))) return true;
    return false;
}

/* What a patch may do to its target, beside changing fields. */
typedef struct merge_permits {
    bool name_change;
    bool kind_change;
} merge_permits;

/* After the merge kind, name and namespace are set back to what they were, unless the patch may change them. */
static strata_status restore_identity(scope *sc, resource *r, const resource_id *before, merge_permits permits) {
    if (!permits.kind_change) TRY(resource_set_kind(sc, r, before->type.kind));
    if (!permits.name_change) TRY(resource_set_name(sc, r, before->name));
    return resource_set_namespace(sc, r, before->name_space);
}

/* Merges a patch that is the target's own: parts of it become parts of the resource. */
static strata_status merge_into(scope *sc, resource_set *set, resource *r, node *root, merge_permits permits) {
    const resource_id before = resource_current_id(r, set->schema);
    bool history = touches_history(root);
    if (permits.name_change || permits.kind_change) TRY(resource_store_previous_id(sc, r, set->schema));
    if (history) TRY(resource_export_history(sc, r));
    TRY(strategic_merge(sc, set->schema, r->root, root, &r->root));
    if (node_is_null_or_empty(r->root)) {
        set->may_have_empty = true;
        return STRATA_OK;
    }
    TRY(restore_identity(sc, r, &before, permits));
    if (history) TRY(resource_import_history(sc, r));
    return permits.name_change || permits.kind_change ? resource_set_renamed(sc, set, r) : STRATA_OK;
}

/*
 * A patch that is applied through a selection has its metadata set anew from their texts before: labels and annotations
 * become strings, so that a null there does not delete but is the text "null".
 */
static strata_status restate_metadata(scope *sc, resource *patched) {
    text_map map;
    text name = resource_name(patched), name_space = resource_namespace(patched);
    TRY(resource_labels(sc, patched, &map));
    TRY(resource_set_labels(sc, patched, &map));
    TRY(resource_annotations(sc, patched, &map));
    TRY(resource_set_annotations(sc, patched, &map));
    TRY(resource_set_name(sc, patched, name));
    return resource_set_namespace(sc, patched, name_space);
}

static strata_status merge_copy(scope *sc, resource_set *set, resource *r, const resource *merge,
                                merge_permits permits) {
    resource *copy = resource_copy(sc->arena, merge);
    if (!copy) return scope_no_memory(sc);
    TRY(resource_set_api_version(sc, copy, resource_api_version(r)));
    return merge_into(sc, set, r, copy->root, permits);
}

/* Two resources must not end up with one id. */
static strata_status check_unique(scope *sc, resource_set *set, const resource *r, origin where) {
    if (node_is_null_or_empty(r->root)) return STRATA_OK;
    resource *twin;
    TRY(resource_set_twin(sc, set, r, &twin));
    if (!twin) return STRATA_OK;
    resource_id id = resource_current_id(r, set->schema);
    text name = resource_id_format(sc->arena, &id);
    strata_status status =
        scope_fail(sc, DIAGNOSTIC_DUPLICATE_RESOURCE, where, "the patch makes two resources %.*s", TEXT_ARG(name));
    return scope_note(sc, status, twin->root->where, "the other one is here");
}

/* resmap.ApplySmPatch. */
static strata_status merge_into_all(scope *sc, resource_set *set, const resource_list *targets, resource *merge,
                                    merge_permits permits) {
    TRY(restate_metadata(sc, merge));
    for (size_t i = 0; i < targets->count; i++)
        TRY(merge_copy(sc, set, targets->items[i], merge, permits));
    for (size_t i = 0; (permits.name_change || permits.kind_change) && i < targets->count; i++)
        TRY(check_unique(sc, set, targets->items[i], merge->root->where));
    return STRATA_OK;
}

static merge_permits permits_of(const resource *merge, const patch *p) {
    return (merge_permits){merge->allow_name_change || (p && p->allow_name_change),
                           merge->allow_kind_change || (p && p->allow_kind_change)};
}

/* The resource that a patch without a target is for: by its own id. */
static strata_status own_target(scope *sc, resource_set *set, const resource *merge, const patch_source *source,
                                resource **out) {
    resource_id id = resource_original_id(merge, set->schema);
    strata_status status = resource_set_get(sc, set, &id, merge->root->where, out);
    if (status == STRATA_OK || text_empty(source->name)) return status;
    return scope_note(sc, status, source->where, "the patch is named here");
}

static strata_status merge_by_own_id(scope *sc, resource_set *set, const patch *p, const patch_source *source,
                                     const resource_list *merges) {
    for (size_t i = 0; i < merges->count; i++) {
        resource *merge = merges->items[i], *r;
        TRY(own_target(sc, set, merge, source, &r));
        merge_permits permits = permits_of(merge, p);
        if (p->allow_name_change || p->allow_kind_change) {
            /* The permission is an annotation in kustomize, and setting it makes all annotations strings. */
            text_map map;
            TRY(resource_annotations(sc, merge, &map));
            TRY(resource_set_annotations(sc, merge, &map));
        }
        TRY(merge_into(sc, set, r, merge->root, permits));
    }
    return STRATA_OK;
}

strata_status patch_strategic_merge_apply(scope *sc, resource_set *set, const patch_source *sources, size_t count) {
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        resource_list merges;
        TRY(read_merges(sc, &sources[i], &merges));
        total += merges.count;
        for (size_t m = 0; m < merges.count; m++) {
            resource *merge = merges.items[m], *r;
            TRY(own_target(sc, set, merge, &sources[i], &r));
            const resource_list target = {&r, 1, 1};
            TRY(merge_into_all(sc, set, &target, merge, permits_of(merge, NULL)));
        }
    }
    if (total || count == 0) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_PATCH_EMPTY, sources[0].where, "the patches hold no resource");
}

/* --- JSON patches ------------------------------------------------------------------------------------------------ */

static bool is_internal(text key) {
    return text_starts(key, TEXT("internal.config.kubernetes.io/")) || text_is(key, "config.kubernetes.io/path") ||
           text_is(key, "config.kubernetes.io/index") || text_is(key, "config.k8s.io/id");
}

/*
 * A JSON patch sees the history of a resource as annotations, and what it does to them is undone. The history of a
 * resource that is deep in overlays is long: it is written only where the patch can come upon it.
 */
static strata_status operate(scope *sc, resource_set *set, resource *r, const json_patch *operations) {
    text_map before, after;
    const node *metadata = NODE_GET(r->root, "metadata");
    bool history = !node_is_mapping(metadata) || json_patch_reaches(operations, TEXT("metadata"), TEXT("annotations"));
    TRY(resource_annotations(sc, r, &before));
    for (size_t i = 0; i < before.count && !history; i++)
        history = is_internal(before.items[i].key);
    if (history) {
        TRY(resource_export_history(sc, r));
        TRY(resource_annotations(sc, r, &before));
    }
    const origin where = r->root->where;
    strata_status status = json_patch_apply(sc, operations, r->root, &r->root);
    if (status != STRATA_OK) return scope_note(sc, status, where, "the resource is here");
    if (node_is_null_or_empty(r->root)) set->may_have_empty = true;
    TRY(resource_annotations(sc, r, &after));
    for (size_t i = 0; i < before.count; i++)
        if (is_internal(before.items[i].key) &&
            !text_map_set(sc->arena, &after, before.items[i].key, before.items[i].value))
            return scope_no_memory(sc);
    TRY(resource_set_annotations(sc, r, &after));
    if (history) TRY(resource_import_history(sc, r));
    return resource_set_renamed(sc, set, r);
}

/* --- targets ----------------------------------------------------------------------------------------------------- */

/* kustomize says nothing when a target selects no resource; mostly it is a slip. */
static strata_status select_targets(scope *sc, resource_set *set, const selector *target, const patch_source *source,
                                    resource_list *out) {
    TRY(selector_select(sc, set, target, out));
    if (out->count || !scope_hears_warnings(sc)) return STRATA_OK;
    origin where = target->where != ORIGIN_UNKNOWN ? target->where : source->where;
    text hint = scope_hints(sc) ? selector_near_miss(sc, set, target) : TEXT_EMPTY;
    return scope_warn_hint(sc, DIAGNOSTIC_PATCH_TARGET_MISSING, where, hint,
                           "the target of the patch selects no resource");
}

static strata_status apply_merges(scope *sc, resource_set *set, const patch *p, const patch_source *source,
                                  const resource_list *merges) {
    if (!p->target) return merge_by_own_id(sc, set, p, source, merges);
    if (merges->count > 1)
        return scope_fail(sc, DIAGNOSTIC_PATCH_TARGET, merges->items[1]->root->where,
                          "a patch with a target must be one document; this one has %zu", merges->count);
    resource_list targets;
    TRY(select_targets(sc, set, p->target, source, &targets));
    return merge_into_all(sc, set, &targets, merges->items[0], permits_of(merges->items[0], p));
}

static strata_status apply_operations(scope *sc, resource_set *set, const patch *p, const patch_source *source,
                                      const json_patch *operations) {
    if (!p->target) return scope_fail(sc, DIAGNOSTIC_PATCH_TARGET, source->where, "a JSON patch needs a target");
    resource_list targets;
    TRY(select_targets(sc, set, p->target, source, &targets));
    for (size_t i = 0; i < targets.count; i++) {
        TRY(resource_store_previous_id(sc, targets.items[i], set->schema));
        TRY(operate(sc, set, targets.items[i], operations));
    }
    return STRATA_OK;
}

strata_status patch_apply(scope *sc, resource_set *set, const patch *p, const patch_source *source) {
    patch_text read;
    TRY(read_patch(sc, source, &read));
    if (read.operations) return apply_operations(sc, set, p, source, read.operations);
    return read.merges.count ? apply_merges(sc, set, p, source, &read.merges) : STRATA_OK;
}

strata_status patch_json6902_apply(scope *sc, resource_set *set, const selector *target, const patch_source *source) {
    json_patch *operations;
    resource_list targets;
    if (!target || text_empty(target->name))
        return scope_fail(sc, DIAGNOSTIC_PATCH_TARGET, target ? target->where : source->where,
                          "a patch under patchesJson6902 needs a target with a name");
    TRY(read_operations(sc, source, &operations));
    if (json_patch_count(operations) == 0)
        return scope_fail(sc, DIAGNOSTIC_PATCH_EMPTY, source->where, "the JSON patch has no operations");
    TRY(select_targets(sc, set, target, source, &targets));
    for (size_t i = 0; i < targets.count; i++)
        TRY(operate(sc, set, targets.items[i], operations));
    return STRATA_OK;
}
