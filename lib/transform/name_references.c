/*
 * transform/name_references.c: writes the new names of renamed resources into the fields that refer to them; after
 * kustomize's namereferencetransformer.go and api/filters/nameref.
 *
 * For each resource, the fields that name references are known for are visited in the order of the kinds that they may
 * refer to. The kind that stands beside the name in the document is not looked at: fields are tried for each kind in
 * turn, and a later one sees what an earlier one wrote. Which resource a name means is referral_index.h's to say.
 *
 * Cost: the fields visited; nothing is compared with all resources.
 */
#include "core/table.h"
#include "transform/field_walk.h"
#include "transform/referral_index.h"
#include "transform/set_scalar.h"
#include "transform/transform.h"
#include "yaml/resolve.h"

/* More places than these only the subjects of a role binding make: then they have numbers. */
enum { FEW_PLACES = 8 };

/* A field to visit, and the number of the kind that it may refer to. */
typedef struct reference_field {
    field_spec spec; /* without a kind: the list is for one kind */
    size_t target;
    bool is_role; /* the roleRef beside the name says which kind is meant */
} reference_field;

/* The fields of one kind of referrer, in the order in which they are tried. */
typedef struct reference_fields {
    reference_field *items;
    size_t count;
    size_t capacity;
} reference_fields;

typedef struct reference_pass {
    resource_set *set;
    name_reference_list references;
    referral_index *index;
    table fields_of_kind; /* of reference_fields */
    /* Of the resource at hand: */
    resource *referrer;
    const reference_field *field;
    bool is_cluster_scoped;
    referral_place *places; /* where it may refer to */
    size_t place_count;
    size_t place_capacity;
    table place_numbers; /* of a role binding: namespace → number of its place + 1 */
    gvk role;            /* of its roleRef */
    bool has_role;
    text id; /* for those that it refers to; made when needed */
} reference_pass;

/* --- which fields ------------------------------------------------------------------------------------------------ */

static strata_status collect_fields(scope *sc, name_reference_list references, gvk type, reference_fields *out) {
    for (size_t target = 0; target < references.count; target++) {
        field_spec_list specs = references.items[target].referrers;
        for (size_t i = 0; i < specs.count; i++) {
            if (!field_spec_selects(&specs.items[i], type.group, type.version, type.kind)) continue;
            reference_field *items = arena_grow(sc->arena, out->items, &out->capacity, out->count + 1, sizeof *items);
            if (!items) return scope_no_memory(sc);
            out->items = items;
            items[out->count++] = (reference_field){.spec = {.path = specs.items[i].path},
                                                    .target = target,
                                                    .is_role = text_ends(specs.items[i].path, TEXT("roleRef/name"))};
        }
    }
    return STRATA_OK;
}

/* The fields of a kind, by the id that the resource had at first. */
static strata_status fields_of(scope *sc, reference_pass *pass, const resource *r, const reference_fields **out) {
    resource_id id = resource_original_id(r, pass->set->schema);
    text key = TEXT_CONCAT(sc->arena, id.type.kind, TEXT("\0"), id.type.version, TEXT("\0"), id.type.group);
    if (!key.data) return scope_no_memory(sc);
    reference_fields *fields = table_get(&pass->fields_of_kind, key);
    if (!fields) {
        fields = ARENA_NEW(sc->arena, reference_fields);
        if (!fields || !table_add(&pass->fields_of_kind, sc->arena, key, fields)) return scope_no_memory(sc);
        TRY(collect_fields(sc, pass->references, id.type, fields));
    }
    *out = fields;
    return STRATA_OK;
}

/* --- where a resource may refer to ------------------------------------------------------------------------------- */

static strata_status add_place(scope *sc, reference_pass *pass, referral_place place) {
    referral_place *places =
        arena_grow(sc->arena, pass->places, &pass->place_capacity, pass->place_count + 1, sizeof *places);
    if (!places) return scope_no_memory(sc);
    pass->places = places;
    pass->places[pass->place_count++] = place;
    return STRATA_OK;
}

static bool is_string(const node *n) {
    return node_is_scalar(n) && (n->tag == TAG_STR || (n->tag == TAG_UNSET && n->style != STYLE_PLAIN) ||
                                 (n->tag == TAG_UNSET && resolve_tag_v3(node_text(n)) == TAG_STR));
}

