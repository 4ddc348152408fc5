/*
 * strata/package.h: looking at directories of resources, as `kustomize cfg` does, without building anything.
 *
 * Every YAML document in a file *.yaml or *.yml counts as a resource, kustomization files too. A directory with a file
 * named Krmfile is a package of its own; a file .krmignore, written like .gitignore, leaves files out.
 *
 *     strata_package_options options;
 *     strata_package_options_init(&options);
 *     options.path = "clusters/eu";
 *     options.query = "spec.replicas>3";
 *     strata_output *found;
 *     if (strata_package_grep(&found, renderer, &options, error) == STRATA_OK)
 *         fwrite(strata_output_data(found), 1, strata_output_size(found), stdout);
 *     strata_output_free(found);
 *
 * All functions take the same options and say which of them count. *out is the caller's (strata_output_free); it is
 * NULL after a failure. They fail with STRATA_NOT_FOUND when there is nothing at the path, with STRATA_INVALID for a
 * file that holds anything but mappings and for malformed options, with the failures of reading, and with STRATA_USAGE
 * when an argument but `error` is NULL or `size` is not what _init wrote. Of the renderer its files, memory and limits
 * count. Any thread.
 */
#ifndef STRATA_PACKAGE_H
#define STRATA_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "strata/error.h"
#include "strata/export.h"
#include "strata/output.h"
#include "strata/renderer.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Fields that a tree shows beside each resource. */
enum {
    STRATA_TREE_NAME = 1,
    STRATA_TREE_IMAGE = 2,
    STRATA_TREE_COMMAND = 4,
    STRATA_TREE_ARGS = 8,
    STRATA_TREE_ENV = 16,
    STRATA_TREE_REPLICAS = 32,
    STRATA_TREE_RESOURCES = 64,
    STRATA_TREE_PORTS = 128,
    STRATA_TREE_ALL = 255
};

typedef enum strata_tree_graph {
    STRATA_TREE_GRAPH_UNSPECIFIED = 0, /* by owners when a resource has one, else by directories */
    STRATA_TREE_GRAPH_DIRECTORY = 1,
    STRATA_TREE_GRAPH_OWNERS = 2
} strata_tree_graph;

typedef struct strata_package_options {
    size_t size; /* sizeof(strata_package_options), set by strata_package_options_init */

    /* What is looked at. */
    const char *path;  /* a directory or file; NULL: `input` */
    const char *input; /* a stream of resources; the items of a lone List stand for it */
    size_t input_size;
    bool own_package_only;  /* without the packages below */
    bool include_local;     /* resources with the annotation config.kubernetes.io/local-config, too */
    bool exclude_non_local; /* without all others */

    /* How resources are written. */
    bool annotate;    /* with the annotations that say which file they come from */
    bool unformatted; /* with their fields in the order of the file */
    bool strip_comments;
    bool flow_style;             /* as {a: b} */
    bool tagged_style;           /* with the tag !!map */
    const char *wrap_kind;       /* in a list of this kind, such as ResourceList; NULL: as a stream */
    const char *wrap_version;    /* its apiVersion */
    const char *function_config; /* the file of a resource that goes into the list; NULL: none */

    bool total_only; /* counts all resources together */

    /* What is looked for: path.to.field=regexp, or >, >=, <, <= and a quantity; a path alone: where it is there. */
    const char *query;
    bool invert; /* the others */

    /* What a tree shows. */
    strata_tree_graph graph;
    unsigned fields;                /* STRATA_TREE_... */
    const char *const *field_paths; /* NULL-terminated; NULL: none */
} strata_package_options;

/* Fills in the defaults; the second for callers that can't call inline functions. NULL is fine. Any thread. */
STRATA_API void strata_package_options_init_size(strata_package_options *out, size_t size);
static inline void strata_package_options_init(strata_package_options *out) {
    strata_package_options_init_size(out, sizeof *out);
}

/* How many resources of each kind there are. Counts: what is looked at, but for the local ones; total_only. */
STRATA_API strata_status strata_package_count(strata_output **out, const strata_renderer *renderer,
                                              const strata_package_options *options, strata_error *error);
/* The resources, in one order of fields. Counts: what is looked at; how resources are written. */
STRATA_API strata_status strata_package_cat(strata_output **out, const strata_renderer *renderer,
                                            const strata_package_options *options, strata_error *error);
/* Those that match. Counts: what is looked at, but for the local ones; annotate; what is looked for. */
STRATA_API strata_status strata_package_grep(strata_output **out, const strata_renderer *renderer,
                                             const strata_package_options *options, strata_error *error);
/* A drawing of them. Counts: what is looked at, packages below always; what a tree shows. */
STRATA_API strata_status strata_package_tree(strata_output **out, const strata_renderer *renderer,
                                             const strata_package_options *options, strata_error *error);

#ifdef __cplusplus
}
#endif
#endif
