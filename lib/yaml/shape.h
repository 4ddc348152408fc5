/*
 * yaml/shape.h: which styles a scalar's text allows when go-yaml's emitters write it.
 *
 * v2 and v3 ask the same questions of a text (emitterc.go, analyze_scalar), but for tabs: v3 writes them in blocks, v2
 * only in double quotes. Cost: one pass over the text.
 */
#ifndef YAML_SHAPE_H
#define YAML_SHAPE_H

#include "core/text.h"
#include "yaml/node.h"

/* What kinds of characters a text has. */
enum text_class {
    CLASS_SPACE = 1,
    CLASS_LF = 2,
    CLASS_CONTROL = 4, /* below U+0020 but LF */
    CLASS_HIGH = 8,    /* beyond ASCII */
    CLASS_COLON = 16,
    CLASS_HASH = 32,
    CLASS_DELETE = 64, /* U+007F */
    CLASS_DIGIT = 128
};
unsigned text_classes(text t);

typedef struct scalar_shape {
    bool multiline;
    bool tab;
    bool plain_in_block;
    bool plain_in_flow;
    bool single_quoted;
    bool block; /* to v3; to v2 when there is no tab */
} scalar_shape;

/* The text must be valid UTF-8. */
scalar_shape shape_of(text t);

/* The style in which v3's emitter writes a text when asked for `wanted` (select_scalar_style). */
node_style shape_style_v3(const scalar_shape *shape, text t, node_style wanted, bool flow, bool simple_key);

/* Whether a key is written as `key: value`; otherwise as `? key`. */
bool shape_is_simple_key(const scalar_shape *shape, text t, size_t tag_size);

/* The length of the line break at `bytes`, as YAML 1.1 has them (LF, CR, NEL, LS, PS); 0 when there is none. */
size_t yaml_break_length(const char *bytes, size_t size);
/* The length of the break that ends t[0..end); 0 when there is none. */
size_t yaml_break_before(text t, size_t end);
/* Whether the character at `bytes` may stand in a document unescaped. */
bool yaml_is_printable(const char *bytes, size_t size);

/*
 * Whether YAML 1.1 reads the text as a number in base 60, [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?: both emitters
 * quote those, though neither reads them so.
 */
bool yaml_is_sexagesimal(text t);

#endif
