/*
 * package/function_list.h: the functions that `fn run` runs, in their order; after kyaml's runfn.
 *
 * They are declared by the resources themselves, deeper directories first, or else by other directories and the command
 * line, and then not by the resources.
 */
#ifndef PACKAGE_FUNCTION_LIST_H
#define PACKAGE_FUNCTION_LIST_H

#include "function/function_spec.h"
#include "package/package_files.h"
#include "strata/functions.h"

typedef struct listed_function {
    node *config; /* one of the resources, when it is declared there */
    function_spec spec;
    text label;      /* how messages name it */
    bool everywhere; /* a container that sees all resources, whatever directory its configuration is in */
    size_t number;   /* of the file of its results */
} listed_function;

typedef struct function_list {
    listed_function *items;
    size_t count;
    size_t capacity;
} function_list;

/* Functions that nothing allows to run are left out with a warning, but for a network, without which it fails. */
strata_status function_list_find(work *w, const strata_functions_options *options, const node_list *resources,
                                 function_list *out);

/* The directory below which a resource, or the function that it declares, counts: one above a directory `functions`. */
strata_status function_scope(work *w, const node *root, text *out);

#endif
