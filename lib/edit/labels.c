/*
 * edit/labels.c: add, set and remove labels and annotations; after kustomize's commands/edit addmetadata.go,
 * setlabel.go, setannotation.go and removemetadata.go.
 */
#include "edit/canonical.h"
#include "edit/editing.h"

/* Without one pair of double quotes around it. */
static text unquote(text t) {
    bool quoted = t.size >= 2 && t.data[0] == '"' && t.data[t.size - 1] == '"';
    return quoted ? text_slice(t, 1, t.size - 1) : t;
}

/* ConvertSliceToMap: each argument is one KEY:VALUE, commas included. */
static strata_status read_pairs(editing *e, const char *kind, text_map *out) {
    if (e->given->value_count == 0) return editing_refuse(e, "must specify %s", kind);
    for (size_t i = 0; i < e->given->value_count; i++) {
        text rest = editing_value(e, i), key;
        bool has_value = text_cut(&rest, ':', &key);
        if (has_value && text_empty(key))
            return editing_refuse(e, "invalid %s: '%s' (need k:v pair where v may be quoted)", kind,
                                  e->given->values[i]);
        if (!text_map_set(e->sc->arena, out, key, has_value ? unquote(rest) : TEXT_EMPTY))
            return scope_no_memory(e->sc);
    }
    return STRATA_OK;
}

static strata_status set_pair(editing *e, node *mapping, const text_pair *pair) {
    node *old = node_get(mapping, pair->key);
    if (!old) return canonical_add(e->sc, mapping, pair->key, canonical_text(e->sc, pair->value));
    node_set_text(old, pair->value, TAG_STR);
    return STRATA_OK;
}

static strata_status add_pair(editing *e, node *mapping, const char *kind, const text_pair *pair) {
    if (!e->given->force && node_get(mapping, pair->key))
        return scope_fail(e->sc, DIAGNOSTIC_EDIT_EXISTS, ORIGIN_UNKNOWN,
                          "%s %.*s already in kustomization file. Use --force to override.", kind, TEXT_ARG(pair->key));
    return set_pair(e, mapping, pair);
}

/* --- common labels and annotations -------------------------------------------------------------------------------- */

static strata_status add_common(editing *e, const char *kind, const char *field, const text_map *pairs) {
    node *mapping;
    TRY(canonical_mapping(e->sc, e->draft, text_from(field), &mapping));
    for (size_t i = 0; i < pairs->count; i++)
        TRY(add_pair(e, mapping, kind, &pairs->items[i]));
    return STRATA_OK;
}

static strata_status set_common(editing *e, const char *field, const text_map *pairs) {
    node *mapping;
    TRY(editing_change(e));
    TRY(canonical_mapping(e->sc, e->draft, text_from(field), &mapping));
    for (size_t i = 0; i < pairs->count; i++)
        TRY(set_pair(e, mapping, &pairs->items[i]));
    return STRATA_OK;
}

