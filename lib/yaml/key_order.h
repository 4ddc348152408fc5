/*
 * yaml/key_order.h: the orders in which the reference writes the keys of a mapping.
 *
 * go-yaml's order (v2 in the stream, v3 in what kyaml makes of a Go map; sorter.go) compares letters by code point,
 * puts other characters before them and compares runs of digits as numbers. It is not transitive: a12 < a1b < a2 < a12.
 * The reference sorts Go maps, which it visits in random order, so that its own output varies then; we always write
 * what it writes when it meets the keys in byte order.
 *
 * Cost: one comparison a key when the keys are in order already, n log n otherwise.
 */
#ifndef YAML_KEY_ORDER_H
#define YAML_KEY_ORDER_H

#include "yaml/value.h"

typedef enum key_order { KEY_ORDER_BYTES, KEY_ORDER_V2, KEY_ORDER_V3 } key_order;

/* <0, 0, >0. */
int key_compare(text a, text b, key_order order);

/* Sorts the fields of one mapping and fails when two have the same key. `scratch` has room for as many. */
strata_status key_order_sort(scope *sc, value_field *fields, size_t count, key_order order, value_field *scratch);

#endif
