/*
 * yaml/field_sort.h: sorting in an order that is not transitive, so that the outcome depends on the algorithm.
 *
 * Does what Go's sort.Sort (a pattern-defeating quicksort) does with fields that come in byte order: one of the
 * outcomes that the reference can have, always the same. Where sort.Sort would shuffle after a bad pivot, the rest is
 * merged. Cost: n log n comparisons.
 */
#ifndef YAML_FIELD_SORT_H
#define YAML_FIELD_SORT_H

#include "yaml/key_order.h"

/* A plain stable sort, for orders that are transitive; `scratch` has room for as many. */
void field_sort(value_field *fields, size_t count, key_order order, value_field *scratch);

/* As Go does. */
void field_sort_go(value_field *fields, size_t count, key_order order);

#endif
