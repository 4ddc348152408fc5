/* core/limits.c: the defaults, as strata/limits.h lists them. */
#include "core/limits.h"

const limits limits_default = {
    .input_file = (size_t)64 << 20,
    .input_total = (size_t)1 << 30,
    .output = (size_t)4 << 30,
    .memory = 0,
    .growth = 2000,
    .nesting = 1000,
    .alias_nodes = 1000000,
    .documents = 100000,
    .base_depth = 500,
    .regex_steps = 10000000,
    .fetches = 100,
    .fetch_time = 30000,
    .time = 0,
    .function_output = (size_t)256 << 20,
};
