/* build/patch_files.c: see patch_files.h; after the Config functions of kustomize's builtin transformers. */
#include "build/patch_files.h"

#include "build/inline_entry.h"
#include "yaml/reader.h"

static strata_status load(target *t, const located *path, patch_source *out) {
    scope *sc = t->build->sc;
    out->name = loader_display(sc, t->loader, path->value);
    out->where = path->where;
    return loader_read(sc, t->loader, path->value, path->where, &out->bytes);
}

strata_status patch_file_of(target *t, const patch *p, bool trimmed, patch_source *out) {
    scope *sc = t->build->sc;
    text inline_text = trimmed ? text_trim(p->inline_text.value) : p->inline_text.value;
    if (text_empty(inline_text) && text_empty(p->path.value))
        return scope_fail(sc, DIAGNOSTIC_PATCH_SOURCE, p->where, "a patch needs a path or an inline patch");
    if (!text_empty(inline_text) && !text_empty(p->path.value))
        return scope_fail(sc, DIAGNOSTIC_PATCH_SOURCE, p->where, "a patch has both a path and an inline patch");
    if (text_empty(inline_text)) return load(t, &p->path, out);
    *out = (patch_source){p->label, inline_text, p->inline_text.where};
    return STRATA_OK;
}

/* Only a text with a colon, or one that holds no resource at all, can be a patch. */
static bool may_be_inline(text entry) {
    text trimmed = text_trim(entry);
    return text_find_char(entry, ':') != SIZE_MAX || text_empty(trimmed) || trimmed.data[0] == '#' ||
           text_is(trimmed, "{}") || text_is(trimmed, "~") || text_is(trimmed, "null");
}

strata_status patch_file_of_entry(target *t, const located *entry, patch_source *out) {
    resource_list read;
    bool is_inline = false;
    if (may_be_inline(entry->value)) TRY(inline_entry_read(t, entry, &is_inline, &read));
    if (!is_inline) return load(t, entry, out);
    *out = (patch_source){TEXT_EMPTY, entry->value, entry->where};
    return STRATA_OK;
}

strata_status replacements_of_entry(target *t, replacement *entry, replacement_list *out) {
    scope *sc = t->build->sc;
    *out = (replacement_list){entry, 1};
    if (text_empty(entry->path.value)) return STRATA_OK;
    if (entry->source || entry->targets.count)
        return scope_fail(sc, DIAGNOSTIC_REPLACEMENT_FILE, entry->where,
                          "a replacement has both a path and a source or targets");
    static const yaml_options options = {.dialect = YAML_V2};
    node_list documents = {NULL, 0, 0, false};
    patch_source file;
    TRY(load(t, &entry->path, &file));
    TRY(yaml_read(sc, file.name, file.bytes, file.where, &options, &documents));
    const node *root = documents.count ? documents.items[0] : NULL;
    if (node_is_null(root) || root->kind == NODE_SCALAR)
        return scope_fail(sc, DIAGNOSTIC_REPLACEMENT_FILE, entry->path.where,
                          "%.*s holds neither a replacement nor a list of them", TEXT_ARG(entry->path.value));
    return model_decode_replacements(sc, root, out);
}
