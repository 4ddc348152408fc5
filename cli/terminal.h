/*
 * cli/terminal.h: text for people, on standard error or output: colours where they are wanted, nothing that a terminal
 * would obey.
 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Opens /dev/null in place of standard streams that are closed, so that no file that is opened later takes their place.
 */
void terminal_guard_streams(void);

/* Whether `stream` is a terminal that shows colours; NO_COLOR (not empty) and TERM=dumb say no. */
bool terminal_has_colour(FILE *stream);

/*
 * Prints text that came from outside. Control characters, marks that change the direction of text, and bytes that are
 * no UTF-8 are written as \xNN or \u{NNNN}; a tab stays a tab. Gives the number of columns.
 */
size_t terminal_print(FILE *stream, const char *data, size_t size);

/* Where the character at byte `at` of a text begins, in columns of terminal_print, tabs counted as one. */
size_t terminal_columns(const char *data, size_t size);

#endif
