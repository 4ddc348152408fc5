/* transform/annotations.c: sets annotations; after kustomize's AnnotationsTransformer and api/filters/annotations. */
#include "transform/map_entries.h"
#include "transform/transform.h"

strata_status annotations_apply(scope *sc, resource_set *set, const text_map *annotations, field_spec_list specs) {
    return map_entries_set(sc, set, annotations, specs);
}
