/*
 * strata/sink.h: what a caller's function writes its answer into.
 *
 * Functions that a caller hands in (a file system of its own, a source filter, fetch providers, a resource visitor) get
 * a sink, write into it as often as they like, and return. The bytes are copied. A sink belongs to the library and is
 * valid during the call only; it may be used by the thread that was called.
 */
#ifndef STRATA_SINK_H
#define STRATA_SINK_H

#include <stddef.h>

#include "strata/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_sink strata_sink;

/*
 * Adds `size` bytes. Anything but 0 says that no more is taken, because a limit was reached or memory is out: the
 * caller's function can return then, and what it returns does not matter.
 */
STRATA_API int strata_sink_write(strata_sink *sink, const char *data, size_t size);

/*
 * Says in one sentence why the caller's function is going to fail; it becomes part of the error's message. Of several
 * the last counts. The sentence must hold no secrets. NULL is fine.
 */
STRATA_API void strata_sink_explain(strata_sink *sink, const char *sentence);

#ifdef __cplusplus
}
#endif
#endif
