/*
 * edit/data_maps.c: add, set and remove ConfigMap and Secret generators; after kustomize's commands/edit
 * addconfigmap.go, setconfigmap.go, removeconfigmap.go and commands/internal/util.
 *
 * An entry that was added to or set is made as a build makes it, so what can't be read, or comes twice, is refused. It
 * takes over the file's generatorOptions into its own options, as in the reference.
 */
#include "edit/canonical.h"
#include "edit/editing.h"
#include "generate/generate.h"

typedef struct map_kind {
    const char *field;
    const char *noun;
    generated_kind kind;
    const struct_type *type;
} map_kind;

static const map_kind config_map = {"configMapGenerator", "configmap", GENERATED_CONFIG_MAP, &config_map_type};
static const map_kind secret = {"secretGenerator", "secret", GENERATED_SECRET, &secret_type};

static bool is_list_empty(const char *const *list) { return !list || !*list; }

/* --- entries ------------------------------------------------------------------------------------------------------ */

static text name_space_of(text given) { return text_empty(given) ? TEXT("default") : given; }

/* No namespace is the same as "default". */
static bool is_in(const node *entry, text name_space) {
    return text_equal(name_space_of(node_text(NODE_GET(entry, "namespace"))), name_space_of(name_space));
}

static node *find_entry(const node *list, text name, text name_space) {
    for (uint32_t i = 0; list && i < list->count; i++)
        if (text_equal(node_text(NODE_GET(list->items[i], "name")), name) && is_in(list->items[i], name_space))
            return list->items[i];
    return NULL;
}

/* A local mapping of texts gets those of the global one that it doesn't have. */
static strata_status merge_map(editing *e, node *local, const node *global, const char *field) {
    const node *from = node_get(global, text_from(field));
    node *to;
    if (!from) return STRATA_OK;
    TRY(canonical_mapping(e->sc, local, text_from(field), &to));
    for (uint32_t i = 0; i < from->count; i++) {
        text key = node_text(from->pairs[i].key);
        if (!node_get(to, key))
            TRY(canonical_add(e->sc, to, key, canonical_text(e->sc, node_text(from->pairs[i].value))));
    }
    return STRATA_OK;
}

static strata_status merge_switch(editing *e, node *local, const node *global, const char *field) {
    if (!node_get(global, text_from(field)) || node_get(local, text_from(field))) return STRATA_OK;
    return canonical_add_bool(e->sc, local, text_from(field), true);
}

/* MergeGlobalOptionsIntoLocal. */
static strata_status merge_options(editing *e, node *entry) {
    const node *global = NODE_GET(e->draft, "generatorOptions");
    node *local;
    if (!global) return STRATA_OK;
    TRY(canonical_mapping(e->sc, entry, TEXT("options"), &local));
    TRY(merge_map(e, local, global, "labels"));
    TRY(merge_map(e, local, global, "annotations"));
    TRY(merge_switch(e, local, global, "disableNameSuffixHash"));
    return merge_switch(e, local, global, "immutable");
}

/* Makes what the entry stands for and throws it away. */
static strata_status check_entry(editing *e, const map_kind *kind, node *entry) {
    generator_args args = {0};
    editing_source source;
    resource *made;
    TRY(decode_struct(e->sc, kind->type, entry, DECODE_STRICT, &args));
    strata_status status = editing_open(e, &source);
    if (status == STRATA_OK) status = generate_data_map(e->sc, source.loader, kind->kind, &args, NULL, &made);
    editing_close(&source);
    return status;
}

static strata_status finish_entry(editing *e, const map_kind *kind, node *entry) {
    TRY(merge_options(e, entry));
    return check_entry(e, kind, entry);
}

/* --- adding ------------------------------------------------------------------------------------------------------- */

static strata_status check_add(editing *e, const text_list *files) {
    const strata_edit_arguments *a = e->given;
    static const char *const behaviors[] = {"", "create", "merge", "replace"};
    bool known = false, has_env = !text_empty(text_from(a->env_file));
    bool has_others = files->count > 0 || !is_list_empty(a->literals);
    if (a->value_count != 1) return editing_refuse(e, "name must be specified once");
    if (!has_env && !has_others)
        return editing_refuse(e, "at least from-env-file, or from-file or from-literal must be set");
    if (has_env && has_others)
        return editing_refuse(e, "from-env-file cannot be combined with from-file or from-literal");
    for (size_t i = 0; i < sizeof behaviors / sizeof *behaviors; i++)
        known |= text_is(text_from(a->behavior), behaviors[i]);
    return known ? STRATA_OK
                 : editing_refuse(e, "invalid behavior: must be one of \"create\", \"merge\", or \"replace\"");
}

