/*
 * function/plugin_home.h: where the programs of exec plugins lie; after kustomize's api/konfig/plugins.go.
 */
#ifndef FUNCTION_PLUGIN_HOME_H
#define FUNCTION_PLUGIN_HOME_H

#include "core/environment.h"
#include "model/resource.h"

/*
 * The path that the program of a configuration must have, whether or not it is there: below the first of
 * $KUSTOMIZE_PLUGIN_HOME, $XDG_CONFIG_HOME/kustomize/plugin, ~/.config/kustomize/plugin and ~/kustomize/plugin that
 * exists. Fails when none exists, and when the configuration's type would lead out of it.
 */
strata_status plugin_home_path(scope *sc, const child_environment *e, const resource *config, text *out);

#endif
