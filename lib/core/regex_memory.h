/* core/regex_memory.h: PCRE2 with the memory of an allocator of ours, for both of its matchers. */
#ifndef CORE_REGEX_MEMORY_H
#define CORE_REGEX_MEMORY_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "core/arena.h"

/* All that is made with it comes from the allocator, which must outlive it. NULL when memory is out. */
pcre2_general_context *regex_memory(const allocator *from);

#endif
