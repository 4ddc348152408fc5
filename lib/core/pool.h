/*
 * core/pool.h: a few threads that work ahead of the one that made them.
 *
 * Tasks are begun in the order in which they were added. Threads are started when there are tasks for them, one with
 * each task until there are enough, so a pool without work costs nothing; when the system gives none, the work is done
 * by who waits for it. Signals are not delivered to them.
 *
 * Order: pool_new; any number of pool_add, also by running tasks; pool_wait for tasks whose result is needed;
 * pool_free, after which no task runs: those that were not begun never do. A task must not wait for another one.
 */
#ifndef CORE_POOL_H
#define CORE_POOL_H

#include "core/arena.h"

typedef struct pool pool;

/* Stands in the caller's own struct, which stays where it is until the task is done or the pool is freed. */
typedef struct pool_task pool_task;
struct pool_task {
    void (*run)(pool_task *task);
    /* The pool's. */
    pool_task *next, *before;
    enum { POOL_NEW, POOL_QUEUED, POOL_RUNNING, POOL_DONE } state;
};

/* At most `threads` of them beside the caller's. NULL when memory is out. */
pool *pool_new(const allocator *from, size_t threads);
void pool_free(pool *p);

/* Queues a task; `run` is set, the rest zero. */
void pool_add(pool *p, pool_task *task);
/*
 * Returns when the task is done. If nobody has begun it, the caller runs it; while another thread does, the caller
 * works on what is queued.
 */
void pool_wait(pool *p, pool_task *task);

#endif
