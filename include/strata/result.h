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
 * The stream to a file descriptor, which stays open; short writes and interruptions are gone on with. Fails like
 * strata_result_stream, then nothing was written, or with STRATA_IO.
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

/* One resource of a result. Its strings are never NULL; "" when the resource has no such field. */
typedef struct strata_resource {
    const char *group;
    const char *version;
    const char *kind;
    const char *name;
    const char *name_space;
    const char *file; /* where its document was read, "" when it was generated */
    uint32_t line;    /* from 1; 0 when unknown */
} strata_resource;

/* How many resources there are; 0 for NULL. */
STRATA_API size_t strata_result_resource_count(const strata_result *result);
/*
 * Fills in the resource with number `index`, from 0, in the order of the stream.
 * Fails with STRATA_NOT_FOUND when there is none, with STRATA_NO_MEMORY, and with STRATA_USAGE for a NULL argument.
 */
STRATA_API strata_status strata_result_resource_at(strata_resource *out, strata_result *result, size_t index);

/* How many files the build read (kustomizations, resources, patches, generators' files ...); 0 for NULL. */
STRATA_API size_t strata_result_input_count(const strata_result *result);
/* The path of input `index`, as messages name it, or a URL; "" when there is none. Each path is there once. */
STRATA_API const char *strata_result_input_at(const strata_result *result, size_t index);

#ifdef __cplusplus
}
#endif
#endif
