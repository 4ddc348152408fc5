/* cli/lists.c: see lists.h. */
#include "lists.h"

#include <stdlib.h>
#include <string.h>

const char **list_split(const char *text) {
    size_t size = text ? strlen(text) : 0, count = size > 0;
    for (size_t i = 0; i < size; i++)
        count += text[i] == ',';
    const char **parts = malloc((count + 1) * sizeof *parts + size + 1);
    if (!parts) return NULL;
    char *at = (char *)(parts + count + 1);
    if (size) memcpy(at, text, size);
    at[size] = '\0';
    for (size_t i = 0; i < count; i++) {
        size_t length = strcspn(at, ",");
        parts[i] = at;
        at[length] = '\0';
        at += length + 1;
    }
    parts[count] = NULL;
    return parts;
}
