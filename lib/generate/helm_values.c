/*
 * generate/helm_values.c: the values that a chart gets: those of its file, of the kustomization, or of both, merged.
 * See helm_inside.h; after createNewMergedValuesFile of kustomize's HelmChartInflationGenerator.
 */
#include "generate/helm_inside.h"
#include "model/kustomization_fields.h"
#include "source/path.h"
#include "yaml/expand.h"
#include "yaml/json.h"
#include "yaml/reader.h"
#include "yaml/writer.h"

text helm_values_name(arena *a, text chart_name) {
    text name = TEXT_CONCAT(a, chart_name, TEXT("-kustomize-values.yaml"));
    return name.data ? path_clean(a, name) : name;
}

/* helm splits the option at commas and takes the parts for files of their own, which nobody has checked. */
strata_status helm_check_values_path(scope *sc, text path, origin where) {
    for (size_t i = 0; i < path.size; i++)
        if (path.data[i] == ',' || path.data[i] == '"' || (unsigned char)path.data[i] < 0x20)
            return scope_fail(sc, DIAGNOSTIC_HELM_CHART, where,
                              "helm takes no values file whose path has a comma, quote or control character: %.*s",
                              TEXT_ARG(path));
    return STRATA_OK;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

/*
 * The inline values as kustomize has them after decoding them from JSON: all numbers are float64, and those under keys
 * that a chart's own texts have, such as name and version, are texts.
 */
static strata_status read_inline(scope *sc, const helm_inflation *h, node **out) {
    TRY(json_from_yaml(sc, h->chart.values_inline, out));
    TRY(json_normalize(sc, *out, out));
    return decode_make_texts(sc, &helm_chart_type, *out);
}

/* Whether a text without content has a document at least. */
static bool has_document_marker(text t) {
    text line;
    for (bool more = true; more;) {
        more = text_cut(&t, '\n', &line);
        if (text_starts(line, TEXT("---"))) return true;
    }
    return false;
}

static strata_status read_file(scope *sc, const helm_inflation *h, text bytes, node **out) {
    static const yaml_options options = {.dialect = YAML_V3, .keep_aliases = true};
    const located *file = &h->chart.values_file;
    node_list documents = {NULL, 0, 0, false};
    TRY(yaml_read(sc, loader_display(sc, h->place->loader, file->value), bytes, file->where, &options, &documents));
    if (documents.count) {
        *out = documents.items[0];
        return STRATA_OK;
    }
    if (!has_document_marker(bytes))
        return scope_fail(sc, DIAGNOSTIC_HELM_VALUES, file->where,
                          "the values file %.*s is empty, and valuesInline can't be merged with it: write {} into it",
                          TEXT_ARG(file->value));
    *out = node_new_scalar(sc->arena, TEXT_EMPTY, TAG_NULL, STYLE_PLAIN);
    return *out ? STRATA_OK : scope_no_memory(sc);
}

/* --- what a merge loses ------------------------------------------------------------------------------------------ */

/* Fields of mappings that the merge passes over; depth is bounded by the reader. */
static strata_status warn_of_aliases(scope *sc, const node *n) {
    for (uint32_t i = 0; n->kind == NODE_MAPPING && i < n->count; i++) {
        const node *value = n->pairs[i].value;
        if (value->kind == NODE_ALIAS)
            TRY(scope_warn(sc, DIAGNOSTIC_HELM_VALUE_LOST, value->where,
                           "the value of %.*s is lost: kustomize merges valuesInline with no aliases",
                           TEXT_ARG(node_text(n->pairs[i].key))));
        else
            TRY(warn_of_aliases(sc, value));
    }
    return STRATA_OK;
}

static strata_status warn_of_nulls(scope *sc, const node *n) {
    for (uint32_t i = 0; n->kind == NODE_MAPPING && i < n->count; i++) {
        if (node_is_null(n->pairs[i].value))
            TRY(scope_warn(sc, DIAGNOSTIC_HELM_VALUE_LOST, n->pairs[i].value->where,
                           "the null of %.*s does not reach helm, and the chart's own value counts; it would with "
                           "valuesMerge: replace",
                           TEXT_ARG(node_text(n->pairs[i].key))));
        else
            TRY(warn_of_nulls(sc, n->pairs[i].value));
    }
    return STRATA_OK;
}

/* --- merging ----------------------------------------------------------------------------------------------------- */

/*
 * kustomize merges a copy, whose aliases still stand for nodes of the original; what becomes of the original does not
 * change them.
 */
static strata_status merge(scope *sc, const helm_inflation *h, node *file, node *inline_values, node **out) {
    bool file_wins = text_is(h->chart.values_merge, "merge");
    node *target = node_clone(sc->arena, file_wins ? inline_values : file);
    if (!target) return scope_no_memory(sc);
    TRY(warn_of_aliases(sc, file));
    TRY(warn_of_nulls(sc, inline_values));
    TRY(h->place->merge(sc, h->place->schema, target, file_wins ? file : inline_values, out));
    return *out ? expand(sc, *out) : STRATA_OK;
}

static strata_status write_values(scope *sc, const node *values, text *out) {
    if (!node_is_null(values)) return yaml_write_text(sc, values, YAML_TO_FILE, out);
    *out = TEXT("{}\n");
    return STRATA_OK;
}

/* The bytes of the values file; those of a provided chart must lie in it. */
static strata_status read_values(scope *sc, const helm_inflation *h, text *out) {
    const located *file = &h->chart.values_file;
    if (!h->provided) return loader_read(sc, h->place->loader, file->value, file->where, out);
    file_outcome outcome =
        filesystem_disk.read(&filesystem_disk, sc->arena, file->value, h->chart_path, sc->limits->input_file, out);
    if (outcome == FILE_DONE) return STRATA_OK;
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(sc);
    return scope_fail(sc, DIAGNOSTIC_HELM_VALUES, h->chart.where, "the values.yaml of the chart %.*s can't be read",
                      TEXT_ARG(h->chart.name));
}

strata_status helm_values_of(scope *sc, const helm_inflation *h, text *out) {
    node *values, *from_file;
    text bytes;
    if (!h->chart.values_inline || h->chart.values_inline->count == 0) return read_values(sc, h, out);
    TRY(read_inline(sc, h, &values));
    if (!text_is(h->chart.values_merge, "replace")) {
        TRY(read_values(sc, h, &bytes));
        TRY(read_file(sc, h, bytes, &from_file));
        TRY(merge(sc, h, from_file, values, &values));
    }
    return write_values(sc, values, out);
}
