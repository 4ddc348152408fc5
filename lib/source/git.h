/*
 * source/git.h: clones a repository with the git command, as kustomize does (api/internal/git/cloner.go).
 *
 * What is cloned may be hostile, and so may be the URL: both are passed as arguments that can't be taken for options,
 * git may use https, http, ssh (and file, for a URL that asks for it) and no other protocol, runs no hooks, and never
 * asks on the terminal. Each command ends at the URL's timeout.
 */
#ifndef SOURCE_GIT_H
#define SOURCE_GIT_H

#include "core/environment.h"
#include "source/repository_url.h"

/* Why this URL may not be given to git, or STRATA_OK. */
strata_status git_check_url(scope *sc, const repository_url *url, origin named_at);
/*
 * Clones into an empty directory. `environment` is the caller's, from which git's is made; its PATH says where git is.
 * The failure says what git said.
 */
strata_status git_clone(scope *sc, const repository_url *url, const char *const *environment, text directory,
                        origin named_at);

#endif
