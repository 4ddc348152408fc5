/*
 * build/accumulator.h: what a kustomization has gathered so far: resources, and the rules that they brought along.
 *
 * After kustomize's accumulator.ResAccumulator. A base's configuration and vars join its consumer's; a component has no
 * accumulator of its own and works on its consumer's.
 */
#ifndef BUILD_ACCUMULATOR_H
#define BUILD_ACCUMULATOR_H

#include "core/table.h"
#include "model/kustomization.h"
#include "model/resource_set.h"

typedef struct accumulator {
    resource_set set;
    transformer_config config;
    bool config_is_builtin; /* nothing was added to the builtin configuration */
    variable_list vars;     /* in the order in which they came */
    table var_names;
} accumulator;

void accumulator_init(accumulator *acc, const schema *s);
/* Adds a configuration; the builtin one when `config` is NULL. */
strata_status accumulator_merge_config(scope *sc, accumulator *acc, const transformer_config *config);
/* Registers vars of the kustomization at hand; a name that is there already fails. */
strata_status accumulator_merge_vars(scope *sc, accumulator *acc, const variable_list *vars);
/* Moves all of `from` into `acc`; `from` must not be used afterwards. */
strata_status accumulator_merge(scope *sc, accumulator *acc, accumulator *from);

#endif
