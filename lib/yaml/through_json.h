/*
 * yaml/through_json.h: what go-yaml v2 reads where encoding/json has written a string.
 *
 * Bytes that are no UTF-8 become U+FFFD; a next-line character (U+0085) is folded like a line break, since JSON leaves
 * it unescaped inside the quotes; v2's reader refuses some characters. ASCII but U+007F passes unchanged.
 */
#ifndef YAML_THROUGH_JSON_H
#define YAML_THROUGH_JSON_H

#include "core/scope.h"

/* `any_bytes`: the text came out of !!binary; others must be UTF-8. */
strata_status string_through_json(scope *sc, origin where, text in, bool any_bytes, text *out);
/* The same for a key, which must stay on one line and within 1024 characters. */
strata_status key_through_json(scope *sc, origin where, text in, text *out);

#endif
