/* core/open_retrying.c: see open_retrying.h. */
#include "core/open_retrying.h"

#include <errno.h>

int open_retrying(int directory, const char *path, int flags, mode_t mode) {
    int fd;
    do
        fd = openat(directory, path, flags, mode);
    while (fd < 0 && errno == EINTR);
    return fd;
}
