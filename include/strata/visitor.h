/*
 * strata/visitor.h: sees each resource after the build, and may drop or replace it.
 *
 * The visitor is called for each resource in the order of the stream, when all else is done: hashes, references and the
 * order are final. What a deployment tool adds to every object (labels of its own, substituted variables) goes here.
 */
#ifndef STRATA_VISITOR_H
#define STRATA_VISITOR_H

#include "strata/resource.h"
#include "strata/sink.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum strata_visit {
    STRATA_VISIT_KEEP = 0,    /* it stays as it is */
    STRATA_VISIT_DROP = 1,    /* it leaves the result */
    STRATA_VISIT_REPLACE = 2, /* it becomes what was written to the sink: one resource, as YAML or JSON */
    STRATA_VISIT_FAIL = 3     /* the build fails, with STRATA_CANCELLED; strata_sink_explain says why */
} strata_visit;

/*
 * `resource` can be asked for everything (strata/resource.h) and is valid during the call only. Called on the thread
 * that builds. The build fails with STRATA_INVALID when what was written is not one resource, and with STRATA_CONFLICT
 * when two resources have one id afterwards.
 */
typedef strata_visit (*strata_visitor_function)(strata_sink *out, strata_resource *resource, void *user);

#ifdef __cplusplus
}
#endif
#endif
