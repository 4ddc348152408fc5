/*
 * generate/helm.h: Helm charts, inflated by the helm command as kustomize's HelmChartInflationGenerator does it.
 *
 * Order: helm_chart_prepare for all charts of a kustomization, which starts nothing, then generate_helm_chart for each.
 * That runs `helm version`, `helm pull` when the chart isn't there yet, and `helm template`, and reads what the last
 * one prints. What helm gets beside the chart lies in a temporary directory that is gone afterwards, however that ends.
 *
 * helm runs without a shell, with the environment of the build and no plugins; only its output is bounded
 * (limits->function_output). Cost: that of the helm command; all else is linear in the values and the output.
 */
#ifndef GENERATE_HELM_H
#define GENERATE_HELM_H

#include "core/environment.h"
#include "model/kustomization.h"
#include "model/resource_set.h"
#include "source/loader.h"

/* Gets what helm prints on its standard error when it fails. */
typedef void (*helm_log)(const char *data, size_t size, void *user);

/* Who finds charts in place of `helm pull`: *out is the directory of the chart on the disk. */
typedef struct helm_provider {
    strata_status (*find)(scope *sc, const helm_chart *chart, text *out, void *user); /* NULL: nobody */
    void *user;
} helm_provider;

/* What a build says about helm. Texts live as long as the build. */
typedef struct helm_options {
    bool enabled; /* without it every chart is refused */
    bool debug;
    text command; /* a program's name or path */
    text kube_version;
    text_list api_versions;
    helm_provider provider;
    helm_log log; /* NULL: dropped, but for the last line */
    void *log_user;
} helm_options;

/* The options that charts change for those that come after them (helm_chart.c says why); one for each build. */
typedef struct helm_api_versions {
    text *items;
    size_t count;
    size_t capacity;
} helm_api_versions;
strata_status helm_api_versions_init(scope *sc, const helm_options *options, helm_api_versions *out);

/*
 * Merges `patch` into `target`, as strategic_merge_values of lib/transform does it, a room that this one doesn't know.
 */
typedef strata_status (*helm_values_merge)(scope *sc, const schema *s, node *target, node *patch, node **out);

/* Where charts stand: the build, and the kustomization that names them. */
typedef struct helm_place {
    const helm_options *options;
    helm_api_versions *api_versions;
    const child_environment *environment;
    text working_directory; /* of helm */
    bool allow_fetch;       /* charts may be pulled */
    loader *loader;
    const schema *schema;
    helm_values_merge merge;
    helm_globals globals;
} helm_place;

/* A chart with all that its options come to. */
typedef struct helm_inflation {
    const helm_place *place;
    helm_chart chart;
    text chart_home; /* the absolute directory in which the chart lies, or will lie */
    text chart_path;
    bool provided;          /* chart_path is a provider's, and no loader reads there */
    text config_home;       /* empty: in the temporary directory */
    text_list values_files; /* the additional ones, absolute */
    text_list api_versions;
} helm_inflation;

/* Checks a chart and completes it; `place` must live as long as *out. */
strata_status helm_chart_prepare(scope *sc, const helm_place *place, const helm_chart *chart, helm_inflation *out);
/* Inflates it and appends its resources. */
strata_status generate_helm_chart(scope *sc, const helm_inflation *chart, resource_set *out);

#endif
