/*
 * package/localize_url.h: where the copies of fetched files and repositories stand: localized-files/HOST/PATH.
 *
 * Ports, queries and users are left out, so two URLs may share a place, as in kustomize.
 */
#ifndef PACKAGE_LOCALIZE_URL_H
#define PACKAGE_LOCALIZE_URL_H

#include "source/repository_url.h"

strata_status localize_url_file(scope *sc, text url, text *out);
/* localized-files/HOST/REPOSITORY/REF/INSIDE, the repository without ".git". */
strata_status localize_url_root(scope *sc, const repository_url *url, text inside, text *out);
/* The last part of a repository's path. */
text localize_url_base(const repository_url *url);

#endif
