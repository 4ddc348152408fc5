/* cli/input.h: standard input as a whole. */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include <stddef.h>

/* *out is the caller's, free() it; 0, or the exit status of a failure that has been printed. */
int input_read(char **out, size_t *size);

#endif
