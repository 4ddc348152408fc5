/*
 * build/build.h: one build, from the path of a target to its resources.
 *
 * The steps, each in a file of its own: target.c loads a kustomization and accumulates what it names, bases first
 * (accumulate.c for files and directories, generators.c, transformers.c for the phases); finish.c does what happens
 * once, at the top: hash suffixes, name references, vars, local resources, order.
 */
#ifndef BUILD_BUILD_H
#define BUILD_BUILD_H

#include "build/overrides.h"
#include "build/read_ahead.h"
#include "core/buffer.h"
#include "core/environment.h"
#include "function/function.h"
#include "generate/generate.h"
#include "generate/helm.h"
#include "model/kustomization.h"
#include "model/resource_set.h"
#include "source/loader.h"
#include "source/remote.h"

typedef enum build_reorder { REORDER_UNSPECIFIED, REORDER_NONE, REORDER_LEGACY } build_reorder;

typedef struct build_options {
    loader_options loading;
    build_reorder reorder;
    bool add_managed_by_label;
    size_t jobs;                   /* threads that a build may use, its caller's among them */
    child_environment environment; /* what programs that a build starts may see */
    function_options functions;
    helm_options helm;
    remote_providers providers;
} build_options;

/* What all targets of one build share. */
typedef struct build {
    scope *sc;
    const build_options *options;
    schema *schema;
    helm_api_versions helm_api_versions;
    table bases;        /* by their roots, their sizes: see accumulate.c */
    read_ahead *ahead;  /* NULL until there is enough to read */
    size_t read_so_far; /* bytes of resource files */
} build;

/* What one build is asked for beside the options that it shares with others. */
typedef struct build_request {
    text path;                         /* a directory or a repository's URL */
    const strata_overrides *overrides; /* NULL: none */
    load_filter filter;
} build_request;

/* *out gets the finished resources, in the order of the stream. */
strata_status build_run(scope *sc, const build_options *options, const build_request *request, resource_set *out);

/* The finished resources as one stream of documents. */
strata_status build_write_stream(scope *sc, const resource_set *set, buffer *out);

#endif
