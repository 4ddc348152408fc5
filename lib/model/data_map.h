/*
 * model/data_map.h: the data of ConfigMaps and Secrets, as kyaml's datamap.go keeps it in a resource.
 */
#ifndef MODEL_DATA_MAP_H
#define MODEL_DATA_MAP_H

#include "model/resource.h"

/* Base64 as kustomize writes it: in lines of 70 characters when it is longer. data is NULL when memory is out. */
text data_map_encode(arena *a, text bytes);

/* Values come sorted by key and without repetitions, as text_map_join gives them. Cost: linear in fields that are new.
 */

/* Adds to a ConfigMap's data, in byte order of the keys; a value that is not UTF-8 goes to binaryData, encoded. */
strata_status data_map_add_config_map(scope *sc, resource *r, const text_map *values);
/* Adds to a ConfigMap's binaryData values that are encoded already. */
strata_status data_map_add_binary(scope *sc, resource *r, const text_map *values);
/* Adds to a Secret's data, every value encoded. */
strata_status data_map_add_secret(scope *sc, resource *r, const text_map *values);

/*
 * A mapping of texts at the top of the resource ("data", "binaryData"), sorted; empty when it is missing. Of equal keys
 * the first one counts, and null is the empty text.
 */
strata_status data_map_read(scope *sc, const resource *r, text field, text_map *out);

#endif
