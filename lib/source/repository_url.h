/*
 * source/repository_url.h: which paths of a kustomization name a git repository, and what they say.
 *
 * Decided from the text alone, as kustomize's api/internal/git/repospec.go does: a local directory of such a name is
 * never found. The rules are plain text search, and their results are part of what users rely on (".git" is found
 * inside of words, two segments are a repository where nothing marks its end).
 */
#ifndef SOURCE_REPOSITORY_URL_H
#define SOURCE_REPOSITORY_URL_H

#include "core/scope.h"

typedef struct repository_url {
    text raw;           /* as written */
    text clone_url;     /* what git is given */
    text directory;     /* the kustomization in the repository, as written after the URL's repository; may be empty */
    text reference;     /* branch, tag or commit; empty: HEAD */
    bool submodules;    /* to be cloned, too; the default */
    int64_t timeout;    /* of each git command, in nanoseconds; 27 s by default */
    bool is_file;       /* file:// */
    bool forced_git;    /* written with "git::", which is stripped */
    bool query_dropped; /* the query is malformed, and none of it counts */
} repository_url;

/* *is_repository is false for what is a local path (or malformed: kustomize doesn't tell the two apart). */
strata_status repository_url_parse(scope *sc, text path, bool *is_repository, repository_url *out);

/*
 * What kustomize's origin annotations give as path of a repository's kustomization: the directory, cleaned, and the
 * name of the reference's placeholder for a clone when there is none. data is NULL when memory is out.
 */
text repository_url_origin_path(scope *sc, const repository_url *url);

#endif
