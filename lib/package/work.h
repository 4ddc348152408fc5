/*
 * package/work.h: one call of this room's public functions: its memory, and the text that it makes.
 *
 * Order: work_begin; when that succeeds the work, in its scope, with `output->bytes` to append to; work_end in any
 * case. The work must not move. It ends early by the renderer's cancellation and the limit of time.
 */
#ifndef PACKAGE_WORK_H
#define PACKAGE_WORK_H

#include "build/api.h"
#include "core/buffer.h"

struct strata_output {
    allocator from;
    limits limits;
    meter meter; /* in front of `from`, for all but the object itself */
    arena memory;
    origin_table origins;
    input_log inputs;
    buffer bytes;
};

typedef struct work {
    const strata_renderer *renderer;
    strata_output *output;
    loader_options loading; /* the renderer's, with a cache for what is fetched when it may fetch */
    scope sc;
    size_t input; /* bytes read so far */
    stop end;
} work;

strata_status work_begin(work *w, const strata_renderer *renderer, strata_error *error);
/* Hands the output over in *out when the status is STRATA_OK, and frees it otherwise. Returns the status, or that of a
 * text that couldn't be kept. */
strata_status work_end(work *w, strata_status status, strata_output **out);

/* The whole file, as the filesystem's `read` gives it. Not counted yet. */
file_outcome work_read(work *w, text full_path, text *out);
/* A copy of what the caller handed in; data is NULL when memory is out. Not counted yet. */
text work_copy_input(work *w, const char *data, size_t size);
/* Counts what was read; fails when it is too much altogether. */
strata_status work_count_input(work *w, size_t size);

/* Before files are written, which neither time nor a cancellation ends half-way, nor memory for an output without bytes
 * afterwards; the other one when more is to come. */
strata_status work_begin_writing(work *w);
void work_end_writing(work *w);

/* A relative path of the caller's, from the renderer's working directory; data is NULL when memory is out. */
text work_path(work *w, text path);

#endif
