#include "core/pool.h"

#include <criterion/criterion.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { TASKS = 500 };

typedef struct counted {
    pool_task task;
    pool *pool;
    int result;
} counted;

static counted tasks[TASKS];
static atomic_int runs;

static void count(pool_task *task) {
    counted *c = (counted *)task;
    atomic_fetch_add(&runs, 1);
    c->result = (int)(c - tasks) * 2;
}

static void add_all(pool *p) {
    memset(tasks, 0, sizeof tasks);
    for (size_t i = 0; i < TASKS; i++) {
        tasks[i].task.run = count;
        pool_add(p, &tasks[i].task);
    }
}

static void expect_results(pool *p) {
    for (int i = 0; i < TASKS; i++) {
        pool_wait(p, &tasks[i].task);
        cr_assert_eq(tasks[i].result, i * 2);
    }
    cr_assert_eq(atomic_load(&runs), TASKS);
}

Test(pool, runs_each_task_once_with_any_number_of_threads) {
    for (size_t threads = 0; threads < 8; threads++) {
        atomic_store(&runs, 0);
        pool *p = pool_new(&allocator_libc, threads);
        add_all(p);
        expect_results(p);
        pool_free(p);
    }
}

Test(pool, results_may_be_asked_for_in_any_order_and_again) {
    pool *p = pool_new(&allocator_libc, 3);
    add_all(p);
    for (int i = TASKS; i > 0; i--) {
        pool_wait(p, &tasks[i - 1].task);
        cr_assert_eq(tasks[i - 1].result, (i - 1) * 2);
    }
    expect_results(p);
    pool_free(p);
}

/* Adds the task after it. */
static void add_next(pool_task *task) {
    counted *c = (counted *)task;
    count(task);
    if (c + 1 == tasks + TASKS) return;
    c[1] = (counted){.task.run = add_next, .pool = c->pool};
    pool_add(c->pool, &c[1].task);
}

Test(pool, tasks_may_add_tasks) {
    pool *p = pool_new(&allocator_libc, 2);
    memset(tasks, 0, sizeof tasks);
    tasks[0] = (counted){.task.run = add_next, .pool = p};
    pool_add(p, &tasks[0].task);
    expect_results(p);
    pool_free(p);
}

Test(pool, free_ends_what_runs_and_leaves_the_rest_undone) {
    for (int round = 0; round < 50; round++) {
        atomic_store(&runs, 0);
        pool *p = pool_new(&allocator_libc, 3);
        add_all(p);
        pool_free(p);
        int done = 0;
        for (int i = 0; i < TASKS; i++) {
            cr_assert(tasks[i].task.state == POOL_DONE || tasks[i].task.state == POOL_QUEUED);
            done += tasks[i].task.state == POOL_DONE;
        }
        cr_assert_eq(done, atomic_load(&runs));
    }
    pool_free(NULL);
}

static void *fail(size_t size, void *user) {
    (void)size;
    (void)user;
    return NULL;
}

Test(pool, without_memory_there_is_none) {
    allocator none = {.allocate = fail};
    cr_assert_null(pool_new(&none, 2));
}
