/*
 * edit/vars_fix.c: fix --vars: turns vars into replacements; after kustomize's commands/edit/fix/convert.go.
 *
 * Each place in a resource or patch where a var stands becomes a target, named by its path, and in the files the var's
 * text a placeholder, comments and all. Unlike the reference it changes all files or none, follows bases of bases, and
 * keeps the replacements that are there.
 */
#include "edit/canonical.h"
#include "edit/editing.h"
#include "source/path.h"
#include "yaml/reader.h"

/* A file that the kustomization or one of its bases names. */
typedef struct user_file {
    text path;            /* absolute */
    text bytes;           /* data is NULL when there is no such file */
    const node *named_by; /* the entry that names it, when it is a patch of the kustomization itself */
    bool changed;
} user_file;

typedef struct conversion {
    editing *e;
    user_file *files;
    size_t count, room;
    table by_path; /* number + 1 of the first entry */
    table read;    /* the paths of what was read: once more is no more input */
    uint32_t depth;
} conversion;

/* One place where a var stands. */
typedef struct var_use {
    text path;
    text delimiter; /* empty: the value is the var alone */
    size_t index;
} var_use;

typedef struct var_uses {
    var_use *items;
    size_t count, room;
} var_uses;

/* --- the files ---------------------------------------------------------------------------------------------------- */

static strata_status read_bytes(conversion *c, text path, text *out) {
    const filesystem *files = editing_files(c->e);
    scope *sc = c->e->sc;
    text jail = c->e->edit->renderer->options.loading.root_jail;
    *out = text_of(NULL, 0);
    bool first = !table_find(&c->read, path);
    if (first) meter_begin_input(sc->meter);
    file_outcome outcome = files->read(files, sc->arena, path, jail, sc->limits->input_file, out);
    if (first) meter_end_input(sc->meter);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(sc);
    if (outcome == FILE_TOO_LARGE)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN, "%.*s is larger than the limit of %zu bytes",
                          TEXT_ARG(path), sc->limits->input_file);
    /* A file that isn't there uses no var; one that can't be read just now may. */
    if (outcome == FILE_FAILED)
        return scope_fail(sc, DIAGNOSTIC_FILE_IO, ORIGIN_UNKNOWN, "the system failed to read %.*s", TEXT_ARG(path));
    if (outcome != FILE_DONE) *out = text_of(NULL, 0);
    if (!first || outcome != FILE_DONE) return STRATA_OK;
    meter_feed(sc->meter, out->size);
    return table_add(&c->read, sc->arena, path, NULL) ? STRATA_OK : scope_no_memory(sc);
}

static strata_status add_file(conversion *c, text directory, text name, const node *entry) {
    scope *sc = c->e->sc;
    text path = path_is_absolute(name) ? path_clean(sc->arena, name) : path_join(sc->arena, directory, name);
    if (!path.data) return scope_no_memory(sc);
    user_file file = {.path = path, .named_by = entry};
    if (!table_find(&c->by_path, path)) {
        TRY(read_bytes(c, path, &file.bytes));
        if (!table_add(&c->by_path, sc->arena, path, (void *)(uintptr_t)(c->count + 1))) return scope_no_memory(sc);
    }
    user_file *items = arena_grow(sc->arena, c->files, &c->room, c->count + 1, sizeof *items);
    if (!items) return scope_no_memory(sc);
    c->files = items;
    items[c->count++] = file;
    return STRATA_OK;
}

/* A file that is named twice is read and changed once. */
static user_file *content_of(const conversion *c, size_t i) {
    return &c->files[(uintptr_t)table_get(&c->by_path, c->files[i].path) - 1];
}

static strata_status add_files(conversion *c, text directory, const node *tree, bool top);

/* The files of a base, if the entry is one. */
static strata_status add_base(conversion *c, text directory) {
    scope *sc = c->e->sc;
    if (c->depth++ >= sc->limits->base_depth)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN, "bases lie deeper than the limit of %u",
                          sc->limits->base_depth);
    for (size_t i = 0; i < KUSTOMIZATION_FILE_NAMES; i++) {
        document base;
        node *draft;
        text path = path_join(sc->arena, directory, kustomization_file_names[i]), bytes;
        if (!path.data) return scope_no_memory(sc);
        TRY(read_bytes(c, path, &bytes));
        if (!bytes.data) continue;
        TRY(document_read(sc, path, bytes, &base));
        TRY(document_draft(sc, &base, &draft));
        TRY(add_files(c, directory, draft, false));
    }
    c->depth--;
    return STRATA_OK;
}

