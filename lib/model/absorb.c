/*
 * model/absorb.c: how a generated resource joins a set: created, merged into or put in place of one that is there;
 * after kustomize's resmap.AbsorbAll (reswrangler.go) and resource.go's CopyMergeMetaDataFieldsFrom. See
 * resource_set.h.
 */
#include "model/data_map.h"
#include "model/near_miss.h"
#include "model/resource_set.h"

static const char *behavior_text(generation_behavior behavior) {
    switch (behavior) {
    case BEHAVIOR_CREATE: return "create";
    case BEHAVIOR_REPLACE: return "replace";
    case BEHAVIOR_MERGE: return "merge";
    default: return "unspecified";
    }
}

/* `over` laid over `under`. */
static strata_status merge_maps(scope *sc, text_map *under, const text_map *over) {
    return text_map_join(sc->arena, under, over, under) ? STRATA_OK : scope_no_memory(sc);
}

/* Labels, annotations, name, namespace and history of the old resource; its own labels and annotations win. */
static strata_status copy_metadata(scope *sc, resource *r, const resource *old) {
    text_map merged, own;
    TRY(resource_labels(sc, old, &merged));
    TRY(resource_labels(sc, r, &own));
    TRY(merge_maps(sc, &merged, &own));
    TRY(resource_set_labels(sc, r, &merged));
    TRY(resource_annotations(sc, old, &merged));
    TRY(resource_annotations(sc, r, &own));
    TRY(merge_maps(sc, &merged, &own));
    TRY(resource_set_annotations(sc, r, &merged));
    TRY(resource_set_name(sc, r, resource_name(old)));
    TRY(resource_set_namespace(sc, r, resource_namespace(old)));
    /* The history is the old one's; a hash suffix is needed when both want it. */
    r->previous = old->previous;
    r->previous_count = old->previous_count;
    r->previous_capacity = old->previous_count;
    r->nameless_previous = old->nameless_previous;
    r->prefixes = old->prefixes;
    r->suffixes = old->suffixes;
    r->referred_by = old->referred_by;
    r->var_names = old->var_names;
    r->prefixes.capacity = old->prefixes.count;
    r->suffixes.capacity = old->suffixes.count;
    r->referred_by.capacity = old->referred_by.count;
    r->var_names.capacity = old->var_names.count;
    r->behavior = old->behavior;
    r->needs_hash = r->needs_hash && old->needs_hash;
    r->helm_generated = old->helm_generated;
    r->allow_name_change = old->allow_name_change;
    r->allow_kind_change = old->allow_kind_change;
    return STRATA_OK;
}

static strata_status refuse_collections(scope *sc, const node *plain) {
    for (uint32_t i = 0; node_is_mapping(plain) && i < plain->count; i++)
        if (!node_is_scalar(plain->pairs[i].value))
            return scope_fail(sc, DIAGNOSTIC_GENERATOR_BEHAVIOR, plain->pairs[i].value->where,
                              "the stringData of a Secret that is merged into has a value that is no scalar");
    return STRATA_OK;
}

/* The old data with the old stringData over it, encoded, as the Kubernetes API server would have it. */
static strata_status secret_data(scope *sc, const resource *old, text_map *out) {
    text_map plain;
    TRY(refuse_collections(sc, NODE_GET(old->root, "stringData")));
    TRY(data_map_read(sc, old, TEXT("data"), out));
    TRY(data_map_read(sc, old, TEXT("stringData"), &plain));
    for (size_t i = 0; i < plain.count; i++) {
        plain.items[i].value = data_map_encode(sc->arena, plain.items[i].value);
        if (!plain.items[i].value.data) return scope_no_memory(sc);
    }
    return merge_maps(sc, out, &plain);
}

/* kyaml takes a field without a name for the mapping itself, which is no scalar. */
static strata_status refuse_empty_key(scope *sc, const resource *old, const text_map *data) {
    if (!text_map_get(data, TEXT(""))) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_RESOURCE_METADATA, old->root->where,
                      "the data of a resource that is merged into has an empty key");
}

