/*
 * cli/completion_cobra.c: the protocol by which scripts that cobra made ask for completions; see completion.h. Such
 * scripts are installed where kustomize was before, and kubectl asks its plugins so.
 */
#include "commands.h"
#include "completion.h"
#include "messages.h"
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct directive {
    const char *kind; /* the last line of completion_words */
    int number;
    const char *name;
} directive;

static const directive directives[] = {{":files", 0, "ShellCompDirectiveDefault"},
                                       {":directories", 16, "ShellCompDirectiveFilterDirs"},
                                       {":nothing", 4, "ShellCompDirectiveNoFileComp"}};

/* cobra has the options of every command before the others. */
static int compare_offers(const void *a, const void *b) {
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    bool x_is_global = strncmp(x, "--stack-trace\t", 14) == 0, y_is_global = strncmp(y, "--stack-trace\t", 14) == 0;
    if (x_is_global != y_is_global) return x_is_global ? -1 : 1;
    return strcmp(x, y);
}

/* Whether the words name a command that there isn't. */
static bool is_unknown_command(const char *const *words, size_t count) {
    parsed_line line;
    bool unknown = false;
    if (options_find(&line, words, count) && !line.command)
        for (size_t i = 0; i < line.words.count; i++)
            unknown = unknown || (line.words.items[i][0] != '-' && line.words.items[i][0] != '\0');
    options_free(&line);
    return unknown;
}

static int finish(page *p, const directive *d) {
    page_format(p, ":%d\n", d->number);
    int status = page_write(p);
    message_plain("Completion ended with directive: %s", d->name);
    return status;
}

/* Cuts the text into lines; the last is the kind. NULL when memory is out. */
static const char **cut_lines(page *text, size_t *count) {
    size_t lines = 0;
    for (size_t i = 0; i < text->size; i++)
        lines += text->data[i] == '\n';
    const char **out = malloc((lines + 1) * sizeof *out);
    char *at = text->data;
    for (*count = 0; out && *count < lines; ++*count) {
        out[*count] = at;
        at += strcspn(at, "\n");
        *at++ = '\0';
    }
    return out;
}

static void add_offer(page *out, const char *offer, bool with_descriptions, bool is_value) {
    size_t size = strcspn(offer, "\t");
    const char *equals = is_value ? memchr(offer, '=', size) : NULL;
    size_t from = equals ? (size_t)(equals - offer) + 1 : 0;
    page_add_size(out, offer + from, size - from);
    if (with_descriptions && offer[size] && offer[size + 1]) page_add(out, offer + size);
    page_add(out, "\n");
}

/* Names come sorted, values in their own order. */
static const directive *add_offers(page *out, const char **lines, size_t count, bool with_descriptions, bool is_value) {
    size_t offers = count ? count - 1 : 0;
    bool are_names = offers && lines[0][strcspn(lines[0], "\t")] && lines[0][strcspn(lines[0], "\t") + 1];
    if (are_names) qsort((void *)lines, offers, sizeof *lines, compare_offers);
    for (size_t i = 0; i < offers; i++)
        add_offer(out, lines[i], with_descriptions, is_value);
    for (size_t i = 0; count && i < sizeof directives / sizeof *directives; i++)
        if (strcmp(lines[offers], directives[i].kind) == 0) return &directives[i];
    return &directives[0];
}

int completion_for_cobra(const char *const *words, size_t count, bool with_descriptions, bool plugin) {
    static const char *const nothing[] = {""};
    page text = {0}, out = {0};
    size_t line_count = 0;
    if (count == 0) {
        words = nothing;
        count = 1;
    }
    if (!plugin && is_unknown_command(words, count - 1)) return finish(&out, &directives[0]);
    const char *typed = words[count - 1];
    bool is_value = typed[0] == '-' && strchr(typed, '=');
    bool fine = completion_words(&text, words, count, plugin);
    page_add_size(&text, "", 1);
    const char **lines = fine && !text.failed ? cut_lines(&text, &line_count) : NULL;
    if (!lines) {
        page_free(&text);
        return out_of_memory();
    }
    const directive *d = add_offers(&out, lines, line_count, with_descriptions, is_value);
    free(lines);
    page_free(&text);
    return finish(&out, d);
}
