/*
 * transform/var_value.h: the value that a var takes from a field of a resource (kyaml's GetFieldValue), and how it is
 * written in its place.
 */
#ifndef TRANSFORM_VAR_VALUE_H
#define TRANSFORM_VAR_VALUE_H

#include "core/buffer.h"
#include "core/scope.h"
#include "yaml/node.h"

typedef enum var_type { VAR_TEXT, VAR_INT, VAR_FLOAT, VAR_BOOL, VAR_COLLECTION } var_type;

typedef struct var_value {
    var_type type;
    text string;
    int64_t integer;
    double real;
    bool boolean;
} var_value;

/*
 * Reads the field at `path` ("spec.ports[0].port"). *found is false when there is none, or when its text doesn't fit
 * its type as Go's strconv reads it (0x10 is no int there); what goes wrong on the way counts as not found as well.
 */
strata_status var_value_read(scope *sc, node *root, text path, var_value *out, bool *found);

/* Adds the value as it stands inside a longer text (Go's "%v"). */
void var_value_print(const var_value *value, buffer *out);
/* Makes the scalar the value, with its type. Collections can't be written. */
strata_status var_value_write(scope *sc, const var_value *value, node *scalar);

#endif
