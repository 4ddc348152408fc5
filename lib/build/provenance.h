/*
 * build/provenance.h: where resources came from, for the annotations that `buildMetadata` asks for.
 *
 * After kustomize's api/resource/origin.go. A provenance says where the kustomization at hand lies: a path from the
 * build's target, or from the root of a remote repository. Nothing is recorded unless the top's buildMetadata has
 * entries.
 */
#ifndef BUILD_PROVENANCE_H
#define BUILD_PROVENANCE_H

#include "model/resource_set.h"

typedef struct provenance {
    bool recorded;
    text path;
    text repository;
    text reference;
} provenance;

/* The place of what a kustomization names as `path`: a file, a directory or a repository (Origin.Append). */
strata_status provenance_append(scope *sc, const provenance *at, text path, provenance *out);

/* The annotation of a resource that a file holds, a new text. */
strata_status provenance_of_file(scope *sc, const provenance *file, text *out);
/* The annotation of what a builtin generator or transformer made, configured in `file_name` of the kustomization. */
strata_status provenance_of_builtin(scope *sc, const provenance *at, text file_name, text kind, text *out);

/* The same for a plugin that a resource configures; "" when that has no origin itself. */
strata_status provenance_of_plugin(scope *sc, const resource *config, text *out);

/* Sets the origin annotation of each resource that has none. */
strata_status provenance_mark_origin(scope *sc, resource_set *set, text annotation);
/* Sets the origin annotation of every resource. */
strata_status provenance_set_origin(scope *sc, resource_set *set, text annotation);
/*
 * Records a transformer: resources without an origin get `annotation` as their origin, the others in the list of their
 * transformations.
 */
strata_status provenance_mark_transformation(scope *sc, resource_set *set, text annotation);

#endif
