/* generate/helm.c: one inflation, step by step, and the resources that come out. See helm.h. */
#include "generate/helm.h"

#include "generate/helm_inside.h"
#include "model/resource_reader.h"
#include "source/path.h"
#include "source/url.h"

/* --- the chart --------------------------------------------------------------------------------------------------- */

static strata_status pull(scope *sc, const helm_runner *r) {
    const helm_inflation *h = r->h;
    text shown = loader_display(sc, h->place->loader, h->chart_path);
    if (!shown.data) return scope_no_memory(sc);
    if (text_empty(h->chart.repo))
        return scope_fail(sc, DIAGNOSTIC_HELM_CHART_MISSING, h->chart.where,
                          "there is no chart %.*s, and no repo to pull it from", TEXT_ARG(shown));
    if (!h->place->allow_fetch)
        return scope_fail(sc, DIAGNOSTIC_FETCH_CLOSED, h->chart.where,
                          "there is no chart %.*s, and it can't be pulled as fetching is switched off",
                          TEXT_ARG(shown));
    return helm_pull(sc, r);
}

/* The chart is then in a place that no load restriction knows, and its own values are read from there. */
static strata_status ask_provider(scope *sc, helm_inflation *h) {
    const helm_provider *provider = &h->place->options->provider;
    text own_values = path_join(sc->arena, h->chart_path, TEXT("values.yaml"));
    if (!own_values.data) return scope_no_memory(sc);
    TRY(provider->find(sc, &h->chart, &h->chart_path, provider->user));
    if (!path_is_absolute(h->chart_path))
        return scope_fail(sc, DIAGNOSTIC_HELM_CHART_MISSING, h->chart.where,
                          "for the chart %.*s no absolute path of a directory was given", TEXT_ARG(h->chart.name));
    if (!text_equal(h->chart.values_file.value, own_values)) return STRATA_OK;
    h->provided = true;
    h->chart.values_file.value = path_join(sc->arena, h->chart_path, TEXT("values.yaml"));
    return h->chart.values_file.value.data ? STRATA_OK : scope_no_memory(sc);
}

/* A chart that is there is taken as it is, whatever its version. */
static strata_status find_chart(scope *sc, const helm_runner *r, helm_inflation *h, text directory) {
    file_kind kind = FILE_MISSING;
    bool on_disk = loader_is_on_disk(h->place->loader), provider = h->place->options->provider.find != NULL;
    if (!on_disk && !provider)
        return scope_fail(sc, DIAGNOSTIC_HELM_CHART_MISSING, h->chart.where,
                          "helm renders charts that lie on the disk, and this tree does not");
    if (on_disk) TRY(loader_look(sc, h->place->loader, h->chart_path, h->chart.where, &kind));
    if (kind == FILE_DIRECTORY) {
        TRY(loader_look_through(sc, h->place->loader, h->chart_path, h->chart.where));
        return helm_copy_chart(sc, h, directory);
    }
    text shown = text_empty(h->chart.repo) ? h->chart.name : url_for_display(sc->arena, h->chart.repo);
    if (!shown.data) return scope_no_memory(sc);
    TRY(scope_progress(sc, STRATA_STAGE_FETCH, shown));
    return provider ? ask_provider(sc, h) : pull(sc, r);
}

static strata_status render(scope *sc, const helm_inflation *given, text directory, text *out) {
    helm_inflation own = *given, *h = &own;
    helm_runner r;
    text values, name = helm_values_name(sc->arena, h->chart.name);
    text file = name.data ? path_join(sc->arena, directory, name) : name;
    if (!file.data) return scope_no_memory(sc);
    TRY(helm_check_values_path(sc, file, h->chart.where));
    TRY(helm_runner_init(sc, h, directory, &r));
    TRY(helm_check_version(sc, &r));
    TRY(find_chart(sc, &r, h, directory));
    TRY(helm_copy_values(sc, h, directory));
    TRY(helm_values_of(sc, h, &values));
    TRY(helm_directory_write(sc, h, file, values));
    TRY(scope_progress(sc, STRATA_STAGE_RUN, h->chart.name));
    return helm_template(sc, &r, file, out);
}

/* --- its resources ----------------------------------------------------------------------------------------------- */

static strata_status append_all(scope *sc, const resource_list *list, resource_set *out) {
    for (size_t i = 0; i < list->count; i++)
        TRY(resource_set_append(sc, out, list->items[i]));
    return STRATA_OK;
}

static strata_status read_as_file(scope *sc, text name, text bytes, origin where, resource_set *out) {
    resource_list read;
    TRY(resources_read(sc, name, bytes, where, &read));
    return append_all(sc, &read, out);
}

/*
 * kustomize reads the output like a resource file. If that fails it tries again without looking into lists and without
 * resources that are for local use only, and it is the second failure that counts.
 */
static strata_status read_output(scope *sc, const helm_inflation *h, text bytes, resource_set *out) {
    scope_attempt attempt;
    resource_list read;
    text name = TEXT_CONCAT(sc->arena, h->chart.name, TEXT(" (rendered by helm)"));
    if (!name.data) return scope_no_memory(sc);
    TRY(scope_attempt_begin(sc, &attempt));
    strata_status status = read_as_file(sc, name, bytes, h->chart.where, out);
    if (status == STRATA_OK || scope_is_exhausted(status)) {
        scope_attempt_keep(sc, &attempt);
        return status;
    }
    scope_attempt_drop(sc, &attempt);
    resource_set_init(out, h->place->schema);
    TRY(resources_read_as_listed(sc, name, bytes, h->chart.where, &read));
    return append_all(sc, &read, out);
}

strata_status generate_helm_chart(scope *sc, const helm_inflation *h, resource_set *out) {
    text directory, printed;
    resource_set_init(out, h->place->schema);
    TRY(helm_directory_make(sc, h, &directory));
    strata_status status = render(sc, h, directory, &printed);
    helm_directory_remove(directory);
    TRY(status);
    TRY(read_output(sc, h, printed, out));
    for (size_t i = 0; i < out->count; i++)
        out->items[i]->helm_generated = true;
    return STRATA_OK;
}
