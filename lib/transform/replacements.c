/*
 * transform/replacements.c: copies a value from a field of one resource into fields of others; after kustomize's
 * ReplacementTransformer and api/filters/replacement.
 *
 * The source must be one resource; targets that match nothing are no error, but a target without the field is.
 * `encoding` is accepted and does nothing, as in kustomize. The value is read once; if its resource is a target as
 * well, later targets get what was written into it.
 *
 * Cost: a look-up when a selector names kind and name plainly, else one pass over the ids of the set.
 */
#include "model/near_miss.h"
#include "transform/replacement_target.h"
#include "transform/selector.h"
#include "transform/transform.h"
#include "yaml/path.h"

static const text default_path = TEXT_INIT("metadata.name");

/* --- history in annotations -------------------------------------------------------------------------------------- */

/*
 * kustomize keeps a resource's history in annotations, where a path that leads to metadata or to all annotations, or
 * names one of kustomize's own, reads and writes it: it has to be there then.
 */
static bool path_sees_history(const text *parts, size_t count) {
    if (count == 0 || !text_is(text_trim(parts[0]), "metadata")) return false;
    if (count == 1) return true;
    if (!text_is(text_trim(parts[1]), "annotations")) return false;
    return count == 2 || text_starts(text_trim(parts[2]), TEXT("internal.config.kubernetes.io/"));
}

/* Whether writing there may change an id. */
static bool path_may_rename(const text *parts, size_t count) {
    text first = count ? text_trim(parts[0]) : TEXT_EMPTY;
    return text_is(first, "metadata") || text_is(first, "kind") || text_is(first, "apiVersion");
}

/* --- the source -------------------------------------------------------------------------------------------------- */

/* In replacements no id knows that its kind has no namespace. */
static bool source_selects(const replacement_source *source, const resource *r) {
    resource_id wanted = {.name_space = source->name_space};
    for (size_t i = 0; i < resource_id_count(r); i++) {
        resource_id id = {.type = resource_gvk(r), .name = resource_name(r), .name_space = resource_namespace(r)};
        if (i < r->previous_count) {
            id.type.kind = r->previous[i].kind;
            id.name = r->previous[i].name;
            id.name_space = r->previous[i].name_space;
        }
        if (!gvk_selected(id.type, source->type)) continue;
        if (!text_empty(source->name) && !text_equal(source->name, id.name)) continue;
        if (text_empty(source->name_space) || resource_id_same_namespace(&wanted, &id)) return true;
    }
    return false;
}

static resource_id source_id(const replacement_source *source) {
    return (resource_id){.type = source->type, .name = source->name, .name_space = source->name_space};
}

static text describe_source(scope *sc, const replacement_source *source) {
    const resource_id id = source_id(source);
    return resource_id_format(sc->arena, &id);
}

static strata_status find_source(scope *sc, resource_set *set, const replacement_source *source, resource **out) {
    resource_list candidates = {set->items, set->count, 0};
    if (!text_empty(source->type.kind) && !text_empty(source->name))
        TRY(resource_set_find_named(sc, set, source->type.kind, source->name, &candidates));
    *out = NULL;
    for (size_t i = 0; i < candidates.count; i++) {
        if (!source_selects(source, candidates.items[i])) continue;
        if (*out) {
            strata_status status = scope_fail(sc, DIAGNOSTIC_REPLACEMENT_SOURCE, source->where,
                                              "several resources match the replacement's source %.*s",
                                              TEXT_ARG(describe_source(sc, source)));
            status = scope_note(sc, status, (*out)->root->where, "one is here");
            return scope_note(sc, status, candidates.items[i]->root->where, "another one is here");
        }
        *out = candidates.items[i];
    }
    if (*out) return STRATA_OK;
    const resource_id wanted = source_id(source);
    return scope_fail_hint(sc, DIAGNOSTIC_REPLACEMENT_SOURCE, source->where, near_miss_hint(sc, set, &wanted, false),
                           "no resource matches the replacement's source %.*s", TEXT_ARG(describe_source(sc, source)));
}

/* options.delimiter and options.index: one part of the source's text. */
static strata_status refine(scope *sc, const replacement_source *source, node **value) {
    const field_options *options = source->options;
    if (!options || text_empty(options->delimiter)) return STRATA_OK;
    if ((*value)->kind != NODE_SCALAR)
        return scope_fail(sc, DIAGNOSTIC_REPLACEMENT_VALUE, source->where,
                          "options.delimiter is for scalars, and the source's field is none");
    text_list parts;
    TRY(replacement_split(sc, node_text(*value), options->delimiter, &parts));
    if (options->index < 0 || (uint64_t)options->index >= parts.count)
        return scope_fail(sc, DIAGNOSTIC_REPLACEMENT_VALUE, source->where,
                          "options.index is %lld, but the source's value has %zu parts", (long long)options->index,
                          parts.count);
    node *part = node_clone(sc->arena, *value);
    if (!part) return scope_no_memory(sc);
    replacement_set_text(part, parts.items[options->index]);
    *value = part;
    return STRATA_OK;
}