static strata_status number_place(scope *sc, reference_pass *pass, size_t at) {
    void *number = (void *)(uintptr_t)(at + 1);
    if (table_add(&pass->place_numbers, sc->arena, pass->places[at].name_space, number)) return STRATA_OK;
    return scope_no_memory(sc);
}

/* The namespace of a role binding's subject, when that is a service account: it may be referred to over there. */
static strata_status add_subject_place(scope *sc, reference_pass *pass, const node *subject) {
    if (!node_is_mapping(subject) || node_is_null(subject))
        return scope_fail(sc, DIAGNOSTIC_FIELD_VALUE, subject->where, "a subject of a role binding is not a mapping");
    const node *name_space = NODE_GET(subject, "namespace"), *kind = NODE_GET(subject, "kind");
    if (!name_space || !kind) return STRATA_OK;
    if (!is_string(kind))
        return scope_fail(sc, DIAGNOSTIC_FIELD_VALUE, kind->where, "the kind of a subject is not a string");
    if (!text_is(node_text(kind), "ServiceAccount")) return STRATA_OK;
    if (!is_string(name_space))
        return scope_fail(sc, DIAGNOSTIC_FIELD_VALUE, name_space->where, "the namespace of a subject is not a string");
    if (table_find(&pass->place_numbers, node_text(name_space))) return STRATA_OK;
    TRY(add_place(sc, pass, (referral_place){false, node_text(name_space), true}));
    return number_place(sc, pass, pass->place_count - 1);
}

static strata_status add_subject_places(scope *sc, reference_pass *pass) {
    const node *subjects = NODE_GET(pass->referrer->root, "subjects");
    if (!text_is(resource_kind(pass->referrer), "RoleBinding") || !node_is_sequence(subjects)) return STRATA_OK;
    for (size_t i = 0; i < pass->place_count; i++)
        if (!pass->places[i].cluster) TRY(number_place(sc, pass, i));
    for (uint32_t i = 0; i < subjects->count; i++)
        TRY(add_subject_place(sc, pass, subjects->items[i]));
    return STRATA_OK;
}

/* What has no namespace, and what is in the same one; a resource that has none itself may refer to everything. */
static strata_status find_places(scope *sc, reference_pass *pass) {
    pass->place_count = 0;
    pass->place_numbers = (table){0};
    referral_place own = referral_index_place(pass->index, pass->referrer);
    pass->is_cluster_scoped = own.cluster;
    if (own.cluster) return STRATA_OK;
    bool is_default = text_empty(own.name_space) || text_is(own.name_space, "default");
    TRY(add_place(sc, pass, (referral_place){.cluster = true}));
    TRY(add_place(sc, pass, is_default ? (referral_place){.name_space = TEXT("default")} : own));
    if (is_default) TRY(add_place(sc, pass, (referral_place){.name_space = TEXT("")}));
    return add_subject_places(sc, pass);
}

/* The type that the roleRef names, if it has both an apiGroup and a kind. */
static void find_role(reference_pass *pass) {
    const node *role = NODE_GET(pass->referrer->root, "roleRef");
    const node *group = NODE_GET(role, "apiGroup"), *kind = NODE_GET(role, "kind");
    pass->has_role = !node_is_null(role) && group && kind;
    pass->role = (gvk){.group = node_text(group), .version = TEXT_EMPTY, .kind = node_text(kind)};
}

/* --- one field --------------------------------------------------------------------------------------------------- */

static strata_status record_referrer(scope *sc, reference_pass *pass, resource *referral) {
    if (!pass->id.data) {
        resource_id id = resource_current_id(pass->referrer, pass->set->schema);
        pass->id = resource_id_format(sc->arena, &id);
    }
    if (!pass->id.data || !text_list_add(sc->arena, &referral->referred_by, pass->id)) return scope_no_memory(sc);
    return STRATA_OK;
}

static strata_status fail_ambiguous(scope *sc, const reference_pass *pass, text name, origin where, const resource *a,
                                    const resource *b) {
    resource_id first = resource_current_id(a, pass->set->schema), second = resource_current_id(b, pass->set->schema);
    text first_name = resource_id_format(sc->arena, &first), second_name = resource_id_format(sc->arena, &second);
    strata_status status = scope_fail(sc, DIAGNOSTIC_AMBIGUOUS_REFERENCE, where ? where : pass->referrer->root->where,
                                      "\"%.*s\" in %.*s can refer to %.*s and to %.*s", TEXT_ARG(name),
                                      TEXT_ARG(pass->field->spec.path), TEXT_ARG(first_name), TEXT_ARG(second_name));
    status = scope_note(sc, status, a->root->where, "one is here");
    return scope_note(sc, status, b->root->where, "the other one is here");
}

