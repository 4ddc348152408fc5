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

void interrupt_begin(void) {
    cancellation = strata_cancellation_new();
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
        sigemptyset(&action.sa_mask);
        sigaction(signals[i], NULL, &before[i]);
        if (cancellation && before[i].sa_handler != SIG_IGN) sigaction(signals[i], &action, NULL);
    }
}

strata_status interrupt_build(strata_result **out, const strata_renderer *renderer, const char *target,
                              strata_error *error) {
    strata_build_options options;
    strata_build_options_init(&options);
    options.cancellation = cancellation;
    return strata_build_run_with(out, renderer, target, &options, error);
}

void interrupt_end(void) {
    for (int i = 0; i < SIGNAL_COUNT; i++)
        sigaction(signals[i], &before[i], NULL);
    strata_cancellation_free(cancellation);
    cancellation = NULL;
    if (arrived) raise(arrived);
}
