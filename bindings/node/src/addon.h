/* addon.h: the parts of the addon. */
#ifndef STRATA_NODE_ADDON_H
#define STRATA_NODE_ADDON_H

#include "values.h"

/* A renderer with the tree that it reads. */
typedef struct renderer {
    strata_renderer *renderer;
    strata_filesystem *tree; /* NULL: the disk */
} renderer;

/* options.c: makes a renderer of an options object; false and an exception when that fails. */
bool renderer_make(reader *r, napi_value options, renderer *out);
/* overrides.c: the same for overrides; NULL for undefined. */
bool overrides_make(reader *r, napi_value given, strata_overrides **out);
/* result.c: a JavaScript object that owns the result. */
napi_value result_wrap(napi_env env, strata_result *result);

#endif
