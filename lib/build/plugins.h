/*
 * build/plugins.h: the plugins that a kustomization configures under generators, transformers and validators.
 *
 * A configuration is a resource: its apiVersion says whether the plugin is built in (builtin_plugins.c), and if not,
 * its annotations whether it is a function or an executable. After kustomize's api/internal/plugins/loader.
 */
#ifndef BUILD_PLUGINS_H
#define BUILD_PLUGINS_H

#include "build/target.h"

/* A configuration as its plugin gets it: written and read again, with YAML 1.1 types. */
typedef struct plugin_config {
    target *t;
    const resource *r;
    const node *fields;
} plugin_config;

/* builtin_plugins.c: whether the configuration is for a builtin plugin. */
bool plugin_is_builtin(const resource *r);
/* Runs a builtin generator; *out gets its resources. Fails for kinds that are no generators. */
strata_status plugin_generate_builtin(scope *sc, const plugin_config *config, resource_set *out);
/* Runs a builtin transformer over `set`. */
strata_status plugin_transform_builtin(scope *sc, const plugin_config *config, resource_set *set);

#endif
