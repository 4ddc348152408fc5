/* core/buffer.c: see buffer.h. One function does all growth. */
#include "core/buffer.h"

#include <stdio.h>

enum { SMALLEST = 256 };

void buffer_init(buffer *b, const allocator *from, size_t ceiling) {
    memset(b, 0, sizeof *b);
    b->from = from ? from : &allocator_libc;
    b->ceiling = ceiling;
}

void buffer_free(buffer *b) {
    if (b->data) b->from->release(b->data, b->from->user);
    b->data = NULL;
    b->size = b->capacity = 0;
}

void buffer_clear(buffer *b) { b->size = 0; }

bool buffer_reserve_slow(buffer *b, size_t size) {
    if (b->failure) return false;
    if (size > SIZE_MAX - b->size || (b->ceiling && b->size + size > b->ceiling)) {
        b->failure = BUFFER_TOO_LARGE;
        return false;
    }
    size_t wanted = b->size + size;
    if (wanted <= b->capacity) return true;
    size_t larger = b->capacity < SMALLEST ? SMALLEST : b->capacity;
    while (larger < wanted)
        larger = larger > SIZE_MAX / 2 ? wanted : larger * 2;
    if (b->ceiling && larger > b->ceiling) larger = b->ceiling; /* so that what fits is within the ceiling */
    char *data = b->from->reallocate(b->data, larger, b->from->user);
    if (!data) {
        b->failure = BUFFER_NO_MEMORY;
        return false;
    }
    b->data = data;
    b->capacity = larger;
    return true;
}

void buffer_add_format(buffer *b, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (size < 0 || !buffer_reserve(b, (size_t)size + 1)) return;
    va_start(args, format);
    vsnprintf(b->data + b->size, (size_t)size + 1, format, args);
    va_end(args);
    b->size += (size_t)size;
}

void buffer_add_repeated(buffer *b, char c, size_t count) {
    if (count && buffer_reserve(b, count)) {
        memset(b->data + b->size, c, count);
        b->size += count;
    }
}

void buffer_add_utf8(buffer *b, uint32_t code_point) {
    char out[4];
    size_t size;
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        size = 1;
    } else if (code_point < 0x800) {
        out[0] = (char)(0xC0 | (code_point >> 6));
        out[1] = (char)(0x80 | (code_point & 0x3F));
        size = 2;
    } else if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | (code_point >> 12));
        out[1] = (char)(0x80 | ((code_point >> 6) & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        size = 3;
    } else {
        out[0] = (char)(0xF0 | (code_point >> 18));
        out[1] = (char)(0x80 | ((code_point >> 12) & 0x3F));
        out[2] = (char)(0x80 | ((code_point >> 6) & 0x3F));
        out[3] = (char)(0x80 | (code_point & 0x3F));
        size = 4;
    }
    buffer_add(b, out, size);
}
