/*
 * transform/strategic_merge.c: merges a patch into a resource by the types of its fields; after kyaml's yaml/merge2 and
 * yaml/walk (walk.go, map.go, scalar.go). See strategic_merge.h and merge_walk.h.
 *
 * The cost is linear in both trees, up to sorting the keys of each mapping: fields are visited in the order of their
 * names, which is also the order in which new ones are added.
 */
#include "transform/strategic_merge.h"

#include "core/sort.h"
#include "transform/merge_walk.h"
#include "yaml/resolve.h"
#include "yaml/tree.h"

/* --- types ------------------------------------------------------------------------------------------------------- */

/* The schema in a node's comments; the line comment counts before the head comment. */
static strata_status schema_in_comments(merge_walk *w, const node *n, schema_type *out) {
    *out = SCHEMA_TYPE_NONE;
    if (!n || !n->extra) return STRATA_OK;
    text comment = text_empty(n->extra->line_comment) ? n->extra->head_comment : n->extra->line_comment;
    return text_empty(comment) ? STRATA_OK : schema_of_comment(w->sc, w->schema, comment, out);
}

static schema_type schema_of_embedded(const merge_walk *w, const node *n) {
    const node *api_version = NODE_GET(n, "apiVersion"), *kind = NODE_GET(n, "kind");
    if (node_is_null(n) || node_is_null(api_version) || node_is_null(kind)) return SCHEMA_TYPE_NONE;
    if (text_empty(node_text(api_version)) || text_empty(node_text(kind))) return SCHEMA_TYPE_NONE;
    return schema_of_resource(w->schema, node_text(api_version), node_text(kind));
}

/*
 * Walker.GetSchema: a comment on the value, else what the parent's type says, else (for a whole resource, and for one
 * that lies in a field of unknown type) the type that its kind has.
 */
static strata_status type_of_place(merge_walk *w, const node *target, const node *patch, schema_type *type) {
    const node *const sources[2] = {target, patch};
    for (int i = 0; i < 2; i++) {
        schema_type found;
        if (node_is_null(sources[i])) continue;
        TRY(schema_in_comments(w, sources[i], &found));
        if (schema_type_known(found)) {
            *type = found;
            return STRATA_OK;
        }
    }
    for (int i = 0; i < 2 && !schema_type_known(*type); i++)
        *type = schema_of_embedded(w, sources[i]);
    return STRATA_OK;
}

/* A schema in the comments of a field's value, else in those of its key. */
static strata_status type_of_field(merge_walk *w, const node_pair *field, schema_type *out) {
    *out = SCHEMA_TYPE_NONE;
    if (!field) return STRATA_OK;
    TRY(schema_in_comments(w, field->value, out));
    return schema_type_known(*out) ? STRATA_OK : schema_in_comments(w, field->key, out);
}

/* --- comments and style ------------------------------------------------------------------------------------------ */

static void take_style(node *n, const node *from) {
    enum { STYLE_FLAGS = NODE_FLOW | NODE_TAGGED };
    n->style = from->style;
    n->flags = (uint8_t)((n->flags & ~STYLE_FLAGS) | (from->flags & STYLE_FLAGS));
}

strata_status merge_comments_and_style(merge_walk *w, node *target, const node *patch) {
    if (!target || !patch || target == patch) return STRATA_OK;
    if (patch->extra) {
        const node_extra *from = patch->extra;
        node_extra *extra = ARENA_NEW(w->sc->arena, node_extra);
        if (!extra) return scope_no_memory(w->sc);
        if (target->extra) *extra = *target->extra;
        if (!text_empty(from->foot_comment)) extra->foot_comment = from->foot_comment;
        if (!text_empty(from->head_comment)) extra->head_comment = from->head_comment;
        if (!text_empty(from->line_comment)) extra->line_comment = from->line_comment;
        target->extra = extra;
    }
    if (target->kind != NODE_SCALAR && target->count == 0) take_style(target, patch);
    return STRATA_OK;
}

/* --- sorted fields ----------------------------------------------------------------------------------------------- */

static int compare_fields(const void *a, const void *b, void *user) {
    const node *mapping = user;
    uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;
    return text_compare(node_text(mapping->pairs[first].key), node_text(mapping->pairs[second].key));
}

static bool reserve_orders(merge_walk *w, size_t more) {
    if (w->orders_capacity - w->orders_used >= more) return true;
    size_t capacity = w->orders_capacity ? w->orders_capacity : 256;
    while (capacity - w->orders_used < more)
        capacity *= 2;
    const allocator *from = w->sc->from;
    uint32_t *orders = from->reallocate(w->orders, capacity * sizeof *orders, from->user);
    if (!orders) return false;
    w->orders = orders;
    w->orders_capacity = capacity;
    return true;
}

/* The fields of a mapping by name: places in the stack of orders, since that may move. */
typedef struct field_order {
    size_t next;
    size_t end;
} field_order;

