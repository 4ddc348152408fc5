/*
 * function/exec_plugin.h: programs in the plugin home: HOME/GROUP/VERSION/lower-case KIND/KIND.
 *
 * Such a program gets the path of a file with its configuration and the arguments that the configuration names, all
 * resources on its standard input, and the configuration and the kustomization's directory in its environment. After
 * kustomize's api/internal/plugins/execplugin and api/konfig/plugins.go.
 */
#ifndef FUNCTION_EXEC_PLUGIN_H
#define FUNCTION_EXEC_PLUGIN_H

#include "function/program.h"

typedef struct exec_plugin {
    const function_options *options;
    const char *path;
    text_list arguments;
    text config; /* the configuration as a stream has it */
    origin where;
    text root; /* the kustomization's directory */
} exec_plugin;

/*
 * Looks the program of a configuration up and reads its arguments. Fails when it can't be run: there is no plugin home,
 * no program, it is not executable, or it is Go object code, which a program in another language can't load.
 */
strata_status exec_plugin_load(scope *sc, const plugin_place *place, const resource *config, text config_text,
                               exec_plugin *out);
/* Runs it; *out is what it prints, in the arena. */
strata_status exec_plugin_run(scope *sc, const exec_plugin *plugin, text input, text *out);

#endif
