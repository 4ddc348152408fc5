/* cli/help.h: the help of a command, for --help and `help`. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "commands.h"
#include "page.h"

/* Prints the help of a command, or of the whole program for NULL; gives the exit status. */
int help_print(const char *program, const command_row *command);

/* How an option is written: "-o, --output PATH". */
void help_add_option_form(page *p, const option_row *row);
/* The examples of a row, a line each, after the program's name; {program} in a line stands for that name, too. */
void help_add_examples(page *p, const char *program, const char *examples, const char *indent);

#endif
