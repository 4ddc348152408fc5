/* cli/page.c: see page.h. */
#include "page.h"

#include "messages.h"
#include "output.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void page_add_size(page *p, const char *text, size_t size) {
    if (p->failed) return;
    if (p->capacity - p->size < size) {
        size_t capacity = (p->size + size) * 2 + 256;
        char *data = realloc(p->data, capacity);
        if (!data) {
            p->failed = true;
            return;
        }
        p->data = data;
        p->capacity = capacity;
    }
    memcpy(p->data + p->size, text, size);
    p->size += size;
}

void page_add(page *p, const char *text) { page_add_size(p, text, strlen(text)); }

void page_format(page *p, const char *format, ...) {
    char line[2048];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (size < 0 || (size_t)size >= sizeof line)
        p->failed = true;
    else
        page_add_size(p, line, (size_t)size);
}

static size_t current_column(const page *p) {
    size_t column = 0;
    while (column < p->size && p->data[p->size - column - 1] != '\n')
        column++;
    return column;
}

void page_tab(page *p, size_t column) {
    do
        page_add(p, " ");
    while (!p->failed && current_column(p) < column);
}

void page_wrap(page *p, const char *text, size_t indent, size_t width) {
    size_t column = 0;
    while (*text) {
        if (*text == '\n') {
            page_add(p, "\n");
            column = 0;
            text++;
            continue;
        }
        size_t word = strcspn(text, " \n");
        if (column > 0 && column + 1 + word > width) {
            page_add(p, "\n");
            column = 0;
        }
        if (column == 0) {
            for (size_t i = 0; i < indent; i++)
                page_add(p, " ");
            column = indent;
        } else {
            page_add(p, " ");
            column++;
        }
        page_add_size(p, text, word);
        column += word;
        text += word;
        while (*text == ' ')
            text++;
    }
    if (column > 0) page_add(p, "\n");
}

void page_free(page *p) {
    free(p->data);
    *p = (page){0};
}

int page_write(page *p) {
    int status = p->failed ? out_of_memory() : output_to_stdout(p->data ? p->data : "", p->size);
    page_free(p);
    return status;
}
