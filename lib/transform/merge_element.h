/*
 * transform/merge_element.h: elements of a list by the values of their merge keys; after kyaml's ElementSetter and
 * ElementMatcher (yaml/fns.go). Each call goes over the whole list.
 *
 * The odd rules are kyaml's: null and empty elements are dropped on every call, a key with an empty value matches any
 * value, and with no values at all nothing matches and everything is dropped.
 */
#ifndef TRANSFORM_MERGE_ELEMENT_H
#define TRANSFORM_MERGE_ELEMENT_H

#include "core/scope.h"
#include "yaml/node.h"

/* Keys and the values to match; the key "" means the element itself, a scalar. */
typedef struct element_key {
    const text *keys;
    const text *values;
    size_t key_count;
    size_t value_count; /* may be fewer than the keys */
} element_key;

/* Replaces each matching element by `element`, or adds it at the end when there is none. */
strata_status element_set(scope *sc, node *list, const element_key *key, node *element);
/* Removes the matching elements. */
strata_status element_remove(scope *sc, node *list, const element_key *key);
/* The first element of which every key has exactly its value; NULL when there is none, or `list` is no list. */
node *element_find(const node *list, const element_key *key);
/* Fails with the reference's complaint about an element that is no mapping (or no scalar). */
strata_status element_fail_kind(scope *sc, const node *element, node_kind wanted);

#endif
