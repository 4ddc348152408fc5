/*
 * model/resource.h: one resource of a build: its document, and what the build knows about it.
 *
 * The reference keeps this knowledge in annotations of the resource, where patches, selectors, replacements and
 * functions can see it and lose it. Here it is typed. Code that runs something which can read or change
 * annotations in general (a JSON patch, a function, a replacement out of metadata.annotations, an annotation selector,
 * a strategic merge patch that clears annotations) calls resource_export_history before and resource_import_history
 * after it.
 */
#ifndef MODEL_RESOURCE_H
#define MODEL_RESOURCE_H

#include "core/scope.h"
#include "model/resource_id.h"
#include "yaml/node.h"

/* A former identity (setPreviousId): the namespace is the effective one. */
typedef struct previous_id {
    text kind;
    text name;
    text name_space;
} previous_id;

/* What a generator may do to a resource that is there already. UNSET: the resource comes from no generator. */
typedef enum generation_behavior {
    BEHAVIOR_UNSPECIFIED,
    BEHAVIOR_CREATE,
    BEHAVIOR_REPLACE,
    BEHAVIOR_MERGE,
    BEHAVIOR_UNSET
} generation_behavior;

/* By its name in a kustomization file; other names give BEHAVIOR_UNSPECIFIED. */
generation_behavior generation_behavior_of(text name);

typedef struct resource {
    node *root;
    previous_id *previous; /* oldest first */
    size_t previous_count;
    size_t previous_capacity;
    text_list prefixes; /* in the order in which they were added: the outermost is last */
    text_list suffixes;
    text_list referred_by; /* ids of referrers, as ResId.String */
    text_list var_names;   /* vars whose source this is */
    generation_behavior behavior;
    bool needs_hash;
    bool helm_generated;
    bool allow_name_change; /* of a patch */
    bool allow_kind_change;
    bool history_in_tree;   /* its annotations have the history all along: its hash is over those, too */
    bool nameless_previous; /* an id without a name was recorded: names and namespaces are then out of step */
    size_t position;        /* in its set; RESOURCE_REMOVED once it has left it */
    const void *indexed_in; /* the index of a set that has its previous ids, and how many of them */
    size_t indexed_ids;
} resource;

#define RESOURCE_REMOVED SIZE_MAX

/* A resource around a document, with no history; NULL when memory is out. */
resource *resource_new(arena *a, node *root);
/* A deep copy. */
resource *resource_copy(arena *a, const resource *r);

/* Fields of the document as kyaml's getters give them: "" when missing or not scalar. */
text resource_api_version(const resource *r);
text resource_kind(const resource *r);
text resource_name(const resource *r);
text resource_namespace(const resource *r);
gvk resource_gvk(const resource *r);

resource_id resource_current_id(const resource *r, const schema *s);
/*
 * The oldest previous id, or the current one. A previous id is never cluster-scoped: it has the namespace
 * "_non_namespaceable_" where the resource had none, and the raw text is what replacements compare.
 */
resource_id resource_original_id(const resource *r, const schema *s);
/* The number of ids: previous ones, oldest first, and the current one last. */
size_t resource_id_count(const resource *r);
resource_id resource_id_at(const resource *r, const schema *s, size_t index);

/*
 * Records the current id as a previous one (StorePreviousId). The reference joins names with commas, and its lists run
 * out of step when a name has a comma or is empty: it panics then, and we fail.
 */
strata_status resource_store_previous_id(scope *sc, resource *r, const schema *s);

/* kyaml's RNode setters: create metadata when it is missing. An empty namespace removes the field. */
strata_status resource_set_name(scope *sc, resource *r, text name);
strata_status resource_set_namespace(scope *sc, resource *r, text name_space);
strata_status resource_set_kind(scope *sc, resource *r, text kind);
strata_status resource_set_api_version(scope *sc, resource *r, text api_version);

/* Labels and annotations as kyaml's GetLabels/GetAnnotations: the texts of the values; the last of duplicates wins. */
strata_status resource_labels(scope *sc, const resource *r, text_map *out);
strata_status resource_annotations(scope *sc, const resource *r, text_map *out);
/* SetLabels/SetAnnotations: replaces the mapping, keys sorted, values as !!str; an empty map removes the field. */
strata_status resource_set_labels(scope *sc, resource *r, const text_map *labels);
strata_status resource_set_annotations(scope *sc, resource *r, const text_map *annotations);

/* Writes the history into annotations, as the reference would have it there (BuildAnnotations). */
strata_status resource_export_history(scope *sc, resource *r);
/* Brings the names, prefixes and suffixes there up to date, in a resource that has its history in the tree. */
strata_status resource_note_history(scope *sc, resource *r);
/*
 * Takes the history out of the annotations and removes those, unless they stay in the tree; what the annotations lost
 * is lost.
 */
strata_status resource_import_history(scope *sc, resource *r);

/* The last step for every resource (RemoveBuildAnnotations, SetOrigin(nil) ...): annotations re-set as strings. */
strata_status resource_finish_annotations(scope *sc, resource *r, bool keep_origin, bool keep_transformations);

#endif
