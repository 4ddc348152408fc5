/*
 * strata/filter.h: changes files between reading and parsing: decryption, say.
 *
 * A filter sees every file that a build reads, kustomizations, resources, patches and the files of generators alike,
 * before anything else looks at it. It answers with other bytes or leaves the file as it is:
 *
 *     static strata_status decrypt(strata_sink *out, const char *path, const char *data, size_t size, void *user) {
 *         if (!looks_encrypted(data, size)) return STRATA_OK;                       (unchanged)
 *         return sops_decrypt(out, data, size, user) ? STRATA_OK : STRATA_INVALID;  (with strata_sink_write)
 *     }
 *
 * No message of the library quotes a line of a file that a filter has changed. What programs read themselves (helm its
 * chart, functions their mounts) passes no filter.
 */
#ifndef STRATA_FILTER_H
#define STRATA_FILTER_H

#include <stddef.h>

#include "strata/sink.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * `path` is absolute in the renderer's tree of files, or a URL. `data` is followed by a NUL that `size` doesn't count.
 * STRATA_OK without any call of strata_sink_write: the file stays as it is; after one, even of no bytes, the file is
 * what was written. Anything else fails the build: STRATA_REFUSED, STRATA_CANCELLED and STRATA_NO_MEMORY as such,
 * everything else as STRATA_INVALID; strata_sink_explain says why.
 * Called on the thread that builds. A file that a build reads twice is filtered twice.
 */
typedef strata_status (*strata_filter_function)(strata_sink *out, const char *path, const char *data, size_t size,
                                                void *user);

#ifdef __cplusplus
}
#endif
#endif
