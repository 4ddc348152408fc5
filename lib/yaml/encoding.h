/*
 * yaml/encoding.h: from bytes to the characters that go-yaml lets into a document.
 *
 * A text may be UTF-8 or, behind a byte order mark, UTF-16. Characters that YAML 1.1 does not allow end the reading:
 * control characters but tab and line breaks, U+007F, surrogates, U+FFFE and U+FFFF.
 *
 * Cost: one pass at memory speed; a copy of UTF-16 only. Follows go-yaml's readerc.go.
 */
#ifndef YAML_ENCODING_H
#define YAML_ENCODING_H

#include "core/text.h"

/* The text without its byte order mark, as UTF-8: a slice, or a copy in the arena. data is NULL when memory is out. */
text encoding_to_utf8(arena *a, text bytes);

/* Where the first byte is that may not stand in a document, SIZE_MAX when there is none; *problem says what is wrong.
 */
size_t encoding_first_bad(text utf8, const char **problem);

/*
 * Whether go-yaml meets the bad byte when it reads no further than `end`: it decodes 512 bytes at a time, so a bad byte
 * behind the end of a document goes unnoticed only in a later block.
 */
bool encoding_is_met(text utf8, size_t bad, size_t end);

#endif
