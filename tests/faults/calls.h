/*
 * tests/faults/calls.h: stands between libstrata and the C library, and lets one of the calls that it makes fail.
 *
 * The functions of calls.c take the places of open, read, rename ... for the whole program: a shared library finds
 * those of the program first. They count while armed, and pass everything on to the C library's own.
 *
 *     calls_arm(0, 0);                        counts
 *     ... build ...
 *     size_t count = calls_disarm();
 *     calls_arm(7, EIO);                      the seventh call fails so
 *     ... build ...
 *     calls_disarm();
 */
#ifndef FAULTS_CALLS_H
#define FAULTS_CALLS_H

#include <stdbool.h>
#include <stddef.h>

enum { CALLS_AT_MOST = 4096, CALL_SHORT = -1 /* instead of an errno: the call does a part of its work */ };

/* From now on the call with number `at`, from 1, fails with that errno; none does when `at` is 0. */
void calls_arm(size_t at, int error);
/* How many calls there were. */
size_t calls_disarm(void);

/* The name of a call, from 1, of those that were counted last while none failed. */
const char *calls_name(size_t number);
/* That of the call that failed last. With a child it may be another one: it prints in more or fewer parts. */
const char *calls_failed(void);
/* Whether that call can end so: no system interrupts a stat, and only writing runs out of space. */
bool calls_can_fail(size_t number, int error);

#endif