static strata_status add_files(conversion *c, text directory, const node *tree, bool top) {
    scope *sc = c->e->sc;
    const node *resources = NODE_GET(tree, "resources"), *patches = NODE_GET(tree, "patches");
    for (uint32_t i = 0; resources && i < resources->count; i++) {
        text name = node_text(resources->items[i]);
        text place = path_is_absolute(name) ? path_clean(sc->arena, name) : path_join(sc->arena, directory, name);
        if (!place.data) return scope_no_memory(sc);
        if (editing_files(c->e)->stat(editing_files(c->e), place) == FILE_DIRECTORY)
            TRY(add_base(c, place));
        else
            TRY(add_file(c, directory, name, NULL));
    }
    for (uint32_t i = 0; patches && i < patches->count; i++) {
        text name = node_text(NODE_GET(patches->items[i], "path"));
        if (!text_empty(name)) TRY(add_file(c, directory, name, top ? patches->items[i] : NULL));
    }
    return STRATA_OK;
}

/* --- where a var stands ------------------------------------------------------------------------------------------- */

static strata_status split_around(editing *e, text value, text var, size_t at, var_use *use) {
    size_t end = at + var.size;
    if (var.size == value.size) return STRATA_OK;
    if (at > 0 && end < value.size && value.data[at - 1] != value.data[end])
        return editing_refuse(e, "cannot convert all vars to replacements; %.*s is not delimited", TEXT_ARG(var));
    use->delimiter = text_slice(value, at > 0 ? at - 1 : end, at > 0 ? at : end + 1);
    for (size_t i = 0; i < at; i++)
        use->index += value.data[i] == use->delimiter.data[0];
    return STRATA_OK;
}

static strata_status add_use(editing *e, text value, text var, text path, var_uses *out) {
    size_t at = text_find(value, var);
    if (at == SIZE_MAX) return STRATA_OK;
    var_use *items = arena_grow(e->sc->arena, out->items, &out->room, out->count + 1, sizeof *items);
    if (!items) return scope_no_memory(e->sc);
    out->items = items;
    items[out->count] = (var_use){.path = path, .delimiter = TEXT_EMPTY};
    return split_around(e, value, var, at, &items[out->count++]);
}

static text deeper(scope *sc, text path, text part) {
    bool bracketed = text_find_char(part, '.') != SIZE_MAX;
    const text parts[] = {path, text_empty(path) ? TEXT_EMPTY : TEXT("."), bracketed ? TEXT("[") : TEXT_EMPTY,
                          text_trim(part), bracketed ? TEXT("]") : TEXT_EMPTY};
    return text_concat(sc->arena, sizeof parts / sizeof *parts, parts);
}

/* Depth is bounded by the reader. */
static strata_status find_uses(editing *e, const node *n, text var, text path, var_uses *out) {
    if (n->kind == NODE_SCALAR) return add_use(e, node_text(n), var, path, out);
    for (uint32_t i = 0; i < n->count; i++) {
        bool mapping = n->kind == NODE_MAPPING;
        text part = mapping ? node_text(n->pairs[i].key) : text_format(e->sc->arena, "%u", i);
        text below = part.data ? deeper(e->sc, path, part) : part;
        if (!below.data) return scope_no_memory(e->sc);
        TRY(find_uses(e, mapping ? n->pairs[i].value : n->items[i], var, below, out));
    }
    return STRATA_OK;
}

/* --- targets ------------------------------------------------------------------------------------------------------ */

static strata_status set_type(scope *sc, node *chosen, text api_version) {
    size_t slash = text_find_char(api_version, '/');
    text group = slash == SIZE_MAX ? TEXT_EMPTY : text_slice(api_version, 0, slash);
    TRY(canonical_set_text(sc, chosen, TEXT("group"), group));
    return canonical_set_text(sc, chosen, TEXT("version"),
                              slash == SIZE_MAX ? api_version : text_after(api_version, slash + 1));
}

static strata_status select_resource(scope *sc, const node *doc, node *chosen) {
    TRY(set_type(sc, chosen, node_text(NODE_GET(doc, "apiVersion"))));
    TRY(canonical_set_text(sc, chosen, TEXT("kind"), node_text(NODE_GET(doc, "kind"))));
    TRY(canonical_set_text(sc, chosen, TEXT("name"), node_text(node_at(doc, "metadata", "name", NULL))));
    return canonical_set_text(sc, chosen, TEXT("namespace"), node_text(node_at(doc, "metadata", "namespace", NULL)));
}

