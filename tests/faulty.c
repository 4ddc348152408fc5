#include "faulty.h"

#include <stdlib.h>

static bool fails_now(faulty *f) {
    f->asked++;
    return f->fail_at && (f->lasting ? f->asked >= f->fail_at : f->asked == f->fail_at);
}

static void *allocate(size_t size, void *user) {
    faulty *f = user;
    if (fails_now(f)) return NULL;
    void *block = malloc(size);
    if (block) f->live++;
    return block;
}

static void *reallocate(void *block, size_t size, void *user) {
    faulty *f = user;
    if (fails_now(f)) return NULL;
    void *moved = realloc(block, size);
    if (moved && !block) f->live++;
    return moved;
}

static void release(void *block, void *user) {
    if (block) ((faulty *)user)->live--;
    free(block);
}

strata_allocator faulty_allocator(faulty *f) { return (strata_allocator){allocate, reallocate, release, f}; }
