/* yaml/scanner.c: see scanner.h. Scalars, names and comments are in files of their own. */
#include "yaml/scanner.h"

#include "yaml/encoding.h"
#include "yaml/scan_cursor.h"

enum { LONGEST_KEY = 1024, KEPT_TOKENS = 4 };

bool scanner_saw_bad_byte(const scanner *s) {
    return s->bad_at != SIZE_MAX && encoding_is_met(s->all_bytes, s->bad_at, (size_t)s->mark.at);
}

/* --- the queue --------------------------------------------------------------------------------------------------- */

void *scanner_grow(scanner *s, void *array, size_t count, size_t *room, size_t size) {
    if (count < *room) return array;
    size_t larger = *room ? *room * 2 : 16;
    void *moved = s->from->reallocate(array, larger * size, s->from->user);
    if (!moved) {
        s->no_memory = true;
        return NULL;
    }
    *room = larger;
    return moved;
}

bool scanner_init(scanner *s, text bytes, arena *a, const allocator *from) {
    *s = (scanner){.bytes = bytes, .arena = a, .from = from, .indent = -1, .key_allowed = true, .lookahead = 2};
    buffer_init(&s->value, from, 0);
    buffer_init(&s->breaks, from, 0);
    buffer_init(&s->blanks, from, 0);
    s->bad_at = encoding_first_bad(bytes, &s->bad_problem);
    s->bytes = text_slice(bytes, 0, s->bad_at);
    s->all_bytes = bytes;
    s->keys = scanner_grow(s, NULL, 0, &s->key_room, sizeof *s->keys);
    if (!s->keys) return false;
    s->keys[0] = (simple_key){.possible = false};
    return true;
}

void scanner_free(scanner *s) {
    if (!s->from) return;
    void *const blocks[] = {s->tokens, s->indents, s->keys, s->comment_queue};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (blocks[i]) s->from->release(blocks[i], s->from->user);
    buffer_free(&s->value);
    buffer_free(&s->breaks);
    buffer_free(&s->blanks);
    *s = (scanner){.from = NULL};
}

/* Drops taken tokens when they are most of the queue; the last few stay, since comments ask what came before. */
static void compact(scanner *s) {
    if (s->head < 64 || s->head < s->count / 2) return;
    size_t dropped = s->head - KEPT_TOKENS;
    memmove(s->tokens, s->tokens + dropped, (s->count - dropped) * sizeof *s->tokens);
    s->head -= dropped;
    s->count -= dropped;
}

static bool append(scanner *s, token t) {
    compact(s);
    token *tokens = scanner_grow(s, s->tokens, s->count, &s->token_room, sizeof *tokens);
    if (!tokens) return false;
    s->tokens = tokens;
    t.key_level = s->pending_key;
    s->pending_key = 0;
    tokens[s->count++] = t;
    return true;
}

/* Puts a token before the one with that number; at the end when that one has been taken already. */
static bool insert(scanner *s, size_t number, token t) {
    if (!append(s, t)) return false;
    if (number < s->taken) {
        s->odd = true;
        return true;
    }
    size_t place = s->head + (number - s->taken);
    memmove(s->tokens + place + 1, s->tokens + place, (s->count - 1 - place) * sizeof *s->tokens);
    s->tokens[place] = t;
    return true;
}

bool scanner_add_comment(scanner *s, const yaml_comment *comment) {
    if (s->comment_head == s->comment_count) s->comment_head = s->comment_count = 0;
    yaml_comment *queue =
        scanner_grow(s, s->comment_queue, s->comment_count, &s->comment_room, sizeof *s->comment_queue);
    if (!queue) return false;
    s->comment_queue = queue;
    queue[s->comment_count++] = *comment;
    return true;
}

static bool append_indicator(scanner *s, token_type type, int characters) {
    token t = {.type = type, .start = s->mark};
    for (int i = 0; i < characters; i++)
        scan_skip(s);
    t.end = s->mark;
    return append(s, t);
}

/* --- simple keys ------------------------------------------------------------------------------------------------- */

static simple_key *current_key(scanner *s) { return &s->keys[s->flow_level]; }

static bool refuse_key(scanner *s, const simple_key *key) {
    return scan_refuse(s, key->mark, "could not find expected ':'");
}

