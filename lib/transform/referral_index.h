/*
 * transform/referral_index.h: which renamed resource does a name refer to?
 *
 * kustomize answers by sifting all resources for every name it finds. The index gives the same answer from a few
 * look-ups: resources are entered under what they can be referred to as (a kind that references can be to, a former
 * name, the namespace that they are in), and, where one such entry has many resources, under their prefixes and
 * suffixes.
 *
 * The rules (kustomize's api/filters/nameref/nameref.go, selectReferral): only resources that were renamed or moved
 * count. Of those that fit, one alone is it. Of several, those whose prefixes and suffixes end like the referrer's,
 * where having none fits anything; of several still, those that really end alike. If several remain and have one name,
 * the first of them is it, else the reference is ambiguous.
 *
 * Cost: making an index is linear in the resources; a query takes constant time, or time in proportion to the resources
 * that it turns out to be about.
 */
#ifndef TRANSFORM_REFERRAL_INDEX_H
#define TRANSFORM_REFERRAL_INDEX_H

#include "core/table.h"
#include "model/resource_set.h"
#include "schema/field_spec.h"

typedef struct referral_index referral_index;

/* Where a resource lies: in a namespace as it is written, "" included, or in none because its kind has none. */
typedef struct referral_place {
    bool cluster;
    text name_space;
    bool service_accounts_only; /* of a query: other kinds there don't count */
} referral_place;

typedef struct referral_places {
    referral_place *items;
    size_t count;
    size_t capacity;
} referral_places;

typedef struct referral_query {
    const resource *referrer;
    size_t target; /* the number of the kind in the list of name references */
    text name;
    bool everywhere;
    const referral_place *places; /* when not everywhere; each place once */
    size_t place_count;
    const table *place_numbers;     /* NULL, or, when places are many, namespace → number of its place + 1 */
    const text *original_namespace; /* NULL: any */
    const gvk *role;                /* NULL, or a type that the resource must have had as well */
    bool compares_namespaces;       /* whether resources of one name in two namespaces are two answers */
} referral_query;

/* The set, its resources' ids and the references must not change while the index is used, except for names. */
strata_status referral_index_new(scope *sc, const resource_set *set, name_reference_list references,
                                 referral_index **out);

referral_place referral_index_place(const referral_index *index, const resource *r);
/* Whether some resource that was in that namespace at first lies at `place` (NULL: anywhere) now. */
strata_status referral_index_had(scope *sc, referral_index *index, text original_namespace, const referral_place *place,
                                 bool *out);
/* Where the resources lie that were in that namespace at first, each place once; NULL when there are none. */
strata_status referral_index_places_of(scope *sc, referral_index *index, text original_namespace,
                                       const referral_places **out);
/* *out is NULL when there is none; *rival is another one with equal right, NULL when the answer is clear. */
strata_status referral_index_select(scope *sc, referral_index *index, const referral_query *query, resource **out,
                                    const resource **rival);

#endif
