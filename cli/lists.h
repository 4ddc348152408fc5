/* cli/lists.h: several values in one option. */
#ifndef CLI_LISTS_H
#define CLI_LISTS_H

/*
 * The parts between the commas, NULL-terminated; NULL and "" have none. It is one block: free() it. NULL when memory is
 * out.
 */
const char **list_split(const char *text);

#endif
