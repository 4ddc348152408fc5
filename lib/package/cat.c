/* package/cat.c: strata_package_cat; after cmd/config's cat. */
#include "package/flow_text.h"
#include "package/format.h"
#include "package/package_api.h"
#include "package/pipeline.h"

/* The document's own comment stays: it belongs to the stream, not to a node. */
static strata_status strip_comments(work *w, const node_list *resources) {
    for (size_t i = 0; i < resources->count; i++) {
        node *root = resources->items[i];
        node_extra *own = root->extra;
        TRY(comments_strip(&w->sc, root));
        if (!own) continue;
        root->extra->document_head = own->document_head;
        root->extra->foot_comment = own->foot_comment;
    }
    return STRATA_OK;
}

static strata_status read_config(work *w, const strata_package_options *options, node **out) {
    const package_reading how = {.bare = !options->annotate};
    node_list found = {0};
    *out = NULL;
    if (!options->function_config || !*options->function_config) return STRATA_OK;
    text path = package_text(w, options->function_config);
    if (!path.data) return scope_no_memory(&w->sc);
    TRY(package_read(w, path, &how, &found));
    if (found.count != 1)
        return scope_fail(&w->sc, DIAGNOSTIC_FUNCTION_CONFIG_FILE, ORIGIN_UNKNOWN,
                          "expected exactly 1 functionConfig, found %zu", found.count);
    *out = found.items[0];
    return STRATA_OK;
}

static strata_status cat(work *w, const strata_package_options *options, node_list *resources, buffer *out) {
    pipeline_writing how = {.keep_index = options->annotate,
                            .keep_path = options->annotate,
                            .flow = options->flow_style,
                            .tagged = options->tagged_style,
                            .wrap_kind = options->wrap_kind && *options->wrap_kind ? options->wrap_kind : NULL,
                            .wrap_version = options->wrap_version};
    TRY(read_config(w, options, &how.function_config));
    TRY(pipeline_choose_local(w, resources, options->include_local, options->exclude_non_local));
    if (resources->count == 0) return STRATA_OK;
    if (!options->unformatted) TRY(format_resources(w, resources));
    if (options->strip_comments) TRY(strip_comments(w, resources));
    return pipeline_write(w, resources, &how, out);
}

strata_status strata_package_cat(strata_output **out, const strata_renderer *renderer,
                                 const strata_package_options *options, strata_error *error) {
    return package_run_on_all(out, renderer, options, JOINT_DOCUMENTS, cat, error);
}