/* A key ends on its line and within 1,024 characters. False when it had to be one. */
static bool check_key(scanner *s, simple_key *key) {
    if (!key->possible) return true;
    if (key->mark.line >= s->mark.line && key->mark.index + LONGEST_KEY >= s->mark.index) return true;
    if (key->required) return refuse_key(s, key);
    key->possible = false;
    return true;
}

static bool remove_key(scanner *s) {
    simple_key *key = current_key(s);
    if (key->possible && key->required) return refuse_key(s, key);
    key->possible = false;
    return true;
}

static bool save_key(scanner *s) {
    if (!s->key_allowed) return true;
    if (!remove_key(s)) return false;
    *current_key(s) = (simple_key){.possible = true,
                                   .awaited = true,
                                   .required = s->flow_level == 0 && s->indent == s->mark.column,
                                   .token_number = s->taken + (s->count - s->head),
                                   .mark = s->mark};
    s->pending_key = s->flow_level + 1;
    return true;
}

/* --- indentation ------------------------------------------------------------------------------------------------- */

/* Enters a block collection at a column, unless one is open there; its token goes before token `number`. */
static bool roll_indent(scanner *s, long column, size_t number, token_type type, yaml_mark mark) {
    if (s->flow_level > 0 || s->indent >= column) return true;
    long *indents = scanner_grow(s, s->indents, s->indent_count, &s->indent_room, sizeof *indents);
    if (!indents) return false;
    s->indents = indents;
    indents[s->indent_count++] = s->indent;
    s->indent = column;
    token t = {.type = type, .start = mark, .end = mark};
    return number == SIZE_MAX ? append(s, t) : insert(s, number, t);
}

/* Comments that stand at the column of a block that ends here are behind its end: they go to what is around it. */
static void move_before_comments(const scanner *s, yaml_mark *end) {
    long stop = end->at;
    for (size_t i = s->comment_count; i > s->comment_head; i--) {
        const yaml_comment *comment = &s->comment_queue[i - 1];
        if (comment->end.at < stop) break;
        if (comment->start.column == s->indent + 1) *end = comment->start;
        stop = comment->scan.at;
    }
}

/* Leaves the block collections that begin right of a column. */
static bool unroll_indent(scanner *s, long column, yaml_mark scan_mark) {
    if (s->flow_level > 0) return true;
    yaml_mark end = scan_mark;
    end.at--;
    while (s->indent > column) {
        move_before_comments(s, &end);
        if (!append(s, (token){.type = TOKEN_BLOCK_END, .start = end, .end = end})) return false;
        s->indent = s->indents[--s->indent_count];
    }
    return true;
}

static bool leave_blocks(scanner *s) {
    if (!unroll_indent(s, -1, s->mark) || !remove_key(s)) return false;
    s->key_allowed = false;
    return true;
}

/* --- tokens ------------------------------------------------------------------------------------------------------ */

static bool fetch_stream_end(scanner *s) {
    if (s->mark.column != 0) {
        s->mark.column = 0;
        s->mark.line++;
    }
    return leave_blocks(s) && append_indicator(s, TOKEN_STREAM_END, 0);
}

static bool fetch_directive(scanner *s) {
    token t;
    s->odd = true;
    return leave_blocks(s) && scan_directive(s, &t) && append(s, t);
}

static bool fetch_flow_start(scanner *s, token_type type) {
    if (!save_key(s)) return false;
    simple_key *keys = scanner_grow(s, s->keys, s->flow_level + 1, &s->key_room, sizeof *keys);
    if (!keys) return false;
    s->keys = keys;
    keys[++s->flow_level] = (simple_key){.token_number = s->taken + (s->count - s->head)};
    s->key_allowed = true;
    return append_indicator(s, type, 1);
}

/*
 * go-yaml forgets on the way out of an empty collection that it may be a key: if its first token is taken before the
 * ':' is seen, which the lookahead decides, the KEY comes too late and the text is refused.
 */
static void leave_flow(scanner *s) {
    size_t number = current_key(s)->token_number;
    s->flow_level--;
    if (current_key(s)->token_number == number) current_key(s)->awaited = false;
}

