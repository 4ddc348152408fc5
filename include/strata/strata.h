/* clang-format off: the example keeps its lines. */
/*
 * strata/strata.h: all of the public API.
 *
 * strata renders Kubernetes manifests as kustomize does. The nouns, in the order in which a program meets them:
 *
 *   renderer.h    what builds may do, decided once           allocator.h, limits.h, filesystem.h are its options
 *   build.h       renders one target                         overrides.h: with changes that are in no file
 *   result.h      what a build made                          resource.h: one resource of it
 *   package.h     looks at directories of resources          functions.h: changes them by functions
 *   localize.h    copies a kustomization with all it names   openapi.h: schemas of clusters
 *   create.h      makes a new kustomization                  output.h: the text that such a call made
 *   edit.h        changes kustomization files                kustomization.h: reads them
 *   fetch.h       fetches in place of the library            filter.h, visitor.h: change files before, resources after
 *   progress.h    what a build is doing                      sink.h: what a caller's functions write into
 *   error.h       what went wrong, and where                 status.h, diagnostic.h: the kinds of it
 *   version.h     which strata this is
 *
 * The shortest program that renders a directory:
 *
 *     #include <stdio.h>
 *     #include <strata/strata.h>
 *
 *     int main(void) {
 *         strata_error *error = strata_error_new();
 *         strata_renderer *renderer = NULL;
 *         strata_result *result = NULL;
 *         const char *data;
 *         size_t size;
 *         int failed = strata_renderer_new(&renderer, NULL, error) != STRATA_OK ||
 *                      strata_build_run(&result, renderer, ".", error) != STRATA_OK ||
 *                      strata_result_stream(&data, &size, result, error) != STRATA_OK;
 *         if (failed)
 *             fprintf(stderr, "%s\n", strata_error_message(error));
 *         else
 *             fwrite(data, 1, size, stdout);
 *         strata_result_free(result);
 *         strata_renderer_free(renderer);
 *         strata_error_free(error);
 *         return failed;
 *     }
 *
 * The library has no global state, prints nothing, never ends the process and reads no environment variable.
 */
/* clang-format on */
#ifndef STRATA_STRATA_H
#define STRATA_STRATA_H

#include "strata/allocator.h"
#include "strata/build.h"
#include "strata/cancellation.h"
#include "strata/create.h"
#include "strata/diagnostic.h"
#include "strata/edit.h"
#include "strata/error.h"
#include "strata/fetch.h"
#include "strata/filesystem.h"
#include "strata/filter.h"
#include "strata/functions.h"
#include "strata/kustomization.h"
#include "strata/limits.h"
#include "strata/localize.h"
#include "strata/openapi.h"
#include "strata/output.h"
#include "strata/overrides.h"
#include "strata/package.h"
#include "strata/progress.h"
#include "strata/renderer.h"
#include "strata/resource.h"
#include "strata/result.h"
#include "strata/sink.h"
#include "strata/status.h"
#include "strata/targets.h"
#include "strata/version.h"
#include "strata/visitor.h"

#endif