/* SetDataMap and SetBinaryDataMap: a Secret's values are encoded already, so both write texts as they are. */
static strata_status merge_data(scope *sc, resource *r, const resource *old) {
    text_map data, own;
    bool secret = text_is(resource_kind(r), "Secret") && text_is(resource_api_version(r), "v1");
    TRY(secret ? secret_data(sc, old, &data) : data_map_read(sc, old, TEXT("data"), &data));
    TRY(data_map_read(sc, r, TEXT("data"), &own));
    TRY(merge_maps(sc, &data, &own));
    TRY(refuse_empty_key(sc, old, &data));
    node_remove(r->root, TEXT("data"));
    TRY(data_map_add_config_map(sc, r, &data));

    TRY(data_map_read(sc, old, TEXT("binaryData"), &data));
    TRY(data_map_read(sc, r, TEXT("binaryData"), &own));
    TRY(merge_maps(sc, &data, &own));
    TRY(refuse_empty_key(sc, old, &data));
    node_remove(r->root, TEXT("binaryData"));
    return data_map_add_binary(sc, r, &data);
}

static strata_status keep_origin_annotation(scope *sc, resource *r, const resource *old) {
    text_map annotations;
    TRY(resource_annotations(sc, old, &annotations));
    const text *found = text_map_get(&annotations, TEXT("config.kubernetes.io/origin"));
    if (!found) return STRATA_OK;
    text kept = *found;
    TRY(resource_annotations(sc, r, &annotations));
    if (!text_map_set(sc->arena, &annotations, TEXT("config.kubernetes.io/origin"), kept)) return scope_no_memory(sc);
    return resource_set_annotations(sc, r, &annotations);
}

/*
 * What was found by a former id must have the new one's id now (Replace in kustomize's resWrangler): a patch or
 * replacement may have given it another kind since.
 */
static strata_status check_place(scope *sc, resource_set *set, const resource *r, const resource *old) {
    resource_id id = resource_current_id(r, set->schema);
    resource_list found;
    TRY(resource_set_find(sc, set, &id, true, &found));
    if (found.count == 1 && found.items[0] == old) return STRATA_OK;
    text name = resource_id_format(sc->arena, &id);
    strata_status status = scope_fail(sc, DIAGNOSTIC_GENERATOR_BEHAVIOR, r->root->where,
                                      "cannot find resource with id %.*s to replace", TEXT_ARG(name));
    return scope_note(sc, status, old->root->where, "the one that had this id has become another");
}

static strata_status replace(scope *sc, resource_set *set, resource *r, resource *old) {
    generation_behavior behavior = r->behavior;
    if (behavior != BEHAVIOR_MERGE && behavior != BEHAVIOR_REPLACE) {
        resource_id id = resource_current_id(r, set->schema);
        text name = resource_id_format(sc->arena, &id);
        strata_status status = scope_fail(sc, DIAGNOSTIC_GENERATOR_BEHAVIOR, r->root->where,
                                          "%.*s exists already; behavior \"%s\" does not fit: use merge or replace",
                                          TEXT_ARG(name), behavior_text(behavior));
        return scope_note(sc, status, old->root->where, "the other one is here");
    }
    TRY(copy_metadata(sc, r, old));
    if (behavior == BEHAVIOR_MERGE) {
        TRY(merge_data(sc, r, old));
        TRY(keep_origin_annotation(sc, r, old));
    }
    TRY(check_place(sc, set, r, old));
    r->position = old->position;
    old->position = RESOURCE_REMOVED;
    set->items[r->position] = r;
    return resource_set_renamed(sc, set, r);
}

strata_status resource_set_absorb(scope *sc, resource_set *set, resource *r) {
    resource_id id = resource_current_id(r, set->schema);
    resource_list found;
    TRY(resource_set_find(sc, set, &id, false, &found));
    if (found.count == 1) return replace(sc, set, r, found.items[0]);
    text name = resource_id_format(sc->arena, &id);
    if (found.count > 1)
        return scope_fail(sc, DIAGNOSTIC_GENERATOR_BEHAVIOR, r->root->where,
                          "%zu resources match %.*s; a generator can merge into one only", found.count, TEXT_ARG(name));
    if (r->behavior == BEHAVIOR_MERGE || r->behavior == BEHAVIOR_REPLACE)
        return scope_fail_hint(sc, DIAGNOSTIC_GENERATOR_BEHAVIOR, r->root->where, near_miss_hint(sc, set, &id, true),
                               "%.*s does not exist; behavior \"%s\" does not fit", TEXT_ARG(name),
                               behavior_text(r->behavior));
    return resource_set_append(sc, set, r);
}

strata_status resource_set_absorb_all(scope *sc, resource_set *set, const resource_set *from) {
    for (size_t i = 0; i < from->count; i++)
        TRY(resource_set_absorb(sc, set, from->items[i]));
    return STRATA_OK;
}
