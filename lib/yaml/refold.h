/*
 * yaml/refold.h: what a folded scalar (`>`) says after go-yaml v3 has written and read it.
 *
 * The encoder doubles line breaks where it shouldn't, or doesn't where it should, so the text may gain or lose some:
 * those bytes are in kustomize's output. Cost: linear.
 */
#ifndef YAML_REFOLD_H
#define YAML_REFOLD_H

#include "core/buffer.h"

/* The text must be one that the emitter writes as a block scalar. data is NULL when memory is out. */
text refold(arena *a, text value);
/* The first half: the lines that the emitter writes, without their indentation. */
void refold_lines(buffer *out, text value);

#endif