static strata_status read_source(scope *sc, resource_set *set, const replacement_source *source, resource **exposed,
                                 node **value) {
    resource *r = NULL;
    TRY(find_source(sc, set, source, &r));
    text path = text_empty(source->field_path) ? default_path : source->field_path;
    text_list parts;
    TRY(path_split_bracketed(sc, path, '.', &parts));
    if (path_sees_history(parts.items, parts.count)) {
        TRY(resource_export_history(sc, r));
        *exposed = r;
    }
    strata_status status = path_get(sc, r->root, parts.items, parts.count, NULL, value);
    if (status != STRATA_OK)
        return scope_note(sc, status, source->where, "for the source's path %.*s of a replacement", TEXT_ARG(path));
    if (!node_is_null_or_empty(*value)) return refine(sc, source, value);
    status = scope_fail_hint(
        sc, DIAGNOSTIC_REPLACEMENT_SOURCE, source->where, replacement_near_miss(sc, r->root, parts.items, parts.count),
        "the source %.*s has no value at %.*s", TEXT_ARG(describe_source(sc, source)), TEXT_ARG(path));
    return scope_note(sc, status, r->root->where, "the source is here");
}

/* --- one target selector ----------------------------------------------------------------------------------------- */

typedef struct target_pass {
    const replacement_target *target;
    selector_pattern *select;
    selector_pattern **rejects;
    replacement_field *fields;
    size_t field_count;
    bool sees_history;
    bool may_rename;
    const node *value;
    resource *exposed; /* the source, when its history is in its annotations already */
} target_pass;

static strata_status cut_fields(scope *sc, target_pass *pass) {
    const replacement_target *target = pass->target;
    static const located by_default = {TEXT_INIT("metadata.name"), ORIGIN_UNKNOWN};
    const located *paths = target->field_paths.count ? target->field_paths.items : &by_default;
    pass->field_count = target->field_paths.count ? target->field_paths.count : 1;
    pass->fields = ARENA_ARRAY(sc->arena, replacement_field, pass->field_count);
    if (!pass->fields) return scope_no_memory(sc);
    for (size_t i = 0; i < pass->field_count; i++) {
        text_list parts;
        TRY(path_split_bracketed(sc, paths[i].value, '.', &parts));
        pass->fields[i] = (replacement_field){paths[i].value, paths[i].where ? paths[i].where : target->where,
                                              parts.items, parts.count, target->options};
        pass->sees_history = pass->sees_history || path_sees_history(parts.items, parts.count);
        pass->may_rename = pass->may_rename || path_may_rename(parts.items, parts.count);
    }
    return STRATA_OK;
}

static strata_status compile_selectors(scope *sc, target_pass *pass) {
    const replacement_target *target = pass->target;
    if (target->reject.count && !(pass->rejects = ARENA_ARRAY(sc->arena, selector_pattern *, target->reject.count)))
        return scope_no_memory(sc);
    TRY(selector_compile(sc, target->select, &pass->select));
    for (size_t i = 0; i < target->reject.count; i++)
        TRY(selector_compile(sc, &target->reject.items[i], &pass->rejects[i]));
    return STRATA_OK;
}

static void free_selectors(target_pass *pass) {
    selector_free(pass->select);
    for (size_t i = 0; pass->rejects && i < pass->target->reject.count; i++)
        selector_free(pass->rejects[i]);
}

static strata_status matches_id(scope *sc, const selector_pattern *p, const resource_id *id, bool *out) {
    TRY(selector_matches_type(sc, p, id->type, out));
    if (*out) TRY(selector_matches_name(sc, p, id->name, out));
    return *out ? selector_matches_namespace(sc, p, id->name_space, out) : STRATA_OK;
}

/* Whether the pattern matches some id that the resource has or had. */
static strata_status matches_any_id(scope *sc, const resource_set *set, const selector_pattern *p, const resource *r,
                                    bool *out) {
    *out = false;
    for (size_t i = 0; i < resource_id_count(r) && !*out; i++) {
        resource_id id = resource_id_at(r, set->schema, i);
        TRY(matches_id(sc, p, &id, out));
    }
    return STRATA_OK;
}

static bool selects_by_id(const selector *s) {
    return !text_empty(s->type.group) || !text_empty(s->type.version) || !text_empty(s->type.kind) ||
           !text_empty(s->name) || !text_empty(s->name_space);
}

