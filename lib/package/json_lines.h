/* package/json_lines.h: JSON over several lines, as Go's json.Encoder writes it with an indent of two. */
#ifndef PACKAGE_JSON_LINES_H
#define PACKAGE_JSON_LINES_H

#include "core/buffer.h"
#include "core/scope.h"
#include "yaml/node.h"

/* The document by json_write (yaml/json.h), indented, with a newline at its end. */
strata_status json_write_lines(scope *sc, const node *document, buffer *out);

/* The same for JSON without white space. */
void json_indent(text compact, buffer *out);

#endif
