/* cli/progress.c: see progress.h. One line that is drawn over itself. */
#include "progress.h"

#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { USUAL_WIDTH = 80, BAR_WIDTH = 24, PERIOD_MS = 80 };

static long long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static size_t terminal_width(void) {
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : USUAL_WIDTH;
}

void progress_begin(progress *p, size_t total, bool together) {
    const char *term = getenv("TERM");
    bool dumb = !term || strcmp(term, "dumb") == 0;
    *p = (progress){.shown = !dumb && isatty(STDERR_FILENO) && !(together && isatty(STDOUT_FILENO)), .total = total};
}

void progress_step(progress *p, size_t done, const char *current) {
    if (!p->shown || now_ms() < p->next_ms) return;
    p->next_ms = now_ms() + PERIOD_MS;
    char bar[BAR_WIDTH + 1];
    size_t filled = p->total ? done * BAR_WIDTH / p->total : BAR_WIDTH;
    memset(bar, '#', filled);
    memset(bar + filled, '-', BAR_WIDTH - filled);
    bar[BAR_WIDTH] = '\0';
    int before = fprintf(stderr, "\r\033[K[%s] %zu/%zu ", bar, done, p->total) - (int)strlen("\r\033[K");
    size_t width = terminal_width(), room = before > 0 && width > (size_t)before + 1 ? width - (size_t)before - 1 : 0;
    size_t size = strlen(current);
    /* Of a long path the end says more. A cut inside a character shows as bytes, which is fine for a moment. */
    if (terminal_columns(current, size) > room) {
        current += size > room ? size - room : 0;
        size = size > room ? room : size;
    }
    if (terminal_columns(current, size) <= room) terminal_print(stderr, current, size);
    fflush(stderr);
}

void progress_clear(progress *p) {
    if (!p->shown) return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    p->next_ms = 0;
}
