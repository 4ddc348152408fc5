/*
 * transform/json_patch.h: RFC 6902 patches, as gopkg.in/evanphx/json-patch.v4 reads and applies them.
 */
#ifndef TRANSFORM_JSON_PATCH_H
#define TRANSFORM_JSON_PATCH_H

#include "core/scope.h"
#include "yaml/node.h"

typedef struct json_patch json_patch;

/*
 * Reads a patch: JSON when the first byte is '[', else YAML 1.1, of which the first document counts. *out is NULL when
 * the text holds none (null, only comments). Operations are looked at when they are applied. An empty `name` means that
 * the text lies inside another one, at `where`.
 */
strata_status json_patch_read(scope *sc, text name, text bytes, origin where, json_patch **out);
size_t json_patch_count(const json_patch *p);
/* Whether an operation's path or from may lead to the field `key` in the mapping `parent` of a document, or below. */
bool json_patch_reaches(const json_patch *p, text parent, text key);

/*
 * Applies the patch. As in kustomize the document goes through JSON on the way, so that *out is a new tree with keys
 * sorted, numbers that went through float64, and dates as strings, also when there is no operation.
 */
strata_status json_patch_apply(scope *sc, const json_patch *p, const node *document, node **out);

#endif
