/*
 * function/function_call.h: one call of a function: documents in, documents out, and what they carry meanwhile.
 *
 * Each document gets annotations by which it is found again, a function of a directory sees only the documents below
 * it, and those that come out get a path. All of it can be seen by the function, and some by later ones. After kyaml's
 * fn/runtime/runtimeutil and runfn, and kustomize's fnplugin.go.
 */
#ifndef FUNCTION_FUNCTION_CALL_H
#define FUNCTION_FUNCTION_CALL_H

#include "function/function_spec.h"
#include "function/program.h"
#include "yaml/reader.h"

typedef struct function_call {
    const function_options *options;
    const function_spec *spec;
    const node *config; /* the configuration, read from the text that a stream would have */
    origin where;       /* its place */
    text label;         /* how messages name the function */
    text root;          /* the kustomization's directory */
} function_call;

/*
 * Calls the function with these documents, which it may change; with its own configuration when there are none. *out is
 * a stream of what it leaves. A function that can't run because nothing allows it leaves everything as it is.
 */
strata_status function_call_run(scope *sc, const function_call *call, node_list *documents, text *out);

#endif
