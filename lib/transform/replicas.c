/*
 * transform/replicas.c: sets the number of replicas; after kustomize's ReplicaCountTransformer.
 *
 * A resource is meant when one of its ids, former ones included, has the name and a kind that a field spec is for. That
 * nothing is meant is an error.
 */
#include "core/suggest.h"
#include "transform/field_walk.h"
#include "transform/set_scalar.h"
#include "transform/transform.h"

static strata_status set_count(scope *sc, node *field, void *user) {
    const text *count = user;
    return set_scalar(sc, field, *count, TAG_INT);
}

static bool spec_selects_id(const field_spec *spec, const resource_id *id) {
    return field_spec_selects(spec, id->type.group, id->type.version, id->type.kind);
}

static bool is_meant(const resource_set *set, const resource *r, text name, const field_spec *spec) {
    for (size_t i = 0; i < resource_id_count(r); i++) {
        resource_id id = resource_id_at(r, set->schema, i);
        if (text_equal(id.name, name) && spec_selects_id(spec, &id)) return true;
    }
    return false;
}

/* The resources to look at for a spec: by the index when it names a kind. */
static strata_status candidates_of(scope *sc, resource_set *set, text name, const field_spec *spec,
                                   resource_list *out) {
    if (!text_empty(spec->kind)) return resource_set_find_named(sc, set, spec->kind, name, out);
    *out = (resource_list){set->items, set->count, 0};
    return STRATA_OK;
}

static strata_status apply_spec(scope *sc, resource_set *set, const replica *rep, text count, const field_spec *spec,
                                bool *found) {
    resource_list candidates;
    TRY(candidates_of(sc, set, rep->name, spec, &candidates));
    field_walk walk = {true, NODE_SCALAR, TAG_INT, set_count, &count};
    for (size_t i = 0; i < candidates.count; i++) {
        resource *r = candidates.items[i];
        if (node_is_null_or_empty(r->root) || !is_meant(set, r, rep->name, spec)) continue;
        *found = true;
        TRY(field_walk_spec(sc, r->root, spec, &walk));
    }
    return STRATA_OK;
}

/* The name of a resource with replicas that is near the wanted one, or one of another kind by the same name. */
static text near_miss(scope *sc, const resource_set *set, const replica *rep, field_spec_list specs) {
    text best = TEXT_EMPTY;
    for (size_t i = 0; i < set->count; i++) {
        resource_id id = resource_original_id(set->items[i], set->schema);
        if (text_equal(id.name, rep->name))
            return text_format(sc->arena, "%.*s/%.*s is there, but its kind has no replicas that kustomize knows of",
                               TEXT_ARG(id.type.kind), TEXT_ARG(id.name));
        bool scalable = false;
        for (size_t k = 0; k < specs.count && !scalable; k++)
            scalable = spec_selects_id(&specs.items[k], &id);
        if (!scalable || !suggest_is_near(rep->name, id.name)) continue;
        if (text_empty(best) || text_distance(rep->name, id.name) < text_distance(rep->name, best)) best = id.name;
    }
    return text_empty(best) ? best : text_format(sc->arena, "did you mean %.*s?", TEXT_ARG(best));
}

strata_status replica_apply(scope *sc, resource_set *set, const replica *rep, field_spec_list specs) {
    text count = text_format(sc->arena, "%lld", (long long)rep->count);
    if (!count.data) return scope_no_memory(sc);
    bool found = false;
    for (size_t i = 0; i < specs.count; i++)
        TRY(apply_spec(sc, set, rep, count, &specs.items[i], &found));
    if (found) return STRATA_OK;
    return scope_fail_hint(sc, DIAGNOSTIC_REPLICA_NOT_FOUND, rep->where, near_miss(sc, set, rep, specs),
                           "`replicas` names %.*s, but no resource of a kind with replicas is called that",
                           TEXT_ARG(rep->name));
}
