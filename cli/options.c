/* cli/options.c: see options.h. It follows cobra's Command.Find and pflag's FlagSet.parseArgs. */
#include "options.h"

#include "messages.h"
#include "suggest.h"

#include <stdlib.h>
#include <string.h>

bool string_list_add(string_list *list, const char *string) {
    if (list->count + 2 > list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 8;
        const char **items = realloc(list->items, capacity * sizeof *items);
        if (!items) return false;
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = string;
    list->items[list->count] = NULL;
    return true;
}

void string_list_free(string_list *list) {
    free(list->items);
    *list = (string_list){0};
}

static const option_row *find_row(const option_row *rows, size_t count, const char *name, size_t size, char letter) {
    for (size_t i = 0; i < count; i++) {
        if (letter && rows[i].letter == letter) return &rows[i];
        if (name && strlen(rows[i].name) == size && memcmp(rows[i].name, name, size) == 0) return &rows[i];
    }
    return NULL;
}

static const option_row *option_of(const command_row *command, const char *name, size_t size, char letter) {
    const option_row *row = find_row(global_rows, global_count, name, size, letter);
    if (!row && command) row = find_row(command->options, command->option_count, name, size, letter);
    return row;
}

const option_row *option_by_name(const command_row *command, const char *name, size_t size) {
    return option_of(command, name, size, 0);
}

const option_row *option_by_letter(const command_row *command, char letter) {
    return option_of(command, NULL, 0, letter);
}

/*
 * Whether the word after this one is its value, as far as can be told before the command is known: an unknown option
 * counts as one with a value, as in cobra's stripFlags.
 */
static bool takes_next_word(const command_row *command, const char *word) {
    if (word[0] != '-' || word[1] == '\0' || strchr(word, '=')) return false;
    const option_row *row = NULL;
    if (word[1] == '-')
        row = option_by_name(command, word + 2, strlen(word + 2));
    else if (word[2] == '\0')
        row = option_by_letter(command, word[1]);
    else
        return false;
    return !row || !option_is_switch(row);
}

/* The first word that is neither an option nor an option's value; `count` when there is none. */
static size_t first_argument(const command_row *command, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], "--") == 0) return count;
        if (takes_next_word(command, words[i]))
            i++;
        else if (words[i][0] != '\0' && words[i][0] != '-')
            return i;
    }
    return count;
}

enum { MOST_COMMAND_WORDS = 4 };

bool options_find(parsed_line *out, const char *const *words, size_t count) {
    *out = (parsed_line){.dash = SIZE_MAX};
    const char *path[MOST_COMMAND_WORDS];
    size_t path_size = 0;
    for (size_t i = 0; i < count; i++)
        if (!string_list_add(&out->words, words[i])) return false;
    while (path_size < MOST_COMMAND_WORDS) {
        size_t at = first_argument(out->command, out->words.items, out->words.count);
        if (at == out->words.count) break;
        path[path_size++] = out->words.items[at];
        const command_row *next = command_find(path, path_size);
        if (!next) break;
        out->command = next;
        memmove(out->words.items + at, out->words.items + at + 1, (out->words.count - at) * sizeof *out->words.items);
        out->words.count--;
    }
    return true;
}

/* Go's strconv.ParseBool. */
static bool parse_bool(const char *word, bool *out) {
    static const char *const yes[] = {"1", "t", "T", "true", "TRUE", "True"};
    static const char *const no[] = {"0", "f", "F", "false", "FALSE", "False"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        *out = strcmp(word, yes[i]) == 0;
        if (*out || strcmp(word, no[i]) == 0) return true;
    }
    return false;
}

/* Stores `value` (NULL: a switch without one) where the row says. */
static int store(parsed_line *line, const invocation *call, const option_row *row, const char *value) {
    bool is_global = row >= global_rows && row < global_rows + global_count;
    char *field = (is_global ? (char *)&line->global : (char *)line->options) + row->field;
    if (row->deprecated) message_plain("Flag --%s has been deprecated, %s", row->name, row->deprecated);
    switch (row->kind) {
    case OPTION_STATE:
    case OPTION_SWITCH: {
        bool on = true;
        if (value && !parse_bool(value, &on))
            return usage_error(call, "use true or false",
                               "invalid argument \"%s\" for \"%s%.1s%s--%s\" flag: it is neither true nor false", value,
                               row->letter ? "-" : "", row->letter ? &row->letter : "", row->letter ? ", " : "",
                               row->name);
        switch_state state = on ? SWITCH_ON : SWITCH_OFF;
        if (row->kind == OPTION_STATE)
            memcpy(field, &state, sizeof state);
        else
            memcpy(field, &on, sizeof on);
        return 0;
    }
    case OPTION_TEXT: memcpy(field, &value, sizeof value); return 0;
    case OPTION_LIST: return string_list_add((string_list *)(void *)field, value) ? 0 : out_of_memory();
    }
    return 0;
}

