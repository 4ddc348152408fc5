/*
 * core/write_all.h: bytes into a file, a pipe or a terminal.
 */
#ifndef CORE_WRITE_ALL_H
#define CORE_WRITE_ALL_H

#include "core/text.h"

/* Writes on after signals and partial writes. False, with errno, when the system refuses. */
bool write_all(int fd, text bytes);

#endif
