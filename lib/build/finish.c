/*
 * build/finish.c: what happens once, at the top of a build; after kustomize's kusttarget.go (makeCustomizedResMap) and
 * krusty/kustomizer.go. See target.h.
 */
#include "build/target.h"

#include "model/resource_reader.h"
#include "strata/version.h"
#include "transform/transform.h"

static const text local_config_key = TEXT_INIT("config.kubernetes.io/local-config");

/* A resource is local when the annotation is there, whatever it says but "false". */
static bool is_local(const resource *r) {
    const node *value = node_get(node_at(r->root, "metadata", "annotations", NULL), local_config_key);
    return value && !text_is(node_text(value), "false");
}

/* Two resources of one id can come from a JSON patch; the reference panics on them here. */
static strata_status check_unique(scope *sc, const resource_set *set) {
    resource *first, *second;
    TRY(resource_set_find_twins(sc, set, &first, &second));
    if (!second) return STRATA_OK;
    resource_id id = resource_current_id(second, set->schema);
    text name = resource_id_format(sc->arena, &id);
    strata_status status =
        scope_fail(sc, DIAGNOSTIC_DUPLICATE_RESOURCE, second->root->where, "two resources became %.*s", TEXT_ARG(name));
    return scope_note(sc, status, first->root->where, "the other one is here");
}

static strata_status drop_local(scope *sc, resource_set *set) {
    if (set->count == 0) return STRATA_OK;
    bool *keep = ARENA_ARRAY(sc->arena, bool, set->count);
    if (!keep) return scope_no_memory(sc);
    for (size_t i = 0; i < set->count; i++) {
        resource *r = set->items[i];
        resources_look_ahead(set->items, set->count, i);
        if (node_is_null_or_empty(r->root)) continue;
        TRY(resource_check_metadata(sc, r->root));
        keep[i] = !is_local(r);
    }
    resource_set_keep(set, keep);
    return check_unique(sc, set);
}

static strata_status sort(target *t, resource_set *set) {
    scope *sc = t->build->sc;
    build_reorder reorder = t->build->options->reorder;
    if (!t->k.sort) return reorder == REORDER_NONE ? STRATA_OK : order_apply_legacy(sc, set);
    if (reorder != REORDER_UNSPECIFIED)
        TRY(scope_warn(sc, DIAGNOSTIC_TWO_ORDERS, t->k.sort->where, "sortOptions wins over the --reorder flag"));
    return order_apply(sc, set, t->k.sort);
}

/* The reference writes its own version into this label; the stream has to be the same. */
static strata_status add_managed_by(target *t, resource_set *set) {
    if (!t->build->options->add_managed_by_label && !(t->k.build_metadata & BUILD_METADATA_MANAGED_BY))
        return STRATA_OK;
    static const field_spec spec = {.path = TEXT_INIT("metadata/labels"), .create = true};
    text_pair pair = {TEXT("app.kubernetes.io/managed-by"), TEXT("kustomize-" STRATA_VERSION_REFERENCE)};
    text_map labels = {&pair, 1, 1};
    return labels_apply(t->build->sc, set, &labels, (field_spec_list){&spec, 1});
}

strata_status finish_build(target *t, accumulator *acc) {
    scope *sc = t->build->sc;
    resource_set *set = &acc->set;
    TRY(hash_suffix_apply(sc, set));
    TRY(name_references_apply(sc, set, acc->config.name_references));
    TRY(vars_apply(sc, set, &acc->vars, acc->config.var_reference));
    TRY(drop_local(sc, set));
    TRY(sort(t, set));
    TRY(add_managed_by(t, set));
    bool keep_origin = t->k.build_metadata & BUILD_METADATA_ORIGIN;
    bool keep_transformations = t->k.build_metadata & BUILD_METADATA_TRANSFORMER;
    for (size_t i = 0; i < set->count; i++) {
        resources_look_ahead(set->items, set->count, i);
        TRY(resource_finish_annotations(sc, set->items[i], keep_origin, keep_transformations));
    }
    return STRATA_OK;
}
