/*
 * generate/helm_chart.c: checks the options of a chart and completes them; after the Config function of kustomize's
 * HelmChartInflationGenerator. See helm.h.
 */
#include "generate/helm.h"
#include "generate/helm_inside.h"
#include "source/path.h"

/* --- names ------------------------------------------------------------------------------------------------------- */

static bool climbs(text clean) { return text_is(clean, "..") || text_starts(clean, TEXT("../")); }

static strata_status refuse_dash(scope *sc, const helm_chart *chart, const char *field, text value) {
    if (!text_starts(value, TEXT("-"))) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_HELM_CHART, chart->where,
                      "the %s of a chart must not begin with a dash, as %.*s does: helm would take it for an option",
                      field, TEXT_ARG(value));
}

/*
 * The name is a part of the chart's path, and of the path of its values. kustomize lets it lead anywhere, and fails
 * when the second has directories.
 */
static strata_status check_name(scope *sc, const helm_chart *chart) {
    if (text_empty(chart->name)) return scope_fail(sc, DIAGNOSTIC_HELM_CHART, chart->where, "a chart needs a name");
    TRY(refuse_dash(sc, chart, "releaseName", chart->release_name));
    TRY(refuse_dash(sc, chart, "name", chart->name));
    text clean = path_clean(sc->arena, chart->name), file = helm_values_name(sc->arena, chart->name);
    if (!clean.data || !file.data) return scope_no_memory(sc);
    if (path_is_absolute(clean) || climbs(clean))
        return scope_fail(sc, DIAGNOSTIC_HELM_CHART, chart->where,
                          "the name of a chart must not lead out of the chart home, as %.*s does",
                          TEXT_ARG(chart->name));
    if (text_find_char(file, '/') == SIZE_MAX) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_HELM_CHART, chart->where,
                      "the name of a chart must be that of one directory, not %.*s: put the others into chartHome",
                      TEXT_ARG(chart->name));
}

/* With a repository the version is a part of the chart's path. */
static strata_status check_version(scope *sc, const helm_chart *chart) {
    text rest = chart->version, part;
    bool bad = path_is_absolute(rest);
    for (bool more = true; more && !bad;) {
        more = text_cut(&rest, '/', &part);
        bad = text_is(part, "..");
    }
    if (!bad) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_HELM_CHART, chart->where, "%.*s is no version of a chart: it is a path",
                      TEXT_ARG(chart->version));
}

static strata_status check_merge(scope *sc, const helm_chart *chart) {
    static const char *const names[] = {"", "merge", "override", "replace"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_is(chart->values_merge, names[i])) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_HELM_CHART, chart->where,
                      "valuesMerge must be one of merge, override and replace, not %.*s",
                      TEXT_ARG(chart->values_merge));
}

/* --- paths ------------------------------------------------------------------------------------------------------- */

/* Absolute, from the kustomization's directory. */
static text absolute(scope *sc, const helm_place *place, text path) {
    if (path_is_absolute(path)) return path_clean(sc->arena, path);
    return path_join(sc->arena, loader_root(place->loader), path);
}

static strata_status find_places(scope *sc, helm_inflation *out) {
    const helm_chart *chart = &out->chart;
    text home = out->place->globals.chart_home;
    home = absolute(sc, out->place, text_empty(home) ? TEXT("charts") : home);
    if (!home.data) return scope_no_memory(sc);
    if (!text_empty(chart->version) && !text_empty(chart->repo)) {
        text folder = TEXT_CONCAT(sc->arena, chart->name, TEXT("-"), chart->version);
        if (!folder.data) return scope_no_memory(sc);
        home = path_join(sc->arena, home, folder);
    }
    out->chart_home = home;
    out->chart_path = home.data ? path_join(sc->arena, home, chart->name) : home;
    if (!out->chart_path.data) return scope_no_memory(sc);
    return STRATA_OK;
}

/* Other than the chart home it is relative to the directory in which helm runs. */
static strata_status find_config_home(scope *sc, helm_inflation *out) {
    file_kind kind;
    text home = out->place->globals.config_home;
    out->config_home = home;
    if (text_empty(home)) return STRATA_OK;
    if (!path_is_absolute(home)) home = path_join(sc->arena, out->place->working_directory, home);
    return home.data ? loader_look(sc, out->place->loader, home, out->chart.where, &kind) : scope_no_memory(sc);
}

