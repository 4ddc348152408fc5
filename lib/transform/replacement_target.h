/*
 * transform/replacement_target.h: writing a replacement's value into the fields of one resource.
 */
#ifndef TRANSFORM_REPLACEMENT_TARGET_H
#define TRANSFORM_REPLACEMENT_TARGET_H

#include "model/kustomization.h"

/* One field path of a replacement target, cut once for all resources that it is for. */
typedef struct replacement_field {
    text path;
    origin where; /* of the path in the kustomization */
    const text *parts;
    size_t count;
    const field_options *options; /* may be NULL */
} replacement_field;

/*
 * Writes `value` at all places that the path leads to. A scalar keeps its tag and style and only changes its text;
 * other nodes become a copy of the value. Fails when the path leads nowhere, unless the options say to create it.
 */
strata_status replacement_write(scope *sc, node *root, const replacement_field *field, const node *value);

/* The same for a path that goes on inside a scalar with YAML or JSON in it; *done is false when there is none. */
strata_status replacement_write_inside_scalar(scope *sc, node *root, const replacement_field *field, const node *value,
                                              bool *done);

/* Writes the value into one node (setFieldValue). */
strata_status replacement_set(scope *sc, node *target, const field_options *options, const node *value);

/* strings.Split: at least one part. */
strata_status replacement_split(scope *sc, text value, text delimiter, text_list *out);

/* A hint where a path stops: the key or element that may have been meant; else the empty text. */
text replacement_near_miss(scope *sc, node *root, const text *parts, size_t count);

/* Changes the text of a scalar and nothing else. */
void replacement_set_text(node *scalar, text value);

#endif