/* What a patch is for: its target, since the resources that it changes may be called otherwise than it. */
static strata_status select_patched(scope *sc, const node *entry, const node *doc, node *chosen) {
    const node *target = NODE_GET(entry, "target");
    text name_space = node_text(node_at(doc, "metadata", "namespace", NULL));
    for (uint32_t i = 0; target && i < target->count; i++)
        TRY(canonical_set_text(sc, chosen, node_text(target->pairs[i].key), node_text(target->pairs[i].value)));
    if (node_at(entry, "options", "allowNameChange", NULL))
        TRY(canonical_set_text(sc, chosen, TEXT("name"), node_text(node_at(doc, "metadata", "name", NULL))));
    if (node_at(entry, "options", "allowKindChange", NULL))
        TRY(canonical_set_text(sc, chosen, TEXT("kind"), node_text(NODE_GET(doc, "kind"))));
    return text_empty(name_space) ? STRATA_OK : canonical_set_text(sc, chosen, TEXT("namespace"), name_space);
}

static bool is_for_patched(const node *entry) {
    return entry &&
           !(node_at(entry, "options", "allowNameChange", NULL) && node_at(entry, "options", "allowKindChange", NULL));
}

static strata_status add_target(scope *sc, const user_file *file, const node *doc, const var_use *use, node *targets) {
    node *target = node_new_mapping(sc->arena), *select, *paths, *options;
    if (!target || !node_append(sc->arena, targets, target)) return scope_no_memory(sc);
    TRY(canonical_mapping(sc, target, TEXT("select"), &select));
    TRY(is_for_patched(file->named_by) ? select_patched(sc, file->named_by, doc, select)
                                       : select_resource(sc, doc, select));
    TRY(canonical_list(sc, target, TEXT("fieldPaths"), &paths));
    TRY(canonical_append_text(sc, paths, use->path));
    if (text_empty(use->delimiter)) return STRATA_OK;
    TRY(canonical_mapping(sc, target, TEXT("options"), &options));
    TRY(canonical_set_text(sc, options, TEXT("delimiter"), use->delimiter));
    if (use->index == 0) return STRATA_OK;
    text index = text_format(sc->arena, "%zu", use->index);
    if (!index.data) return scope_no_memory(sc);
    return canonical_add(sc, options, TEXT("index"), node_new_scalar(sc->arena, index, TAG_INT, STYLE_PLAIN));
}

static strata_status add_document_targets(editing *e, const user_file *file, const node *doc, text var, node *targets) {
    var_uses uses = {0};
    strata_status status = find_uses(e, doc, var, TEXT_EMPTY, &uses);
    TRY(scope_note(e->sc, status, doc->where, "in this file"));
    for (size_t i = 0; i < uses.count; i++)
        TRY(add_target(e->sc, file, doc, &uses.items[i], targets));
    return STRATA_OK;
}

/* Files that are no resources, such as JSON patches, are passed over. */
static strata_status read_documents(editing *e, const user_file *file, text bytes, node_list *out) {
    static const yaml_options options = {.dialect = YAML_RESOURCE};
    scope_attempt attempt;
    TRY(scope_attempt_begin(e->sc, &attempt));
    strata_status status = yaml_read(e->sc, file->path, bytes, ORIGIN_UNKNOWN, &options, out);
    if (scope_is_exhausted(status)) {
        scope_attempt_keep(e->sc, &attempt);
        return status;
    }
    scope_attempt_drop(e->sc, &attempt);
    if (status != STRATA_OK) out->count = 0;
    return STRATA_OK;
}

static strata_status add_file_targets(conversion *c, size_t i, text var, node *targets) {
    user_file *content = content_of(c, i);
    node_list documents = {0};
    if (!content->bytes.data || text_find(content->bytes, var) == SIZE_MAX) return STRATA_OK;
    TRY(read_documents(c->e, &c->files[i], content->bytes, &documents));
    for (size_t k = 0; k < documents.count; k++) {
        const node *doc = documents.items[k], *items = NODE_GET(doc, "items");
        bool list = documents.pieces == 1 && documents.count == 1 && node_is_sequence(items) &&
                    text_is(node_text(NODE_GET(doc, "kind")), "List");
        for (uint32_t n = 0; list && n < items->count; n++)
            TRY(add_document_targets(c->e, &c->files[i], items->items[n], var, targets));
        if (!list && node_is_mapping(doc)) TRY(add_document_targets(c->e, &c->files[i], doc, var, targets));
    }
    return STRATA_OK;
}

