/*
 * cli/main.c: finds the command, reads its options, runs it.
 *
 * The name that the program was called by counts: as kustomize it ends as kustomize does after wrong usage, and as
 * kubectl's plugin (kubectl-strata) it builds when no command is named, as `kubectl kustomize DIR` does. kubectl asks
 * the name kubectl_complete-strata what may stand behind `kubectl strata`.
 */
#include "commands.h"
#include "completion.h"
#include "help.h"
#include "messages.h"
#include "options.h"
#include "suggest.h"
#include "terminal.h"

#include <signal.h>
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
    int status = usage_error(call, suggest_command(parent, word, hint, sizeof hint),
                             "unknown command \"%s\" for \"%s%s%s\"", word, call->program, *parent ? " " : "", parent);
    /* kustomize prints help then, and has succeeded; scripts may count on that. */
    return *parent ? help_print(call->program, line->command) : status;
}

/* kubectl's plugin: `kubectl strata DIR` builds, unless DIR names a command. */
static void choose_build(parsed_line *line) {
    static const char *const words[] = {"build"};
    bool asks_for_help = line->words.count == 1 &&
                         (strcmp(line->words.items[0], "--help") == 0 || strcmp(line->words.items[0], "-h") == 0);
    if (!line->command && !asks_for_help) line->command = command_find(words, 1);
}

/* Whether kubectl asks, or a script that kustomize has printed: ours put a "--" behind `__complete`. */
static bool completes_for_cobra(const invocation *call, char **argv, size_t count, int *status) {
    const char *const *words = (const char *const *)argv + 1;
    if (strcmp(call->file, "kubectl_complete-strata") == 0) {
        *status = completion_for_cobra(words, count, true, true);
        return true;
    }
    bool bare = count > 1 && strcmp(words[0], "__completeNoDesc") == 0;
    if (!bare && (count < 2 || strcmp(words[0], "__complete") != 0 || strcmp(words[1], "--") == 0)) return false;
    *status = completion_for_cobra(words + 1, count - 1, !bare, false);
    return true;
}

int main(int argc, char **argv) {
    terminal_guard_streams();
    /* A file that grows too large for the shell's limit is an error like a full disk: nothing half-written stays. */
    signal(SIGXFSZ, SIG_IGN);
    parsed_line line;
    invocation call = {.file = base_name(argc > 0 ? argv[0] : NULL)};
    bool as_plugin = strcmp(call.file, "kubectl-strata") == 0;
    call.program = as_plugin ? "kubectl strata" : call.file;
    call.as_kustomize = strcmp(call.program, "kustomize") == 0;
    size_t count = argc > 1 ? (size_t)argc - 1 : 0;
    int status = EXIT_FAILED;
    if (completes_for_cobra(&call, argv, count, &status)) return status;
    if (!options_find(&line, count ? (const char *const *)(argv + 1) : NULL, count)) {
        status = out_of_memory();
        goto done;
    }
    if (as_plugin) choose_build(&line);
    call.command = line.command;
    status = options_parse(&line, &call);
    if (status) goto done;
    call.options = line.options;
    call.arguments = line.arguments.items;
    call.argument_count = line.arguments.count;
    call.dash = line.dash;
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
