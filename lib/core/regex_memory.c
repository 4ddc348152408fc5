/* core/regex_memory.c: see regex_memory.h. */
#include "core/regex_memory.h"

#include <stdint.h>

static void *pcre2_allocate(PCRE2_SIZE size, void *user) {
    const allocator *from = user;
    return from->allocate(size, from->user);
}

static void pcre2_release(void *block, void *user) {
    const allocator *from = user;
    if (block) from->release(block, from->user);
}

pcre2_general_context *regex_memory(const allocator *from) {
    return pcre2_general_context_create(pcre2_allocate, pcre2_release, (void *)(uintptr_t)from);
}
