/* transform/map_entries.h: sets keys and values in the mappings that field specs name: labels, annotations. */
#ifndef TRANSFORM_MAP_ENTRIES_H
#define TRANSFORM_MAP_ENTRIES_H

#include "model/resource_set.h"
#include "schema/field_spec.h"

/*
 * For each resource, each pair, each spec, in that order. The values are strings. A pair that is new at several places
 * of one resource is one node there (see set_entry).
 */
strata_status map_entries_set(scope *sc, resource_set *set, const text_map *pairs, field_spec_list specs);

#endif
