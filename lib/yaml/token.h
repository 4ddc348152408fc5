/*
 * yaml/token.h: what a YAML text consists of before its grammar: marks, tokens, and comments beside them.
 */
#ifndef YAML_TOKEN_H
#define YAML_TOKEN_H

#include "core/text.h"
#include "yaml/node.h"

/* A place in the text. Columns and indexes count characters, as go-yaml does: its limit for keys is in characters. */
typedef struct yaml_mark {
    long at; /* in bytes; -1 before the text */
    long index;
    long line; /* from 0, as columns */
    long column;
} yaml_mark;

typedef enum token_type {
    TOKEN_STREAM_END,
    TOKEN_VERSION,       /* .other_version unless it is 1.1 */
    TOKEN_TAG_DIRECTIVE, /* .value is the handle, .suffix the prefix */
    TOKEN_DOCUMENT_START,
    TOKEN_DOCUMENT_END,
    TOKEN_BLOCK_SEQUENCE_START,
    TOKEN_BLOCK_MAPPING_START,
    TOKEN_BLOCK_END,
    TOKEN_FLOW_SEQUENCE_START,
    TOKEN_FLOW_SEQUENCE_END,
    TOKEN_FLOW_MAPPING_START,
    TOKEN_FLOW_MAPPING_END,
    TOKEN_BLOCK_ENTRY,
    TOKEN_FLOW_ENTRY,
    TOKEN_KEY,
    TOKEN_VALUE,
    TOKEN_ALIAS,
    TOKEN_ANCHOR,
    TOKEN_TAG, /* .value is the handle, empty for a verbatim tag */
    TOKEN_SCALAR
} token_type;

typedef struct token {
    token_type type;
    node_style style; /* of a scalar */
    yaml_mark start;
    yaml_mark end;
    text value;
    text suffix;
    bool other_version;
    size_t key_level; /* a simple key may begin here: 1 + its level of flow collections; 0: none */
} token;

typedef enum comment_kind { COMMENT_HEAD, COMMENT_LINE, COMMENT_FOOT } comment_kind;

/* Belongs to the first token that begins at or after .belongs. */
typedef struct yaml_comment {
    comment_kind kind;
    yaml_mark scan; /* where the white space before it begins */
    yaml_mark belongs;
    yaml_mark start; /* its column counts from 1, unless it is a line comment */
    yaml_mark end;
    text value;
} yaml_comment;

#endif
