/*
 * strata/allocator.h: where the library gets its memory from.
 *
 * Three functions and a context, given with a renderer's options; NULL there means malloc, realloc and free. They may
 * be called by every thread that uses the renderer, at the same time, so they must be as safe for that as malloc is.
 */
#ifndef STRATA_ALLOCATOR_H
#define STRATA_ALLOCATOR_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_allocator {
    /* `size` bytes (never 0) aligned for any object; NULL when there are none: the call fails with STRATA_NO_MEMORY. */
    void *(*allocate)(size_t size, void *user);
    /* The block with a new size, moved if need be; `block` may be NULL. On NULL the old block is still valid. */
    void *(*reallocate)(void *block, size_t size, void *user);
    /* Gives a block back; `block` may be NULL. */
    void (*release)(void *block, void *user);
    void *user;
} strata_allocator;

#ifdef __cplusplus
}
#endif
#endif
