/*
 * transform/namespace.c: sets the namespace of what has one; after kustomize's NamespaceTransformer and
 * api/filters/namespace.
 *
 * metadata.namespace is not left to the field specs, since those don't know which kinds have a namespace; nor are the
 * subjects of role bindings, of which only some get one. Resources that Helm made are left alone.
 */
#include "transform/field_walk.h"
#include "transform/set_scalar.h"
#include "transform/transform.h"
#include "yaml/path.h"

static bool has_value(const node *field) { return !node_is_null(field) && !text_empty(node_text(field)); }

static strata_status set_namespace(scope *sc, node *field, void *user) {
    const namespace_args *args = user;
    if (args->unset_only && has_value(field)) return STRATA_OK;
    return set_scalar(sc, field, args->name_space, TAG_STR);
}

/* --- role bindings ----------------------------------------------------------------------------------------------- */

static bool is_role_binding(text kind) { return text_is(kind, "RoleBinding") || text_is(kind, "ClusterRoleBinding"); }

/* Whether the subject's field `name` has the text `wanted`. */
static strata_status subject_is(scope *sc, node *subject, text name, text wanted, bool *out) {
    node *field;
    *out = false;
    TRY(path_get(sc, subject, &name, 1, NULL, &field));
    if (node_is_null(field)) return STRATA_OK;
    if (field->kind != NODE_SCALAR)
        return scope_fail(sc, DIAGNOSTIC_FIELD_VALUE, field->where, "the %.*s of this subject is no scalar",
                          TEXT_ARG(name));
    *out = text_equal(node_text(field), wanted);
    return STRATA_OK;
}

static strata_status set_subject(scope *sc, node *subject, namespace_args *args) {
    bool wanted, all = args->subjects == SUBJECTS_ALL_SERVICE_ACCOUNTS;
    TRY(subject_is(sc, subject, all ? TEXT("kind") : TEXT("name"), all ? TEXT("ServiceAccount") : TEXT("default"),
                   &wanted));
    if (!wanted) return STRATA_OK;
    static const node_kind scalar = NODE_SCALAR;
    text name = TEXT("namespace");
    node *field;
    TRY(path_get(sc, subject, &name, 1, &scalar, &field));
    return field ? set_namespace(sc, field, args) : STRATA_OK;
}

static strata_status set_subjects(scope *sc, node *root, namespace_args *args) {
    node *subjects = NODE_GET(root, "subjects");
    if (args->subjects == SUBJECTS_NONE || node_is_null(subjects)) return STRATA_OK;
    if (subjects->kind != NODE_SEQUENCE)
        return scope_fail(sc, DIAGNOSTIC_FIELD_VALUE, subjects->where, "the subjects of a role binding are no list");
    for (uint32_t i = 0; i < subjects->count; i++)
        TRY(set_subject(sc, subjects->items[i], args));
    return STRATA_OK;
}

/* --- one resource ------------------------------------------------------------------------------------------------ */

/* The specs that this file sees to itself, and names of resources that only look like core's Namespace. */
static bool spec_is_skipped(const field_spec *spec, text api_version, bool role_binding) {
    if (text_is(spec->path, "metadata/namespace")) return true;
    if (text_is(spec->path, "metadata/name") && !text_is(api_version, "v1")) return true;
    return role_binding && is_role_binding(spec->kind) && text_is(spec->path, "subjects/namespace");
}

static strata_status transform_node(scope *sc, const schema *s, node *root, namespace_args *args) {
    static const field_spec metadata_namespace = {.path = TEXT_INIT("metadata/namespace"), .create = true};
    text api_version = node_text(NODE_GET(root, "apiVersion")), kind = node_text(NODE_GET(root, "kind"));
    bool role_binding = is_role_binding(kind);
    field_walk walk = {true, NODE_SCALAR, TAG_UNSET, set_namespace, args};
    if (!schema_is_cluster_scoped(s, api_version, kind)) TRY(field_walk_spec(sc, root, &metadata_namespace, &walk));
    if (role_binding) TRY(set_subjects(sc, root, args));
    walk.create_tag = TAG_STR;
    for (size_t i = 0; i < args->specs.count; i++) {
        const field_spec *spec = &args->specs.items[i];
        if (!spec_is_skipped(spec, api_version, role_binding)) TRY(field_walk_spec(sc, root, spec, &walk));
    }
    return STRATA_OK;
}

strata_status namespace_set(scope *sc, const schema *s, node *root, text name_space) {
    namespace_args args = {.where = root->where, .name_space = name_space};
    return transform_node(sc, s, root, &args);
}

static bool is_moved(const resource *r) { return !node_is_null_or_empty(r->root) && !r->helm_generated; }

static strata_status check_moved(scope *sc, resource_set *set, const resource *r, const namespace_args *args) {
    resource *twin;
    TRY(resource_set_twin(sc, set, r, &twin));
    if (!twin) return STRATA_OK;
    resource_id id = resource_current_id(r, set->schema);
    resource_list same;
    TRY(resource_set_find(sc, set, &id, true, &same));
    text name = resource_id_format(sc->arena, &id);
    strata_status status = scope_fail(sc, DIAGNOSTIC_NAMESPACE_CONFLICT, args->where,
                                      "with the namespace %.*s there are several resources %.*s",
                                      TEXT_ARG(args->name_space), TEXT_ARG(name));
    for (size_t i = 0; i < same.count && i < 4; i++)
        status = scope_note(sc, status, same.items[i]->root->where, "one of them is here");
    return status;
}

/*
 * The reference looks after each move, so that a clash with what is still to be moved would count as well: that one
 * stays where it is then, and clashes at the end, too. What is not moved may clash with itself.
 */
static strata_status check_unique(scope *sc, resource_set *set, const namespace_args *args) {
    resource *first, *second;
    TRY(resource_set_find_twins(sc, set, &first, &second));
    for (size_t i = 0; second && i < set->count; i++)
        if (is_moved(set->items[i])) TRY(check_moved(sc, set, set->items[i], args));
    return STRATA_OK;
}

strata_status namespace_apply(scope *sc, resource_set *set, const namespace_args *args) {
    if (text_empty(args->name_space)) return STRATA_OK;
    namespace_args own = *args;
    for (size_t i = 0; i < set->count; i++) {
        resource *r = set->items[i];
        resources_look_ahead(set->items, set->count, i);
        if (!is_moved(r)) continue;
        TRY(resource_store_previous_id(sc, r, set->schema));
        TRY(transform_node(sc, set->schema, r->root, &own));
    }
    TRY(resource_set_all_renamed(sc, set));
    return check_unique(sc, set, args);
}