strata_status edit_add_annotations(editing *e) {
    text_map pairs = {0};
    TRY(read_pairs(e, "annotation", &pairs));
    TRY(editing_change(e));
    return add_common(e, "annotation", "commonAnnotations", &pairs);
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_alphanumeric(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

/* A name of letters, digits and `others` that begins and ends with a letter or digit. */
static bool is_name(text t, size_t longest, const char *others) {
    if (t.size == 0 || t.size > longest || !is_alphanumeric(t.data[0]) || !is_alphanumeric(t.data[t.size - 1]))
        return false;
    for (size_t i = 0; i < t.size; i++)
        if (t.data[i] == '\0' || (!is_alphanumeric(t.data[i]) && !strchr(others, t.data[i]))) return false;
    return true;
}

/* A name, with a domain before it at will; `set` checks that, `add` doesn't. */
static bool is_annotation_key(text key) {
    text domain;
    if (text_find_char(key, '/') == SIZE_MAX) return is_name(key, 63, "-_.");
    text_cut(&key, '/', &domain);
    return is_name(domain, 253, "-.") && is_letter(domain.data[0]) && is_name(key, 63, "-_.");
}

strata_status edit_set_annotations(editing *e) {
    text_map pairs = {0};
    TRY(read_pairs(e, "annotation", &pairs));
    for (size_t i = 0; i < pairs.count; i++)
        if (!is_annotation_key(pairs.items[i].key))
            return editing_refuse(e,
                                  "invalid annotation key: %.*s; a key is a name of up to 63 letters, digits, '-', "
                                  "'_' and '.', with a domain and '/' before it at will",
                                  TEXT_ARG(pairs.items[i].key));
    return set_common(e, "commonAnnotations", &pairs);
}

strata_status edit_set_labels(editing *e) {
    text_map pairs = {0};
    TRY(read_pairs(e, "label", &pairs));
    return set_common(e, "commonLabels", &pairs);
}

/* --- labels without selectors ------------------------------------------------------------------------------------- */

static bool is_true(const node *entry, const char *field) {
    return text_is(node_text(node_get(entry, text_from(field))), "true");
}

/* The first entry with these settings, made if there is none. */
static strata_status find_entry(editing *e, node **out) {
    node *labels, *pairs;
    bool templates = e->given->include_templates;
    TRY(canonical_list(e->sc, e->draft, TEXT("labels"), &labels));
    for (uint32_t i = 0; i < labels->count; i++) {
        *out = labels->items[i];
        if (!is_true(*out, "includeSelectors") && is_true(*out, "includeTemplates") == templates) return STRATA_OK;
    }
    *out = node_new_mapping(e->sc->arena);
    if (!*out || !node_append(e->sc->arena, labels, *out)) return scope_no_memory(e->sc);
    TRY(canonical_mapping(e->sc, *out, TEXT("pairs"), &pairs));
    return canonical_add_bool(e->sc, *out, TEXT("includeTemplates"), templates);
}

static strata_status add_without_selector(editing *e, const text_map *pairs) {
    node *entry;
    TRY(find_entry(e, &entry));
    node *mapping = NODE_GET(entry, "pairs");
    if (!mapping)
        return scope_fail(e->sc, DIAGNOSTIC_EDIT_ARGUMENT, entry->where, "this entry of labels has no pairs to add to");
    for (size_t i = 0; i < pairs->count; i++)
        TRY(add_pair(e, mapping, "label", &pairs->items[i]));
    return STRATA_OK;
}

strata_status edit_add_labels(editing *e) {
    text_map pairs = {0};
    if (e->given->value_count && e->given->include_templates && !e->given->without_selector)
        return editing_refuse(e, "--without-selector flag must be specified for --include-templates to work");
    TRY(read_pairs(e, "label", &pairs));
    TRY(editing_change(e));
    return e->given->without_selector ? add_without_selector(e, &pairs)
                                      : add_common(e, "label", "commonLabels", &pairs);
}

/* --- removing ----------------------------------------------------------------------------------------------------- */

static strata_status remove_pairs(editing *e, const char *kind, const char *field) {
    text_list keys = {0};
    if (e->given->value_count == 0) return editing_refuse(e, "must specify %s", kind);
    if (e->given->value_count > 1) return editing_refuse(e, "%ss must be comma-separated, with no spaces", kind);
    TRY(editing_split(e, editing_value(e, 0), &keys));
    for (size_t i = 0; i < keys.count; i++)
        if (text_empty(keys.items[i])) return editing_refuse(e, "invalid %s: '' (name is empty)", kind);
    TRY(editing_change(e));
    node *mapping = node_get(e->draft, text_from(field));
    if (!mapping && !e->given->ignore_missing)
        return scope_fail(e->sc, DIAGNOSTIC_EDIT_MISSING, ORIGIN_UNKNOWN, "%s is not defined in kustomization file",
                          field);
    for (size_t i = 0; i < keys.count; i++)
        if (!(mapping && node_remove(mapping, keys.items[i])) && !e->given->ignore_missing)
            return scope_fail(e->sc, DIAGNOSTIC_EDIT_MISSING, ORIGIN_UNKNOWN,
                              "%s %.*s is not defined in kustomization file", kind, TEXT_ARG(keys.items[i]));
    canonical_drop_empty(e->draft, text_from(field));
    return STRATA_OK;
}

strata_status edit_remove_annotations(editing *e) { return remove_pairs(e, "annotation", "commonAnnotations"); }
strata_status edit_remove_labels(editing *e) { return remove_pairs(e, "label", "commonLabels"); }