static strata_status select_referral(scope *sc, reference_pass *pass, referral_query *q, origin where, resource **out) {
    q->referrer = pass->referrer;
    if (q->places == pass->places && pass->place_count > FEW_PLACES) q->place_numbers = &pass->place_numbers;
    q->target = pass->field->target;
    q->role = pass->field->is_role && pass->has_role ? &pass->role : NULL;
    const resource *rival;
    TRY(referral_index_select(sc, pass->index, q, out, &rival));
    if (rival) return fail_ambiguous(sc, pass, q->name, where, *out, rival);
    return *out ? record_referrer(sc, pass, *out) : STRATA_OK;
}

static strata_status visit_scalar(scope *sc, reference_pass *pass, node *field) {
    referral_query q = {.name = node_text(field),
                        .everywhere = pass->is_cluster_scoped,
                        .places = pass->places,
                        .place_count = pass->place_count};
    resource *referral;
    TRY(select_referral(sc, pass, &q, field->where, &referral));
    if (!referral) return STRATA_OK;
    text name = resource_name(referral);
    if (text_empty(name) || text_equal(name, node_text(field))) return STRATA_OK;
    return set_scalar(sc, field, name, TAG_UNSET);
}

/* Whether anything that may be referred to was in that namespace at first. */
static strata_status any_was_in(scope *sc, reference_pass *pass, text name_space, bool *out) {
    if (pass->is_cluster_scoped) return referral_index_had(sc, pass->index, name_space, NULL, out);
    *out = false;
    if (pass->place_count > FEW_PLACES) {
        const referral_places *found;
        TRY(referral_index_places_of(sc, pass->index, name_space, &found));
        for (size_t i = 0; found && i < found->count && !*out; i++)
            *out = found->items[i].cluster || table_find(&pass->place_numbers, found->items[i].name_space);
        return STRATA_OK;
    }
    for (size_t i = 0; i < pass->place_count && !*out; i++)
        TRY(referral_index_had(sc, pass->index, name_space, &pass->places[i], out));
    return STRATA_OK;
}

/* The place that has a namespace, written so, NULL when there is none. */
static const referral_place *find_place(const reference_pass *pass, text name_space) {
    if (pass->place_count > FEW_PLACES) {
        size_t number = (size_t)(uintptr_t)table_get(&pass->place_numbers, name_space);
        return number ? &pass->places[number - 1] : NULL;
    }
    for (size_t i = 0; i < pass->place_count; i++)
        if (!pass->places[i].cluster && text_equal(pass->places[i].name_space, name_space)) return &pass->places[i];
    return NULL;
}

/* The places that are in a namespace now. */
static strata_status places_now_in(scope *sc, const reference_pass *pass, text name_space, referral_query *q) {
    const text spaces[2] = {name_space, TEXT("")}; /* as it may be written */
    size_t count = 0;
    referral_place *places = ARENA_ARRAY(sc->arena, referral_place, 2);
    if (!places) return scope_no_memory(sc);
    for (size_t i = 0; i < (text_is(name_space, "default") ? 2 : 1); i++) {
        if (pass->is_cluster_scoped)
            places[count++] = (referral_place){.name_space = spaces[i]};
        else if (find_place(pass, spaces[i]))
            places[count++] = *find_place(pass, spaces[i]);
    }
    q->everywhere = false;
    q->places = places;
    q->place_count = count;
    return STRATA_OK;
}

/* A mapping with name and namespace: the namespace is that of the original resources, or else that of now. */
static strata_status narrow_to_namespace(scope *sc, reference_pass *pass, const node *name_space, text *value,
                                         referral_query *q) {
    bool was_there;
    *value = node_text(name_space);
    if (text_empty(*value) || text_is(*value, "_non_namespaceable_")) {
        q->everywhere = false;
        q->place_count = 0;
        return STRATA_OK;
    }
    TRY(any_was_in(sc, pass, *value, &was_there));
    if (!was_there) return places_now_in(sc, pass, *value, q);
    q->original_namespace = value;
    return STRATA_OK;
}

static strata_status write_entry(scope *sc, node *mapping, text key, text value) {
    node *scalar = node_new_scalar(sc->arena, value, TAG_UNSET, STYLE_PLAIN);
    return scalar ? set_entry(sc, mapping, key, scalar) : scope_no_memory(sc);
}

