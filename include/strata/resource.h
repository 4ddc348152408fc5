/*
 * strata/resource.h: one resource of a result: what it is, where it came from, its fields, its YAML and its JSON.
 *
 *     strata_resource *resource;
 *     for (size_t i = 0; strata_result_resource(&resource, result, i, error) == STRATA_OK; i++)
 *         printf("%s %s (%s:%u)\n", strata_resource_kind(resource), strata_resource_name(resource),
 *                strata_resource_file(resource), strata_resource_line(resource));
 *
 * Resources belong to their result: nothing frees one alone, and their strings live as long as the result. What is
 * asked for again is not made again. Functions that give strings accept NULL and answer as for a resource without any
 * of it.
 * Threads: like the result, its resources may be used by one thread at a time.
 */
#ifndef STRATA_RESOURCE_H
#define STRATA_RESOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "strata/error.h"
#include "strata/export.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_resource strata_resource;

/* The id. "" where the resource has no such part (the core group, a resource without a namespace); never NULL. */
STRATA_API const char *strata_resource_group(const strata_resource *resource);
STRATA_API const char *strata_resource_version(const strata_resource *resource);
STRATA_API const char *strata_resource_kind(const strata_resource *resource);
STRATA_API const char *strata_resource_name(const strata_resource *resource);
STRATA_API const char *strata_resource_namespace(const strata_resource *resource);

/*
 * The file in which its document stands, as messages name it. For a ConfigMap or Secret that a generator made it is the
 * kustomization file, and the place is that of the generator's entry; for what came out of a Helm chart or a function
 * it is the name that messages give to the program's output. "" when it is unknown.
 */
STRATA_API const char *strata_resource_file(const strata_resource *resource);
/* The place in that file, from 1; 0 when unknown. The column counts bytes. */
STRATA_API uint32_t strata_resource_line(const strata_resource *resource);
STRATA_API uint32_t strata_resource_column(const strata_resource *resource);

/*
 * The resource as YAML, as it stands in the stream without the "---" lines, or as one line of JSON with sorted keys.
 * *out_data (never NULL, followed by a NUL that *out_size doesn't count) is the resource's.
 * Fails when a value can't be written (STRATA_INVALID), when the text is larger than the limit (STRATA_LIMIT), with
 * STRATA_NO_MEMORY, and with STRATA_USAGE when an argument but `error` is NULL. After a failure *out_data is "".
 */
STRATA_API strata_status strata_resource_yaml(const char **out_data, size_t *out_size, strata_resource *resource,
                                              strata_error *error);
STRATA_API strata_status strata_resource_json(const char **out_data, size_t *out_size, strata_resource *resource,
                                              strata_error *error);

/* --- fields ------------------------------------------------------------------------------------------------------ */

typedef struct strata_field strata_field;

typedef enum strata_type {
    STRATA_TYPE_NULL = 0,
    STRATA_TYPE_BOOL = 1,
    STRATA_TYPE_NUMBER = 2,
    STRATA_TYPE_STRING = 3,
    STRATA_TYPE_LIST = 4,
    STRATA_TYPE_MAP = 5
} strata_type;

/*
 * One field by its path, written as in the fieldPath of a replacement: "metadata.name",
 * "spec.template.spec.containers.[name=web].image", "spec.ports.0.port"; a dot that belongs to a name follows a
 * backslash, or the name stands in brackets: "metadata.annotations.[example.com/owner]".
 * *out is the caller's (strata_field_free) and does not depend on the result; it is NULL after a failure.
 * Fails with STRATA_NOT_FOUND when there is no such field or it is null, with STRATA_INVALID when the path leads
 * through something that is no map or list, or is malformed, with STRATA_NO_MEMORY, and with STRATA_USAGE when an
 * argument but `error` is NULL.
 */
STRATA_API strata_status strata_resource_field(strata_field **out, strata_resource *resource, const char *path,
                                               strata_error *error);
/* NULL is fine. */
STRATA_API void strata_field_free(strata_field *field);

/* What the field holds in the output; STRATA_TYPE_NULL for NULL. */
STRATA_API strata_type strata_field_type(const strata_field *field);
/*
 * A string itself, a number or boolean as JSON writes it, a list or map as JSON. Never NULL, followed by a NUL;
 * *out_size, when it is not NULL, gets the number of bytes (a string may have a NUL in it).
 */
STRATA_API const char *strata_field_text(const strata_field *field, size_t *out_size);
/*
 * Where the value was written: in the resource's file, a patch, a kustomization. For a value that a transformer put in
 * the place of another (a name with a prefix, an image) it is the place of the field's key. "" and 0 when it is
 * unknown: a field that was added by a transformer. Never NULL.
 */
STRATA_API const char *strata_field_file(const strata_field *field);
STRATA_API uint32_t strata_field_line(const strata_field *field);
STRATA_API uint32_t strata_field_column(const strata_field *field);

#ifdef __cplusplus
}
#endif
#endif
