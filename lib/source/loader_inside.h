/*
 * source/loader_inside.h: what the files of the loader share; nobody else includes it.
 */
#ifndef SOURCE_LOADER_INSIDE_H
#define SOURCE_LOADER_INSIDE_H

#include "source/loader.h"
#include "source/remote.h"

/* What all loaders of a build share. */
typedef struct loader_tree {
    const loader_options *options;
    text jail;              /* the real path of options->root_jail, or empty */
    text working_directory; /* its real path, since roots are real paths */
    size_t input;           /* bytes read so far */
    uint32_t fetches;       /* clones and files fetched so far */
} loader_tree;

struct loader {
    loader_tree *tree;
    loader *referrer; /* NULL for the build's target */
    const filesystem *files;
    text root;
    load_restriction restriction;
    uint32_t depth;                   /* how many referrers */
    const repository_url *repository; /* when this loader was made from a URL */
    const loader *clone;              /* the loader from whose URL the clone came that contains the root, or NULL */
    text clone_directory;             /* where that clone lies */
};

/* Counts a fetch and fails when there are too many of them. */
strata_status loader_count_fetch(scope *sc, loader_tree *tree, origin named_at);

/* The directory that a file read by this loader must lie in; empty: anywhere. */
text loader_confinement(const loader *l);
/* A name in the directory that resembles the missing `path`, as "did you mean ...?", or why there is none; else empty.
 */
text loader_hint(scope *sc, const loader *l, text full_path);
/* The restriction that a path outside `loader_confinement` breaks, and the option that lifts it. */
strata_status loader_fail_outside(scope *sc, const loader *l, text path, origin named_at);

#endif
