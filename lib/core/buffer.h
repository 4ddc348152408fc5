/*
 * core/buffer.h: bytes that grow at the end, with a ceiling.
 *
 * Failure sticks: once memory is out, or the ceiling is reached, further appends do nothing, and buffer_failed says so.
 * So append without checks and ask once. A buffer's memory is its own (not an arena's): buffer_free it.
 */
#ifndef CORE_BUFFER_H
#define CORE_BUFFER_H

#include "core/text.h"

#include <stdarg.h>

typedef enum buffer_failure { BUFFER_FINE, BUFFER_NO_MEMORY, BUFFER_TOO_LARGE } buffer_failure;

typedef struct buffer {
    char *data;
    size_t size;
    size_t capacity;
    size_t ceiling; /* 0: none */
    buffer_failure failure;
    const allocator *from;
} buffer;

void buffer_init(buffer *b, const allocator *from, size_t ceiling);
void buffer_free(buffer *b);
void buffer_clear(buffer *b); /* empties it and keeps its memory; a failure stays */

/* Room for `size` more bytes at data + size; false when it fails. */
bool buffer_reserve_slow(buffer *b, size_t size);
static inline bool buffer_reserve(buffer *b, size_t size) {
    return (b->capacity - b->size >= size && !b->failure) || buffer_reserve_slow(b, size);
}
static inline void buffer_add_char(buffer *b, char c) {
    if (buffer_reserve(b, 1)) b->data[b->size++] = c;
}
static inline void buffer_add(buffer *b, const char *data, size_t size) {
    if (size && buffer_reserve(b, size)) {
        memcpy(b->data + b->size, data, size);
        b->size += size;
    }
}
static inline void buffer_add_text(buffer *b, text t) { buffer_add(b, t.data, t.size); }
void buffer_add_format(buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_add_repeated(buffer *b, char c, size_t count);
/* The code point as UTF-8. */
void buffer_add_utf8(buffer *b, uint32_t code_point);

static inline bool buffer_failed(const buffer *b) { return b->failure != BUFFER_FINE; }
static inline text buffer_text(const buffer *b) { return text_of(b->data ? b->data : "", b->size); }

#endif
