/*
 * transform/merge_walk.h: the inside of a strategic merge; only for strategic_merge.c and merge_list.c.
 *
 * kustomize walks the resource and the patch side by side (kyaml's yaml/walk) and decides at each place what becomes of
 * the two. The walk changes both trees: nodes of the patch end up in the resource, and where a patch adds something it
 * is merged with itself, which is what drops its nulls and directives. Many odd results of kustomize follow from that,
 * so the walk here is the same one; only looking things up is done by sorting and hashing where kyaml scans.
 */
#ifndef TRANSFORM_MERGE_WALK_H
#define TRANSFORM_MERGE_WALK_H

#include "core/scope.h"
#include "schema/schema.h"
#include "yaml/node.h"

typedef struct merge_walk {
    scope *sc;
    const schema *schema;
    bool elements_last; /* elements that the patch adds to a list come last, not first */
    uint32_t depth;     /* of the place where the walk is */
    uint32_t *orders;   /* a stack of sorted pair numbers, see strategic_merge.c */
    size_t orders_used;
    size_t orders_capacity;
} merge_walk;

/* What a walk came to: the node to put at the place, NULL to clear it. */
typedef struct merge_result {
    node *value;
    bool keep_null; /* a null that the resource had written out stays */
} merge_result;

/* Merges one place: `target` and `patch` may be NULL (absent) and may be the same node. */
strata_status merge_place(merge_walk *w, node *target, node *patch, schema_type type, merge_result *out);

/* A list whose type has the strategy "merge" (merge_list.c). */
strata_status merge_associative_list(merge_walk *w, node *target, node *patch, schema_type type, merge_result *out);

/* Copies the patch's comments to the target, and its style where the target is an empty collection. */
strata_status merge_comments_and_style(merge_walk *w, node *target, const node *patch);

typedef enum merge_directive {
    DIRECTIVE_UNKNOWN,
    DIRECTIVE_MERGE,
    DIRECTIVE_REPLACE,
    DIRECTIVE_DELETE
} merge_directive;

/*
 * Takes the $patch directive out of a patch's mapping or list. An unknown one stays there and gives DIRECTIVE_UNKNOWN;
 * *out_text is its text for a message. Absent means DIRECTIVE_MERGE.
 */
strata_status merge_take_directive(merge_walk *w, node *patch, merge_directive *out, text *out_text);
strata_status merge_fail_directive(merge_walk *w, const node *patch, text directive);

#endif
