/*
 * transform/image_reference.h: the name of a container image: "registry/name:tag@digest", cut and matched as kustomize
 * does (api/internal/image).
 */
#ifndef TRANSFORM_IMAGE_REFERENCE_H
#define TRANSFORM_IMAGE_REFERENCE_H

#include "core/scope.h"

typedef struct image_reference {
    text name;
    text tag;    /* without ':' */
    text digest; /* without '@' */
} image_reference;

image_reference image_reference_split(text reference);

/* Whether the reference is to the image `name`, with any tag and digest. A '.' in the name stands for any character. */
bool image_reference_is(text reference, text name);

#endif