/* PATH or KEY=PATH; with a key the path must be that of one file. */
static strata_status expand_file(editing *e, text source, text_list *out) {
    text pattern = source, key;
    bool has_key = text_cut(&pattern, '=', &key);
    text rest = pattern, ignored;
    /* With two '=' the part before the first is taken for the path, as in the reference. */
    if (!has_key || text_cut(&rest, '=', &ignored)) {
        pattern = key;
        key = TEXT_EMPTY;
    }
    text_list found = {0};
    TRY(editing_find(e, pattern, &found));
    if (found.count == 0) TRY(editing_notice(e, "%.*s has no match", TEXT_ARG(pattern)));
    if (!text_empty(key) && found.count != 1)
        return editing_refuse(e, "the pattern %.*s names %zu files, and with a key it should name one",
                              TEXT_ARG(source), found.count);
    for (size_t i = 0; i < found.count; i++) {
        text file = text_empty(key) ? found.items[i] : TEXT_CONCAT(e->sc->arena, key, TEXT("="), found.items[i]);
        if (!file.data || !text_list_add(e->sc->arena, out, file)) return scope_no_memory(e->sc);
    }
    return STRATA_OK;
}

static strata_status append_texts(editing *e, node *entry, const char *field, const text_list *texts) {
    node *list;
    if (texts->count == 0) return STRATA_OK;
    TRY(canonical_list(e->sc, entry, text_from(field), &list));
    for (size_t i = 0; i < texts->count; i++)
        TRY(canonical_append_text(e->sc, list, texts->items[i]));
    return STRATA_OK;
}

static strata_status list_of(editing *e, const char *const *strings, text_list *out) {
    for (; strings && *strings; strings++)
        if (!text_list_add(e->sc->arena, out, text_from(*strings))) return scope_no_memory(e->sc);
    return STRATA_OK;
}

static strata_status new_entry(editing *e, const map_kind *kind, node *list, node **out) {
    text type = e->given->type ? text_from(e->given->type) : TEXT("Opaque");
    *out = node_new_mapping(e->sc->arena);
    if (!*out || !node_append(e->sc->arena, list, *out)) return scope_no_memory(e->sc);
    TRY(canonical_set_text(e->sc, *out, TEXT("name"), editing_value(e, 0)));
    TRY(canonical_set_text(e->sc, *out, TEXT("namespace"), text_from(e->given->name_space)));
    return kind == &secret ? canonical_set_text(e->sc, *out, TEXT("type"), type) : STRATA_OK;
}

static strata_status set_options(editing *e, node *entry) {
    node *options;
    if (!e->given->disable_name_suffix_hash) return STRATA_OK;
    node_remove(entry, TEXT("options"));
    TRY(canonical_mapping(e->sc, entry, TEXT("options"), &options));
    return canonical_add_bool(e->sc, options, TEXT("disableNameSuffixHash"), true);
}

static strata_status add_data_map(editing *e, const map_kind *kind) {
    const strata_edit_arguments *a = e->given;
    text_list files = {0}, literals = {0}, envs = {0};
    node *list;
    for (const char *const *file = a->files; file && *file; file++)
        TRY(expand_file(e, text_from(*file), &files));
    TRY(check_add(e, &files));
    TRY(list_of(e, a->literals, &literals));
    if (!text_empty(text_from(a->env_file)) && !text_list_add(e->sc->arena, &envs, text_from(a->env_file)))
        return scope_no_memory(e->sc);
    TRY(editing_change(e));
    TRY(canonical_list(e->sc, e->draft, text_from(kind->field), &list));
    node *entry = find_entry(list, editing_value(e, 0), text_from(a->name_space));
    if (!entry) TRY(new_entry(e, kind, list, &entry));
    if (!text_empty(text_from(a->behavior)))
        TRY(canonical_set_text(e->sc, entry, TEXT("behavior"), text_from(a->behavior)));
    TRY(append_texts(e, entry, "literals", &literals));
    TRY(append_texts(e, entry, "files", &files));
    TRY(append_texts(e, entry, "envs", &envs));
    TRY(set_options(e, entry));
    return finish_entry(e, kind, entry);
}

strata_status edit_add_config_map(editing *e) { return add_data_map(e, &config_map); }
strata_status edit_add_secret(editing *e) { return add_data_map(e, &secret); }

/* --- setting ------------------------------------------------------------------------------------------------------ */

