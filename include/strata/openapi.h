/*
 * strata/openapi.h: the OpenAPI documents that say what Kubernetes' types mean: the one that is built in, and a
 * cluster's.
 */
#ifndef STRATA_OPENAPI_H
#define STRATA_OPENAPI_H

#include "strata/error.h"
#include "strata/export.h"
#include "strata/output.h"
#include "strata/renderer.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Title and version of the document that is built in, as kustomize prints them. Static. Any thread. */
STRATA_API const char *strata_openapi_info(void);

typedef enum strata_openapi_format { STRATA_OPENAPI_JSON = 0, STRATA_OPENAPI_YAML = 1 } strata_openapi_format;

/*
 * The document of the cluster that kubectl is set up for, with sorted keys, for the field `openapi` of a kustomization.
 * kubectl is found by the PATH of the renderer's environment, which it inherits; the renderer must have fetch_enable.
 * *out is the caller's (strata_output_free); it is NULL after a failure.
 * Fails with STRATA_COMMAND when kubectl is not there, fails, or prints anything else than a JSON object; with
 * STRATA_REFUSED without fetch_enable; and with STRATA_USAGE when `out` or `renderer` is NULL or there is no such
 * format. `error` may be NULL. Any thread.
 */
STRATA_API strata_status strata_openapi_fetch(strata_output **out, const strata_renderer *renderer,
                                              strata_openapi_format format, strata_error *error);

#ifdef __cplusplus
}
#endif
#endif
