/*
 * cli/completion.c: the command `completion` prints a small script for a shell; the script asks the hidden command
 * `__complete` at each press of the key, so that what is offered is always what this program knows.
 *
 * `__complete -- WORD...` is given the words after the program's name, the last one being the one to complete. It
 * prints a line each that may stand there, with a description after a tab, and at last one of ":files",
 * ":directories" and ":nothing": what the shell itself should offer too.
 */
#include "completion.h"

#include "commands.h"
#include "messages.h"
#include "options.h"
#include "page.h"

#include "strata/diagnostic.h"

#include <stdio.h>
#include <string.h>

static const char bash_script[] =
    "# bash completion for <name>\n"
    "_<name>_complete() {\n"
    "    local word=\"${COMP_WORDS[COMP_CWORD]}\" line kind=:nothing\n"
    "    COMPREPLY=()\n"
    "    while IFS= read -r line; do\n"
    "        case $line in\n"
    "        :*) kind=$line ;;\n"
    "        *) COMPREPLY+=(\"${line%%$'\\t'*}\") ;;\n"
    "        esac\n"
    "    done < <(\"${COMP_WORDS[0]}\" __complete -- \"${COMP_WORDS[@]:1:COMP_CWORD}\" 2>/dev/null)\n"
    "    case $kind in\n"
    "    :files) compopt -o filenames; while IFS= read -r line; do COMPREPLY+=(\"$line\"); done "
    "< <(compgen -f -- \"$word\") ;;\n"
    "    :directories) compopt -o filenames; while IFS= read -r line; do COMPREPLY+=(\"$line\"); done "
    "< <(compgen -d -- \"$word\") ;;\n"
    "    esac\n"
    "}\n"
    "complete -F _<name>_complete <name>\n";

static const char zsh_script[] = "#compdef <name>\n"
                                 "# zsh completion for <name>\n"
                                 "_<name>() {\n"
                                 "    local line kind=:nothing\n"
                                 "    local -a found\n"
                                 "    while IFS= read -r line; do\n"
                                 "        case $line in\n"
                                 "        :*) kind=$line ;;\n"
                                 "        *) found+=(\"${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}\") ;;\n"
                                 "        esac\n"
                                 "    done < <(\"${words[1]}\" __complete -- \"${(@)words[2,CURRENT]}\" 2>/dev/null)\n"
                                 "    (( ${#found} )) && _describe '<name>' found\n"
                                 "    case $kind in\n"
                                 "    :files) _files ;;\n"
                                 "    :directories) _files -/ ;;\n"
                                 "    esac\n"
                                 "}\n"
                                 "if [ \"$funcstack[1]\" = _<name> ]; then _<name>; else compdef _<name> <name>; fi\n";

static const char fish_script[] = "# fish completion for <name>\n"
                                  "function __<name>_complete\n"
                                  "    set -l words (commandline -opc) (commandline -ct)\n"
                                  "    for line in ($words[1] __complete -- $words[2..-1] 2>/dev/null)\n"
                                  "        switch $line\n"
                                  "            case :files\n"
                                  "                __fish_complete_path (commandline -ct)\n"
                                  "            case :directories\n"
                                  "                __fish_complete_directories (commandline -ct)\n"
                                  "            case ':*'\n"
                                  "            case '*'\n"
                                  "                echo $line\n"
                                  "        end\n"
                                  "    end\n"
                                  "end\n"
                                  "complete -c <name> -f -a '(__<name>_complete)'\n";

static const char powershell_script[] =
    "# PowerShell completion for <name>\n"
    "Register-ArgumentCompleter -Native -CommandName '<name>' -ScriptBlock {\n"
    "    param($word, $ast, $position)\n"
    "    $words = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -le $position } | ForEach-Object { "
    "\"$_\" })\n"
    "    if ($word -eq '') { $words += '' }\n"
    "    & $words[0] __complete -- $words[1..($words.Count - 1)] 2>$null | ForEach-Object {\n"
    "        if ($_ -eq ':files' -or $_ -eq ':directories') {\n"
    "            Get-ChildItem -Name \"$word*\" -Directory:($_ -eq ':directories')\n"
    "        } elseif (-not $_.StartsWith(':')) {\n"
    "            $name, $text = $_ -split \"`t\", 2\n"
    "            [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', "
    "$(if ($text) { $text } else { $name }))\n"
    "        }\n"
    "    }\n"
    "}\n";

