/*
 * yaml/scanner.h: the tokens of a YAML text, as go-yaml's scanner finds them.
 *
 * go-yaml decides which texts are YAML here, and it is not the YAML of the specification: a tab before a comment is
 * refused, U+2028 ends a line, a key has at most 1,024 characters. This scanner follows its rules (scannerc.go of
 * go-yaml v2 and v3) with the contexts that they need: the indentation, the flow collections, and where a simple key
 * may begin.
 *
 * Order: scanner_init, then scanner_peek and scanner_skip by turns, scanner_free. Values are slices of the text where
 * they can be, copies in the arena otherwise.
 *
 * Cost: one pass over the bytes. Tokens wait in a queue only as long as a simple key may have begun before them.
 */
#ifndef YAML_SCANNER_H
#define YAML_SCANNER_H

#include "core/arena.h"
#include "core/buffer.h"
#include "yaml/token.h"

typedef struct simple_key {
    bool possible;
    bool required; /* nothing but a key can stand here */
    bool awaited;  /* its token waits until it is known whether it is one */
    size_t token_number;
    yaml_mark mark;
} simple_key;

typedef struct scanner {
    text bytes;     /* up to the first byte that may not be in a YAML text */
    text all_bytes; /* and with what follows it */
    size_t bad_at;  /* that byte; SIZE_MAX: none */
    const char *bad_problem;
    arena *arena;
    const allocator *from;
    bool comments;    /* gather them */
    bool odd;         /* something has been seen that libfyaml may read otherwise; see dialect.h */
    size_t lookahead; /* tokens that must be known behind the next one: go-yaml v3 wants two, for its comments */

    yaml_mark mark;
    long newlines; /* since the last character that is no white space */

    token *tokens; /* a queue; what lies before .head has been taken */
    size_t head, count, token_room;
    size_t taken; /* how many tokens have been taken in all */
    bool available;
    bool ended; /* the end of the stream has been taken */

    long indent; /* -1: outside of any block collection */
    long *indents;
    size_t indent_count, indent_room;

    simple_key *keys; /* one for each level of flow collections, and one for the block level */
    size_t flow_level, key_room;
    bool key_allowed;
    size_t pending_key; /* for the next token: its .key_level */

    yaml_comment *comment_queue;
    size_t comment_head, comment_count, comment_room;

    buffer value, breaks, blanks; /* for scalars at hand */
    const char *problem;          /* after a refusal: why */
    size_t problem_at;
    bool no_memory;
} scanner;

bool scanner_init(scanner *s, text bytes, arena *a, const allocator *from);
void scanner_free(scanner *s);
/* The next token, which stays until scanner_skip; NULL when the text is refused or memory is out. */
const token *scanner_peek(scanner *s);
void scanner_skip(scanner *s);
/* Whether go-yaml has looked at a byte that it refuses anywhere; it decodes 512 bytes at a time. */
bool scanner_saw_bad_byte(const scanner *s);

/* For the other files of the scanner. */
bool scanner_add_comment(scanner *s, const yaml_comment *comment);
/* Makes room for one more in an array on the heap. */
void *scanner_grow(scanner *s, void *array, size_t count, size_t *room, size_t size);

/* scan_scalar.c; the cursor is at the first character. */
bool scan_block_scalar(scanner *s, token *out);
bool scan_quoted_scalar(scanner *s, token *out);
bool scan_plain_scalar(scanner *s, token *out);
/* scan_name.c */
bool scan_anchor(scanner *s, token *out);
bool scan_tag(scanner *s, token *out);
bool scan_directive(scanner *s, token *out);
/* scan_comment.c */
bool scan_comments(scanner *s, yaml_mark scan_mark);
bool scan_line_comment(scanner *s, yaml_mark belongs);
void scan_line_comment_to_head(scanner *s);

#endif
