/*
 * cli/page.h: a page of text that is put together and then written at once.
 *
 * Failure sticks, as memory is all that can be missing: append without checks, then page_write (which says so).
 */
#ifndef CLI_PAGE_H
#define CLI_PAGE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct page {
    char *data;
    size_t size;
    size_t capacity;
    bool failed;
} page;

void page_add(page *p, const char *text);
void page_add_size(page *p, const char *text, size_t size);
void page_format(page *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The text in lines of at most `width` columns, each after `indent` spaces; newlines in it are kept. Ends in one. */
void page_wrap(page *p, const char *text, size_t indent, size_t width);
/* Spaces up to column `column` of the current line, at least one. */
void page_tab(page *p, size_t column);

void page_free(page *p);
/* Writes the page to standard output and frees it; gives the exit status. */
int page_write(page *p);

#endif
