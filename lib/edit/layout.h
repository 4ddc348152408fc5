/*
 * edit/layout.h: a kustomization file as a text: which bytes are which node.
 *
 * Reading gives two trees of the first document: the nodes that say what the file means (yaml/node.h, as go-yaml v2
 * decodes them), and the layout, one element for each node that is written, with its first and last byte. Both count
 * places alike: an element's `where` is the origin of the node that was made of it.
 *
 * Order: layout_read, then whatever asks. Everything lives in the scope's arena. Cost: linear in the text.
 */
#ifndef EDIT_LAYOUT_H
#define EDIT_LAYOUT_H

#include "core/scope.h"
#include "yaml/node.h"

typedef enum element_kind { ELEMENT_SCALAR, ELEMENT_ALIAS, ELEMENT_SEQUENCE, ELEMENT_MAPPING } element_kind;

typedef struct element element;
struct element {
    element_kind kind;
    node_style style; /* of a scalar */
    bool flow;        /* a collection in brackets */
    size_t start;     /* of its anchor or tag, if it has one */
    size_t end; /* behind its last byte; the break that ends a block collection or block scalar is not part of it */
    size_t indicator; /* the '-' or ':' in front of it; SIZE_MAX when there is none */
    origin where;
    text value;      /* of a scalar */
    element **items; /* of a sequence; of a mapping keys and values by turns */
    size_t count;    /* of items, or of pairs */
};

/* A part of the text. */
typedef struct span {
    size_t from, to;
} span;

typedef struct layout {
    text bytes;     /* without a byte order mark, as UTF-8 */
    node *root;     /* what the file means; NULL: nothing is there */
    element *top;   /* NULL: nothing is written */
    size_t end;     /* where the document ends: at the next one's mark, or at the end of the text */
    bool crlf;      /* lines end in CR LF */
    bool has_alias; /* the document has aliases or merge keys */
} layout;

static inline element *pair_key(const element *mapping, size_t i) { return mapping->items[2 * i]; }
static inline element *pair_value(const element *mapping, size_t i) { return mapping->items[2 * i + 1]; }

/* Fails where go-yaml v2 refuses the text. `name` is how messages name it; the bytes must live as long as the arena. */
strata_status layout_read(scope *sc, text name, text bytes, layout *out);

/* --- lines -------------------------------------------------------------------------------------------------------- */

/* They end where go-yaml's do, which counts more line breaks than LF and CR LF: see yaml_break_length. */
size_t line_start(text bytes, size_t at);
/* Behind the break of the line that `at` is in; the end of the text when the line has none. */
size_t line_end(text bytes, size_t at);
/* How many characters stand before `at` on its line. */
size_t line_column(text bytes, size_t at);
/* Whether nothing but spaces stands before `at` on its line. */
bool line_begins_at(text bytes, size_t at);
bool line_is_comment(text bytes, size_t at);
bool line_is_blank(text bytes, size_t at);
/* Whether `at` lies inside of a scalar of several lines below `e`: what looks like a comment is none there. */
bool element_is_text_at(const element *e, size_t at);

#endif
