/* core/utf8.h: UTF-8 as Go sees it: no surrogates, nothing above U+10FFFF, no overlong forms. */
#ifndef CORE_UTF8_H
#define CORE_UTF8_H

#include "core/text.h"

bool utf8_is_valid(text t);
/*
 * The code point at the start of `size` > 0 bytes and its length. Bytes that are no UTF-8 give U+FFFD and a length of
 * 1, as utf8.DecodeRune does.
 */
uint32_t utf8_decode(const char *bytes, size_t size, size_t *out_length);

/* The text with U+FFFD for each byte that is no UTF-8; data is NULL when memory is out. */
text utf8_replace_invalid(arena *a, text in);

#endif