int command_completion_run(const invocation *call) {
    static const struct {
        const char *shell;
        const char *script;
    } scripts[] = {
        {"bash", bash_script}, {"zsh", zsh_script}, {"fish", fish_script}, {"powershell", powershell_script}};
    if (call->argument_count != 1)
        return usage_error(call, NULL, "accepts 1 arg(s), received %zu", call->argument_count);
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        if (strcmp(call->arguments[0], scripts[i].shell) != 0) continue;
        page p = {0};
        const char *at = scripts[i].script;
        for (const char *mark; (mark = strstr(at, "<name>")); at = mark + strlen("<name>")) {
            page_add_size(&p, at, (size_t)(mark - at));
            page_add(&p, call->file);
        }
        page_add(&p, at);
        return page_write(&p);
    }
    return usage_error(call, NULL, "invalid argument \"%s\" for \"%s completion\"", call->arguments[0], call->program);
}

static void offer(page *p, const char *typed, const char *before, const char *name, const char *description) {
    size_t before_size = strlen(before), size = strlen(typed);
    if (size <= before_size
            ? strncmp(typed, before, size) != 0
            : strncmp(typed, before, before_size) != 0 || strncmp(typed + before_size, name, size - before_size) != 0)
        return;
    page_format(p, "%s%s\t%s\n", before, name, description);
}

static void offer_options(page *p, const char *typed, const option_row *rows, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!rows[i].deprecated) offer(p, typed, "--", rows[i].name, rows[i].summary);
}

static void offer_commands(page *p, const char *typed, const char *parent) {
    for (size_t i = 0; i < command_count; i++)
        if (!command_rows[i].hidden && command_is_child(&command_rows[i], parent))
            offer(p, typed, "", command_name(&command_rows[i]), command_rows[i].summary);
}

/* Offers values of one kind; `before` is the "--name=" that the typed word begins with. */
static void offer_values(page *p, const char *typed, const char *before, completion kind, const char *const *choices) {
    for (size_t i = 0; choices && choices[i]; i++)
        offer(p, typed, before, choices[i], "");
    if (kind == COMPLETE_TOPICS) {
        offer_commands(p, typed, "");
        for (size_t i = 0; i < strata_diagnostic_count(); i++)
            offer(p, typed, before, strata_diagnostic_at(i).name, "what it means");
    }
    page_add(p, kind == COMPLETE_FILES ? ":files\n" : kind == COMPLETE_DIRECTORIES ? ":directories\n" : ":nothing\n");
}

/* The option whose value the last word is: named by the word before it. NULL when it is none. */
static const option_row *pending_option(const command_row *command, const char *word) {
    const option_row *row = NULL;
    if (word[0] != '-' || word[1] == '\0' || strchr(word, '=')) return NULL;
    if (word[1] == '-')
        row = option_by_name(command, word + 2, strlen(word + 2));
    else
        row = option_by_letter(command, word[strlen(word) - 1]);
    return row && !option_is_switch(row) ? row : NULL;
}

static void complete_word(page *p, const command_row *command, const char *typed, const char *previous) {
    const option_row *pending = previous ? pending_option(command, previous) : NULL;
    if (pending) {
        offer_values(p, typed, "", pending->complete, pending->choices);
        return;
    }
    if (typed[0] == '-') {
        size_t size = strcspn(typed, "=");
        const option_row *row =
            typed[1] == '-' && typed[size] == '=' ? option_by_name(command, typed + 2, size - 2) : NULL;
        char before[64];
        if (row) {
            snprintf(before, sizeof before, "--%s=", row->name);
            offer_values(p, typed, before, COMPLETE_NOTHING, row->choices);
            return;
        }
        if (command) offer_options(p, typed, command->options, command->option_count);
        offer_options(p, typed, global_rows, global_count);
        page_add(p, ":nothing\n");
        return;
    }
    if (!command || !command->run) {
        offer_commands(p, typed, command ? command->path : "");
        page_add(p, ":nothing\n");
        return;
    }
    offer_values(p, typed, "", command->complete, command->choices);
}

bool completion_words(page *p, const char *const *words, size_t count, bool plugin) {
    static const char *const build[] = {"build"};
    parsed_line before;
    size_t last = count - 1;
    bool fine = options_find(&before, words, last);
    /* bash makes three words of "--name=value": the option, "=" and the value. */
    const char *typed = words[last];
    size_t previous = last;
    if (previous > 0 && strcmp(typed, "=") == 0)
        typed = "";
    else if (previous > 1 && strcmp(words[previous - 1], "=") == 0)
        previous--;
    if (plugin && !before.command) {
        before.command = command_find(build, 1);
        bool is_value = previous > 0 && pending_option(before.command, words[previous - 1]);
        if (*typed != '-' && !is_value) offer_commands(p, typed, "");
    }
    if (fine) complete_word(p, before.command, typed, previous > 0 ? words[previous - 1] : NULL);
    options_free(&before);
    return fine;
}

int command_complete_run(const invocation *call) {
    if (call->argument_count == 0) return usage_error(call, NULL, "nothing to complete");
    page p = {0};
    if (!completion_words(&p, call->arguments, call->argument_count, false)) {
        page_free(&p);
        return out_of_memory();
    }
    return page_write(&p);
}
