/* core/pipe_guard.c: blocks the signal, and takes back the one that was raised; see pipe_guard.h. */
#include "core/pipe_guard.h"

#include <errno.h>
#include <stddef.h>
#include <time.h>

static sigset_t pipe_signal(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return set;
}

void pipe_guard_begin(pipe_guard *g) {
    sigset_t set = pipe_signal(), pending;
    sigpending(&pending);
    g->was_pending = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &set, &g->before);
}

void pipe_guard_end(const pipe_guard *g) {
    if (!g->was_pending) {
        sigset_t set = pipe_signal();
        const struct timespec at_once = {0, 0};
        while (sigtimedwait(&set, NULL, &at_once) < 0 && errno == EINTR)
            continue;
    }
    pthread_sigmask(SIG_SETMASK, &g->before, NULL);
}
