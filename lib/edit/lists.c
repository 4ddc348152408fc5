/*
 * edit/lists.c: add to and remove from the lists of paths: resources, components, generators, transformers,
 * configurations; after kustomize's commands/edit addresource.go, addgenerator.go, removeresource.go and their kin.
 */
#include "edit/canonical.h"
#include "edit/editing.h"
#include "source/glob.h"

typedef struct path_field {
    const char *key;  /* of the list */
    const char *noun; /* of an entry, in messages */
    const char *missing;
    bool takes_roots;    /* what matches no file must be a directory to build from, or a repository */
    bool skips_own_file; /* the kustomization file is passed over in silence */
} path_field;

static const path_field resources = {"resources", "resource", "must specify a resource file", true, true};
static const path_field components = {"components", "component", "must specify a component file", true, true};
static const path_field generators = {
    "generators", "generator", "must specify a yaml file which contains a generator plugin resource", false, false};
static const path_field transformers = {"transformers", "transformer",
                                        "must specify a yaml file which contains a transformer plugin resource", false,
                                        false};
static const path_field configurations = {"configurations", "configuration",
                                          "must specify a yaml file which contains a configuration resource", false,
                                          false};

/* --- adding ------------------------------------------------------------------------------------------------------- */

static strata_status add_entries(editing *e, const path_field *field, const text_list *paths) {
    node *list;
    TRY(editing_change(e));
    TRY(canonical_list(e->sc, e->draft, text_from(field->key), &list));
    table known = {0};
    for (uint32_t i = 0; i < list->count; i++)
        if (!table_add(&known, e->sc->arena, node_text(list->items[i]), NULL)) return scope_no_memory(e->sc);
    for (size_t i = 0; i < paths->count; i++) {
        text path = paths->items[i];
        if (field->skips_own_file && text_equal(path, e->edit->file_name)) continue;
        if (table_find(&known, path)) {
            TRY(editing_notice(e, "%s %.*s already in kustomization file", field->noun, TEXT_ARG(path)));
            continue;
        }
        if (!table_add(&known, e->sc->arena, path, NULL)) return scope_no_memory(e->sc);
        TRY(canonical_append_text(e->sc, list, path));
    }
    canonical_drop_empty(e->draft, text_from(field->key));
    return STRATA_OK;
}

/* A directory that can be built from, or a repository, which is fetched. */
static strata_status check_root(editing *e, const editing_source *source, text path) {
    loader *root;
    strata_status status = loader_new(e->sc, source->loader, path, ORIGIN_UNKNOWN, &root);
    if (status == STRATA_OK) loader_close(root);
    return scope_note(e->sc, status, ORIGIN_UNKNOWN,
                      "%.*s matches no file, so it has to be a directory or a repository", TEXT_ARG(path));
}

static strata_status find_paths(editing *e, const path_field *field, const editing_source *source, text_list *out) {
    for (size_t i = 0; i < e->given->value_count; i++) {
        text pattern = editing_value(e, i);
        size_t before = out->count;
        bool as_given = field == &resources && e->given->no_verify;
        if (!as_given) TRY(editing_find(e, pattern, out));
        if (out->count > before) continue;
        if (!as_given && !field->takes_roots) {
            TRY(editing_notice(e, "%.*s has no match", TEXT_ARG(pattern)));
            continue;
        }
        if (!as_given) TRY(check_root(e, source, pattern));
        if (!text_list_add(e->sc->arena, out, pattern)) return scope_no_memory(e->sc);
    }
    return STRATA_OK;
}

/* One argument that names nothing refuses all, before the kustomization file is looked for. */
static strata_status add_paths(editing *e, const path_field *field) {
    text_list paths = {0};
    editing_source source;
    if (e->given->value_count == 0) return editing_refuse(e, "%s", field->missing);
    strata_status status = editing_open(e, &source);
    if (status == STRATA_OK) status = find_paths(e, field, &source, &paths);
    editing_close(&source);
    TRY(status);
    return paths.count ? add_entries(e, field, &paths) : STRATA_OK;
}

strata_status edit_add_resources(editing *e) { return add_paths(e, &resources); }
strata_status edit_add_components(editing *e) { return add_paths(e, &components); }
strata_status edit_add_generators(editing *e) { return add_paths(e, &generators); }
strata_status edit_add_transformers(editing *e) { return add_paths(e, &transformers); }
strata_status edit_add_configurations(editing *e) { return add_paths(e, &configurations); }

strata_status edit_add_bases(editing *e) {
    text_list paths = {0};
    node *list;
    if (e->given->value_count != 1) return editing_refuse(e, "must specify a base directory");
    TRY(editing_split(e, editing_value(e, 0), &paths));
    TRY(editing_change(e));
    TRY(canonical_list(e->sc, e->draft, TEXT("resources"), &list));
    for (size_t i = 0; i < paths.count; i++) {
        text place = editing_path(e, paths.items[i]);
        if (!place.data) return scope_no_memory(e->sc);
        if (text_empty(paths.items[i]) || editing_files(e)->stat(editing_files(e), place) == FILE_MISSING)
            return scope_fail(e->sc, DIAGNOSTIC_EDIT_MISSING, ORIGIN_UNKNOWN, "%.*s does not exist",
                              TEXT_ARG(paths.items[i]));
        if (canonical_has_text(list, paths.items[i]))
            return scope_fail(e->sc, DIAGNOSTIC_EDIT_EXISTS, ORIGIN_UNKNOWN, "base %.*s already in kustomization file",
                              TEXT_ARG(paths.items[i]));
        TRY(canonical_append_text(e->sc, list, paths.items[i]));
    }
    return STRATA_OK;
}

/* --- removing ----------------------------------------------------------------------------------------------------- */

static strata_status matches_any(editing *e, text entry, bool *out) {
    *out = false;
    for (size_t i = 0; i < e->given->value_count; i++) {
        bool valid;
        if (glob_match(editing_value(e, i), entry, &valid)) *out = true;
        if (!valid) return editing_refuse(e, "%s: syntax error in pattern", e->given->values[i]);
    }
    return STRATA_OK;
}

/* The arguments are patterns for the entries' texts; no file is looked at. Without a match the file stays as it is. */
static strata_status remove_paths(editing *e, const path_field *field) {
    if (e->given->value_count == 0) return editing_refuse(e, "must specify a %s file", field->noun);
    TRY(editing_begin(e));
    node *list = node_get(e->draft, text_from(field->key));
    for (uint32_t i = list ? list->count : 0; i-- > 0;) {
        bool matches;
        TRY(matches_any(e, node_text(list->items[i]), &matches));
        if (!matches) continue;
        node_remove_at(list, i);
        e->changed = true;
    }
    canonical_drop_empty(e->draft, text_from(field->key));
    return STRATA_OK;
}

strata_status edit_remove_resources(editing *e) { return remove_paths(e, &resources); }
strata_status edit_remove_components(editing *e) { return remove_paths(e, &components); }
strata_status edit_remove_transformers(editing *e) { return remove_paths(e, &transformers); }
