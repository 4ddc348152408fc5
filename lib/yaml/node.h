/*
 * yaml/node.h: the document model. A document is a tree of nodes in an arena.
 *
 * There are three kinds: scalars, sequences and mappings; aliases and merge keys are resolved by the reader. A node
 * keeps what kustomize's own output depends on: how a scalar was written, whether its type was given, inferred or left
 * open, and where it came from. Scalar text points into the input wherever the text is a verbatim slice of it.
 *
 * Parsed documents are shared and must not be changed: node_clone what you change. Texts are shared freely.
 * A function that returns NULL or false has run out of memory, unless it says otherwise.
 */
#ifndef YAML_NODE_H
#define YAML_NODE_H

#include "core/arena.h"
#include "core/origin.h"
#include "core/text.h"

typedef enum node_kind { NODE_SCALAR, NODE_SEQUENCE, NODE_MAPPING } node_kind;

typedef enum node_style {
    STYLE_PLAIN,
    STYLE_SINGLE_QUOTED,
    STYLE_DOUBLE_QUOTED,
    STYLE_LITERAL,
    STYLE_FOLDED
} node_style;

/*
 * A tag as go-yaml v3's Node.Tag. UNSET is the empty tag of a node that a transformer made: the type is then inferred
 * from the text when the document is written, as the reference does by writing and reading it again.
 */
typedef enum node_tag {
    TAG_UNSET,
    TAG_STR,
    TAG_INT,
    TAG_FLOAT,
    TAG_BOOL,
    TAG_NULL,
    TAG_TIMESTAMP,
    TAG_BINARY,
    TAG_MERGE,
    TAG_MAP,
    TAG_SEQ,
    TAG_CUSTOM /* the text is in node_extra.tag */
} node_tag;

enum node_flag {
    NODE_FLOW = 1,        /* a collection in flow style: [a], {a: b} */
    NODE_TAGGED = 2,      /* the tag was written in the input: !!str 12 */
    NODE_TRAILING_NL = 4, /* reserved for the reader: see pieces.h */
    NODE_EMPTY = 8        /* a scalar with no text in the input at all: `a:` */
};

/* What few nodes have: kept apart so that a node stays small. */
typedef struct node_extra {
    text tag;          /* of a TAG_CUSTOM node, as written ("!foo", "tag:yaml.org,2002:set") */
    text head_comment; /* with their '#', lines joined by '\n'; only where the reader was asked to keep comments, */
    text line_comment; /* or where the comment is JSON that changes a merge */
    text foot_comment;
    text anchor;        /* its name, also that of an alias; only where the reader was asked to keep aliases */
    text document_head; /* of a root: the comments above it that an empty line parts from it; they are the document's */
} node_extra;

typedef struct node node;

typedef struct node_pair {
    node *key; /* nearly always a scalar */
    node *value;
} node_pair;

struct node {
    uint8_t kind;  /* node_kind */
    uint8_t style; /* node_style of a scalar */
    uint8_t tag;   /* node_tag */
    uint8_t flags; /* node_flag */
    origin where;
    union {
        const char *data; /* scalar: not NUL-terminated */
        node **items;     /* sequence */
        node_pair *pairs; /* mapping */
    };
    uint32_t count;    /* bytes, items or pairs */
    uint32_t capacity; /* of items or pairs: 0 while they are shared with another node */
    node_extra *extra; /* NULL for most */
};

/* --- making --------------------------------------------------------------------------------------------------- */

node *node_new_scalar(arena *a, text value, node_tag tag, node_style style);
/* A string as the reference's NewStringRNode makes it: tag !!str, plain. */
node *node_new_string(arena *a, text value);
node *node_new_mapping(arena *a);
node *node_new_sequence(arena *a);
/* A deep copy whose structs are its own; texts and extras are shared. */
node *node_clone(arena *a, const node *n);
/* Makes `*to` a shallow copy of `*from` in place: parents that point to `to` see the new value. */
void node_replace(node *to, const node *from);

/* --- asking --------------------------------------------------------------------------------------------------- */

static inline text node_text(const node *n) {
    return n && n->kind == NODE_SCALAR ? text_of(n->data, n->count) : TEXT_EMPTY;
}
static inline bool node_is_scalar(const node *n) { return n && n->kind == NODE_SCALAR; }
static inline bool node_is_sequence(const node *n) { return n && n->kind == NODE_SEQUENCE; }
static inline bool node_is_mapping(const node *n) { return n && n->kind == NODE_MAPPING; }
/* Whether the node is absent or tagged !!null: kyaml's IsMissingOrNull. */
bool node_is_null(const node *n);
/* The above, or an empty mapping or sequence: kyaml's IsNilOrEmpty. */
bool node_is_null_or_empty(const node *n);
/* Whether kinds, tags, texts and structure agree, in order; styles, places and comments do not count. */
bool node_equal(const node *a, const node *b);
/* Counts the nodes of a tree. */
size_t node_size(const node *n);

/* --- mappings ------------------------------------------------------------------------------------------------- */

/* The value of the FIRST pair with that key (a scalar compared by its text), or NULL. NULL for other kinds of node. */
node *node_get(const node *mapping, text key);
#define NODE_GET(mapping, literal) node_get((mapping), TEXT(literal))
/* The number of the first pair with that key, or SIZE_MAX. */
size_t node_find(const node *mapping, text key);
/* Adds a pair at the end, whether or not the key is there. */
bool node_add(arena *a, node *mapping, node *key, node *value);
/* Sets the value of the first pair with that key, or adds one with a plain key without a tag, as FieldSetter does. */
bool node_set(arena *a, node *mapping, text key, node *value);
/* Removes every pair with that key; false when there was none. */
bool node_remove(node *mapping, text key);
void node_remove_at(node *collection, size_t index); /* pair or item */

/* --- sequences ------------------------------------------------------------------------------------------------ */

bool node_append(arena *a, node *sequence, node *item);
bool node_insert(arena *a, node *sequence, size_t index, node *item);

/* --- scalars -------------------------------------------------------------------------------------------------- */

/* Gives a scalar another text and tag in place; the style stays. */
void node_set_text(node *scalar, text value, node_tag tag);
/* The extras, made when there are none. */
node_extra *node_extra_of(arena *a, node *n);

/* --- paths ---------------------------------------------------------------------------------------------------- */

/* Follows keys through mappings only; NULL when one is missing. Ends with NULL: node_at(n, "metadata", "name", NULL).
 */
node *node_at(const node *n, ...) __attribute__((sentinel));

#endif
