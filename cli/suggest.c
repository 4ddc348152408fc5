/* cli/suggest.c: see suggest.h. */
#include "suggest.h"

#include "strata/diagnostic.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_NAME = 63, MOST_EDITS = 2 };

static char lower(char c) { return (char)tolower((unsigned char)c); }

/* The number of letters to insert, remove, replace or swap; anything for names that are too long to be near. */
static size_t edit_distance(const char *a, size_t a_size, const char *b, size_t b_size) {
    size_t rows[3][LONGEST_NAME + 1];
    if (a_size > LONGEST_NAME || b_size > LONGEST_NAME) return LONGEST_NAME;
    size_t *before = rows[0], *previous = rows[1], *current = rows[2];
    for (size_t j = 0; j <= b_size; j++)
        previous[j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        current[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            size_t least = previous[j - 1] + (lower(a[i - 1]) != lower(b[j - 1]));
            if (previous[j] + 1 < least) least = previous[j] + 1;
            if (current[j - 1] + 1 < least) least = current[j - 1] + 1;
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]) &&
                before[j - 2] + 1 < least)
                least = before[j - 2] + 1;
            current[j] = least;
        }
        size_t *spare = before;
        before = previous;
        previous = current;
        current = spare;
    }
    return previous[b_size];
}

/* The nearest name so far. */
typedef struct nearest {
    const char *typed;
    size_t typed_size;
    const char *name;
    size_t distance;
} nearest;

static void consider(nearest *best, const char *name) {
    size_t size = strlen(name);
    size_t bound = size / 3 > MOST_EDITS ? size / 3 : MOST_EDITS;
    if (bound >= best->typed_size) bound = best->typed_size ? best->typed_size - 1 : 0;
    size_t distance = edit_distance(best->typed, best->typed_size, name, size);
    bool begins = best->typed_size > 0 && size > best->typed_size && memcmp(name, best->typed, best->typed_size) == 0;
    if (begins) distance = distance > 1 ? 1 : distance;
    if ((begins || distance <= bound) && (!best->name || distance < best->distance)) {
        best->name = name;
        best->distance = distance;
    }
}

static const char *answer(const nearest *best, const char *prefix, char *out, size_t out_size) {
    if (!best->name) return NULL;
    snprintf(out, out_size, "did you mean %s%s?", prefix, best->name);
    return out;
}

const char *suggest_option(const command_row *command, const char *name, size_t size, char *out, size_t out_size) {
    nearest best = {.typed = name, .typed_size = size};
    for (size_t i = 0; i < global_count; i++)
        consider(&best, global_rows[i].name);
    for (size_t i = 0; command && i < command->option_count; i++)
        if (!command->options[i].deprecated) consider(&best, command->options[i].name);
    return answer(&best, "--", out, out_size);
}

static void consider_commands(nearest *best, const char *parent) {
    for (size_t i = 0; i < command_count; i++)
        if (!command_rows[i].hidden && command_is_child(&command_rows[i], parent))
            consider(best, command_name(&command_rows[i]));
}

const char *suggest_command(const char *parent, const char *name, char *out, size_t out_size) {
    nearest best = {.typed = name, .typed_size = strlen(name)};
    consider_commands(&best, parent);
    return answer(&best, "", out, out_size);
}

const char *suggest_topic(const char *name, char *out, size_t out_size) {
    nearest best = {.typed = name, .typed_size = strlen(name)};
    consider_commands(&best, "");
    for (size_t i = 0; i < strata_diagnostic_count(); i++)
        consider(&best, strata_diagnostic_at(i).name);
    return answer(&best, "", out, out_size);
}
