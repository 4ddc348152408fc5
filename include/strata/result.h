/*
 * strata/result.h: what a build made: resources in the order of the stream, and the stream itself.
 *
 * The stream is YAML, one document a resource with "---" lines between them, byte for byte what `kustomize build`
 * prints. It is written when it is asked for first and kept: a few values can't be written (a key that is no string,
 * say), so the functions that need the stream can fail although the build did not.
 *
 *     const char *data;
 *     size_t size;
 *     if (strata_result_stream(&data, &size, result, error) == STRATA_OK) fwrite(data, 1, size, stdout);
 *     strata_result_free(result);
 *
 * All strings belong to the result and live as long as it.
 * Threads: a result may be used by one thread at a time; different results by different threads.
 */
#ifndef STRATA_RESULT_H
#define STRATA_RESULT_H

#include <stddef.h>
#include <stdint.h>

#include "strata/error.h"
#include "strata/export.h"
#include "strata/resource.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_result strata_result;

/* Frees the result with all that it gave out. NULL is fine. */
STRATA_API void strata_result_free(strata_result *result);

/*
 * The whole stream: *out_data (never NULL, followed by a NUL that *out_size doesn't count) is the result's.
 * Fails when a value can't be written (STRATA_INVALID), when the stream is larger than the limit (STRATA_LIMIT), with
 * STRATA_NO_MEMORY, and with STRATA_USAGE when an argument but `error` is NULL. After a failure *out_data is "".
 */
STRATA_API strata_status strata_result_stream(const char **out_data, size_t *out_size, strata_result *result,
                                              strata_error *error);

/* Takes `size` bytes of the stream; anything but 0 stops it: the call then fails with STRATA_CANCELLED. */
typedef int (*strata_write_function)(const char *data, size_t size, void *user);

/* The stream in pieces to a function. Fails like strata_result_stream, then nothing was written; or STRATA_CANCELLED.
 */
STRATA_API strata_status strata_result_write(strata_result *result, strata_write_function write, void *user,
                                             strata_error *error);

/*
 * The stream to a file descriptor, which stays open; short writes and interruptions are gone on with, and a pipe
 * without a reader raises no SIGPIPE. Fails like strata_result_stream, then nothing was written, or with STRATA_IO.
 */
STRATA_API strata_status strata_result_write_fd(strata_result *result, int fd, strata_error *error);

/*
 * One file a resource into a directory that exists, named as `kustomize build -o DIR` names them: group, version, kind
 * and name in lower case, the namespace first when there are several. Files of other names are left alone. Each file is
 * written beside its place and then renamed. Fails like strata_result_stream, then nothing was written, or with
 * STRATA_IO; the files written before that stay.
 */
STRATA_API strata_status strata_result_write_directory(strata_result *result, const char *directory,
                                                       strata_error *error);

/* How many resources there are; 0 for NULL. */
STRATA_API size_t strata_result_resource_count(const strata_result *result);
/*
 * The resource with number `index`, from 0, in the order of the stream (strata/resource.h). *out is the result's: it is
 * made when it is asked for first, and is the same afterwards; NULL after a failure.
 * Fails with STRATA_NOT_FOUND when there is none, with STRATA_NO_MEMORY, and with STRATA_USAGE when an argument but
 * `error` is NULL.
 */
STRATA_API strata_status strata_result_resource(strata_resource **out, strata_result *result, size_t index,
                                                strata_error *error);

/*
 * How many files the build read (kustomizations, resources, patches, generators' files, fetched pages ...); 0 for NULL.
 * What helm and functions read themselves is not among them.
 */
STRATA_API size_t strata_result_input_count(const strata_result *result);
/* The path of input `index`, as messages name it, or a URL; "" when there is none. Each path is there once. */
STRATA_API const char *strata_result_input_at(const strata_result *result, size_t index);
/*
 * The SHA-256 of the bytes of input `index`, 64 digits in hexadecimal as sha256sum prints them; the bytes are those of
 * the file, before a source filter. While all inputs have their digests, and no kustomization file was added under
 * another of its names, a build gives the same result again.
 * SHA-256, since a caller who skips a build on the strength of this must not be fooled by who writes the files. It is
 * computed when it is asked for first, so that builds without this question don't pay for it.
 * *out is the result's; "" after a failure. Fails with STRATA_NOT_FOUND when there is no such input, with
 * STRATA_NO_MEMORY, and with STRATA_USAGE when an argument but `error` is NULL.
 */
STRATA_API strata_status strata_result_input_digest(const char **out, strata_result *result, size_t index,
                                                    strata_error *error);

/*
 * The container images of all resources: what `image` says in the entries of containers, initContainers and
 * ephemeralContainers at any depth, whatever the kind. Each is there once, in the order of the stream.
 * *out gets *out_count strings; all of it is the result's. After a failure *out_count is 0.
 * Fails with STRATA_LIMIT for a resource nested too deeply, with STRATA_NO_MEMORY, and with STRATA_USAGE when an
 * argument but `error` is NULL.
 */
STRATA_API strata_status strata_result_images(const char *const **out, size_t *out_count, strata_result *result,
                                              strata_error *error);

/*
 * The warnings of the build, in the order in which they arose: the first STRATA_RESULT_MOST_WARNINGS of them. 0 and
 * NULL where there is none. They are the result's.
 */
enum { STRATA_RESULT_MOST_WARNINGS = 1000 };
STRATA_API size_t strata_result_warning_count(const strata_result *result);
STRATA_API const strata_error *strata_result_warning_at(const strata_result *result, size_t index);

#ifdef __cplusplus
}
#endif
#endif
