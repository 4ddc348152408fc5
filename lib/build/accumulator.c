/* build/accumulator.c: see accumulator.h. */
#include "build/accumulator.h"

#include "transform/transform.h"

void accumulator_init(accumulator *acc, const schema *s) {
    memset(acc, 0, sizeof *acc);
    resource_set_init(&acc->set, s);
}

/* Configurations are nearly always the builtin one alone, and merging that with itself changes nothing. */
strata_status accumulator_merge_config(scope *sc, accumulator *acc, const transformer_config *config) {
    if (!config && acc->config_is_builtin) return STRATA_OK;
    static const transformer_config empty;
    if (!config && memcmp(&acc->config, &empty, sizeof empty) == 0) {
        acc->config = transformer_config_builtin;
        acc->config_is_builtin = true;
        return STRATA_OK;
    }
    acc->config_is_builtin = false;
    return transformer_config_merge(sc, &acc->config, config ? config : &transformer_config_builtin);
}

static strata_status add_var(scope *sc, accumulator *acc, variable *var) {
    const variable *other = table_get(&acc->var_names, var->name);
    if (other) {
        strata_status status =
            scope_fail(sc, DIAGNOSTIC_DUPLICATE_VAR, var->where, "the var %.*s is there already", TEXT_ARG(var->name));
        return scope_note(sc, status, other->where, "the other one is here");
    }
    return table_add(&acc->var_names, sc->arena, var->name, var) ? STRATA_OK : scope_no_memory(sc);
}

static strata_status add_vars(scope *sc, accumulator *acc, const variable_list *vars) {
    if (vars->count == 0) return STRATA_OK;
    variable *items = ARENA_ARRAY(sc->arena, variable, acc->vars.count + vars->count);
    if (!items) return scope_no_memory(sc);
    if (acc->vars.count) memcpy(items, acc->vars.items, acc->vars.count * sizeof *items);
    for (size_t i = 0; i < vars->count; i++)
        TRY(add_var(sc, acc, &vars->items[i]));
    memcpy(items + acc->vars.count, vars->items, vars->count * sizeof *items);
    acc->vars.items = items;
    acc->vars.count += vars->count;
    return STRATA_OK;
}

strata_status accumulator_merge_vars(scope *sc, accumulator *acc, const variable_list *vars) {
    if (vars->count == 0) return STRATA_OK;
    TRY(vars_register(sc, &acc->set, vars));
    return add_vars(sc, acc, vars);
}

strata_status accumulator_merge(scope *sc, accumulator *acc, accumulator *from) {
    if (acc->set.count == 0) {
        TRY(resource_set_check(sc, &from->set));
        acc->set = from->set;
    } else {
        TRY(resource_set_append_all(sc, &acc->set, &from->set));
    }
    TRY(accumulator_merge_config(sc, acc, from->config_is_builtin ? NULL : &from->config));
    return add_vars(sc, acc, &from->vars);
}
