/*
 * strata/fyaml.h: documents of libfyaml in and out.
 *
 * For programs that work with libfyaml themselves. This header is not part of strata/strata.h, since it needs
 * libfyaml's (0.7.12 or newer); such a program links the same libfyaml as libstrata does.
 */
#ifndef STRATA_FYAML_H
#define STRATA_FYAML_H

#include <libfyaml.h>
#include <stddef.h>

#include "strata/error.h"
#include "strata/export.h"
#include "strata/filesystem.h"
#include "strata/resource.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A resource of a result as a document of its own. *out is the caller's (fy_document_destroy) and does not depend on
 * the result; it is NULL after a failure. Fails like strata_resource_yaml. Any thread, as long as no other one uses the
 * result.
 */
STRATA_API strata_status strata_resource_document(struct fy_document **out, strata_resource *resource,
                                                  strata_error *error);

typedef struct strata_document_file {
    const char *path; /* absolute and clean */
    struct fy_document *document;
} strata_document_file;

/*
 * A tree in memory (strata/filesystem.h) whose files are documents: a kustomization, resources, patches. The documents
 * are only read, and not needed afterwards. *out is the caller's (strata_filesystem_free); it is NULL after a failure.
 * Fails like strata_filesystem_new_memory, and with STRATA_INVALID for a document that libfyaml can't write.
 * Nobody may change the documents meanwhile.
 */
STRATA_API strata_status strata_filesystem_new_documents(strata_filesystem **out, const strata_document_file *files,
                                                         size_t count, strata_error *error);

#ifdef __cplusplus
}
#endif
#endif
