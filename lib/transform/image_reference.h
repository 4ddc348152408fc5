/*
 * transform/image_reference.h: the name of a container image: "registry/name:tag@digest", cut and matched as kustomize
 * does (api/internal/image).
 */
#ifndef TRANSFORM_IMAGE_REFERENCE_H
#define TRANSFORM_IMAGE_REFERENCE_H

#include "core/regex.h"
#include "core/scope.h"

typedef struct image_reference {
    text name;
    text tag;    /* without ':' */
    text digest; /* without '@' */
} image_reference;

image_reference image_reference_split(text reference);

/*
 * The name of an image in a kustomization file. kustomize takes it for a regular expression, whether or not its author
 * meant one: "a.b/nginx" matches axb/nginx, and "a|b" begins with a or ends with b. Names in which only '.' has such a
 * meaning are compared without one; a name that is no valid expression matches nothing.
 */
typedef struct image_pattern {
    text name;
    bool is_ordinary;
    regex *expression; /* of the others; NULL: matches nothing */
} image_pattern;

/* Free the pattern in any case. */
strata_status image_pattern_init(scope *sc, text name, image_pattern *out);
void image_pattern_free(image_pattern *p);
/* Whether the reference is to that image, with any tag and digest. */
strata_status image_pattern_matches(scope *sc, const image_pattern *p, text reference, bool *out);

#endif
