/*
 * yaml/emit_v2.h: scalars as go-yaml v2's emitter writes them, at width 80, straight into a buffer.
 *
 * Follows encode.go (stringv) and emitterc.go. Cost: one or two passes over a text at memory speed for ASCII; character
 * by character where other characters, long lines or odd breaks are involved.
 */
#ifndef YAML_EMIT_V2_H
#define YAML_EMIT_V2_H

#include "core/buffer.h"
#include "yaml/node.h"
#include "yaml/shape.h"

typedef struct emitter_v2 {
    buffer *out;
    size_t line; /* where the current line begins in the buffer */
    bool fresh;  /* nothing stands on the line yet */
} emitter_v2;

/* How a string is written. */
typedef struct string_form {
    node_style style;
    unsigned classes;
    bool simple_key; /* as a key: `key: value`, otherwise `? key` */
} string_form;
string_form emit_v2_form(text t, unsigned classes);

/* Begins a line and indents it; stays on the line when nothing stands there yet. */
void emit_v2_line(emitter_v2 *e, size_t indent);
/* A string at the current place. Lines that continue it are indented by `indent`; a simple key is never broken. */
void emit_v2_string(emitter_v2 *e, text t, const string_form *form, size_t indent, bool simple_key);
static inline void emit_v2_raw(emitter_v2 *e, const char *data, size_t size) {
    buffer_add(e->out, data, size);
    e->fresh = false;
}

#endif
