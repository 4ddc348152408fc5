/* cli/lists.h: several values in one option, with commas between them. */
#ifndef CLI_LISTS_H
#define CLI_LISTS_H

#include "commands.h"

/*
 * The parts between the commas, NULL-terminated; NULL and "" have none. It is one block: free() it. NULL when memory is
 * out.
 */
const char **list_split(const char *text);
/* The same for all values of an option that may be repeated. */
const char **lists_split(const string_list *texts);

#endif