/* Each is read, for the sake of the load restriction; helm reads it again. */
static strata_status find_values_files(scope *sc, helm_inflation *out) {
    helm_chart *chart = &out->chart;
    out->values_files = (text_list){NULL, 0, 0};
    if (text_empty(chart->values_file.value)) {
        chart->values_file.value = path_join(sc->arena, out->chart_path, TEXT("values.yaml"));
        chart->values_file.where = chart->where;
        if (!chart->values_file.value.data) return scope_no_memory(sc);
    }
    for (size_t i = 0; i < chart->additional_values_files.count; i++) {
        const located *file = &chart->additional_values_files.items[i];
        text bytes, full = path_join(sc->arena, loader_root(out->place->loader), file->value);
        if (!full.data) return scope_no_memory(sc);
        TRY(loader_read(sc, out->place->loader, file->value, file->where, &bytes));
        TRY(helm_check_values_path(sc, full, file->where));
        if (!text_list_add(sc->arena, &out->values_files, full)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

/* --- what the command line says, too ----------------------------------------------------------------------------- */

/* Go's append doubles the room of a short list. */
strata_status helm_api_versions_init(scope *sc, const helm_options *options, helm_api_versions *out) {
    *out = (helm_api_versions){NULL, options->api_versions.count, 1};
    while (out->capacity < out->count)
        out->capacity *= 2;
    out->items = ARENA_ARRAY(sc->arena, text, out->capacity);
    if (!out->items) return scope_no_memory(sc);
    for (size_t i = 0; i < out->count; i++)
        out->items[i] = options->api_versions.items[i];
    return STRATA_OK;
}

/*
 * A chart's list counts, and not that of the options. kustomize decodes it into the very memory of the latter, so that
 * charts without one, the earlier ones of the same kustomization too, get the options' list with its first entries
 * overwritten; and so do charts with a list of their own that is not longer than that memory.
 */
static strata_status choose_api_versions(scope *sc, helm_inflation *out) {
    helm_api_versions *shared = out->place->api_versions;
    const located_list *own = &out->chart.api_versions;
    out->api_versions = (text_list){shared->items, shared->count, 0};
    if (!out->chart.has_api_versions) return STRATA_OK;
    text *items =
        own->count > shared->capacity || shared->count == 0 ? ARENA_ARRAY(sc->arena, text, own->count) : shared->items;
    if (!items) return scope_no_memory(sc);
    for (size_t i = 0; i < own->count; i++) {
        items[i] = own->items[i].value;
        if (shared->count && i < shared->capacity) shared->items[i] = own->items[i].value;
    }
    out->api_versions = (text_list){items, own->count, 0};
    if (shared->count == 0) return STRATA_OK;
    return scope_warn(sc, DIAGNOSTIC_HELM_OPTION, own->count ? own->items[0].where : out->chart.where,
                      "the chart's apiVersions count and --helm-api-versions does not; other charts without any get "
                      "that list with its first %zu entries replaced by these",
                      own->count < shared->count ? own->count : shared->count);
}

static strata_status apply_options(scope *sc, helm_inflation *out) {
    const helm_options *options = out->place->options;
    helm_chart *chart = &out->chart;
    chart->debug |= options->debug;
    TRY(choose_api_versions(sc, out));
    if (text_empty(options->kube_version) || text_equal(options->kube_version, chart->kube_version)) return STRATA_OK;
    if (text_empty(chart->kube_version)) {
        chart->kube_version = options->kube_version;
        return STRATA_OK;
    }
    return scope_warn(sc, DIAGNOSTIC_HELM_OPTION, chart->where,
                      "the chart's kubeVersion %.*s counts, and --helm-kube-version %.*s does not",
                      TEXT_ARG(chart->kube_version), TEXT_ARG(options->kube_version));
}

static bool is_word(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Whether a template calls the function `name`, or may do so. */
static bool has_word(text t, text name) {
    for (size_t at; (at = text_find(t, name)) != SIZE_MAX; t = text_after(t, at + name.size)) {
        size_t end = at + name.size;
        if ((at == 0 || !is_word(t.data[at - 1])) && (end == t.size || !is_word(t.data[end]))) return true;
    }
    return false;
}

static strata_status check_name_template(scope *sc, const helm_chart *chart) {
    if (!has_word(chart->name_template, TEXT("env")) && !has_word(chart->name_template, TEXT("expandenv")))
        return STRATA_OK;
    return scope_warn(sc, DIAGNOSTIC_HELM_NAME_TEMPLATE, chart->where,
                      "nameTemplate must not see the environment: the variables in it are empty");
}

strata_status helm_chart_prepare(scope *sc, const helm_place *place, const helm_chart *chart, helm_inflation *out) {
    *out = (helm_inflation){.place = place, .chart = *chart};
    if (!place->options->enabled)
        return scope_fail(sc, DIAGNOSTIC_HELM_DISABLED, chart->where,
                          "Helm charts are rendered by the helm command, which is off: turn it on with --enable-helm");
    if (text_empty(place->options->command))
        return scope_fail(sc, DIAGNOSTIC_HELM_DISABLED, chart->where,
                          "Helm charts are rendered by the helm command, and --helm-command names none");
    TRY(apply_options(sc, out));
    TRY(check_name(sc, chart));
    TRY(check_version(sc, chart));
    TRY(check_merge(sc, chart));
    TRY(check_name_template(sc, chart));
    TRY(find_places(sc, out));
    TRY(find_config_home(sc, out));
    return find_values_files(sc, out);
}
