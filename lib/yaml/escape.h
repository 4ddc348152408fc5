/* yaml/escape.h: characters inside double quotes, as go-yaml's emitters write them. */
#ifndef YAML_ESCAPE_H
#define YAML_ESCAPE_H

#include "core/buffer.h"

/*
 * Whether every character of a text is escaped: the reference asks whether the text begins with a byte order mark where
 * it means the character at hand.
 */
bool escape_is_total(text t);

/* Writes the character at t[i], escaped where it must be, and returns its length. */
size_t escape_add(buffer *out, text t, size_t i, bool escape_all);

#endif
