/* build/generators.c: the generators of one kustomization, in the reference's order. See target.h. */
#include "build/target.h"

static strata_status absorb(target *t, accumulator *acc, resource_set *made, const char *kind) {
    scope *sc = t->build->sc;
    if (t->origin.recorded) {
        text annotation;
        TRY(provenance_of_builtin(sc, &t->origin, t->file_name, text_from(kind), &annotation));
        TRY(provenance_mark_origin(sc, made, annotation));
    }
    return resource_set_absorb_all(sc, &acc->set, made);
}

static strata_status run_data_maps(target *t, accumulator *acc, const generator_list *list, generated_kind kind,
                                   const char *name) {
    scope *sc = t->build->sc;
    for (size_t i = 0; i < list->count; i++) {
        resource *r;
        resource_set made;
        resource_set_init(&made, t->build->schema);
        TRY(generate_data_map(sc, t->loader, kind, &list->items[i], t->k.generator_options, &r));
        TRY(resource_set_append(sc, &made, r));
        TRY(absorb(t, acc, &made, name));
    }
    return STRATA_OK;
}

strata_status run_generators(target *t, accumulator *acc) {
    TRY(run_data_maps(t, acc, &t->k.config_maps, GENERATED_CONFIG_MAP, "ConfigMapGenerator"));
    TRY(run_data_maps(t, acc, &t->k.secrets, GENERATED_SECRET, "SecretGenerator"));
    return run_external_generators(t, acc);
}
