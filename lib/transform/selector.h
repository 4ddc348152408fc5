/*
 * transform/selector.h: selectors of patches and replacements, compiled once and held against many resources.
 *
 * A selector's group, version, kind, name and namespace are regular expressions that must match the whole text, empty
 * ones match anything (kustomize's types.SelectorRegex); labels and annotations are selected as Kubernetes does
 * (labels.Parse). What an id's namespace is compared as, raw or effective, is the caller's to say: patches and
 * replacements differ.
 *
 * Order: selector_compile, any number of questions, selector_free.
 */
#ifndef TRANSFORM_SELECTOR_H
#define TRANSFORM_SELECTOR_H

#include "model/kustomization.h"
#include "model/resource_set.h"

typedef struct selector_pattern selector_pattern;

/* Fails when an expression is invalid. A malformed label or annotation selector fails only when it is asked about. */
strata_status selector_compile(scope *sc, const selector *s, selector_pattern **out);
void selector_free(selector_pattern *p); /* NULL is fine */

strata_status selector_matches_type(scope *sc, const selector_pattern *p, gvk type, bool *out);
strata_status selector_matches_name(scope *sc, const selector_pattern *p, text name, bool *out);
strata_status selector_matches_namespace(scope *sc, const selector_pattern *p, text name_space, bool *out);
/* Label and annotation selector, of which an empty one matches anything. */
strata_status selector_matches_labels(scope *sc, const selector_pattern *p, resource *r, bool *out);

/* Whether the name is a plain text that only matches itself: then resource_set_find_name gives all candidates. */
bool selector_plain_name(const selector_pattern *p, text *out);

/* The resources that the selector selects, in set order (resmap.Select). */
strata_status selector_select(scope *sc, resource_set *set, const selector *s, resource_list *out);

/* For a selector that selects nothing: what it may have been meant to select. */
text selector_near_miss(scope *sc, const resource_set *set, const selector *s);

#endif
