/*
 * transform/vars.c: puts the values of vars in the place of $(NAME); after kustomize's resaccumulator.go,
 * refvartransformer.go and api/filters/refvar.
 *
 * Every string in the fields that varReference names is written anew, whether or not a var is in it: it loses its
 * style, which can show in the output. Cost: the fields visited and the texts in them.
 */
#include "core/table.h"
#include "model/near_miss.h"
#include "transform/field_walk.h"
#include "transform/transform.h"
#include "transform/var_value.h"

/* --- which resources give values --------------------------------------------------------------------------------- */

static strata_status mark_source(scope *sc, resource_set *set, const variable *var) {
    resource_id id = {.type = var->type, .name = var->object_name, .name_space = var->object_namespace};
    resource_list found;
    if (text_empty(id.name_space))
        TRY(resource_set_find_any_namespace(sc, set, &id, &found));
    else
        TRY(resource_set_find(sc, set, &id, false, &found));
    if (found.count == 0) return STRATA_OK; /* perhaps it comes with a later kustomization */
    if (found.count == 1)
        return text_list_add(sc->arena, &found.items[0]->var_names, var->name) ? STRATA_OK : scope_no_memory(sc);
    strata_status status = scope_fail(sc, DIAGNOSTIC_VAR_SOURCE, var->where,
                                      "%zu resources match the objref of the var %.*s: which one is meant?",
                                      found.count, TEXT_ARG(var->name));
    status = scope_note(sc, status, found.items[0]->root->where, "one is here");
    return scope_note(sc, status, found.items[1]->root->where, "another one is here");
}

strata_status vars_register(scope *sc, resource_set *set, const variable_list *vars) {
    for (size_t i = 0; i < vars->count; i++)
        TRY(mark_source(sc, set, &vars->items[i]));
    return STRATA_OK;
}

/* --- values ------------------------------------------------------------------------------------------------------ */

typedef struct var_entry {
    const variable *var;
    var_value value;
    bool used;
} var_entry;

typedef struct var_pass {
    table entries; /* of var_entry, by name */
    buffer expanded;
} var_pass;

