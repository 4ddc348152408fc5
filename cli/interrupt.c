/* cli/interrupt.c: see interrupt.h. */
#include "interrupt.h"

#include <signal.h>

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
enum { SIGNAL_COUNT = sizeof signals / sizeof *signals };

static struct sigaction before[SIGNAL_COUNT];
static strata_cancellation *cancellation;
static volatile sig_atomic_t arrived;

static void on_signal(int number) {
    arrived = number;
    strata_cancellation_request(cancellation);
}

strata_cancellation *interrupt_cancellation(void) {
    if (!cancellation) cancellation = strata_cancellation_new();
    return cancellation;
}

void interrupt_begin(void) {
    interrupt_cancellation();
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
        sigemptyset(&action.sa_mask);
        sigaction(signals[i], NULL, &before[i]);
        if (cancellation && before[i].sa_handler != SIG_IGN) sigaction(signals[i], &action, NULL);
    }
}

void interrupt_end(void) {
    for (int i = 0; i < SIGNAL_COUNT; i++)
        sigaction(signals[i], &before[i], NULL);
    if (arrived) raise(arrived);
}
