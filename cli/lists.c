/* cli/lists.c: see lists.h. */
#include "lists.h"

#include <stdlib.h>
#include <string.h>

/* Room for the parts of all texts, and behind that for the texts themselves. */
static size_t count_parts(const char *text, size_t *bytes) {
    size_t size = text ? strlen(text) : 0, count = size > 0;
    for (size_t i = 0; i < size; i++)
        count += text[i] == ',';
    *bytes += size + 1;
    return count;
}

/* Copies a text to *at, cuts it there, and adds its parts. */
static const char **add_parts(const char **parts, char **at, const char *text) {
    if (!text || !*text) return parts;
    for (;;) {
        size_t length = strcspn(text, ",");
        *parts++ = *at;
        memcpy(*at, text, length);
        (*at)[length] = '\0';
        *at += length + 1;
        if (text[length] == '\0') return parts;
        text += length + 1;
    }
}

const char **lists_split(const string_list *texts) {
    size_t count = 0, bytes = 0;
    for (size_t i = 0; i < texts->count; i++)
        count += count_parts(texts->items[i], &bytes);
    const char **parts = malloc((count + 1) * sizeof *parts + bytes + 1);
    if (!parts) return NULL;
    char *at = (char *)(parts + count + 1);
    const char **end = parts;
    for (size_t i = 0; i < texts->count; i++)
        end = add_parts(end, &at, texts->items[i]);
    *end = NULL;
    return parts;
}

const char **list_split(const char *text) {
    string_list one = {.items = &text, .count = 1};
    return lists_split(&one);
}
