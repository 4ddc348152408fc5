/*
 * build/target.h: one kustomization of a build, and how it gathers its resources (kustomize's target.KustTarget).
 */
#ifndef BUILD_TARGET_H
#define BUILD_TARGET_H

#include "build/accumulator.h"
#include "build/build.h"
#include "build/provenance.h"

typedef struct target {
    build *build;
    loader *loader;
    kustomization k;
    text file_name;      /* "kustomization.yaml", or the other names that it may have */
    text helm_namespace; /* of the nearest consumer that sets one: for charts that have none */
    provenance origin;
    const struct target *consumer; /* NULL at the top */
    size_t next_resource;          /* the first of k.resources that was not begun */
    uint32_t depth;                /* consumers above it */
    bool seen_before;              /* its directory was accumulated before, for another consumer */
} target;

/* target.c: the one kustomization file in the loader's root; fails when there is none, or more than one. */
strata_status target_find_file(scope *sc, loader *from, origin named_at, text *out_name, text *out_bytes);
/* target.c: reads the kustomization in the loader's root. `named_at` is the place that named it. */
strata_status target_load(build *b, loader *from, origin named_at, target *out);
/* The kustomization's `openapi` comes into force. `top` is true for the target of the build. */
strata_status target_set_schema(target *t, bool top);
/* All steps of one level, in order: resources, configuration, generators, components, transformers, validators, vars.
 */
strata_status target_accumulate(target *t, accumulator *acc);

/* accumulate.c: what a list of paths names: files, directories, repositories. */
strata_status accumulate_resources(target *t, accumulator *acc, const located_list *paths);
strata_status accumulate_components(target *t, accumulator *acc);

/* generators.c, transformers.c */
helm_place helm_place_of(target *t, const helm_globals *globals);
strata_status run_generators(target *t, accumulator *acc);
strata_status run_transformers(target *t, accumulator *acc);

/* plugins.c: those that are configured under generators, transformers and validators. */
strata_status run_external_generators(target *t, accumulator *acc);
strata_status run_external_transformers(target *t, accumulator *acc);
strata_status run_validators(target *t, accumulator *acc);

/* transformers.c: what follows each single transformer: its record, and resources that it emptied are dropped. */
strata_status finish_transformer(target *t, accumulator *acc, const char *kind);

/* finish.c: what happens once, at the top. */
strata_status finish_build(target *t, accumulator *acc);

#endif
