/* core/arena.c: chunks that double in size up to a ceiling; see arena.h. */
#include "core/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { STEADY = 8, SMALLEST_CHUNK = 512, FIRST_CHUNK = 16 * 1024, LARGEST_CHUNK = 4 * 1024 * 1024, ALIGNMENT = 8 };
_Static_assert(_Alignof(void *) <= ALIGNMENT && _Alignof(uint64_t) <= ALIGNMENT && _Alignof(double) <= ALIGNMENT,
               "everything in an arena is aligned");

struct arena_chunk {
    arena_chunk *next;
    size_t size; /* bytes after the header */
    char bytes[];
};

struct arena_hold {
    arena_hold *next;
    void (*release)(void *);
    void *object;
};

static void *libc_allocate(size_t size, void *user) {
    (void)user;
    return malloc(size);
}
static void *libc_reallocate(void *block, size_t size, void *user) {
    (void)user;
    return realloc(block, size);
}
static void libc_release(void *block, void *user) {
    (void)user;
    free(block);
}

const allocator allocator_libc = {libc_allocate, libc_reallocate, libc_release, NULL};

void arena_init(arena *a, const allocator *from) {
    memset(a, 0, sizeof *a);
    a->from = from ? from : &allocator_libc;
    a->next_chunk = FIRST_CHUNK;
}

void arena_free(arena *a) {
    for (arena_hold *hold = a->holds; hold; hold = hold->next)
        hold->release(hold->object);
    arena_chunk *chunk = a->chunks;
    while (chunk) {
        arena_chunk *next = chunk->next;
        a->from->release(chunk, a->from->user);
        chunk = next;
    }
    arena_init(a, a->from);
}

void arena_expect(arena *a, size_t size) {
    a->next_chunk = size < SMALLEST_CHUNK ? SMALLEST_CHUNK : size > LARGEST_CHUNK ? LARGEST_CHUNK : size;
    a->steady = size < SIZE_MAX / STEADY ? size * STEADY : size;
}

/* Links a chunk with room for `size` bytes. */
static arena_chunk *add_chunk(arena *a, size_t size) {
    if (size > SIZE_MAX - sizeof(arena_chunk)) return NULL;
    arena_chunk *chunk = a->from->allocate(sizeof(arena_chunk) + size, a->from->user);
    if (!chunk) return NULL;
    chunk->size = size;
    chunk->next = a->chunks;
    a->chunks = chunk;
    return chunk;
}

#ifdef STRATA_ARENA_MALLOC

/* One chunk an object, so that the tools see where an object ends. The header keeps malloc's alignment. */
static void *allocate(arena *a, size_t size, size_t alignment) {
    (void)alignment;
    arena_chunk *chunk = add_chunk(a, size);
    if (!chunk) return NULL;
    a->used += size;
    return chunk->bytes;
}

#else

static void *allocate_slow(arena *a, size_t size, size_t alignment) {
    size_t wanted = size > a->next_chunk ? size + alignment : a->next_chunk;
    if (wanted < size) return NULL;
    arena_chunk *chunk = add_chunk(a, wanted);
    if (!chunk) return NULL;
    if (a->next_chunk < LARGEST_CHUNK && a->used >= a->steady) a->next_chunk *= 2;
    char *start = (char *)(((uintptr_t)chunk->bytes + alignment - 1) & ~(uintptr_t)(alignment - 1));
    char *end = chunk->bytes + chunk->size;
    if ((size_t)(end - start) < size) return NULL;
    /* A large object in a chunk of its own leaves the space of the chunk before it in use. */
    if (!a->end || (size_t)(end - start) - size > (size_t)(a->end - a->cursor)) {
        a->cursor = start + size;
        a->end = end;
    }
    a->used += size;
    return start;
}

static void *allocate(arena *a, size_t size, size_t alignment) {
    uintptr_t start = ((uintptr_t)a->cursor + alignment - 1) & ~(uintptr_t)(alignment - 1);
    if (!a->cursor || start > (uintptr_t)a->end || (uintptr_t)a->end - start < size)
        return allocate_slow(a, size, alignment);
    a->cursor = (char *)start + size;
    a->used += size;
    return (void *)start;
}

#endif

void *arena_alloc(arena *a, size_t size) { return allocate(a, size, ALIGNMENT); }

bool arena_hold_object(arena *a, void (*release)(void *), void *object) {
    arena_hold *hold = arena_alloc(a, sizeof *hold);
    if (!hold) return false;
    *hold = (arena_hold){a->holds, release, object};
    a->holds = hold;
    return true;
}

void *arena_zalloc(arena *a, size_t size) {
    void *block = arena_alloc(a, size);
    if (block && size) memset(block, 0, size);
    return block;
}

void *arena_array(arena *a, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) return NULL;
    return arena_zalloc(a, count * size);
}

char *arena_chars(arena *a, size_t size) { return allocate(a, size, 1); }

void *arena_grow(arena *a, void *array, size_t *capacity, size_t wanted, size_t size) {
    if (wanted <= *capacity) return array;
    size_t larger = *capacity < 4 ? 4 : *capacity;
    while (larger < wanted) {
        if (larger > SIZE_MAX / 2) return NULL;
        larger *= 2;
    }
    if (size && larger > SIZE_MAX / size) return NULL;
#ifndef STRATA_ARENA_MALLOC
    size_t more = (larger - *capacity) * size;
    if (array && (char *)array + *capacity * size == a->cursor && (size_t)(a->end - a->cursor) >= more) {
        a->cursor += more;
        a->used += more;
        *capacity = larger;
        return array;
    }
#endif
    void *moved = arena_alloc(a, larger * size);
    if (!moved) return NULL;
    if (array && *capacity) memcpy(moved, array, *capacity * size);
    *capacity = larger;
    return moved;
}
