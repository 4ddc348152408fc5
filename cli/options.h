/*
 * cli/options.h: reads a command line by the table of commands.h, with kustomize's grammar (cobra's and pflag's).
 *
 * Options may stand anywhere, before the command too; "--" ends them. --name=VALUE, --name VALUE, -n VALUE, -nVALUE,
 * -n=VALUE are one; a switch takes a value only after "=". Names can't be shortened. The last value of an option wins,
 * except for lists, which keep all.
 *
 * Order: options_find, options_parse, the command, options_free.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "commands.h"

typedef struct parsed_line {
    const command_row *command; /* NULL: the words name none */
    string_list words;          /* what is left: the command's options and arguments, as they were given */
    size_t dash;                /* how many of the arguments stand before a "--"; SIZE_MAX without one */
    string_list arguments;      /* after options_parse: what is no option */
    void *options;              /* after options_parse: the command's struct */
    global_options global;
} parsed_line;

/* Finds the command; the words that name it are left out of out->words. False when memory is out. */
bool options_find(parsed_line *out, const char *const *words, size_t count);

/*
 * Reads out->words by the rows of out->command. 0, or the exit status of an error that has been printed: `call` says
 * how. Deprecated options are warned of as kustomize does.
 */
int options_parse(parsed_line *out, const invocation *call);

void options_free(parsed_line *line);

/* Adds a string, which isn't copied; false when memory is out. */
bool string_list_add(string_list *list, const char *string);
void string_list_free(string_list *list);

/* Whether the command has this option; only its own rows and the global ones count. */
const option_row *option_by_name(const command_row *command, const char *name, size_t size);
const option_row *option_by_letter(const command_row *command, char letter);

#endif