static bool fetch_flow_end(scanner *s, token_type type) {
    if (!remove_key(s)) return false;
    if (s->flow_level > 0)
        leave_flow(s);
    else
        s->odd = true;
    s->key_allowed = false;
    return append_indicator(s, type, 1);
}

static bool fetch_flow_entry(scanner *s) {
    if (!remove_key(s)) return false;
    s->key_allowed = true;
    return append_indicator(s, TOKEN_FLOW_ENTRY, 1);
}

static bool fetch_block_entry(scanner *s) {
    if (s->flow_level == 0) {
        if (!s->key_allowed) return scan_refuse(s, s->mark, "a sequence can't begin here");
        if (!roll_indent(s, s->mark.column, SIZE_MAX, TOKEN_BLOCK_SEQUENCE_START, s->mark)) return false;
    }
    if (!remove_key(s)) return false;
    s->key_allowed = true;
    return append_indicator(s, TOKEN_BLOCK_ENTRY, 1);
}

static bool fetch_key(scanner *s) {
    s->odd = true;
    if (s->flow_level == 0) {
        if (!s->key_allowed) return scan_refuse(s, s->mark, "a key can't stand here");
        if (!roll_indent(s, s->mark.column, SIZE_MAX, TOKEN_BLOCK_MAPPING_START, s->mark)) return false;
    }
    if (!remove_key(s)) return false;
    s->key_allowed = s->flow_level == 0;
    return append_indicator(s, TOKEN_KEY, 1);
}

/* A ':' after a simple key: only now is it known that there was a key, and perhaps a mapping. */
static bool fetch_value_of_simple_key(scanner *s, simple_key *key) {
    token t = {.type = TOKEN_KEY, .start = key->mark, .end = key->mark};
    if (!insert(s, key->token_number, t)) return false;
    if (!roll_indent(s, key->mark.column, key->token_number, TOKEN_BLOCK_MAPPING_START, key->mark)) return false;
    key->possible = false;
    s->key_allowed = false;
    return append_indicator(s, TOKEN_VALUE, 1);
}

static bool fetch_value(scanner *s) {
    simple_key *key = current_key(s);
    if (!check_key(s, key)) return false;
    if (key->possible) return fetch_value_of_simple_key(s, key);
    s->odd = true;
    if (s->flow_level == 0) {
        if (!s->key_allowed) return scan_refuse(s, s->mark, "a mapping value can't stand here");
        if (!roll_indent(s, s->mark.column, SIZE_MAX, TOKEN_BLOCK_MAPPING_START, s->mark)) return false;
    }
    s->key_allowed = s->flow_level == 0;
    return append_indicator(s, TOKEN_VALUE, 1);
}

/* Anchors, tags and scalars on one line, which may all begin a key. */
static bool fetch_start_of_key(scanner *s, bool (*scan)(scanner *, token *)) {
    token t;
    if (!save_key(s)) return false;
    s->key_allowed = false;
    return scan(s, &t) && append(s, t);
}

static bool fetch_block_scalar(scanner *s) {
    token t;
    if (!remove_key(s)) return false;
    s->key_allowed = true;
    return scan_block_scalar(s, &t) && append(s, t);
}

static bool can_begin_plain(const scanner *s) {
    unsigned char c = scan_byte(s, 0);
    if (c == '-') return !scan_is_blank(s, 1);
    if (c == '?' || c == ':') return s->flow_level == 0 && !scan_is_space_or_end(s, 1);
    return !scan_is_space_or_end(s, 0) && !memchr(",[]{}#&*!|>'\"%@`", c, 16);
}

/* The token at the cursor, which stands at no document marker, directive or end. */
static bool fetch_content(scanner *s) {
    bool flow = s->flow_level > 0;
    unsigned char c = scan_byte(s, 0);
    switch (c) {
    case '[': return fetch_flow_start(s, TOKEN_FLOW_SEQUENCE_START);
    case '{': return fetch_flow_start(s, TOKEN_FLOW_MAPPING_START);
    case ']': return fetch_flow_end(s, TOKEN_FLOW_SEQUENCE_END);
    case '}': return fetch_flow_end(s, TOKEN_FLOW_MAPPING_END);
    case ',': return fetch_flow_entry(s);
    case '*':
    case '&': return fetch_start_of_key(s, scan_anchor);
    case '!': return fetch_start_of_key(s, scan_tag);
    case '\'':
    case '"': return fetch_start_of_key(s, scan_quoted_scalar);
    default: break;
    }
    if (c == '-' && scan_is_space_or_end(s, 1)) return fetch_block_entry(s);
    if (c == '?' && (flow || scan_is_space_or_end(s, 1))) return fetch_key(s);
    if (c == ':' && (flow || scan_is_space_or_end(s, 1))) return fetch_value(s);
    if ((c == '|' || c == '>') && !flow) return fetch_block_scalar(s);
    if (can_begin_plain(s)) return fetch_start_of_key(s, scan_plain_scalar);
    return scan_refuse(s, s->mark, c == '\t' ? "a tab can't stand here" : "no value can begin with this character");
}

