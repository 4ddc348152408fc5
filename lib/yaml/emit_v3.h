/*
 * yaml/emit_v3.h: the lower half of go-yaml v3's emitter: lines, indentation, comments and scalars.
 *
 * Where a comment, an indicator or a scalar begins depends on what was written last, so the emitter's state is the
 * reference's (emitterc.go). kyaml's settings: 2 spaces, compact sequences, unlimited width. write_v3.c has the upper
 * half, the walk over the nodes.
 */
#ifndef YAML_EMIT_V3_H
#define YAML_EMIT_V3_H

#include "core/buffer.h"
#include "yaml/node.h"
#include "yaml/shape.h"

typedef struct emitter_v3 {
    buffer *out;
    int column;      /* characters on the current line */
    int indent;      /* -1 outside the document's content */
    int foot_indent; /* the indentation of a foot comment just written, so that a blank line follows; else -1 */
    bool whitespace; /* the last character was white space or an indicator that needs none after it */
    bool indention;  /* nothing but indentation and "- ", "? ", ": " stands on the line */
    text head_comment, line_comment, foot_comment, tail_comment; /* still to be written */
    text key_line_comment;
} emitter_v3;

void emit_v3_begin(emitter_v3 *e, buffer *out);

void emit_v3_break(emitter_v3 *e);
/* Goes to the current indentation, on a new line unless that is where it is. */
void emit_v3_indent(emitter_v3 *e);
void emit_v3_indicator(emitter_v3 *e, const char *indicator, bool need_space, bool is_space, bool is_indention);
/* The name of an anchor behind its indicator. */
void emit_v3_name(emitter_v3 *e, text name);
/* Enters a deeper level and returns the indentation to restore. `in_sequence`: directly below a "- ". */
int emit_v3_deeper(emitter_v3 *e, bool flow, bool in_sequence, bool compact);

/* Write the comments that are still to be written, each kind in its place. */
void emit_v3_head_comment(emitter_v3 *e);
void emit_v3_line_comment(emitter_v3 *e);
void emit_v3_foot_comment(emitter_v3 *e);

/* A tag as the emitter abbreviates it: handle and suffix. A tag without a handle is written as !<suffix>. */
typedef struct short_tag {
    text handle;
    text suffix;
} short_tag;
short_tag emit_v3_short_tag(text tag);
void emit_v3_tag(emitter_v3 *e, short_tag tag);

/* A scalar in the style that shape_style_v3 chose. */
void emit_v3_scalar(emitter_v3 *e, text t, node_style style);

#endif
