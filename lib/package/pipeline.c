/* package/pipeline.c: see pipeline.h. */
#include "package/pipeline.h"

#include "function/annotation.h"
#include "package/json_lines.h"
#include "source/path.h"
#include "yaml/writer.h"

/* --- filters ----------------------------------------------------------------------------------------------------- */

/* Resources that have none of the annotations don't count. */
static strata_status note_spellings(work *w, const node_list *resources, pipeline_step *out) {
    bool seen = false;
    for (size_t i = 0; i < resources->count; i++) {
        bool internal, legacy;
        file_annotations_spellings(resources->items[i], &internal, &legacy);
        if (!internal && !legacy) continue;
        if (seen && (internal != out->internal || legacy != out->legacy))
            return scope_fail(&w->sc, DIAGNOSTIC_ANNOTATION_SPELLINGS, resources->items[i]->where,
                              "the annotation formatting in the input resources is not consistent");
        out->internal = internal;
        out->legacy = legacy;
        seen = true;
    }
    if (resources->count == 0) out->internal = out->legacy = true;
    return STRATA_OK;
}

strata_status pipeline_begin(work *w, const node_list *resources, pipeline_step *out) {
    *out = (pipeline_step){.count = resources->count};
    out->before = ARENA_ARRAY(w->sc.arena, file_annotations, resources->count + 1);
    if (!out->before) return scope_no_memory(&w->sc);
    TRY(note_spellings(w, resources, out));
    for (size_t i = 0; i < resources->count; i++)
        TRY(file_annotations_prepare(&w->sc, resources->items[i], i, &out->before[i]));
    return STRATA_OK;
}

strata_status pipeline_end(work *w, const node_list *resources, const pipeline_step *step) {
    for (size_t i = 0; i < resources->count; i++) {
        TRY(file_annotations_reconcile(&w->sc, resources->items[i], step->before, step->count));
        file_annotations_clear(resources->items[i], !step->internal, !step->legacy);
    }
    return STRATA_OK;
}

strata_status pipeline_choose_local(work *w, node_list *resources, bool include_local, bool exclude_non_local) {
    static const text local_config = TEXT_INIT("config.kubernetes.io/local-config");
    pipeline_step step;
    size_t kept = 0;
    TRY(pipeline_begin(w, resources, &step));
    for (size_t i = 0; i < resources->count; i++) {
        const node *annotations = node_at(resources->items[i], "metadata", "annotations", NULL);
        bool local = node_get(annotations, local_config) != NULL;
        if (local ? include_local : !exclude_non_local) resources->items[kept++] = resources->items[i];
    }
    resources->count = kept;
    return pipeline_end(w, resources, &step);
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

static bool is_lone_json(const node_list *resources, const pipeline_writing *how) {
    if (how->wrap_kind || resources->count != 1) return false;
    return text_is(path_extension(file_annotations_path(resources->items[0])), ".json");
}

static strata_status clean(work *w, node *root, const pipeline_writing *how) {
    file_annotations_drop(root, !how->keep_index, !how->keep_path);
    TRY(annotation_clear_empty(&w->sc, root));
    if (how->flow || how->tagged) root->flags &= (uint8_t) ~(NODE_FLOW | NODE_TAGGED);
    if (how->flow) root->flags |= NODE_FLOW;
    if (how->tagged) root->flags |= NODE_TAGGED;
    return STRATA_OK;
}

static bool add_field(arena *a, node *list, const char *key, node *value) {
    return value && node_add(a, list, node_new_scalar(a, text_from(key), TAG_UNSET, STYLE_PLAIN), value);
}

static strata_status write_wrapped(work *w, const node_list *resources, const pipeline_writing *how, buffer *out) {
    arena *a = w->sc.arena;
    node *list = node_new_mapping(a), *items = node_new_sequence(a);
    text version = text_copy(a, text_from(how->wrap_version)), kind = text_copy(a, text_from(how->wrap_kind));
    if (!list || !items || !version.data || !kind.data) return scope_no_memory(&w->sc);
    for (size_t i = 0; i < resources->count; i++)
        if (!node_append(a, items, resources->items[i])) return scope_no_memory(&w->sc);
    if (!add_field(a, list, "apiVersion", node_new_scalar(a, version, TAG_UNSET, STYLE_PLAIN)) ||
        !add_field(a, list, "kind", node_new_scalar(a, kind, TAG_UNSET, STYLE_PLAIN)) ||
        !add_field(a, list, "items", items) ||
        (how->function_config && !add_field(a, list, "functionConfig", how->function_config)))
        return scope_no_memory(&w->sc);
    if (how->flow) list->flags |= NODE_FLOW;
    if (how->tagged) list->flags |= NODE_TAGGED;
    return yaml_write_v3(&w->sc, list, out);
}

strata_status pipeline_write(work *w, const node_list *resources, const pipeline_writing *how, buffer *out) {
    bool json = is_lone_json(resources, how);
    for (size_t i = 0; i < resources->count; i++)
        TRY(clean(w, resources->items[i], how));
    if (json) return json_write_lines(&w->sc, resources->items[0], out);
    if (how->wrap_kind) return write_wrapped(w, resources, how, out);
    for (size_t i = 0; i < resources->count; i++) {
        if (i) buffer_add_text(out, TEXT("---\n"));
        TRY(yaml_write_v3(&w->sc, resources->items[i], out));
    }
    return STRATA_OK;
}
