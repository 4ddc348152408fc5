/*
 * function/function.h: generators, transformers and validators that are programs: KRM functions and exec plugins.
 *
 * A configuration is a resource. When it says so itself (function_spec.h) it is a function: a container or an
 * executable that gets a ResourceList on its standard input and prints one. Otherwise its apiVersion and kind name a
 * program in the plugin home (exec_plugin.h). Order: external_plugin_load for every configuration of a list, which
 * looks at files but starts nothing, then external_plugin_generate or external_plugin_transform for each.
 *
 * Nothing runs unless function_options opens the door for it. A program gets the environment of the options, and the
 * kustomization's directory as its working directory; its output is bounded by limits->function_output. After
 * kustomize's api/internal/plugins (loader, fnplugin, execplugin, utils) and kyaml's runfn. Cost: that of the program,
 * plus writing and reading all resources once each way.
 */
#ifndef FUNCTION_FUNCTION_H
#define FUNCTION_FUNCTION_H

#include "core/environment.h"
#include "model/resource_set.h"
#include "source/loader.h"

/* Gets what programs print on their standard error. */
typedef void (*function_log)(const char *data, size_t size, void *user);

/* Texts and lists live as long as the build. */
typedef struct function_options {
    bool plugins_enabled; /* without it every configuration that is not builtin is refused */
    bool exec_enabled;    /* functions that are executables run; without it they are passed over with a warning */
    bool network;         /* containers that ask for a network get the host's */
    bool as_current_user; /* containers run with the user and group of this process, not as nobody */
    text_list mounts;     /* "type=bind,src=...,dst=...[,rw=true]" for every container */
    text_list env;        /* "NAME=value" or "NAME" for every function */
    const child_environment *environment; /* NULL: an empty one */
    function_log log;                     /* NULL: dropped, but for the last line of a program that failed */
    void *log_user;
} function_options;

typedef struct external_plugin external_plugin;

/* Where a configuration stands: the options of the build and the kustomization that names it. */
typedef struct plugin_place {
    const function_options *options;
    loader *loader;
} plugin_place;

/* Finds out what `config` stands for. Lives in the scope's arena. */
strata_status external_plugin_load(scope *sc, const plugin_place *place, const resource *config, external_plugin **out);
/* Runs it as a generator and adds its resources, with their behavior and need of a hash suffix, to `out`. */
strata_status external_plugin_generate(scope *sc, const external_plugin *plugin, resource_set *out);
/* Runs it as a transformer: resources that it changes, adds and leaves out change, come last and go. */
strata_status external_plugin_transform(scope *sc, const external_plugin *plugin, resource_set *set);

#endif
