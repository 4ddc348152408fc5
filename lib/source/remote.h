/*
 * source/remote.h: what a run has fetched: one clone for each repository and ref, and the connections of its HTTP
 * client.
 *
 * A remote_cache is what opens the door to the network: loader_options without one can fetch nothing. Make one for a
 * run of any number of builds, and free it after them; that removes the clones. Threads: many builds may share one;
 * they fetch one after the other.
 */
#ifndef SOURCE_REMOTE_H
#define SOURCE_REMOTE_H

#include "source/http.h"
#include "source/repository_url.h"

typedef struct remote_cache remote_cache;

/* Who fetches in place of git and the HTTP client; NULL: nobody. */
typedef struct remote_providers {
    /* *out is a directory on the disk; it stays its owner's. */
    strata_status (*clone)(scope *sc, const repository_url *url, origin named_at, text *out, void *user);
    void (*get)(arena *a, text url, size_t ceiling, http_response *out, void *user);
    void *user;
} remote_providers;

typedef struct remote_options {
    remote_providers providers;
    const char *const *environment; /* NULL-terminated: what git may see; PATH, proxies and certificates come from it */
    text temporary_directory;       /* where clones are made; empty: TMPDIR of the environment, or /tmp */
    uint32_t http_timeout_ms;       /* of each file, its redirects included; 0: 30 s */
    const stop *stop;               /* ends requests before that; may be NULL */
} remote_options;

/* Whether there is a provider. */
bool remote_has_clone(const remote_cache *cache);
bool remote_has_get(const remote_cache *cache);

/* NULL when memory is out. The texts of the options must outlive the cache. */
remote_cache *remote_cache_new(const allocator *from, const remote_options *options);
/* Removes the clones, too. NULL is fine. */
void remote_cache_free(remote_cache *cache);

/*
 * The clone of a repository: a real path, valid until the cache is freed. Made by the first who asks; *fresh says
 * whether that was this call.
 */
strata_status remote_clone(scope *sc, remote_cache *cache, const repository_url *url, origin named_at, text *out,
                           bool *fresh);
void remote_get(remote_cache *cache, arena *a, text url, size_t ceiling, http_response *out);

#endif
