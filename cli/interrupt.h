/*
 * cli/interrupt.h: what a signal that ends the command does while it builds: git, helm and functions are killed and
 * clones removed first, then the command ends by that signal. A second one ends it at once.
 *
 * Order: interrupt_begin, any number of interrupt_build from any number of threads, interrupt_end.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include "strata/strata.h"

/* A signal that is ignored, as by nohup, stays so. */
void interrupt_begin(void);
/* strata_build_run, until a signal comes. */
strata_status interrupt_build(strata_result **out, const strata_renderer *renderer, const char *target,
                              strata_error *error);
/* Signals do again what they did before; one that has come meanwhile ends the command here. */
void interrupt_end(void);

#endif