static bool selects_by_labels(const selector *s) {
    return !text_empty(s->annotation_selector) || !text_empty(s->label_selector);
}

/* A `reject` with both kinds of conditions rejects what meets either of them. */
static strata_status is_rejected(scope *sc, const resource_set *set, const target_pass *pass, resource *r, bool *out) {
    *out = false;
    for (size_t i = 0; i < pass->target->reject.count && !*out; i++) {
        const selector *s = &pass->target->reject.items[i];
        if (selects_by_labels(s)) TRY(selector_matches_labels(sc, pass->rejects[i], r, out));
        if (!*out && selects_by_id(s)) TRY(matches_any_id(sc, set, pass->rejects[i], r, out));
    }
    return STRATA_OK;
}

static strata_status is_target(scope *sc, const resource_set *set, const target_pass *pass, resource *r, bool *out) {
    bool rejected;
    TRY(selector_matches_labels(sc, pass->select, r, out));
    if (!*out) return STRATA_OK;
    TRY(is_rejected(sc, set, pass, r, &rejected));
    *out = false;
    return rejected ? STRATA_OK : matches_any_id(sc, set, pass->select, r, out);
}

static strata_status write_fields(scope *sc, resource_set *set, const target_pass *pass, resource *r) {
    bool exposes = pass->sees_history && r != pass->exposed;
    if (exposes) TRY(resource_export_history(sc, r));
    for (size_t i = 0; i < pass->field_count; i++)
        TRY(replacement_write(sc, r->root, &pass->fields[i], pass->value));
    if (exposes) TRY(resource_import_history(sc, r));
    return pass->may_rename ? resource_set_renamed(sc, set, r) : STRATA_OK;
}

static bool asks_for_labels(const replacement_target *target) {
    bool asks = selects_by_labels(target->select);
    for (size_t i = 0; i < target->reject.count; i++)
        asks = asks || selects_by_labels(&target->reject.items[i]);
    return asks;
}

/* All resources are held against a label selector: a malformed one is an error even if no name matches. */
static strata_status write_targets(scope *sc, resource_set *set, const target_pass *pass) {
    resource_list candidates = {set->items, set->count, 0};
    bool found = false;
    text name;
    if (!asks_for_labels(pass->target) && selector_plain_name(pass->select, &name))
        TRY(resource_set_find_name(sc, set, name, &candidates));
    for (size_t i = 0; i < candidates.count; i++) {
        bool wanted;
        TRY(is_target(sc, set, pass, candidates.items[i], &wanted));
        if (!wanted) continue;
        found = true;
        TRY(write_fields(sc, set, pass, candidates.items[i]));
    }
    if (found || !scope_hears_warnings(sc)) return STRATA_OK;
    text hint = scope_hints(sc) ? selector_near_miss(sc, set, pass->target->select) : TEXT_EMPTY;
    return scope_warn_hint(sc, DIAGNOSTIC_REPLACEMENT_TARGET_MISSING, pass->target->select->where, hint,
                           "the target of the replacement selects no resource");
}

static strata_status apply_target(scope *sc, resource_set *set, const replacement_target *target, const node *value,
                                  resource *exposed) {
    if (!target->select)
        return scope_fail(sc, DIAGNOSTIC_REPLACEMENT_INCOMPLETE, target->where,
                          "a replacement's target needs `select`");
    target_pass pass = {.target = target, .value = value, .exposed = exposed};
    TRY(cut_fields(sc, &pass));
    strata_status status = compile_selectors(sc, &pass);
    if (status == STRATA_OK) status = write_targets(sc, set, &pass);
    free_selectors(&pass);
    return status;
}

/* --- all --------------------------------------------------------------------------------------------------------- */

strata_status replacement_apply(scope *sc, resource_set *set, const replacement *r) {
    if ((!r->source && !r->source_value) || r->targets.count == 0)
        return scope_fail(sc, DIAGNOSTIC_REPLACEMENT_INCOMPLETE, r->where,
                          "a replacement needs a source and at least one target");
    if (r->source && r->source_value)
        return scope_fail(sc, DIAGNOSTIC_REPLACEMENT_INCOMPLETE, r->where,
                          "a replacement takes its value from `source` or `sourceValue`, not from both");
    resource *exposed = NULL;
    node *value = NULL;
    if (r->source_value)
        value = node_new_scalar(sc->arena, r->source_value->value, TAG_UNSET, STYLE_PLAIN);
    else
        TRY(read_source(sc, set, r->source, &exposed, &value));
    if (!value) return scope_no_memory(sc);
    for (size_t i = 0; i < r->targets.count; i++)
        TRY(apply_target(sc, set, &r->targets.items[i], value, exposed));
    return exposed ? resource_import_history(sc, exposed) : STRATA_OK;
}
