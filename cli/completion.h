/* cli/completion.h: what may stand at a place of a command line, for scripts of our own and of cobra's kind. */
#ifndef CLI_COMPLETION_H
#define CLI_COMPLETION_H

#include "page.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Appends what may stand in place of the last of the words, a line each with a description after a tab, and what the
 * shell should offer besides: ":files", ":directories" or ":nothing". `plugin`: the command is `build` when none is
 * named. False when memory is out.
 */
bool completion_words(page *p, const char *const *words, size_t count, bool plugin);

/*
 * completion_cobra.c: the same for scripts that kustomize has printed, and for kubectl: names sorted, then a colon and
 * cobra's ShellCompDirective, and the directive's name on standard error. Gives the exit status.
 */
int completion_for_cobra(const char *const *words, size_t count, bool with_descriptions, bool plugin);

#endif
