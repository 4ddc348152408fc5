/*
 * transform/labels.c: sets labels; after kustomize's LabelTransformer and api/filters/labels.
 *
 * In one resource a label is one value, however many fields get it: a later change of one of them (a replacement, a
 * patch of metadata.labels) changes the others, the selectors among them. kustomize does so, and its output shows it.
 */
#include "transform/map_entries.h"
#include "transform/transform.h"

strata_status labels_apply(scope *sc, resource_set *set, const text_map *labels, field_spec_list specs) {
    return map_entries_set(sc, set, labels, specs);
}