static strata_status visit_mapping(scope *sc, reference_pass *pass, node *field) {
    const node *name = NODE_GET(field, "name"), *name_space = NODE_GET(field, "namespace");
    if (!name)
        return scope_fail(sc, DIAGNOSTIC_REFERENCE_WITHOUT_NAME, field->where,
                          "the name reference %.*s leads to a mapping without a name",
                          TEXT_ARG(pass->field->spec.path));
    referral_query q = {.name = node_text(name),
                        .everywhere = pass->is_cluster_scoped,
                        .places = pass->places,
                        .place_count = pass->place_count,
                        .compares_namespaces = true};
    text original;
    if (name_space) TRY(narrow_to_namespace(sc, pass, name_space, &original, &q));
    resource *referral;
    TRY(select_referral(sc, pass, &q, name->where, &referral));
    if (!referral) return STRATA_OK;
    text new_name = resource_name(referral), new_space = resource_namespace(referral);
    if (text_equal(new_name, q.name) && text_empty(new_space)) return STRATA_OK;
    TRY(write_entry(sc, field, TEXT("name"), new_name));
    return text_empty(new_space) ? STRATA_OK : write_entry(sc, field, TEXT("namespace"), new_space);
}

static strata_status visit_element(scope *sc, reference_pass *pass, node *element) {
    if (node_is_null(element)) return STRATA_OK;
    if (element->kind == NODE_SCALAR) return visit_scalar(sc, pass, element);
    if (element->kind == NODE_MAPPING) return visit_mapping(sc, pass, element);
    return scope_fail(sc, DIAGNOSTIC_FIELD_VALUE, element->where, "a name is wanted here, this is a list in a list");
}

static strata_status visit_field(scope *sc, node *field, void *user) {
    reference_pass *pass = user;
    if (node_is_null(field)) return STRATA_OK;
    if (field->kind != NODE_SEQUENCE) return visit_element(sc, pass, field);
    for (uint32_t i = 0; i < field->count; i++)
        TRY(visit_element(sc, pass, field->items[i]));
    return STRATA_OK;
}

/* --- all --------------------------------------------------------------------------------------------------------- */

/* The reference compares two readings of a referrer's apiVersion, and fails where they differ. */
static strata_status check_api_version(scope *sc, const resource *r) {
    text version = resource_api_version(r);
    if (text_starts(version, TEXT("/")))
        return scope_fail(sc, DIAGNOSTIC_FIELD_VALUE, r->root->where, "an apiVersion can't begin with a slash");
    if (!text_empty(version) && node_is_null(NODE_GET(r->root, "apiVersion")))
        return scope_fail(sc, DIAGNOSTIC_FIELD_VALUE, r->root->where, "the apiVersion is null");
    return STRATA_OK;
}

static strata_status visit_resource(scope *sc, reference_pass *pass, resource *r) {
    const reference_fields *fields = NULL;
    TRY(fields_of(sc, pass, r, &fields));
    if (fields->count == 0) return STRATA_OK;
    TRY(check_api_version(sc, r));
    pass->referrer = r;
    pass->id = text_of(NULL, 0);
    TRY(find_places(sc, pass));
    find_role(pass);
    field_walk walk = {.visit = visit_field, .user = pass};
    for (size_t i = 0; i < fields->count; i++) {
        pass->field = &fields->items[i];
        TRY(field_walk_spec(sc, r->root, &pass->field->spec, &walk));
    }
    return STRATA_OK;
}

/* Whether a reference is kept where it identifies a resource: then the index of the set has to be told. */
static bool may_rename(name_reference_list references) {
    for (size_t i = 0; i < references.count; i++)
        for (size_t k = 0; k < references.items[i].referrers.count; k++)
            if (text_starts(references.items[i].referrers.items[k].path, TEXT("metadata"))) return true;
    return false;
}

strata_status name_references_apply(scope *sc, resource_set *set, name_reference_list references) {
    reference_pass pass = {.set = set, .references = references};
    TRY(referral_index_new(sc, set, references, &pass.index));
    for (size_t i = 0; i < set->count; i++) {
        resources_look_ahead(set->items, set->count, i);
        TRY(visit_resource(sc, &pass, set->items[i]));
    }
    if (may_rename(references)) resource_set_changed(set);
    return STRATA_OK;
}