/* Each var name with the first resource that is marked with it. */
static strata_status collect_sources(scope *sc, const resource_set *set, table *out) {
    for (size_t i = 0; i < set->count; i++) {
        resource *r = set->items[i];
        for (size_t k = 0; k < r->var_names.count; k++)
            if (!table_find(out, r->var_names.items[k]) && !table_add(out, sc->arena, r->var_names.items[k], r))
                return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static strata_status fail_without_source(scope *sc, const resource_set *set, const variable *var) {
    const resource_id wanted = {.type = var->type, .name = var->object_name, .name_space = var->object_namespace};
    return scope_fail_hint(sc, DIAGNOSTIC_VAR_SOURCE, var->where, near_miss_hint(sc, set, &wanted, false),
                           "no resource matches the objref of the var %.*s: %.*s %.*s", TEXT_ARG(var->name),
                           TEXT_ARG(var->type.kind), TEXT_ARG(var->object_name));
}

static strata_status read_value(scope *sc, const resource_set *set, const table *sources, const variable *var,
                                var_entry *out) {
    const resource *source = table_get(sources, var->name);
    if (!source) return fail_without_source(sc, set, var);
    bool found;
    out->var = var;
    TRY(var_value_read(sc, source->root, var->field_path, &out->value, &found));
    if (found) return STRATA_OK;
    strata_status status =
        scope_fail(sc, DIAGNOSTIC_VAR_SOURCE, var->where, "the field %.*s of the var %.*s is missing",
                   TEXT_ARG(var->field_path), TEXT_ARG(var->name));
    return scope_note(sc, status, source->root->where, "in this resource");
}

/* --- texts with vars in them ------------------------------------------------------------------------------------- */

/* The value for a name, NULL when the name stays as it is. */
static strata_status look_up(scope *sc, var_pass *pass, text name, const node *where, const var_value **out) {
    var_entry *entry = table_get(&pass->entries, name);
    *out = NULL;
    if (!entry) return STRATA_OK;
    if (entry->value.type == VAR_COLLECTION)
        return scope_warn(sc, DIAGNOSTIC_VAR_NO_SCALAR, where->where,
                          "$(%.*s) is not replaced: the var's value is a mapping or list", TEXT_ARG(name));
    entry->used = true;
    *out = &entry->value;
    return STRATA_OK;
}

/* "$(" that closes somewhere: the name inside. */
static bool read_name(text t, size_t dollar, text *name) {
    text inside = text_after(t, dollar + 2);
    size_t end = text_find_char(inside, ')');
    *name = text_slice(inside, 0, end);
    return end != SIZE_MAX;
}

/* Copies the '$' and what follows it as they come out when no name follows; returns the number of bytes read. */
static size_t copy_dollar(text t, size_t dollar, buffer *out) {
    unsigned char next = (unsigned char)t.data[dollar + 1];
    buffer_add_char(out, '$');
    /* Go makes a letter of a single byte here, so one beyond ASCII comes out as two bytes of UTF-8. */
    if (next != '$') buffer_add_utf8(out, next);
    return 2;
}

/* Replaces one "$(NAME)"; *whole is set when that is all of the text. */
static strata_status replace_name(scope *sc, var_pass *pass, text t, text name, const node *where,
                                  const var_value **whole) {
    const var_value *value;
    TRY(look_up(sc, pass, name, where, &value));
    if (value && t.size == name.size + 3) {
        *whole = value;
    } else if (value) {
        var_value_print(value, &pass->expanded);
    } else {
        buffer_add_text(&pass->expanded, TEXT("$("));
        buffer_add_text(&pass->expanded, name);
        buffer_add_char(&pass->expanded, ')');
    }
    return STRATA_OK;
}

/* Expands a text into pass->expanded, or finds that it is nothing but one var: then *whole is its value. */
static strata_status expand(scope *sc, var_pass *pass, text t, const node *where, const var_value **whole) {
    bool may_close = true; /* after one "$(" that never closes none will */
    for (size_t at = 0; at < t.size && !*whole;) {
        size_t dollar = text_find_char(text_after(t, at), '$');
        if (dollar == SIZE_MAX || at + dollar + 1 == t.size) {
            buffer_add_text(&pass->expanded, text_after(t, at));
            break;
        }
        buffer_add_text(&pass->expanded, text_slice(t, at, at + dollar));
        at += dollar;
        text name;
        if (t.data[at + 1] == '(' && may_close && (may_close = read_name(t, at, &name))) {
            TRY(replace_name(sc, pass, t, name, where, whole));
            at += name.size + 3;
        } else {
            at += copy_dollar(t, at, &pass->expanded);
        }
    }
    return STRATA_OK;
}

static bool is_string(const node *n) { return n->kind == NODE_SCALAR && (n->tag == TAG_STR || n->tag == TAG_UNSET); }

static strata_status expand_scalar(scope *sc, var_pass *pass, node *scalar) {
    text t = node_text(scalar);
    var_value value = {.type = VAR_TEXT, .string = t};
    const var_value *whole = NULL;
    if (text_find_char(t, '$') != SIZE_MAX) {
        buffer_clear(&pass->expanded);
        TRY(expand(sc, pass, t, scalar, &whole));
        if (buffer_failed(&pass->expanded))
            return pass->expanded.failure == BUFFER_TOO_LARGE
                       ? scope_fail(sc, DIAGNOSTIC_LIMIT, scalar->where, "vars make a text too long (output limit)")
                       : scope_no_memory(sc);
        value.string = text_copy(sc->arena, buffer_text(&pass->expanded));
        if (!value.string.data) return scope_no_memory(sc);
    }
    return var_value_write(sc, whole ? whole : &value, scalar);
}

/* --- fields ------------------------------------------------------------------------------------------------------ */

static strata_status visit_mapping(scope *sc, var_pass *pass, node *field) {
    for (uint32_t i = 0; i < field->count; i++) {
        const node *key = field->pairs[i].key;
        if (!is_string(key))
            return scope_fail(sc, DIAGNOSTIC_VAR_FIELD, key->where, "the key %.*s is no string: vars can't be replaced",
                              TEXT_ARG(node_text(key)));
        if (is_string(field->pairs[i].value)) TRY(expand_scalar(sc, pass, field->pairs[i].value));
    }
    return STRATA_OK;
}

static strata_status visit_sequence(scope *sc, var_pass *pass, node *field) {
    for (uint32_t i = 0; i < field->count; i++) {
        if (!is_string(field->items[i]))
            return scope_fail(sc, DIAGNOSTIC_VAR_FIELD, field->items[i]->where,
                              "an element of this list is no string: vars can't be replaced");
        TRY(expand_scalar(sc, pass, field->items[i]));
    }
    return STRATA_OK;
}

static strata_status visit_field(scope *sc, node *field, void *user) {
    if (node_is_null(field)) return STRATA_OK;
    if (field->kind == NODE_MAPPING) return visit_mapping(sc, user, field);
    if (field->kind == NODE_SEQUENCE) return visit_sequence(sc, user, field);
    return is_string(field) ? expand_scalar(sc, user, field) : STRATA_OK;
}

/* --- all --------------------------------------------------------------------------------------------------------- */

static strata_status warn_of_unused(scope *sc, const var_entry *entries, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!entries[i].used)
            TRY(scope_warn(sc, DIAGNOSTIC_VAR_UNUSED, entries[i].var->where, "the var %.*s was never replaced",
                           TEXT_ARG(entries[i].var->name)));
    return STRATA_OK;
}

static strata_status replace_all(scope *sc, resource_set *set, var_pass *pass, field_spec_list specs) {
    field_walk walk = {.visit = visit_field, .user = pass};
    for (size_t i = 0; i < set->count; i++) {
        resources_look_ahead(set->items, set->count, i);
        TRY(field_walk_specs(sc, set->items[i]->root, specs, &walk));
    }
    return STRATA_OK;
}

strata_status vars_apply(scope *sc, resource_set *set, const variable_list *vars, field_spec_list specs) {
    if (vars->count == 0) return STRATA_OK;
    table sources = {0};
    var_pass pass = {{0}, {0}};
    var_entry *entries = ARENA_ARRAY(sc->arena, var_entry, vars->count);
    if (!entries) return scope_no_memory(sc);
    TRY(collect_sources(sc, set, &sources));
    for (size_t i = 0; i < vars->count; i++) {
        TRY(read_value(sc, set, &sources, &vars->items[i], &entries[i]));
        if (!table_add(&pass.entries, sc->arena, vars->items[i].name, &entries[i])) return scope_no_memory(sc);
    }
    buffer_init(&pass.expanded, sc->from, sc->limits->output);
    strata_status status = replace_all(sc, set, &pass, specs);
    buffer_free(&pass.expanded);
    TRY(status);
    resource_set_changed(set);
    return warn_of_unused(sc, entries, vars->count);
}
