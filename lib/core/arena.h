/*
 * core/arena.h: memory that lives as long as the build that it belongs to.
 *
 * Everything a build makes is allocated from one arena and freed with it. An allocation can fail: every function here
 * that gives memory gives NULL then, and the caller passes the failure on (scope_no_memory in core/scope.h).
 *
 * Order: arena_init, any number of allocations, arena_free. An arena belongs to one thread at a time.
 * Built with STRATA_ARENA_MALLOC, each object is a malloc of its own, so that ASan and valgrind see overruns.
 */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct arena_chunk arena_chunk;
typedef struct arena_hold arena_hold;

/* The functions that an arena gets its chunks from; a renderer's caller may pass its own. */
typedef struct allocator {
    void *(*allocate)(size_t size, void *user);
    void *(*reallocate)(void *block, size_t size, void *user);
    void (*release)(void *block, void *user);
    void *user;
} allocator;

/* The C library's malloc, realloc and free. */
extern const allocator allocator_libc;

typedef struct arena {
    char *cursor; /* the next free byte of the newest chunk */
    char *end;
    arena_chunk *chunks; /* newest first */
    size_t next_chunk;   /* size of the chunk to come: doubles up to a ceiling */
    size_t steady;       /* chunks don't grow before so much is in use */
    size_t used;         /* bytes given out by all chunks */
    arena_hold *holds;   /* what is released with the arena */
    uint64_t seed;       /* of its tables (core/table.h): the last one, 0 before the first */
    const allocator *from;
} arena;

void arena_init(arena *a, const allocator *from);
void arena_free(arena *a);

/* The arena will be asked for some few times `size` bytes: chunks of that size waste little. */
void arena_expect(arena *a, size_t size);
/*
 * Ties an object that lives elsewhere to the arena: arena_free calls release(object). False when memory is out; the
 * object is then still the caller's.
 */
bool arena_hold_object(arena *a, void (*release)(void *), void *object);

/*
 * `size` bytes aligned for pointers, 64-bit integers and doubles, which is all that strata keeps in an arena; NULL when
 * memory is out. A size of 0 gives a pointer that may not be read.
 */
void *arena_alloc(arena *a, size_t size);
/* The same, zeroed. */
void *arena_zalloc(arena *a, size_t size);
/* `count` objects of `size` bytes, zeroed; NULL also when the product overflows. */
void *arena_array(arena *a, size_t count, size_t size);
/* `size` bytes with no alignment, for text. */
char *arena_chars(arena *a, size_t size);

/*
 * Grows an array of `*capacity` objects so that it can hold `wanted`; the objects move (or stay, when they were the
 * arena's last allocation). Returns the array, NULL when memory is out: the old one is then still valid.
 */
void *arena_grow(arena *a, void *array, size_t *capacity, size_t wanted, size_t size);

#define ARENA_NEW(a, type) ((type *)arena_zalloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_array((a), (count), sizeof(type)))

#endif
