/*
 * core/pipe_guard.h: writes to pipes and sockets that may have no reader any more. That raises SIGPIPE, which belongs
 * to the process and by default ends it; between pipe_guard_begin and pipe_guard_end it can't, and the write fails with
 * EPIPE instead. Both on one thread; other threads notice nothing.
 */
#ifndef CORE_PIPE_GUARD_H
#define CORE_PIPE_GUARD_H

#include <signal.h>
#include <stdbool.h>

typedef struct pipe_guard {
    sigset_t before;
    bool was_pending;
} pipe_guard;

void pipe_guard_begin(pipe_guard *g);
void pipe_guard_end(const pipe_guard *g);

#endif
