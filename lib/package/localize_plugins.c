/* package/localize_plugins.c: the paths in configurations of builtin plugins, inline or in files; see localizer.h. */
#include "model/resource_reader.h"
#include "package/localizer.h"
#include "yaml/writer.h"

typedef struct plugin_field {
    const char *kind;
    path_field path;
} plugin_field;

static const plugin_field plugin_fields[] = {
    {"ConfigMapGenerator", {"env", NULL, localize_file}},
    {"ConfigMapGenerator", {"envs", NULL, localize_file}},
    {"ConfigMapGenerator", {"files", NULL, localize_file_source}},
    {"SecretGenerator", {"env", NULL, localize_file}},
    {"SecretGenerator", {"envs", NULL, localize_file}},
    {"SecretGenerator", {"files", NULL, localize_file_source}},
    {"HelmChartInflationGenerator", {"valuesFile", NULL, localize_file}},
    {"HelmChartInflationGenerator", {"additionalValuesFiles", NULL, localize_file}},
    {"HelmChartInflationGenerator", {"chartHome", NULL, localize_chart_home}},
    {"PatchTransformer", {"path", NULL, localize_file}},
    {"PatchJson6902Transformer", {"path", NULL, localize_file}},
    {"PatchStrategicMergeTransformer", {"paths", NULL, localize_patch}},
    {"ReplacementTransformer", {"replacements", "path", localize_file}},
};

static strata_status localize_plugin(localizer *l, node *root) {
    text kind = node_text(NODE_GET(root, "kind")), unused;
    if (!text_is(node_text(NODE_GET(root, "apiVersion")), "builtin")) return STRATA_OK;
    for (size_t i = 0; i < sizeof plugin_fields / sizeof *plugin_fields; i++)
        if (text_is(kind, plugin_fields[i].kind)) TRY(localize_path_field(l, root, &plugin_fields[i].path));
    if (!text_is(kind, "HelmChartInflationGenerator") || NODE_GET(root, "chartHome")) return STRATA_OK;
    return localize_chart_home(l, TEXT_EMPTY, root->where, &unused);
}

/* Localizes all configurations of a text and writes them again, sorted. */
static strata_status localize_all(localizer *l, const resource_list *list, text *out) {
    scope *sc = &l->all->work->sc;
    buffer b;
    buffer_init(&b, sc->from, sc->limits->output);
    strata_status status = STRATA_OK;
    for (size_t i = 0; i < list->count && status == STRATA_OK; i++) {
        status = localize_plugin(l, list->items[i]->root);
        if (i) buffer_add_text(&b, TEXT("---\n"));
        if (status == STRATA_OK) status = yaml_write(sc, list->items[i]->root, YAML_TO_STREAM, &b);
    }
    if (status == STRATA_OK && (buffer_failed(&b) || !(*out = text_copy(sc->arena, buffer_text(&b))).data))
        status = scope_no_memory(sc);
    buffer_free(&b);
    return status;
}

/* An entry is a configuration, or else the path of a file with some. */
static strata_status localize_entry(localizer *l, text entry, origin named_at, text *out) {
    scope *sc = &l->all->work->sc;
    resource_list list;
    bool is_inline;
    text bytes, localized;
    TRY(localize_try_inline(sc, entry, named_at, &list, &is_inline));
    if (is_inline) return localize_all(l, &list, out);
    list = (resource_list){0};
    TRY(loader_read(sc, l->loader, entry, named_at, &bytes));
    TRY(resources_read(sc, entry, bytes, named_at, &list));
    TRY(localize_all(l, &list, &localized));
    return localize_bytes(l, entry, localized, named_at, out);
}

strata_status localize_plugins(localizer *l, node *tree) {
    static const char *const fields[] = {"generators", "transformers", "validators"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        TRY(localize_value(l, node_get(tree, text_from(fields[i])), localize_entry));
    return STRATA_OK;
}