/* Pushes the numbers of a mapping's pairs, sorted by key; of equal keys the first one only. */
static strata_status push_order(merge_walk *w, node *mapping, field_order *out) {
    size_t count = mapping ? mapping->count : 0, kept = 0;
    if (!reserve_orders(w, count)) return scope_no_memory(w->sc);
    uint32_t *order = w->orders + w->orders_used;
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    if (count && !sort_stable(w->sc->from, order, count, sizeof *order, compare_fields, mapping))
        return scope_no_memory(w->sc);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || compare_fields(&order[kept - 1], &order[i], mapping) != 0) order[kept++] = order[i];
    *out = (field_order){w->orders_used, w->orders_used + kept};
    w->orders_used += kept;
    return STRATA_OK;
}

static node_pair *field_at(const merge_walk *w, const node *mapping, const field_order *order) {
    return order->next < order->end ? &mapping->pairs[w->orders[order->next]] : NULL;
}

/* --- mappings ---------------------------------------------------------------------------------------------------- */

/* A null in the resource that is written out (null, ~) survives where the patch has nothing; an empty value doesn't. */
static strata_status keep_written_null(merge_walk *w, const node *target, merge_result *out) {
    if (text_empty(node_text(target))) return STRATA_OK;
    out->value = node_new_scalar(w->sc->arena, node_text(target), TAG_NULL, STYLE_PLAIN);
    if (!out->value) return scope_no_memory(w->sc);
    out->value->where = target->where;
    out->keep_null = true;
    return STRATA_OK;
}

/* Merger.VisitMap: which of the two mappings to go on with. */
static strata_status choose_mapping(merge_walk *w, node *target, node *patch, merge_result *out) {
    merge_directive directive;
    text directive_text;
    TRY(merge_comments_and_style(w, target, patch));
    *out = (merge_result){NULL, false};
    if (node_is_null(target)) {
        TRY(merge_take_directive(w, patch, &directive, &directive_text));
        if (directive == DIRECTIVE_DELETE) return STRATA_OK;
        if (!patch && target) return keep_written_null(w, target, out);
        out->value = patch;
        return STRATA_OK;
    }
    if (patch && patch->tag == TAG_NULL) return STRATA_OK;
    TRY(merge_take_directive(w, patch, &directive, &directive_text));
    if (directive == DIRECTIVE_UNKNOWN) return merge_fail_directive(w, patch, directive_text);
    if (directive != DIRECTIVE_DELETE) out->value = directive == DIRECTIVE_REPLACE ? patch : target;
    return STRATA_OK;
}

static bool is_string(const node *n) { return n->kind == NODE_SCALAR && (n->tag == TAG_STR || n->tag == TAG_UNSET); }

static void quote_if_needed(node *value) {
    if (is_string(value) && value->style == STYLE_PLAIN && !(value->flags & NODE_TAGGED) &&
        resolve_is_yaml11_non_string(node_text(value)))
        value->style = STYLE_DOUBLE_QUOTED;
}

/* A field that goes is only marked, so that the numbers of the others stay. */
static void mark_cleared(node_pair *field) { field->value = NULL; }

static void drop_cleared(node *mapping) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < mapping->count; i++)
        if (mapping->pairs[i].value) mapping->pairs[kept++] = mapping->pairs[i];
    mapping->count = kept;
}

/* FieldSetter: `own` is the field of `mapping`, NULL when it has none; `theirs` that of the patch. */
static strata_status set_field(merge_walk *w, node *mapping, node_pair *own, const node_pair *theirs,
                               const merge_result *result) {
    node *value = result->value;
    const node *name = own ? own->key : theirs->key;
    if (text_empty(node_text(name))) /* kyaml takes that for the mapping itself, and finds it is no scalar */
        return scope_fail(w->sc, DIAGNOSTIC_MERGE_KIND, name->where,
                          "a key is empty: a patch can't be merged into a mapping with such a key, or from one");
    if (!value || (value->tag == TAG_NULL && !result->keep_null)) {
        if (own) mark_cleared(own);
        return STRATA_OK;
    }
    quote_if_needed(value);
    if (own) {
        /* The patch's node takes the style too: it may be merged into another element later. */
        take_style(value, own->value);
        node_replace(own->value, value);
        return STRATA_OK;
    }
    node_style style = theirs->value == value ? (node_style)theirs->key->style : STYLE_PLAIN;
    node *key = node_new_scalar(w->sc->arena, node_text(theirs->key), TAG_UNSET, style);
    if (!key) return scope_no_memory(w->sc);
    key->where = theirs->key->where;
    return node_add(w->sc->arena, mapping, key, value) ? STRATA_OK : scope_no_memory(w->sc);
}

/* One field, present in the mapping, in the patch, or in both. */
static strata_status merge_field(merge_walk *w, node *mapping, node_pair *own, node_pair *theirs, schema_type type) {
    schema_type commented;
    text name = node_text(own ? own->key : theirs->key);
    if (schema_type_known(type)) type = schema_field(w->schema, type, name);
    TRY(type_of_field(w, own, &commented));
    if (!schema_type_known(commented)) TRY(type_of_field(w, theirs, &commented));
    if (schema_type_known(commented)) type = commented;
    merge_result result;
    TRY(merge_place(w, own ? own->value : NULL, theirs ? theirs->value : NULL, type, &result));
    return set_field(w, mapping, own, theirs, &result);
}

