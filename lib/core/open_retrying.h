/*
 * core/open_retrying.h: openat, again after a signal: on a slow file system one may come while it waits.
 */
#ifndef CORE_OPEN_RETRYING_H
#define CORE_OPEN_RETRYING_H

#include <fcntl.h>

/* `mode` is that of a new file. -1, with errno, when the system refuses. */
int open_retrying(int directory, const char *path, int flags, mode_t mode);

#endif
