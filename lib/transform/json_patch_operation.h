/*
 * transform/json_patch_operation.h: the inside of a JSON patch; only for json_patch.c, json_patch_read.c and
 * json_patch_equal.c.
 */
#ifndef TRANSFORM_JSON_PATCH_OPERATION_H
#define TRANSFORM_JSON_PATCH_OPERATION_H

#include "transform/json_patch.h"

struct json_patch {
    node *operations; /* a list of mappings or nulls: strings are double-quoted !!str, numbers as JSON has them */
    text json;        /* the patch's own text when it was written in JSON */
};

/*
 * Whether `own`, a value of the document, passes a test against `wanted`, a value of the patch; *bad is true when
 * the reference panics over it.
 */
bool json_patch_equal(const json_patch *p, const node *own, const node *wanted, bool *bad);

#endif
