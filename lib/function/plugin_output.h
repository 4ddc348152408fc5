/*
 * function/plugin_output.h: resources on their way to a plugin and back; after kustomize's api/internal/plugins/utils.
 */
#ifndef FUNCTION_PLUGIN_OUTPUT_H
#define FUNCTION_PLUGIN_OUTPUT_H

#include "core/buffer.h"
#include "model/resource_set.h"

/* A resource as a stream has it, with its history and its id in annotations; appended to `out`. */
strata_status plugin_input_write(scope *sc, const resource *r, const schema *s, buffer *out);

/*
 * What a generator printed, added to `set`. The annotations kustomize.config.k8s.io/needs-hash and /behavior take
 * effect and go.
 */
strata_status plugin_output_generated(scope *sc, resource_list *printed, resource_set *set);

/*
 * What a transformer printed, by the ids that resources have now: the same id replaces a resource where it stands, a
 * new one is added at the end, and resources that were not printed go. `label` is how messages name the plugin.
 */
strata_status plugin_output_transformed(scope *sc, text label, origin where, resource_list *printed, resource_set *set);

#endif
