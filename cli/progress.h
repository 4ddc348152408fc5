/*
 * cli/progress.h: a bar on standard error while many targets are built. On anything but a terminal nothing is shown.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct progress {
    bool shown;
    size_t total;
    long long next_ms; /* when it is drawn again: no terminal needs it more often */
} progress;

/* `together`: what is built goes to the same terminal, where a bar would be in its way. */
void progress_begin(progress *p, size_t total, bool together);
/* `done` of them are finished; `current` is the latest. */
void progress_step(progress *p, size_t done, const char *current);
/* Takes the bar away: to be called before anything else is printed, and at the end. */
void progress_clear(progress *p);

#endif
