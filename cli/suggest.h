/* cli/suggest.h: "did you mean": near misses among the names of the table. */
#ifndef CLI_SUGGEST_H
#define CLI_SUGGEST_H

#include "commands.h"

/*
 * Each writes "did you mean X?" into `out` and gives it, or NULL when nothing is near. A name is near when it begins
 * with what was typed or is at most two edits (a third of its length for long ones) away from it.
 */
const char *suggest_option(const command_row *command, const char *name, size_t size, char *out, size_t out_size);
/* Among the commands below `parent` ("" for the top). */
const char *suggest_command(const char *parent, const char *name, char *out, size_t out_size);
/* Among the commands and the diagnostics. */
const char *suggest_topic(const char *name, char *out, size_t out_size);

#endif
