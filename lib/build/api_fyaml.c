/* build/api_fyaml.c: documents of libfyaml in and out (strata/fyaml.h), by way of their text. */
#include "build/api.h"

#include "strata/fyaml.h"

#include <stdlib.h>

/* --- out --------------------------------------------------------------------------------------------------------- */

/* libfyaml keeps the text and frees it with the document. */
static struct fy_document *parse_owned(const char *data, size_t size) {
    static const struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_DISABLE_DEPTH_LIMIT | FYPCF_JSON_NONE};
    char *copy = malloc(size + 1);
    if (!copy) return NULL;
    memcpy(copy, data, size + 1);
    struct fy_document *document = fy_document_build_from_malloc_string(&config, copy, size);
    if (!document) free(copy);
    return document;
}

strata_status strata_resource_document(struct fy_document **out, strata_resource *resource_given, strata_error *error) {
    const char *data;
    size_t size;
    if (out) *out = NULL;
    if (!out || !resource_given) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    TRY(strata_resource_yaml(&data, &size, resource_given, error));
    *out = parse_owned(data, size);
    return *out ? STRATA_OK : api_fail(error, DIAGNOSTIC_NO_MEMORY, "libfyaml can't make a document");
}

/* --- in ---------------------------------------------------------------------------------------------------------- */

static void free_texts(strata_file *files, size_t count) {
    for (size_t i = 0; files && i < count; i++)
        free((void *)(uintptr_t)files[i].data);
    free(files);
}

strata_status strata_filesystem_new_documents(strata_filesystem **out, const strata_document_file *given, size_t count,
                                              strata_error *error) {
    if (out) *out = NULL;
    if (!out || (!given && count)) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    strata_file *files = calloc(count ? count : 1, sizeof *files);
    if (!files) return api_fail(error, DIAGNOSTIC_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < count; i++) {
        char *written = given[i].document
                            ? fy_emit_document_to_string(given[i].document, FYECF_WIDTH_INF | FYECF_MODE_ORIGINAL)
                            : NULL;
        if (!written) {
            free_texts(files, i);
            return api_fail(error, DIAGNOSTIC_MEMORY_FILE, "a document is missing, or libfyaml can't write it");
        }
        files[i] = (strata_file){given[i].path, written, strlen(written)};
    }
    strata_status status = strata_filesystem_new_memory(out, files, count, error);
    free_texts(files, count);
    return status;
}
