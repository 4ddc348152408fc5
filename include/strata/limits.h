/*
 * strata/limits.h: how much one build may use.
 *
 * A renderer has limits so that it can serve strangers' input: reaching one ends the build with STRATA_LIMIT
 * and a message that names it. They hold for what patches, merges and replacements make as well as for what is read: by
 * `growth`, much can't be made out of little. The defaults suit very large honest repositories; raise what is too low.
 *
 *     strata_limits limits;
 *     strata_limits_init(&limits);
 *     limits.input_file = 256 << 20;
 *     options.limits = &limits;
 */
#ifndef STRATA_LIMITS_H
#define STRATA_LIMITS_H

#include <stddef.h>
#include <stdint.h>

#include "strata/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_limits {
    size_t size;              /* sizeof(strata_limits), set by strata_limits_init */
    uint64_t input_file;      /* bytes of one input file: 64 MiB */
    uint64_t input_total;     /* bytes of all input of a build: 1 GiB */
    uint64_t output;          /* bytes of the rendered stream: 4 GiB */
    uint64_t memory;          /* bytes that a build may have allocated; 0, the default: no limit of its own */
    uint64_t growth;          /* the same for each byte of its input, beside 24 MiB that are free: 2,000; 0: no limit */
    uint64_t function_output; /* bytes that a function or a Helm chart may print: 256 MiB */
    uint32_t nesting;         /* depth of a document: 1,000 */
    uint32_t alias_nodes;     /* nodes that aliases may expand to in one document: 1,000,000 */
    uint32_t documents;       /* documents in one file: 100,000 */
    uint32_t base_depth;      /* kustomizations between the target and a base: 500 */
    uint32_t regex_steps;     /* steps of one match of a regular expression: 10,000,000 */
    uint32_t fetches;         /* remote fetches of a build: 100 */
    uint32_t fetch_time;      /* milliseconds that a file may take to arrive by HTTP: 30,000 */
    uint32_t time;            /* milliseconds that a build may take, and again each call that writes its result,
                                 each edit and each call for a package; 0, the default: no limit */
} strata_limits;

/* Fills in the defaults; the second for callers that can't call inline functions. NULL is fine. Any thread. */
STRATA_API void strata_limits_init_size(strata_limits *out, size_t size);
static inline void strata_limits_init(strata_limits *out) { strata_limits_init_size(out, sizeof *out); }

#ifdef __cplusplus
}
#endif
#endif
