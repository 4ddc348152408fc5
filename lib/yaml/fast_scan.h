/*
 * yaml/fast_scan.h: the lines and scalars of the fast reader (fast_reader.h), whose collections are in fast_reader.c.
 *
 * Columns are counted in bytes from 0, as indentation is always spaces here. Functions that answer false have met
 * something that is not for the fast reader, or memory is out (.no_memory); the cursor is then of no use.
 */
#ifndef YAML_FAST_SCAN_H
#define YAML_FAST_SCAN_H

#include "yaml/fast_reader.h"

enum { NO_CONTENT = -1 };

typedef struct fast_reader {
    const char *at; /* the cursor */
    const char *end;
    const char *start;
    origin first;
    arena *arena;
    fast_resolver resolve;
    const allocator *from;
    node **stack; /* children of the collections that are open */
    size_t stacked;
    size_t stack_size;
    uint32_t depth;
    uint32_t deepest;
    long column; /* of the content that the cursor is at */
    bool no_memory;
} fast_reader;

static inline bool fast_ends_line(const fast_reader *f, const char *p) { return p == f->end || *p == '\n'; }
static inline bool fast_is_space_or_end(const fast_reader *f, const char *p) {
    return fast_ends_line(f, p) || *p == ' ';
}

/* A node that begins at `where`; NULL when memory is out. */
node *fast_make_node(fast_reader *f, node_kind kind, const char *where);
node *fast_make_scalar(fast_reader *f, const char *where, text value, node_tag tag, node_style style);

/* From the start of a line to the next content, whose column goes to .column: NO_CONTENT at the end of the text. */
bool fast_find_content(fast_reader *f);
/* The same from the end of a line. */
bool fast_next_line(fast_reader *f);
/* After a value: white space, perhaps a comment, the end of the line. */
bool fast_end_of_value(fast_reader *f);

/* Whether the line at the cursor begins with a key; the cursor stays. */
bool fast_begins_with_key(fast_reader *f, bool *is_key);
/* The scalar at the cursor, quoted or plain. *is_key says whether it is followed by the colon of a mapping. */
bool fast_scan_scalar(fast_reader *f, bool flow, node **out, bool *is_key);
/* The same for a value of several lines, in a collection at column `parent`; the cursor ends on the last of them. */
bool fast_read_folded(fast_reader *f, long parent, node **out);
/* The literal at the cursor, in a collection at column `parent`; the cursor ends at the break before what follows. */
bool fast_read_literal(fast_reader *f, long parent, node **out);

/* What both of them are made of: the text of a plain scalar in block style, up to the end of the line. */
bool fast_can_start_plain(const fast_reader *f);
bool fast_scan_plain(fast_reader *f, text *out, bool *is_key);
/* What a backslash and this stand for; NUL when that is not for us. */
char fast_escaped(char c);
/* Whether a character of several bytes that is a break or a mark begins here. */
bool fast_is_odd(const fast_reader *f, const char *p);

#endif
