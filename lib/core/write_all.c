/* core/write_all.c: see write_all.h. */
#include "core/write_all.h"

#include <errno.h>
#include <unistd.h>

bool write_all(int fd, text bytes) {
    while (bytes.size) {
        ssize_t written = write(fd, bytes.data, bytes.size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes = text_after(bytes, (size_t)written);
    }
    return true;
}
