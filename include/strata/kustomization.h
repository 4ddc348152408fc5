/*
 * strata/kustomization.h: reads a kustomization file for tools that need no build.
 *
 * An editor, a dependency scanner or a web hook wants to know whether a file is a kustomization, what it says, and
 * which files, directories and repositories it names. Nothing but the text that is given is read.
 *
 *     strata_kustomization *k;
 *     if (strata_kustomization_parse(&k, data, size, "apps/kustomization.yaml", error) == STRATA_OK)
 *         for (size_t i = 0; i < strata_kustomization_reference_count(k); i++) {
 *             strata_reference r = strata_kustomization_reference_at(k, i);
 *             printf("%s:%u: %s names %s\n", "apps/kustomization.yaml", r.line, r.field, r.path);
 *         }
 *     strata_kustomization_free(k);
 *
 * Changing a file is strata/edit.h.
 * Threads: a kustomization may be used by one thread at a time.
 */
#ifndef STRATA_KUSTOMIZATION_H
#define STRATA_KUSTOMIZATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "strata/error.h"
#include "strata/export.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_kustomization strata_kustomization;

/*
 * Reads a kustomization file of `size` bytes, as a build reads it: the first document, YAML 1.1, unknown fields
 * refused. `name` is what messages call it; NULL means "kustomization.yaml". The bytes are copied. *out is the caller's
 * (strata_kustomization_free); it is NULL after a failure. Fails as a build would: with STRATA_INVALID and the place of
 * what is wrong, STRATA_CONFLICT, STRATA_LIMIT by the default limits; with STRATA_NO_MEMORY; and with STRATA_USAGE when
 * `out` is NULL, or `data` is while `size` is not 0.
 */
STRATA_API strata_status strata_kustomization_parse(strata_kustomization **out, const char *data, size_t size,
                                                    const char *name, strata_error *error);
/* Frees it with all that it gave out. NULL is fine. */
STRATA_API void strata_kustomization_free(strata_kustomization *kustomization);

/* Whether it is a Component; false for NULL. */
STRATA_API bool strata_kustomization_is_component(const strata_kustomization *kustomization);

/*
 * What the file says as one line of JSON with sorted keys, deprecated fields under their own names. *out_data (never
 * NULL, followed by a NUL that *out_size doesn't count) is the kustomization's.
 * Fails with STRATA_NO_MEMORY, and with STRATA_USAGE when an argument but `error` is NULL. After a failure *out_data is
 * "".
 */
STRATA_API strata_status strata_kustomization_json(const char **out_data, size_t *out_size,
                                                   strata_kustomization *kustomization, strata_error *error);

/* A file, directory or URL that the kustomization names. */
typedef struct strata_reference {
    const char *field; /* "resources", "components", "patches", "configMapGenerator" ... */
    const char *path;  /* relative to the kustomization's directory, or a URL */
    uint32_t line;     /* where it stands, from 1; 0 when unknown */
    uint32_t column;
} strata_reference;

/* How many there are, texts that are written into the file itself not among them; 0 for NULL. */
STRATA_API size_t strata_kustomization_reference_count(const strata_kustomization *kustomization);
/* Reference `index`, its strings the kustomization's; all "" and 0 when there is none. */
STRATA_API strata_reference strata_kustomization_reference_at(const strata_kustomization *kustomization, size_t index);

#ifdef __cplusplus
}
#endif
#endif