static strata_status merge_fields(merge_walk *w, node *mapping, node *patch, schema_type type) {
    size_t mark = w->orders_used;
    field_order own_order, their_order;
    TRY(push_order(w, mapping, &own_order));
    if (patch == mapping)
        their_order = own_order;
    else
        TRY(push_order(w, node_is_mapping(patch) ? patch : NULL, &their_order));
    for (;;) {
        node_pair *own = field_at(w, mapping, &own_order), *theirs = field_at(w, patch, &their_order);
        if (!own && !theirs) break;
        int order = !own ? 1 : !theirs ? -1 : text_compare(node_text(own->key), node_text(theirs->key));
        own_order.next += order <= 0;
        their_order.next += order >= 0;
        TRY(merge_field(w, mapping, order <= 0 ? own : NULL, order >= 0 ? theirs : NULL, type));
    }
    drop_cleared(mapping);
    w->orders_used = mark;
    return STRATA_OK;
}

static strata_status merge_mapping(merge_walk *w, node *target, node *patch, schema_type type, merge_result *out) {
    TRY(choose_mapping(w, target, patch, out));
    if (!node_is_mapping(out->value) || node_is_null(out->value)) return STRATA_OK;
    return merge_fields(w, out->value, patch, type);
}

/* --- places ------------------------------------------------------------------------------------------------------ */

/* Scalars, and lists that are replaced: the patch's wins, a null too. */
static strata_status take_patch(merge_walk *w, node *target, node *patch, merge_result *out) {
    TRY(merge_comments_and_style(w, target, patch));
    *out = (merge_result){patch ? patch : target, false};
    return STRATA_OK;
}

static bool has_merge_strategy(const merge_walk *w, schema_type type) {
    if (!schema_type_known(type)) return false;
    text rest = schema_patch_strategy(w->schema, type), part;
    for (bool more = true; more;) {
        more = text_cut(&rest, ',', &part);
        if (text_is(part, "merge")) return true;
    }
    return false;
}

static const char *kind_name(const node *n) {
    if (n->kind == NODE_ALIAS) return "an alias";
    if (n->kind == NODE_SCALAR) return "a scalar";
    return n->kind == NODE_MAPPING ? "a mapping" : "a list";
}

static strata_status check_kinds(merge_walk *w, const node *target, const node *patch) {
    if (node_is_null(target) || node_is_null(patch) || target->kind == patch->kind) return STRATA_OK;
    strata_status status =
        scope_fail(w->sc, DIAGNOSTIC_MERGE_KIND, patch->where, "the patch has %s where the resource has %s",
                   kind_name(patch), kind_name(target));
    return scope_note(w->sc, status, target->where, "the resource's value is here");
}

static strata_status merge_kinds(merge_walk *w, node *target, node *patch, schema_type type, merge_result *out) {
    const node *first = node_is_null(target) ? patch : target;
    TRY(type_of_place(w, target, patch, &type));
    if (first && first->kind == NODE_ALIAS) { /* kyaml has no case for these */
        *out = (merge_result){NULL, false};
        return STRATA_OK;
    }
    TRY(check_kinds(w, target, patch));
    if (node_is_null(first) || first->kind == NODE_MAPPING) return merge_mapping(w, target, patch, type, out);
    if (first->kind == NODE_SEQUENCE && has_merge_strategy(w, type))
        return merge_associative_list(w, target, patch, type, out);
    return take_patch(w, target, patch, out);
}

strata_status merge_place(merge_walk *w, node *target, node *patch, schema_type type, merge_result *out) {
    if (w->depth >= w->sc->limits->nesting)
        return scope_fail(w->sc, DIAGNOSTIC_LIMIT, patch ? patch->where : target->where,
                          "documents may be nested %u deep", (unsigned)w->sc->limits->nesting);
    w->depth++;
    strata_status status = merge_kinds(w, target, patch, type, out);
    w->depth--;
    return status;
}

static strata_status merge(merge_walk *w, node *target, node *patch, node **out) {
    merge_result result = {NULL, false};
    strata_status status = merge_place(w, target, patch, SCHEMA_TYPE_NONE, &result);
    if (w->orders) w->sc->from->release(w->orders, w->sc->from->user);
    TRY(status);
    *out = result.value;
    return schema_check(w->sc, w->schema);
}

strata_status strategic_merge(scope *sc, const schema *s, node *target, node *patch, node **out) {
    merge_walk w = {.sc = sc, .schema = s};
    TRY(merge(&w, target, patch, out));
    /* kustomize looks only at whether anything came out: a directive to replace the whole resource has no effect. */
    if (*out) *out = target;
    return STRATA_OK;
}

strata_status strategic_merge_values(scope *sc, const schema *s, node *target, node *patch, node **out) {
    merge_walk w = {.sc = sc, .schema = s, .elements_last = true};
    return merge(&w, target, patch, out);
}
