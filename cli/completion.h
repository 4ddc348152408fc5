/* cli/completion.h: completion for callers that are no shell. */
#ifndef CLI_COMPLETION_H
#define CLI_COMPLETION_H

#include <stddef.h>

/*
 * What may stand in place of the last of the words behind `kubectl strata`, in the form that kubectl wants: the words
 * with their descriptions, then a colon and what to offer besides (cobra's ShellCompDirective). Gives the exit status.
 */
int completion_for_kubectl(const char *const *words, size_t count);

#endif
