/* core/base64.h: standard base64 with padding (RFC 4648, section 4). */
#ifndef CORE_BASE64_H
#define CORE_BASE64_H

#include "core/text.h"

/* Encodes in lines of `line` characters, each ended by a newline when there is more than one; 0: one line, no newline.
 */
text base64_encode(arena *a, text bytes, size_t line); /* data is NULL when memory is out */

/*
 * Decodes one text with its padding, line breaks anywhere, as Go does. False when it is malformed; out->data is NULL
 * when memory is out.
 */
bool base64_decode(arena *a, text in, text *out);

#endif