/* --- vars --------------------------------------------------------------------------------------------------------- */

static strata_status set_source(scope *sc, const node *var, node *made) {
    const node *object = NODE_GET(var, "objref");
    node *source;
    TRY(canonical_mapping(sc, made, TEXT("source"), &source));
    TRY(set_type(sc, source, node_text(NODE_GET(object, "apiVersion"))));
    TRY(canonical_set_text(sc, source, TEXT("kind"), node_text(NODE_GET(object, "kind"))));
    TRY(canonical_set_text(sc, source, TEXT("name"), node_text(NODE_GET(object, "name"))));
    TRY(canonical_set_text(sc, source, TEXT("namespace"), node_text(NODE_GET(object, "namespace"))));
    return canonical_set_text(sc, source, TEXT("fieldPath"), node_text(node_at(var, "fieldref", "fieldPath", NULL)));
}

/* Puts the placeholder in the place of the var, wherever it stands in the file. */
static strata_status write_placeholder(scope *sc, user_file *file, text var, text placeholder) {
    text rest = file->bytes;
    size_t at = rest.data ? text_find(rest, var) : SIZE_MAX;
    buffer b;
    if (at == SIZE_MAX) return STRATA_OK;
    buffer_init(&b, sc->from, sc->limits->output);
    for (; at != SIZE_MAX; at = text_find(rest, var)) {
        buffer_add_text(&b, text_slice(rest, 0, at));
        buffer_add_text(&b, placeholder);
        rest = text_after(rest, at + var.size);
    }
    buffer_add_text(&b, rest);
    file->bytes = buffer_failed(&b) ? text_of(NULL, 0) : text_copy(sc->arena, buffer_text(&b));
    file->changed = true;
    buffer_free(&b);
    return file->bytes.data ? STRATA_OK : scope_no_memory(sc);
}

static strata_status convert_var(conversion *c, const node *var, node *replacements) {
    scope *sc = c->e->sc;
    text name = node_text(NODE_GET(var, "name"));
    text written = TEXT_CONCAT(sc->arena, TEXT("$("), name, TEXT(")"));
    text placeholder = TEXT_CONCAT(sc->arena, name, TEXT("_PLACEHOLDER"));
    node *made = node_new_mapping(sc->arena), *targets;
    if (!written.data || !placeholder.data || !made || !node_append(sc->arena, replacements, made))
        return scope_no_memory(sc);
    TRY(set_source(sc, var, made));
    TRY(canonical_list(sc, made, TEXT("targets"), &targets));
    for (size_t i = 0; i < c->count; i++)
        TRY(add_file_targets(c, i, written, targets));
    canonical_drop_empty(made, TEXT("targets"));
    for (size_t i = 0; i < c->count; i++)
        TRY(write_placeholder(sc, content_of(c, i), written, placeholder));
    return STRATA_OK;
}

static strata_status keep_changes(conversion *c) {
    changed_files *out = &c->e->others;
    for (size_t i = 0; i < c->count; i++) {
        if (!c->files[i].changed) continue;
        changed_file *items = arena_grow(c->e->sc->arena, out->items, &out->capacity, out->count + 1, sizeof *items);
        if (!items) return scope_no_memory(c->e->sc);
        out->items = items;
        items[out->count++] = (changed_file){c->files[i].path, c->files[i].bytes};
    }
    return STRATA_OK;
}

/* The replacements in the place of the vars, unless there are some already. */
strata_status edit_fix_vars(editing *e) {
    conversion c = {.e = e};
    size_t at = node_find(e->draft, TEXT("vars"));
    if (at == SIZE_MAX) return STRATA_OK;
    const node *vars = e->draft->pairs[at].value;
    node *replacements = NODE_GET(e->draft, "replacements"), *list = replacements;
    if (!list && !(list = node_new_sequence(e->sc->arena))) return scope_no_memory(e->sc);
    TRY(add_files(&c, e->edit->directory, e->draft, true));
    for (uint32_t i = 0; i < vars->count; i++)
        TRY(convert_var(&c, vars->items[i], list));
    if (replacements) {
        node_remove_at(e->draft, at);
    } else {
        node_set_text(e->draft->pairs[at].key, TEXT("replacements"), TAG_STR);
        e->draft->pairs[at].value = list;
    }
    return keep_changes(&c);
}
