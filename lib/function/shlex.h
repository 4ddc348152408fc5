/*
 * function/shlex.h: cuts a line into arguments as kustomize's execplugin/shlex.go does.
 *
 * Not quite like a shell: a backslash takes the next character as it is, inside double quotes too; a '#' outside quotes
 * ends everything, wherever it stands; an empty pair of quotes gives no argument.
 */
#ifndef FUNCTION_SHLEX_H
#define FUNCTION_SHLEX_H

#include "core/text.h"

typedef enum shlex_outcome { SHLEX_FINE, SHLEX_UNCLOSED_QUOTE, SHLEX_NO_MEMORY } shlex_outcome;

/* Adds the arguments to *out. */
shlex_outcome shlex_split(arena *a, text line, text_list *out);

#endif
