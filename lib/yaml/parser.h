/*
 * yaml/parser.h: the events of a YAML text: the grammar over the tokens of scanner.h, as go-yaml's parser has it.
 *
 * Order: parser_init, parser_next until it gives EVENT_STREAM_END or fails, parser_free. Reading may stop after any
 * EVENT_DOCUMENT_END; what follows has been looked at no farther than go-yaml does.
 *
 * Cost: linear, without recursion; the states that wait are on the heap, one for each open collection.
 */
#ifndef YAML_PARSER_H
#define YAML_PARSER_H

#include "yaml/event.h"
#include "yaml/scanner.h"

typedef enum parser_state {
    STATE_FIRST_DOCUMENT,
    STATE_DOCUMENT,
    STATE_DOCUMENT_CONTENT,
    STATE_DOCUMENT_END,
    STATE_BLOCK_NODE,
    STATE_SEQUENCE_FIRST,
    STATE_SEQUENCE,
    STATE_INDENTLESS,
    STATE_MAPPING_FIRST,
    STATE_MAPPING_KEY,
    STATE_MAPPING_VALUE,
    STATE_FLOW_SEQUENCE_FIRST,
    STATE_FLOW_SEQUENCE,
    STATE_PAIR_KEY, /* a pair in a flow sequence: [a: b] */
    STATE_PAIR_VALUE,
    STATE_PAIR_END,
    STATE_FLOW_MAPPING_FIRST,
    STATE_FLOW_MAPPING_KEY,
    STATE_FLOW_MAPPING_VALUE,
    STATE_FLOW_MAPPING_EMPTY_VALUE,
    STATE_END
} parser_state;

typedef struct tag_handle {
    text handle;
    text prefix;
} tag_handle;

typedef struct parser {
    scanner scan;
    parser_state state;
    parser_state *states; /* that follow when the collection at hand ends */
    size_t state_count, state_room;
    tag_handle *handles;
    size_t handle_count, handle_room;
    buffer head, line, foot; /* comments for the next event that takes some */
    text stem;               /* the head of a collection that begins behind a dash */
    size_t indicator;        /* for the event at hand: see event.h */
} parser;

typedef enum parser_result { PARSER_EVENT, PARSER_REFUSED, PARSER_NO_MEMORY } parser_result;

/*
 * `comments` says whether to find out what comments belong to, which only go-yaml v3 does: it also changes, in corners,
 * what is accepted. False when memory is out. `bytes` must live as long as the arena.
 */
bool parser_init(parser *p, text bytes, bool comments, arena *a, const allocator *from);
void parser_free(parser *p);
/* After PARSER_REFUSED why and where is in p->scan.problem and .problem_at. */
parser_result parser_next(parser *p, yaml_event *out);

#endif
