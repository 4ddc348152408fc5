/* package/localize_fields.c: the paths in a kustomization file; see localizer.h. */
#include "package/localizer.h"

static const path_field path_fields[] = {
    {"bases", NULL, localize_base},
    {"components", NULL, localize_base},
    {"configurations", NULL, localize_file},
    {"crds", NULL, localize_file},
    {"resources", NULL, localize_resource},
    {"configMapGenerator", "env", localize_file},
    {"configMapGenerator", "envs", localize_file},
    {"configMapGenerator", "files", localize_file_source},
    {"secretGenerator", "env", localize_file},
    {"secretGenerator", "envs", localize_file},
    {"secretGenerator", "files", localize_file_source},
    {"helmChartInflationGenerator", "values", localize_file},
    {"helmCharts", "valuesFile", localize_file},
    {"helmCharts", "additionalValuesFiles", localize_file},
    {"patches", "path", localize_file},
    {"patchesJson6902", "path", localize_file},
    {"patchesStrategicMerge", NULL, localize_patch},
    {"replacements", "path", localize_file},
};

strata_status localize_path_field(localizer *l, const node *tree, const path_field *row) {
    node *field = node_get(tree, text_from(row->field));
    if (!row->item_field) return localize_value(l, field, row->localize);
    for (uint32_t i = 0; node_is_sequence(field) && i < field->count; i++)
        TRY(localize_value(l, node_get(field->items[i], text_from(row->item_field)), row->localize));
    return STRATA_OK;
}

/* An old generator's own home, or the default one. */
static strata_status localize_old_charts(localizer *l, const node *charts) {
    text unused;
    for (uint32_t i = 0; node_is_sequence(charts) && i < charts->count; i++) {
        node *home = NODE_GET(charts->items[i], "chartHome");
        TRY(home ? localize_value(l, home, localize_chart_home)
                 : localize_chart_home(l, TEXT_EMPTY, charts->items[i]->where, &unused));
    }
    return STRATA_OK;
}

static strata_status localize_charts(localizer *l, const node *tree) {
    const node *globals = NODE_GET(tree, "helmGlobals"), *charts = NODE_GET(tree, "helmCharts");
    node *home = NODE_GET(globals, "chartHome");
    text unused;
    TRY(localize_old_charts(l, NODE_GET(tree, "helmChartInflationGenerator")));
    if (home) return localize_value(l, home, localize_chart_home);
    if (!globals && !charts) return STRATA_OK;
    return localize_chart_home(l, TEXT_EMPTY, globals ? globals->where : charts->where, &unused);
}

strata_status localize_fields(localizer *l, node *tree) {
    TRY(localize_value(l, node_at(tree, "openapi", "path", NULL), localize_file));
    for (size_t i = 0; i < sizeof path_fields / sizeof *path_fields; i++)
        TRY(localize_path_field(l, tree, &path_fields[i]));
    return localize_charts(l, tree);
}
