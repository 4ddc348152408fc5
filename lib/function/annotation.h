/*
 * function/annotation.h: single annotations of a document, as kyaml's filters get, set and clear them (yaml/kfns.go).
 *
 * A node that is set keeps the style that it had, and is in single quotes when it is new: functions get to see that.
 */
#ifndef FUNCTION_ANNOTATION_H
#define FUNCTION_ANNOTATION_H

#include "core/scope.h"
#include "yaml/node.h"

/* "" when there is none. */
text annotation_get(const node *root, text key);
/* Fails when the document, its metadata or its annotations are no mapping. */
strata_status annotation_set(scope *sc, node *root, text key, text value);
void annotation_clear(node *root, text key);
/* Removes annotations without content, and then metadata without content. */
strata_status annotation_clear_empty(scope *sc, node *root);

#endif
