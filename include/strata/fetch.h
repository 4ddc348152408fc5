/*
 * strata/fetch.h: fetches repositories, pages and charts in place of the library.
 *
 * A caller with credentials, a cache or a policy of its own hands in functions; each takes the place of one builtin way
 * to fetch (git, HTTP, `helm pull`), and is asked whether or not strata_renderer_options.fetch_enable is set. What has
 * no function is fetched the builtin way if that is enabled and refused if not, so each way can be opened or refused
 * alone. A function refuses one thing by returning STRATA_REFUSED.
 *
 *     strata_fetch_functions fetch;
 *     strata_fetch_functions_init(&fetch);
 *     fetch.git = clone_from_our_cache;
 *     options.fetch = &fetch;
 *
 * The functions answer through the sink with STRATA_OK. STRATA_NOT_FOUND, STRATA_REFUSED, STRATA_CANCELLED and
 * STRATA_NO_MEMORY fail the build as such, everything else as STRATA_IO; strata_sink_explain says why. They are called
 * on the threads that build. The limits of the renderer count as for the builtin ways.
 */
#ifndef STRATA_FETCH_H
#define STRATA_FETCH_H

#include <stddef.h>

#include "strata/export.h"
#include "strata/sink.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Structs that the library fills in; fields are only ever added at the end. Strings are never NULL. */
typedef struct strata_repository {
    size_t size;
    const char *name;      /* as the kustomization writes it */
    const char *url;       /* as git takes it; it may hold a login */
    const char *reference; /* a branch, tag or commit; "" when the kustomization names none */
    int submodules;        /* whether those are wanted, too */
} strata_repository;

typedef struct strata_chart {
    size_t size;
    const char *repo; /* the URL of a chart repository, or oci://...; "" when there is none */
    const char *name;
    const char *version; /* "" when the kustomization names none */
} strata_chart;

typedef struct strata_fetch_functions {
    size_t size; /* sizeof(strata_fetch_functions), set by strata_fetch_functions_init */
    /*
     * Writes the absolute path of a directory on the disk that holds the repository's files. It stays the caller's and
     * must stay as it is until the build has ended. Asked once in a build for each url, reference and submodules.
     */
    strata_status (*git)(strata_sink *out, const strata_repository *what, void *user);
    /* Writes the bytes of an http or https URL. After STRATA_NOT_FOUND the URL may still be tried as a repository. */
    strata_status (*http)(strata_sink *out, const char *url, void *user);
    /*
     * Writes the absolute path of a directory on the disk that holds the unpacked chart (with Chart.yaml in it). Asked
     * when the chart is not in the kustomization's chart home. The same promise as for `git`.
     */
    strata_status (*chart)(strata_sink *out, const strata_chart *what, void *user);
    void *user;
} strata_fetch_functions;

/* Fills in no functions; the second for callers that can't call inline functions. NULL is fine. Any thread. */
STRATA_API void strata_fetch_functions_init_size(strata_fetch_functions *out, size_t size);
static inline void strata_fetch_functions_init(strata_fetch_functions *out) {
    strata_fetch_functions_init_size(out, sizeof *out);
}

#ifdef __cplusplus
}
#endif
#endif
