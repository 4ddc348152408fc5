/* edit/operations.c: the table of operations, and the simple ones: fields with a text, and buildMetadata. */
#include "edit/operations.h"

#include "edit/canonical.h"

/* --- one text ----------------------------------------------------------------------------------------------------- */

static strata_status set_field(editing *e, const char *field, const char *what) {
    if (e->given->value_count != 1) return editing_refuse(e, "must specify exactly one %s value", what);
    TRY(editing_change(e));
    return canonical_set_text(e->sc, e->draft, text_from(field), editing_value(e, 0));
}

strata_status edit_set_name_prefix(editing *e) { return set_field(e, "namePrefix", "prefix"); }
strata_status edit_set_name_suffix(editing *e) { return set_field(e, "nameSuffix", "suffix"); }
strata_status edit_set_namespace(editing *e) { return set_field(e, "namespace", "namespace"); }

/* --- buildMetadata ------------------------------------------------------------------------------------------------ */

static strata_status read_options(editing *e, text_list *out) {
    static const char *const known[] = {"originAnnotations", "transformerAnnotations", "managedByLabel"};
    if (e->given->value_count == 0) return editing_refuse(e, "must specify a buildMetadata option");
    if (e->given->value_count > 1)
        return editing_refuse(e, "too many arguments; separate buildMetadata options by comma");
    TRY(editing_split(e, editing_value(e, 0), out));
    for (size_t i = 0; i < out->count; i++) {
        bool found = false;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            found |= text_is(out->items[i], known[k]);
        if (!found)
            return editing_refuse(e,
                                  "invalid buildMetadata option: %.*s; it must be originAnnotations, "
                                  "transformerAnnotations or managedByLabel",
                                  TEXT_ARG(out->items[i]));
    }
    return STRATA_OK;
}

strata_status edit_add_build_metadata(editing *e) {
    text_list options = {0};
    node *list;
    TRY(read_options(e, &options));
    TRY(editing_change(e));
    TRY(canonical_list(e->sc, e->draft, TEXT("buildMetadata"), &list));
    for (size_t i = 0; i < options.count; i++) {
        if (canonical_has_text(list, options.items[i]))
            return scope_fail(e->sc, DIAGNOSTIC_EDIT_EXISTS, ORIGIN_UNKNOWN,
                              "buildMetadata option %.*s already in kustomization file", TEXT_ARG(options.items[i]));
        TRY(canonical_append_text(e->sc, list, options.items[i]));
    }
    return STRATA_OK;
}

/* Options that stay keep their places. */
strata_status edit_set_build_metadata(editing *e) {
    text_list options = {0};
    node *list;
    TRY(read_options(e, &options));
    TRY(editing_change(e));
    TRY(canonical_list(e->sc, e->draft, TEXT("buildMetadata"), &list));
    node old = *list;
    list->items = NULL;
    list->count = list->capacity = 0;
    for (size_t i = 0; i < options.count; i++) {
        node *kept = NULL;
        for (uint32_t k = 0; k < old.count && !kept; k++)
            if (old.items[k] && text_equal(node_text(old.items[k]), options.items[i])) {
                kept = old.items[k];
                old.items[k] = NULL;
            }
        if (kept ? !node_append(e->sc->arena, list, kept) : canonical_append_text(e->sc, list, options.items[i]))
            return scope_no_memory(e->sc);
    }
    return STRATA_OK;
}

strata_status edit_remove_build_metadata(editing *e) {
    text_list options = {0};
    TRY(read_options(e, &options));
    TRY(editing_change(e));
    node *list = NODE_GET(e->draft, "buildMetadata");
    for (uint32_t i = list ? list->count : 0; i-- > 0;)
        if (text_list_has(&options, node_text(list->items[i]))) node_remove_at(list, i);
    canonical_drop_empty(e->draft, TEXT("buildMetadata"));
    return STRATA_OK;
}

/* --- the table ---------------------------------------------------------------------------------------------------- */

typedef struct operation_row {
    strata_edit_operation operation;
    strata_status (*run)(editing *e);
} operation_row;

static const operation_row rows[] = {
    {STRATA_EDIT_ADD_ANNOTATION, edit_add_annotations},
    {STRATA_EDIT_ADD_BASE, edit_add_bases},
    {STRATA_EDIT_ADD_BUILDMETADATA, edit_add_build_metadata},
    {STRATA_EDIT_ADD_COMPONENT, edit_add_components},
    {STRATA_EDIT_ADD_CONFIGMAP, edit_add_config_map},
    {STRATA_EDIT_ADD_CONFIGURATION, edit_add_configurations},
    {STRATA_EDIT_ADD_GENERATOR, edit_add_generators},
    {STRATA_EDIT_ADD_LABEL, edit_add_labels},
    {STRATA_EDIT_ADD_PATCH, edit_add_patch},
    {STRATA_EDIT_ADD_RESOURCE, edit_add_resources},
    {STRATA_EDIT_ADD_SECRET, edit_add_secret},
    {STRATA_EDIT_ADD_TRANSFORMER, edit_add_transformers},
    {STRATA_EDIT_SET_ANNOTATION, edit_set_annotations},
    {STRATA_EDIT_SET_BUILDMETADATA, edit_set_build_metadata},
    {STRATA_EDIT_SET_CONFIGMAP, edit_set_config_map},
    {STRATA_EDIT_SET_IMAGE, edit_set_images},
    {STRATA_EDIT_SET_LABEL, edit_set_labels},
    {STRATA_EDIT_SET_NAMEPREFIX, edit_set_name_prefix},
    {STRATA_EDIT_SET_NAMESPACE, edit_set_namespace},
    {STRATA_EDIT_SET_NAMESUFFIX, edit_set_name_suffix},
    {STRATA_EDIT_SET_REPLICAS, edit_set_replicas},
    {STRATA_EDIT_SET_SECRET, edit_set_secret},
    {STRATA_EDIT_REMOVE_ANNOTATION, edit_remove_annotations},
    {STRATA_EDIT_REMOVE_BUILDMETADATA, edit_remove_build_metadata},
    {STRATA_EDIT_REMOVE_COMPONENT, edit_remove_components},
    {STRATA_EDIT_REMOVE_CONFIGMAP, edit_remove_config_maps},
    {STRATA_EDIT_REMOVE_LABEL, edit_remove_labels},
    {STRATA_EDIT_REMOVE_PATCH, edit_remove_patch},
    {STRATA_EDIT_REMOVE_RESOURCE, edit_remove_resources},
    {STRATA_EDIT_REMOVE_SECRET, edit_remove_secrets},
    {STRATA_EDIT_REMOVE_TRANSFORMER, edit_remove_transformers},
    {STRATA_EDIT_FIX, edit_fix},
};

bool operation_exists(strata_edit_operation operation) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].operation == operation) return true;
    return false;
}

strata_status operation_run(editing *e, strata_edit_operation operation) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].operation == operation) return rows[i].run(e);
    return STRATA_OK;
}