static int unknown_option(const invocation *call, const char *name, size_t size) {
    char hint[128];
    return usage_error(call, suggest_option(call->command, name, size, hint, sizeof hint), "unknown flag: --%.*s",
                       (int)size, name);
}

/* Reads the long option at *at; moves *at past a value of its own. */
static int parse_long(parsed_line *line, const invocation *call, size_t *at) {
    const char *word = line->words.items[*at];
    const char *name = word + 2;
    size_t size = strcspn(name, "=");
    if (size == 0 || name[0] == '-') return usage_error(call, NULL, "bad flag syntax: %s", word);
    const option_row *row = option_by_name(call->command, name, size);
    if (!row) return unknown_option(call, name, size);
    if (name[size] == '=') return store(line, call, row, name + size + 1);
    if (option_is_switch(row)) return store(line, call, row, NULL);
    if (*at + 1 == line->words.count) return usage_error(call, NULL, "flag needs an argument: --%s", row->name);
    *at += 1;
    return store(line, call, row, line->words.items[*at]);
}

/* Reads a word of short options, "-abc"; moves *at past a value of its own. */
static int parse_short(parsed_line *line, const invocation *call, size_t *at) {
    const char *word = line->words.items[*at];
    for (const char *letter = word + 1; *letter; letter++) {
        const option_row *row = option_by_letter(call->command, *letter);
        if (!row) return usage_error(call, NULL, "unknown shorthand flag: '%.1s' in %s", letter, word);
        if (letter[1] == '=' && letter[2] != '\0') return store(line, call, row, letter + 2);
        if (option_is_switch(row)) {
            int status = store(line, call, row, NULL);
            if (status) return status;
            continue;
        }
        if (letter[1]) return store(line, call, row, letter + 1);
        if (*at + 1 == line->words.count)
            return usage_error(call, NULL, "flag needs an argument: '%.1s' in %s", letter, word);
        *at += 1;
        return store(line, call, row, line->words.items[*at]);
    }
    return 0;
}

static void store_defaults(parsed_line *line) {
    const command_row *command = line->command;
    for (size_t i = 0; i < command->option_count; i++) {
        const option_row *row = &command->options[i];
        char *field = (char *)line->options + row->field;
        if (row->kind == OPTION_TEXT && row->standard) memcpy(field, &row->standard, sizeof row->standard);
        if (row->kind == OPTION_SWITCH && row->standard) memcpy(field, &(bool){true}, sizeof(bool));
    }
}

int options_parse(parsed_line *line, const invocation *call) {
    size_t options_size = line->command ? line->command->options_size : 0;
    line->options = calloc(1, options_size ? options_size : 1);
    if (!line->options) return out_of_memory();
    if (line->command) store_defaults(line);
    bool only_arguments = false;
    for (size_t i = 0; i < line->words.count; i++) {
        const char *word = line->words.items[i];
        int status = 0;
        if (only_arguments || word[0] != '-' || word[1] == '\0')
            status = string_list_add(&line->arguments, word) ? 0 : out_of_memory();
        else if (strcmp(word, "--") == 0) {
            only_arguments = true;
            line->dash = line->arguments.count;
        } else if (word[1] == '-')
            status = parse_long(line, call, &i);
        else
            status = parse_short(line, call, &i);
        if (status) return status;
    }
    return 0;
}

void options_free(parsed_line *line) {
    for (size_t i = 0; line->options && line->command && i < line->command->option_count; i++) {
        const option_row *row = &line->command->options[i];
        if (row->kind == OPTION_LIST) string_list_free((string_list *)(void *)((char *)line->options + row->field));
    }
    free(line->options);
    string_list_free(&line->words);
    string_list_free(&line->arguments);
}
