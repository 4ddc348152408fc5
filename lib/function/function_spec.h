/*
 * function/function_spec.h: what a configuration says about the function that it configures.
 *
 * Looked for, in this order, in the annotations config.kubernetes.io/function and config.k8s.io/function, the field
 * metadata.configFn (all three hold the same fields; unknown and repeated ones are refused), and the annotation
 * config.kubernetes.io/container, which is the image alone. After kyaml's fn/runtime/runtimeutil.
 */
#ifndef FUNCTION_FUNCTION_SPEC_H
#define FUNCTION_FUNCTION_SPEC_H

#include "model/kustomization.h"

typedef struct storage_mount {
    text type;
    text source;
    text target;
    bool read_write;
} storage_mount;
LIST_OF(storage_mount, storage_mount_list);

typedef struct container_spec {
    text image;
    bool network;
    storage_mount_list mounts;
    located_list envs;
} container_spec;

typedef struct exec_spec {
    text path;
    located_list args;
    located_list envs;
} exec_spec;

typedef struct function_spec {
    bool defer_failure; /* makes no difference to a build */
    container_spec container;
    exec_spec exec;
} function_spec;

/* `config` is the configuration as the function will get it. *found is false when it is no function. */
strata_status function_spec_read(scope *sc, const node *config, bool *found, function_spec *out);

/* A mount as the command line gives it: "type=bind,src=DIR,dst=DIR"; parts that say nothing else are ignored. */
storage_mount storage_mount_parse(text option);

#endif
