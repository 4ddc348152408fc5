/*
 * cli/interrupt.h: what a signal that ends the command does while the library works: git, helm and functions are killed
 * and clones removed first, then the command ends by that signal. A second one ends it at once.
 *
 * Order: a renderer with interrupt_cancellation, then interrupt_begin, what is done with the renderer, from any number
 * of threads, and interrupt_end; the last three again and again.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include "strata/cancellation.h"

/* For the options of every renderer; it lives as long as the process. NULL when memory is out. Not for threads. */
strata_cancellation *interrupt_cancellation(void);

/* A signal that is ignored, as by nohup, stays so. */
void interrupt_begin(void);
/* Signals do again what they did before; one that has come meanwhile ends the command here. */
void interrupt_end(void);

#endif