static strata_status split_literal(editing *e, text literal, text *key) {
    text value = literal;
    if (!text_cut(&value, '=', key) || text_find_char(value, '=') != SIZE_MAX)
        return editing_refuse(e, "invalid format: literal values must be specified in the key=value format");
    return STRATA_OK;
}

/* UpdateLiteralSources; the literals keep their order. Of a key that is there twice the last one stays. */
static strata_status update_literals(editing *e, node *entry) {
    node *list;
    table places = {0};
    text key;
    if (is_list_empty(e->given->literals)) return STRATA_OK;
    TRY(canonical_list(e->sc, entry, TEXT("literals"), &list));
    for (uint32_t i = 0; i < list->count;) {
        TRY(split_literal(e, node_text(list->items[i]), &key));
        node *earlier = table_get(&places, key);
        if (earlier) {
            node_set_text(earlier, node_text(list->items[i]), TAG_STR);
            node_remove_at(list, i);
            continue;
        }
        if (!table_add(&places, e->sc->arena, key, list->items[i++])) return scope_no_memory(e->sc);
    }
    for (const char *const *literal = e->given->literals; *literal; literal++) {
        TRY(split_literal(e, text_from(*literal), &key));
        node *found = table_get(&places, key);
        if (!found)
            return scope_fail(e->sc, DIAGNOSTIC_EDIT_MISSING, ORIGIN_UNKNOWN, "key '%.*s' not found in resource",
                              TEXT_ARG(key));
        node_set_text(found, text_from(*literal), TAG_STR);
    }
    canonical_drop_empty(entry, TEXT("literals"));
    return STRATA_OK;
}

static strata_status set_data_map(editing *e, const map_kind *kind) {
    const strata_edit_arguments *a = e->given;
    text new_namespace = text_from(a->new_namespace);
    if (a->value_count != 1) return editing_refuse(e, "name must be specified once");
    if (is_list_empty(a->literals) && text_empty(new_namespace))
        return editing_refuse(e, "at least one of [--from-literal, --new-namespace] must be specified");
    TRY(editing_change(e));
    node *entry = find_entry(node_get(e->draft, text_from(kind->field)), editing_value(e, 0), text_from(a->name_space));
    if (!entry)
        return scope_fail(e->sc, DIAGNOSTIC_EDIT_MISSING, ORIGIN_UNKNOWN, "unable to find %s with name \"%s\"",
                          kind->noun, a->values[0]);
    TRY(update_literals(e, entry));
    if (!text_empty(new_namespace)) TRY(canonical_set_text(e->sc, entry, TEXT("namespace"), new_namespace));
    return finish_entry(e, kind, entry);
}

strata_status edit_set_config_map(editing *e) { return set_data_map(e, &config_map); }
strata_status edit_set_secret(editing *e) { return set_data_map(e, &secret); }

/* --- removing ----------------------------------------------------------------------------------------------------- */

static strata_status remove_data_maps(editing *e, const map_kind *kind) {
    text_list names = {0}, found = {0};
    if (e->given->value_count == 0) return editing_refuse(e, "at least one %s name must be specified", kind->noun);
    if (e->given->value_count > 1)
        return editing_refuse(e, "too many arguments; separate %s names by commas", kind->noun);
    TRY(editing_split(e, editing_value(e, 0), &names));
    TRY(editing_change(e));
    node *list = node_get(e->draft, text_from(kind->field));
    for (uint32_t i = list ? list->count : 0; i-- > 0;) {
        text name = node_text(NODE_GET(list->items[i], "name"));
        if (!text_list_has(&names, name) || !is_in(list->items[i], text_from(e->given->name_space))) continue;
        if (!text_list_add(e->sc->arena, &found, name)) return scope_no_memory(e->sc);
        node_remove_at(list, i);
    }
    if (found.count == 0)
        return scope_fail(e->sc, DIAGNOSTIC_EDIT_MISSING, ORIGIN_UNKNOWN,
                          "no specified %s(s) were found in the kustomization file", kind->noun);
    for (size_t i = 0; i < names.count; i++)
        if (!text_list_has(&found, names.items[i]))
            TRY(editing_notice(e, "%s %.*s doesn't exist in kustomization file", kind->noun, TEXT_ARG(names.items[i])));
    canonical_drop_empty(e->draft, text_from(kind->field));
    return STRATA_OK;
}

strata_status edit_remove_config_maps(editing *e) { return remove_data_maps(e, &config_map); }
strata_status edit_remove_secrets(editing *e) { return remove_data_maps(e, &secret); }
