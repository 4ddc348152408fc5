/* cli/input.c: see input.h. */
#include "input.h"

#include "messages.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_SIZE = 64 * 1024 };

int input_read(char **out, size_t *size) {
    size_t capacity = FIRST_SIZE;
    char *bytes = malloc(capacity);
    *out = NULL;
    *size = 0;
    while (bytes) {
        ssize_t got = read(STDIN_FILENO, bytes + *size, capacity - *size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            free(bytes);
            return failure("can't read standard input: %s", strerror(errno));
        }
        if (got == 0) {
            *out = bytes;
            return EXIT_FINE;
        }
        *size += (size_t)got;
        if (*size < capacity) continue;
        capacity *= 2;
        char *grown = realloc(bytes, capacity);
        if (!grown) free(bytes);
        bytes = grown;
    }
    return out_of_memory();
}
