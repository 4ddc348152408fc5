/* build/generators.c: the generators of one kustomization, in the reference's order. See target.h. */
#include "build/target.h"
#include "transform/strategic_merge.h"

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

helm_place helm_place_of(target *t, const helm_globals *globals) {
    const build_options *options = t->build->options;
    return (helm_place){.options = &options->helm,
                        .api_versions = &t->build->helm_api_versions,
                        .environment = &options->environment,
                        .working_directory = options->loading.working_directory,
                        .allow_fetch = options->loading.allow_fetch,
                        .loader = t->loader,
                        .schema = t->build->schema,
                        .merge = strategic_merge_values,
                        .globals = globals ? *globals : (helm_globals){TEXT_EMPTY, TEXT_EMPTY}};
}

/*
 * The namespace of a chart: its own, the kustomization's, or that of the nearest consumer. Here, other than in a
 * generator's own file, an empty list is as good as none.
 */
static helm_chart complete_chart(const target *t, helm_chart chart) {
    chart.has_api_versions = chart.api_versions.count != 0;
    if (text_empty(chart.name_space)) chart.name_space = t->k.name_space;
    if (text_empty(chart.name_space)) chart.name_space = t->helm_namespace;
    return chart;
}

/* All charts are looked at before the first one is inflated. */
static strata_status run_charts(target *t, accumulator *acc) {
    scope *sc = t->build->sc;
    const helm_chart_list *charts = &t->k.helm_charts;
    if (charts->count == 0) return STRATA_OK;
    helm_place *place = ARENA_NEW(sc->arena, helm_place);
    helm_inflation *list = ARENA_ARRAY(sc->arena, helm_inflation, charts->count);
    if (!place || !list) return scope_no_memory(sc);
    *place = helm_place_of(t, t->k.helm_globals);
    for (size_t i = 0; i < charts->count; i++) {
        helm_chart chart = complete_chart(t, charts->items[i]);
        TRY(helm_chart_prepare(sc, place, &chart, &list[i]));
    }
    for (size_t i = 0; i < charts->count; i++) {
        resource_set made;
        TRY(generate_helm_chart(sc, &list[i], &made));
        TRY(absorb(t, acc, &made, "HelmChartInflationGenerator"));
    }
    return STRATA_OK;
}

strata_status run_generators(target *t, accumulator *acc) {
    TRY(run_data_maps(t, acc, &t->k.config_maps, GENERATED_CONFIG_MAP, "ConfigMapGenerator"));
    TRY(run_data_maps(t, acc, &t->k.secrets, GENERATED_SECRET, "SecretGenerator"));
    TRY(run_charts(t, acc));
    return run_external_generators(t, acc);
}
