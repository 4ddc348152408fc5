/*
 * core/origin.h: where a piece of input came from, in four bytes.
 *
 * Each text that a build reads is given a range of numbers, one for each byte and one for its end; an origin is such a
 * number, so a node knows its file, line and column for four bytes, and lines are counted only when someone asks, once
 * for each text.
 * 0 is "unknown": made by a transformer. The table keeps pointers to the texts, which live as long as it.
 *
 * A text may be the value of a scalar of another text, as an inline patch is: its places are those in the file around
 * it, found again when someone asks (core/inline_text.h), or that of the scalar where the two texts can't be matched.
 */
#ifndef CORE_ORIGIN_H
#define CORE_ORIGIN_H

#include "core/text.h"

typedef uint32_t origin;
#define ORIGIN_UNKNOWN ((origin)0)

typedef struct origin_source {
    origin first;  /* the number of the text's first byte */
    uint32_t size; /* the last number is first + size: the end of the text */
    text name;     /* how a message names it: a path relative to the build's working directory, or a URL */
    text bytes;
    origin included_from; /* the line that named this file, or ORIGIN_UNKNOWN; of an inline text the scalar */
    bool is_inline;
    uint32_t *lines; /* where each line begins; NULL until asked for, and in short texts */
    uint32_t line_count;
} origin_source;

typedef struct origin_table {
    origin_source *items;
    size_t count;
    size_t capacity;
    arena *memory; /* for `lines`; that of the last text */
} origin_table;

typedef struct origin_place {
    text file;
    uint32_t line;   /* from 1 */
    uint32_t column; /* from 1, in bytes */
    text line_text;  /* the line itself, without its break; what a message may quote says core/excerpt.h */
    text source;     /* the whole text, in which the line begins at line_start */
    size_t line_start;
    origin included_from;
} origin_place;

/* Enters a text; *out is the number of its first byte. False when memory or numbers are out. */
bool origin_add(origin_table *table, arena *a, text name, text bytes, origin included_from, origin *out);
/* Enters the value of the scalar at `where`. It is named as the text around it. */
bool origin_add_inline(origin_table *table, arena *a, text bytes, origin where, origin *out);
/* The name of the text alone, which takes no counting of lines; "" for ORIGIN_UNKNOWN. */
text origin_file(const origin_table *table, origin where);
/* The text that it is in, and how many bytes from its beginning; NULL for ORIGIN_UNKNOWN. Cost: a search. */
const origin_source *origin_source_of(const origin_table *table, origin where, size_t *offset);
/* False for ORIGIN_UNKNOWN. The place in the file. Cost: linear in a text that is asked about first, then a search. */
bool origin_resolve(const origin_table *table, origin where, origin_place *out);
/* The same, but of an inline text it is the place in that text itself. */
bool origin_resolve_inside(const origin_table *table, origin where, origin_place *out);
/* From a place in an inline text to that in the text around it; false when `*where` is in no inline text. */
bool origin_step_out(const origin_table *table, origin *where);

#endif
