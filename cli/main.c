/* cli/main.c: finds the command, reads its options, runs it. */
#include "commands.h"
#include "help.h"
#include "messages.h"
#include "options.h"
#include "suggest.h"
#include "terminal.h"

#include <string.h>

static const char *base_name(const char *path) {
    const char *slash = path ? strrchr(path, '/') : NULL;
    const char *name = slash ? slash + 1 : path;
    return name && *name ? name : "strata";
}

/* The words name no command, or a group of commands: help, or an error about the first word that is none. */
static int run_group(const invocation *call, const parsed_line *line) {
    char hint[128];
    const char *parent = line->command ? line->command->path : "";
    if (line->global.help || line->arguments.count == 0) return help_print(call->program, line->command);
    const char *word = line->arguments.items[0];
    return usage_error(call, suggest_command(parent, word, hint, sizeof hint), "unknown command \"%s\" for \"%s%s%s\"",
                       word, call->program, *parent ? " " : "", parent);
}

int main(int argc, char **argv) {
    terminal_guard_streams();
    parsed_line line;
    invocation call = {.program = base_name(argc > 0 ? argv[0] : NULL)};
    call.as_kustomize = strcmp(call.program, "kustomize") == 0;
    size_t count = argc > 1 ? (size_t)argc - 1 : 0;
    int status = EXIT_FAILED;
    if (!options_find(&line, count ? (const char *const *)(argv + 1) : NULL, count)) {
        status = out_of_memory();
        goto done;
    }
    call.command = line.command;
    status = options_parse(&line, &call);
    if (status) goto done;
    call.options = line.options;
    call.arguments = line.arguments.items;
    call.argument_count = line.arguments.count;
    if (!line.command || !line.command->run)
        status = run_group(&call, &line);
    else if (line.global.help)
        status = help_print(call.program, line.command);
    else
        status = line.command->run(&call);
done:
    options_free(&line);
    return status;
}
