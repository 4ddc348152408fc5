/*
 * transform/json_patch_path.h: the paths of JSON patches (RFC 6901, with the indices of evanphx/json-patch), and what
 * to say of one that leads nowhere.
 */
#ifndef TRANSFORM_JSON_PATCH_PATH_H
#define TRANSFORM_JSON_PATCH_PATH_H

#include "core/scope.h"
#include "yaml/mapping_index.h"

/* Where a path leads: a mapping or list of the document, and a key in it, which may or may not be there. */
typedef struct json_patch_place {
    node *container; /* NULL: the path leads nowhere */
    text key;
    uint32_t depth; /* of the container */

    /* For messages: how far it was followed. */
    origin where;      /* of the path */
    text path;         /* all of it */
    text before;       /* the part that was found */
    const node *found; /* what is there; NULL when the path has no slash */
} json_patch_place;

/* Follows the path, a string of the patch; the text before its first slash does not count. */
strata_status json_patch_follow(scope *sc, mapping_index *index, node *root, const node *path, json_patch_place *out);
/* What a container has for a key, NULL when it doesn't. */
strata_status json_patch_child(scope *sc, mapping_index *index, const node *container, text key, node **out);
/* The place of an index in `count` items; a negative one counts from the end. False when there is none. */
bool json_patch_index(text key, uint32_t count, uint32_t *out);
bool json_patch_is_container(const node *n);

/* What is missing where the path stopped, and what may have been meant; `adds`: the operation may make a key. */
text json_patch_explain(scope *sc, const json_patch_place *p, bool adds, text *hint);

#endif
