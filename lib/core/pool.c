/* core/pool.c: see pool.h. One lock and one queue: tasks are large, so nobody waits for these. */
#include "core/pool.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>

/* For documents as deep as the limits allow; some systems give a thread less than a tenth of it. */
enum { STACK = 4 * 1024 * 1024 };

struct pool {
    const allocator *from;
    size_t wanted;
    pthread_mutex_t lock; /* guards all below, and the states of tasks */
    pthread_cond_t queued;
    pthread_cond_t done;
    pool_task *first, *last;
    size_t idle; /* threads that wait for a task */
    size_t started;
    bool stopping;
    pthread_t threads[];
};

pool *pool_new(const allocator *from, size_t threads) {
    pool *p = from->allocate(sizeof *p + threads * sizeof *p->threads, from->user);
    if (!p) return NULL;
    memset(p, 0, sizeof *p);
    p->from = from;
    p->wanted = threads;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->queued, NULL);
    pthread_cond_init(&p->done, NULL);
    return p;
}

/* --- the queue; all with the lock -------------------------------------------------------------------------------- */

static void enqueue(pool *p, pool_task *task) {
    task->state = POOL_QUEUED;
    task->next = NULL;
    task->before = p->last;
    *(p->last ? &p->last->next : &p->first) = task;
    p->last = task;
}

static void dequeue(pool *p, pool_task *task) {
    *(task->before ? &task->before->next : &p->first) = task->next;
    *(task->next ? &task->next->before : &p->last) = task->before;
}

/* Runs a queued task; the lock is given up meanwhile. */
static void run(pool *p, pool_task *task) {
    dequeue(p, task);
    task->state = POOL_RUNNING;
    pthread_mutex_unlock(&p->lock);
    task->run(task);
    pthread_mutex_lock(&p->lock);
    task->state = POOL_DONE;
    pthread_cond_broadcast(&p->done);
}

/* --- threads ----------------------------------------------------------------------------------------------------- */

static void *work(void *user) {
    pool *p = user;
    pthread_mutex_lock(&p->lock);
    while (!p->stopping) {
        if (p->first) {
            run(p, p->first);
            continue;
        }
        p->idle++;
        pthread_cond_wait(&p->queued, &p->lock);
        p->idle--;
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* Starts one more thread, which leaves the process's signals to others. Called with the lock. */
static void start_thread(pool *p) {
    sigset_t all, usual;
    pthread_attr_t attributes;
    sigfillset(&all);
    if (pthread_attr_init(&attributes)) return;
    bool fine = !pthread_attr_setstacksize(&attributes, STACK) && !pthread_sigmask(SIG_SETMASK, &all, &usual);
    if (fine) {
        fine = pthread_create(&p->threads[p->started], &attributes, work, p) == 0;
        pthread_sigmask(SIG_SETMASK, &usual, NULL);
    }
    pthread_attr_destroy(&attributes);
    if (fine)
        p->started++;
    else
        p->wanted = p->started;
}

void pool_free(pool *p) {
    if (!p) return;
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    pthread_cond_broadcast(&p->queued);
    pthread_mutex_unlock(&p->lock);
    for (size_t i = 0; i < p->started; i++)
        pthread_join(p->threads[i], NULL);
    pthread_cond_destroy(&p->done);
    pthread_cond_destroy(&p->queued);
    pthread_mutex_destroy(&p->lock);
    p->from->release(p, p->from->user);
}

void pool_add(pool *p, pool_task *task) {
    pthread_mutex_lock(&p->lock);
    enqueue(p, task);
    if (p->idle)
        pthread_cond_signal(&p->queued);
    else if (p->started < p->wanted && !p->stopping)
        start_thread(p);
    pthread_mutex_unlock(&p->lock);
}

void pool_wait(pool *p, pool_task *task) {
    pthread_mutex_lock(&p->lock);
    while (task->state != POOL_DONE) {
        if (task->state == POOL_QUEUED)
            run(p, task);
        else if (p->first)
            run(p, p->first);
        else
            pthread_cond_wait(&p->done, &p->lock);
    }
    pthread_mutex_unlock(&p->lock);
}
