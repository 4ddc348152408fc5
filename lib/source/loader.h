/*
 * source/loader.h: reads the files that one kustomization names, under the rules for its place.
 *
 * A loader stands for one kustomization root and remembers who referred to it, for the checks against circles and the
 * restriction to the root (kustomize's api/internal/loader). Roots are real paths. loader_new gives the loader of a base,
 * component or remote repository; a clone lives until loader_close.
 */
#ifndef SOURCE_LOADER_H
#define SOURCE_LOADER_H

#include "source/filesystem.h"

typedef enum load_restriction {
    LOAD_ROOT_ONLY, /* LoadRestrictionsRootOnly: files must lie in or below the kustomization's root */
    LOAD_ANYWHERE   /* LoadRestrictionsNone */
} load_restriction;

typedef struct loader loader;

/* What a build may reach; each door is closed unless its field is set. */
typedef struct loader_options {
    const filesystem *files;
    load_restriction restriction;
    text root_jail;     /* --root DIR: nothing outside it is read; empty: no jail */
    bool allow_fetch;   /* git and HTTP */
    text working_directory; /* absolute: what relative targets and messages are relative to */
} loader_options;

/* The loader of the build's target: a directory (or a remote repository's URL). */
strata_status loader_open(scope *sc, const loader_options *options, text target, loader **out);
/*
 * The loader of a base, component or repository that this one's kustomization names at `named_at`. Fails when the path
 * is absolute, is no directory, closes a circle, or leaves a clone.
 */
strata_status loader_new(scope *sc, loader *from, text path, origin named_at, loader **out);
/* Removes a clone; bytes that were read stay. NULL is fine. Closing in any order is fine. */
void loader_close(loader *l);

/* The real path of the kustomization's root. */
text loader_root(const loader *l);
/* How messages name a file below it: relative to the working directory where that is shorter. */
text loader_display(scope *sc, const loader *l, text path);
/* The repository's URL and ref when the root lies in a clone, else "". */
text loader_repository(const loader *l);
text loader_reference(const loader *l);

/* A file's bytes: `path` is relative to the root, absolute, or an http(s) URL. */
strata_status loader_read(scope *sc, loader *l, text path, origin named_at, text *out);
/* The same for a file that may be missing: *found says whether it was there (unreadable counts as missing, trap 15). */
strata_status loader_try_read(scope *sc, loader *l, text path, origin named_at, bool *found, text *out);

#endif
