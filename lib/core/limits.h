/*
 * core/limits.h: how much a build may use. Each is reached with an error that names it, never with a crash.
 */
#ifndef CORE_LIMITS_H
#define CORE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

typedef struct limits {
    size_t input_file;      /* bytes of one input file */
    size_t input_total;     /* bytes of all input of a build */
    size_t output;          /* bytes of the rendered stream */
    size_t memory;          /* bytes that a build may allocate; 0: no limit */
    size_t growth;          /* bytes that it may allocate for each byte of input (core/meter.h); 0: no limit */
    uint32_t nesting;       /* depth of a document, also of what patches and replacements make */
    uint32_t alias_nodes;   /* nodes that aliases may expand to in one document */
    uint32_t documents;     /* documents in one file */
    uint32_t base_depth;    /* kustomizations between the target and a base */
    uint32_t regex_steps;   /* PCRE2 match limit */
    uint32_t fetches;       /* remote fetches of a build */
    uint32_t fetch_time;    /* milliseconds that a file may take to arrive by HTTP */
    uint32_t time;          /* milliseconds that a build may take; 0: no limit */
    size_t function_output; /* bytes that a function or chart may print */
} limits;

extern const limits limits_default;

#endif
