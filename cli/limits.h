/* cli/limits.h: the values of --limit. */
#ifndef CLI_LIMITS_H
#define CLI_LIMITS_H

#include "commands.h"

#include "strata/limits.h"

/* What the help says of them. */
#define LIMITS_HELP                                                                                                    \
    "input_file 64M and input_total 1G (what is read), output 4G, memory (none), growth 2000 (bytes of memory for "    \
    "each "                                                                                                            \
    "byte of input, beside 24M), function_output 256M, nesting 1000, alias_nodes 1000000, documents 100000 (in one "   \
    "file), base_depth 500, regex_steps 10000000, fetches 100, fetch_time 30s, time (none)."

/* The defaults, and over them each NAME=NUMBER of `given`. 0, or the status of a usage error. */
int limits_read(const invocation *call, const string_list *given, strata_limits *out);

#endif
