/*
 * model/decode_hint.h: what a message suggests for a field that isn't known or has a value of the wrong type.
 *
 * A hint never repeats a value: that may be a secret. Each function gives the empty text when it has nothing to say, or
 * when memory is out.
 */
#ifndef MODEL_DECODE_HINT_H
#define MODEL_DECODE_HINT_H

#include "model/decode.h"

/* The nearest field; a longer name with that word in it; where a field of that name belongs; which fields there are. */
text decode_hint_field(scope *sc, const struct_type *type, text name);

/* What a field takes. */
typedef enum wanted_value {
    WANTED_TEXT,
    WANTED_BOOL,
    WANTED_INTEGER,
    WANTED_LIST,
    WANTED_TEXTS,
    WANTED_TEXT_MAP,
    WANTED_MAPPING
} wanted_value;

/* How to make that of what the user wrote. */
text decode_hint_value(wanted_value wanted, const node *n);
/* The same for an item of a list of texts, the value of `key`. */
text decode_hint_item(text key, const node *n);
/* The same where a mapping with the fields of `type` is wanted. */
text decode_hint_struct(scope *sc, const struct_type *type, const node *n);

#endif
