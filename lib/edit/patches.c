/* edit/patches.c: add and remove patch; after kustomize's commands/edit addpatch.go and removepatch.go. */
#include "edit/canonical.h"
#include "edit/editing.h"

static text given(const char *string) { return text_from(string); }

/* The patch that the arguments describe; a target without any field is none. */
static strata_status make_patch(editing *e, node **out) {
    const strata_edit_arguments *a = e->given;
    const struct {
        const char *key, *value;
    } fields[] = {{"group", a->group},
                  {"version", a->version},
                  {"kind", a->kind},
                  {"name", a->name},
                  {"namespace", a->name_space},
                  {"annotationSelector", a->annotation_selector},
                  {"labelSelector", a->label_selector}};
    node *target;
    *out = node_new_mapping(e->sc->arena);
    if (!*out) return scope_no_memory(e->sc);
    TRY(canonical_set_text(e->sc, *out, TEXT("path"), given(a->path)));
    TRY(canonical_set_text(e->sc, *out, TEXT("patch"), given(a->patch)));
    TRY(canonical_mapping(e->sc, *out, TEXT("target"), &target));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        TRY(canonical_set_text(e->sc, target, text_from(fields[i].key), given(fields[i].value)));
    canonical_drop_empty(*out, TEXT("target"));
    return STRATA_OK;
}

static strata_status check_source(editing *e, bool needed) {
    bool has_path = !text_empty(given(e->given->path)), has_text = !text_empty(given(e->given->patch));
    if (has_path && has_text) return editing_refuse(e, "patch and path can't be set at the same time");
    if (needed && !has_path && !has_text) return editing_refuse(e, "must provide either patch or path");
    return STRATA_OK;
}

strata_status edit_add_patch(editing *e) {
    node *wanted, *list;
    TRY(check_source(e, true));
    TRY(make_patch(e, &wanted));
    TRY(editing_begin(e));
    TRY(canonical_list(e->sc, e->draft, TEXT("patches"), &list));
    for (uint32_t i = 0; i < list->count; i++)
        if (canonical_equal(list->items[i], wanted))
            return editing_notice(e, "patch %s already in kustomization file",
                                  e->given->path ? e->given->path : "with this text");
    e->changed = true;
    return node_append(e->sc->arena, list, wanted) ? STRATA_OK : scope_no_memory(e->sc);
}

strata_status edit_remove_patch(editing *e) {
    node *wanted;
    TRY(check_source(e, false));
    TRY(make_patch(e, &wanted));
    TRY(editing_begin(e));
    node *list = NODE_GET(e->draft, "patches");
    for (uint32_t i = list ? list->count : 0; i-- > 0;) {
        if (!canonical_equal(list->items[i], wanted)) continue;
        node_remove_at(list, i);
        e->changed = true;
    }
    if (!e->changed)
        return editing_notice(e, "patch %s doesn't exist in kustomization file", e->given->path ? e->given->path : "");
    canonical_drop_empty(e->draft, TEXT("patches"));
    return STRATA_OK;
}