/*
 * A byte order mark may begin a line. But go-yaml looks for it where its buffer begins, not where the line does: behind
 * a second one at the start of the text each line in the first buffer loses its first character.
 */
static bool skips_mark(const scanner *s) {
    enum { FIRST_BUFFER = 500 };
    return s->mark.column == 0 && s->mark.at < FIRST_BUFFER && !scan_is_break_or_end(s, 0) &&
           text_starts(s->bytes, TEXT("\xEF\xBB\xBF"));
}

/* White space and comments. A tab is white space only where no key can begin: it would count for the indentation. */
static bool skip_to_next_token(scanner *s) {
    yaml_mark scan_mark = s->mark;
    for (;;) {
        if (skips_mark(s)) scan_skip(s);
        while (scan_byte(s, 0) == ' ' || ((s->flow_level > 0 || !s->key_allowed) && scan_byte(s, 0) == '\t'))
            scan_skip(s);
        scan_line_comment_to_head(s);
        if (scan_byte(s, 0) == '#' && !scan_comments(s, scan_mark)) return false;
        if (scan_break_size(s, 0) == 0) return true;
        scan_skip_break(s);
        if (s->flow_level == 0) s->key_allowed = true;
    }
}

static bool fetch_next(scanner *s) {
    yaml_mark scan_mark = s->mark;
    if (!skip_to_next_token(s) || !unroll_indent(s, s->mark.column, scan_mark)) return false;
    unsigned char c = scan_byte(s, 0);
    if (c == 0) return fetch_stream_end(s);
    if (s->mark.column == 0 && c == '%') return fetch_directive(s);
    if (scan_is_document_marker(s)) {
        if (c == '.' || s->count > 0) s->odd = true;
        return leave_blocks(s) && append_indicator(s, c == '-' ? TOKEN_DOCUMENT_START : TOKEN_DOCUMENT_END, 3);
    }
    yaml_mark belongs = s->mark;
    if (s->count > 0 && (s->flow_level == 0 ? c == ':' : c == ',')) belongs = s->tokens[s->count - 1].start;
    if (!fetch_content(s)) return false;
    if (scan_byte(s, 0) == '#' && s->newlines == 0) s->odd = true;
    /* What follows a dash alone is the head of what comes next. */
    return s->tokens[s->count - 1].type == TOKEN_BLOCK_ENTRY || scan_line_comment(s, belongs);
}

/* Whether a simple key may still begin at the next token; false in *out when not. */
static bool next_may_be_key(scanner *s, bool *out) {
    *out = false;
    size_t level = s->tokens[s->head].key_level;
    if (level == 0 || level - 1 > s->flow_level) return true;
    simple_key *key = &s->keys[level - 1];
    if (!key->possible || !key->awaited || key->token_number != s->taken) return true;
    if (!check_key(s, key)) return false;
    *out = key->possible;
    return true;
}

static bool fetch_enough(scanner *s) {
    for (;;) {
        if (s->count - s->head > s->lookahead) {
            bool unsure;
            if (!next_may_be_key(s, &unsure)) return false;
            if (!unsure) return true;
        }
        if (!fetch_next(s)) return false;
    }
}

const token *scanner_peek(scanner *s) {
    if (!s->available) {
        if (!fetch_enough(s)) return NULL;
        s->available = true;
    }
    return &s->tokens[s->head];
}

void scanner_skip(scanner *s) {
    s->ended = s->tokens[s->head].type == TOKEN_STREAM_END;
    s->available = false;
    s->head++;
    s->taken++;
}
