/*
 * cli/manual.c: the command `manual`: the manual page, docs/cli.md and docs/diagnostics.md out of the tables, so that
 * none of them can say anything else than the program does. The name in them is always strata.
 */
#include "commands.h"
#include "help.h"
#include "messages.h"
#include "page.h"

#include "strata/diagnostic.h"
#include "strata/version.h"

#include <string.h>

enum { MARKDOWN_WIDTH = 118 };

static const char exit_statuses[] =
    "0 after success; 1 when a build or any other work failed; 2 for wrong usage. Called "
    "as kustomize (by a link of that name), wrong usage ends with 1, as there.";
static const char environment_text[] =
    "NO_COLOR, when set to anything, and TERM=dumb switch colours off; they are only ever used on a terminal. "
    "KUSTOMIZE_ENABLE_MANAGEDBY_LABEL=on does what the option --enable-managedby-label does. git, helm and functions "
    "inherit the environment.";

/* Text of a manual page: backslashes, dashes, and dots or quotes at the beginning of a line mean something to roff. */
static void add_roff(page *p, const char *text) {
    bool start = true;
    for (; *text; text++) {
        if (start && (*text == '.' || *text == '\'')) page_add(p, "\\&");
        if (*text == '\\')
            page_add(p, "\\e");
        else if (*text == '-')
            page_add(p, "\\-");
        else
            page_add_size(p, text, 1);
        start = *text == '\n';
    }
}

static void add_roff_option(page *p, const option_row *row) {
    if (row->deprecated) return;
    page_add(p, ".TP\n.B ");
    page form = {0};
    help_add_option_form(&form, row);
    page_add_size(&form, "", 1);
    p->failed = p->failed || form.failed;
    if (!form.failed) add_roff(p, form.data);
    page_free(&form);
    page_add(p, "\n");
    add_roff(p, row->summary);
    page_add(p, ".\n");
    if (row->standard) {
        page_add(p, "The default is ");
        add_roff(p, row->standard);
        page_add(p, ".\n");
    }
    if (row->details) {
        add_roff(p, row->details);
        page_add(p, "\n");
    }
}

static void add_roff_command(page *p, const command_row *command) {
    page_add(p, ".SS \"strata ");
    add_roff(p, command->path);
    if (*command->arguments) page_add(p, " ");
    add_roff(p, command->arguments);
    page_add(p, "\"\n");
    add_roff(p, command->summary);
    page_add(p, ".\n");
    if (command->details) {
        page_add(p, ".PP\n");
        add_roff(p, command->details);
        page_add(p, "\n");
    }
    for (size_t i = 0; i < command->option_count; i++)
        add_roff_option(p, &command->options[i]);
    if (command->example) {
        page examples = {0};
        help_add_examples(&examples, "strata", command->example, "");
        page_add_size(&examples, "", 1);
        p->failed = p->failed || examples.failed;
        page_add(p, ".PP\n.nf\n");
        if (!examples.failed) add_roff(p, examples.data);
        page_free(&examples);
        page_add(p, ".fi\n");
    }
}

static void add_manual_page(page *p) {
    page_format(p, ".TH STRATA 1 \"\" \"strata %s\"\n", strata_version());
    page_add(p, ".SH NAME\nstrata \\- render Kubernetes manifests as kustomize does\n"
                ".SH SYNOPSIS\n.B strata\n.I command\n[options]\n.SH COMMANDS\n");
    for (size_t i = 0; i < command_count; i++)
        if (!command_rows[i].hidden) add_roff_command(p, &command_rows[i]);
    page_add(p, ".SH OPTIONS OF EVERY COMMAND\n");
    for (size_t i = 0; i < global_count; i++)
        add_roff_option(p, &global_rows[i]);
    page_add(p, ".SH EXIT STATUS\n");
    add_roff(p, exit_statuses);
    page_add(p, "\n.SH ENVIRONMENT\n");
    add_roff(p, environment_text);
    page_add(p, "\n.SH SEE ALSO\n.BR kubectl (1),\n.BR helm (1)\n");
}

static void add_markdown_option(page *p, const option_row *row) {
    if (row->deprecated) return;
    page text = {0};
    page_add(&text, "- `");
    help_add_option_form(&text, row);
    page_format(&text, "`: %s", row->summary);
    if (row->standard) page_format(&text, " (default `%s`)", row->standard);
    page_add(&text, ".");
    if (row->details) page_format(&text, " %s", row->details);
    page_add_size(&text, "", 1);
    p->failed = p->failed || text.failed;
    if (!text.failed) page_wrap(p, text.data, 0, MARKDOWN_WIDTH);
    page_free(&text);
}

static void add_markdown_command(page *p, const command_row *command) {
    page_format(p, "\n## strata %s\n\n`strata %s", command->path, command->path);
    if (*command->arguments) page_format(p, " %s", command->arguments);
    page_format(p, "%s`\n\n%s.\n", command->run ? " [options]" : " COMMAND", command->summary);
    if (command->details) {
        page_add(p, "\n");
        page_wrap(p, command->details, 0, MARKDOWN_WIDTH);
    }
    if (command->option_count) page_add(p, "\n");
    for (size_t i = 0; i < command->option_count; i++)
        add_markdown_option(p, &command->options[i]);
    if (command->example) {
        page_add(p, "\n```sh\n");
        help_add_examples(p, "strata", command->example, "");
        page_add(p, "```\n");
    }
}

static void add_markdown(page *p) {
    page_add(p, "# The command line\n\n<!-- Made by `strata manual --format markdown`; scripts/generate writes it. "
                "-->\n\n## Options of every command\n\n");
    for (size_t i = 0; i < global_count; i++)
        add_markdown_option(p, &global_rows[i]);
    for (size_t i = 0; i < command_count; i++)
        if (!command_rows[i].hidden) add_markdown_command(p, &command_rows[i]);
    page_add(p, "\n## Exit status\n\n");
    page_wrap(p, exit_statuses, 0, MARKDOWN_WIDTH);
    page_add(p, "\n## Environment\n\n");
    page_wrap(p, environment_text, 0, MARKDOWN_WIDTH);
}

static void add_diagnostics(page *p) {
    page_add(p,
             "# Diagnostics\n\n<!-- Made by `strata manual --format diagnostics`; scripts/generate writes it. -->\n\n"
             "Every error and warning has a name, printed in brackets at the end of its line, and a number for "
             "programs.\nNeither ever changes its meaning. `strata help NAME` prints what stands here.\n");
    for (size_t i = 0; i < strata_diagnostic_count(); i++) {
        strata_diagnostic row = strata_diagnostic_at(i);
        page_format(p, "\n## %s\n\n%s %d. ", row.name, row.severity == STRATA_SEVERITY_WARNING ? "Warning" : "Error",
                    row.code);
        page_add(p, row.explanation);
        page_add(p, "\n");
    }
}

int command_manual_run(const invocation *call) {
    const manual_arguments *given = call->options;
    page p = {0};
    if (strcmp(given->format, "man") == 0)
        add_manual_page(&p);
    else if (strcmp(given->format, "markdown") == 0)
        add_markdown(&p);
    else if (strcmp(given->format, "diagnostics") == 0)
        add_diagnostics(&p);
    else
        return usage_error(call, NULL, "unknown format \"%s\": use man, markdown or diagnostics", given->format);
    return page_write(&p);
}
