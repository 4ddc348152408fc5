/* cli/help.c: see help.h; and the command `help`. */
#include "help.h"

#include "messages.h"
#include "suggest.h"

#include "strata/diagnostic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 100, OPTION_COLUMN = 34, COMMAND_COLUMN = 16 };

void help_add_option_form(page *p, const option_row *row) {
    if (row->letter) page_format(p, "-%c, ", row->letter);
    page_format(p, "--%s", row->name);
    if (row->value) page_format(p, " %s", row->value);
}

void help_add_examples(page *p, const char *program, const char *examples, const char *indent) {
    static const char placeholder[] = "{program}";
    while (*examples) {
        const char *end = examples + strcspn(examples, "\n");
        page_format(p, "%s%s ", indent, program);
        const char *place;
        while ((place = strstr(examples, placeholder)) && place < end) {
            page_add_size(p, examples, (size_t)(place - examples));
            page_add(p, program);
            examples = place + strlen(placeholder);
        }
        page_add_size(p, examples, (size_t)(end - examples));
        page_add(p, "\n");
        examples = end + (*end == '\n');
    }
}

/* One option: its form, then what it does, in a column of its own. */
static void add_option(page *p, const option_row *row) {
    page_add(p, row->letter ? "  " : "      ");
    help_add_option_form(p, row);
    page text = {0};
    page_add(&text, row->summary);
    if (row->standard) page_format(&text, " (default %s)", row->standard);
    page_add_size(&text, "", 1);
    page_tab(p, OPTION_COLUMN);
    page_add(p, text.failed ? row->summary : text.data);
    page_add(p, "\n");
    p->failed = p->failed || text.failed;
    page_free(&text);
}

static void add_options(page *p, const char *title, const option_row *rows, size_t count) {
    if (count == 0) return;
    page_format(p, "\n%s:\n", title);
    for (size_t i = 0; i < count; i++)
        if (!rows[i].deprecated) add_option(p, &rows[i]);
}

static void add_commands(page *p, const char *parent) {
    page_add(p, "\nCommands:\n");
    for (size_t i = 0; i < command_count; i++) {
        if (command_rows[i].hidden || !command_is_child(&command_rows[i], parent)) continue;
        page_format(p, "  %s", command_name(&command_rows[i]));
        page_tab(p, COMMAND_COLUMN);
        page_format(p, "%s\n", command_rows[i].summary);
    }
}

static void add_command(page *p, const char *program, const command_row *command) {
    page_format(p, "%s.\n\n", command->summary);
    page_format(p, "Usage: %s %s", program, command->path);
    if (*command->arguments) page_format(p, " %s", command->arguments);
    page_add(p, command->run ? " [options]\n" : " COMMAND\n");
    if (command->alias) page_format(p, "Also called: %s\n", command->alias);
    if (command->details) {
        page_add(p, "\n");
        page_wrap(p, command->details, 0, WIDTH);
    }
    if (command->example) {
        page_add(p, "\nExamples:\n");
        help_add_examples(p, program, command->example, "  ");
    }
    if (!command->run) add_commands(p, command->path);
    add_options(p, "Options", command->options, command->option_count);
    add_options(p, "Options of every command", global_rows, global_count);
}

int help_print(const char *program, const command_row *command) {
    page p = {0};
    if (command) {
        add_command(&p, program, command);
    } else {
        page_add(&p, "Renders Kubernetes manifests as kustomize does.\n\n");
        page_format(&p, "Usage: %s COMMAND [options]\n", program);
        add_commands(&p, "");
        add_options(&p, "Options of every command", global_rows, global_count);
        page_format(&p, "\n`%s help COMMAND` says more about a command, `%s help NAME` about an error by its name.\n",
                    program, program);
    }
    return page_write(&p);
}

static int print_diagnostic(const strata_diagnostic *row) {
    page p = {0};
    page_format(&p, "%s (%d), %s\n\n", row->name, row->code,
                row->severity == STRATA_SEVERITY_WARNING ? "a warning" : "an error");
    page_wrap(&p, row->explanation, 0, WIDTH);
    return page_write(&p);
}

/* The command with as many of the words as make one; the words after it don't count, as in kustomize. */
static const command_row *find_longest(const char *const *words, size_t count) {
    const command_row *command = NULL;
    for (; count > 0 && !command; count--)
        command = command_find(words, count);
    return command;
}

int command_help_run(const invocation *call) {
    if (call->argument_count == 0) return help_print(call->program, NULL);
    const command_row *command = find_longest(call->arguments, call->argument_count);
    if (command) return help_print(call->program, command);
    const char *topic = call->arguments[0];
    char *end;
    long number = strtol(topic, &end, 10);
    for (size_t i = 0; i < strata_diagnostic_count(); i++) {
        strata_diagnostic row = strata_diagnostic_at(i);
        if (strcmp(row.name, topic) == 0 || (*end == '\0' && end != topic && number == row.code))
            return print_diagnostic(&row);
    }
    char hint[128];
    return usage_error(call, suggest_topic(topic, hint, sizeof hint), "Unknown help topic [`%s`]", topic);
}
