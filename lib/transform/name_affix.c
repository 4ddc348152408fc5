/*
 * transform/name_affix.c: name prefixes and suffixes; after kustomize's PrefixTransformer and SuffixTransformer.
 *
 * A resource whose name changes records its id of before, and the prefix or suffix: both decide later which references
 * are to it.
 */
#include "transform/field_walk.h"
#include "transform/set_scalar.h"
#include "transform/transform.h"

typedef struct affix {
    text value;
    bool in_front;
} affix;

/* The kinds whose names are never touched, by the id that they had at first. */
static bool keeps_its_name(gvk type) {
    return text_is(type.kind, "CustomResourceDefinition") || text_is(type.kind, "Namespace") ||
           (text_is(type.kind, "APIService") && text_is(type.group, "apiregistration.k8s.io"));
}

static strata_status add_affix(scope *sc, node *field, void *user) {
    const affix *a = user;
    text old = node_text(field);
    text changed = a->in_front ? TEXT_CONCAT(sc->arena, a->value, old) : TEXT_CONCAT(sc->arena, old, a->value);
    return changed.data ? set_scalar(sc, field, changed, TAG_UNSET) : scope_no_memory(sc);
}

static strata_status record(scope *sc, resource *r, const schema *s, const affix *a) {
    if (text_empty(a->value)) return STRATA_OK;
    if (!text_list_add(sc->arena, a->in_front ? &r->prefixes : &r->suffixes, a->value)) return scope_no_memory(sc);
    return resource_store_previous_id(sc, r, s);
}

static strata_status apply_to(scope *sc, resource_set *set, resource *r, affix *a, field_spec_list specs) {
    resource_id id = resource_original_id(r, set->schema);
    if (keeps_its_name(id.type)) return STRATA_OK;
    field_walk walk = {true, NODE_SCALAR, TAG_STR, add_affix, a};
    for (size_t i = 0; i < specs.count; i++) {
        const field_spec *spec = &specs.items[i];
        if (!field_spec_selects(spec, id.type.group, id.type.version, id.type.kind)) continue;
        if (text_is(spec->path, "metadata/name")) TRY(record(sc, r, set->schema, a));
        TRY(field_walk_spec(sc, r->root, spec, &walk));
    }
    return STRATA_OK;
}

static strata_status apply(scope *sc, resource_set *set, affix *a, field_spec_list specs) {
    for (size_t i = 0; i < set->count; i++) {
        resources_look_ahead(set->items, set->count, i);
        TRY(apply_to(sc, set, set->items[i], a, specs));
    }
    return resource_set_all_renamed(sc, set);
}

strata_status name_prefix_apply(scope *sc, resource_set *set, text prefix, field_spec_list specs) {
    affix a = {prefix, true};
    return apply(sc, set, &a, specs);
}

strata_status name_suffix_apply(scope *sc, resource_set *set, text suffix, field_spec_list specs) {
    affix a = {suffix, false};
    return apply(sc, set, &a, specs);
}
