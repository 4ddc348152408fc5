/*
 * transform/referral_bucket.h: resources that one name could refer to, and which of them end in the same prefixes and
 * suffixes as a referrer.
 *
 * Prefixes form a tree, the outermost first: two lists end alike when one's node is the other's or lies above it. A
 * bucket with many resources enters each under its own pair of nodes (prefix, suffix), and under the nodes above those,
 * so that what fits a referrer is found by looking up the referrer's nodes and those above them.
 */
#ifndef TRANSFORM_REFERRAL_BUCKET_H
#define TRANSFORM_REFERRAL_BUCKET_H

#include "core/table.h"
#include "model/resource_set.h"

/* A list of prefixes or suffixes as a node of a tree. */
typedef struct affix_node {
    struct affix_node *parent; /* NULL: the empty list */
    uint32_t id;
    uint32_t depth;
    table children; /* by the next prefix inwards */
} affix_node;

/* The trees of one index; all zero to begin with. */
typedef struct affix_trees {
    affix_node prefixes;
    affix_node suffixes;
    uint32_t count;
} affix_trees;

typedef struct referral_bucket {
    resource_list list; /* in the order of the set */
    bool is_indexed;
    table by_affixes;                   /* of resource_list */
    resource_list apart;                /* with so many affixes that they are compared one by one */
    struct referral_filtered *filtered; /* what is left of the bucket after a filter: see referral_index.c */
} referral_bucket;

/*
 * Adds to *out the resources whose affixes end like the referrer's; with `loosely`, no prefixes (or suffixes) on one
 * side fit any on the other. Stops once *out has `most` of them.
 */
strata_status referral_bucket_match(scope *sc, referral_bucket *b, affix_trees *trees, const resource *referrer,
                                    bool loosely, size_t most, resource_list *out);

#endif
