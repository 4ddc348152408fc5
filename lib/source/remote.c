/* source/remote.c: see remote.h. */
#include "source/remote.h"

#include "source/git.h"
#include "source/url.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { USUAL_HTTP_TIMEOUT_MS = 30000, OPEN_DIRECTORIES = 16, REMOVAL_ATTEMPTS = 5 };

typedef struct repository_clone {
    struct repository_clone *next;
    text url;
    text reference;
    bool submodules;
    text directory;
    bool is_foreign; /* a provider's, to be left alone */
} repository_clone;

struct remote_cache {
    const allocator *from;
    arena arena; /* for the clones and the child_environment */
    remote_options options;
    child_environment environment;
    pthread_mutex_t lock;
    http_client *http; /* NULL until the first request */
    repository_clone *clones;
};

static void set_defaults(remote_cache *cache) {
    remote_options *options = &cache->options;
    if (!options->http_timeout_ms) options->http_timeout_ms = USUAL_HTTP_TIMEOUT_MS;
    if (options->temporary_directory.size) return;
    const char *usual = environment_get(&cache->environment, TEXT("TMPDIR"));
    options->temporary_directory = usual && *usual ? text_from(usual) : TEXT("/tmp");
}

bool remote_has_clone(const remote_cache *cache) { return cache->options.providers.clone != NULL; }
bool remote_has_get(const remote_cache *cache) { return cache->options.providers.get != NULL; }

remote_cache *remote_cache_new(const allocator *from, const remote_options *options) {
    remote_cache *cache = from->allocate(sizeof *cache, from->user);
    if (!cache) return NULL;
    memset(cache, 0, sizeof *cache);
    cache->from = from;
    cache->options = *options;
    arena_init(&cache->arena, from);
    bool ready = environment_add_all(&cache->arena, &cache->environment, options->environment);
    if (ready) set_defaults(cache);
    if (ready && pthread_mutex_init(&cache->lock, NULL) == 0) return cache;
    arena_free(&cache->arena);
    from->release(cache, from->user);
    return NULL;
}

/* --- clones ------------------------------------------------------------------------------------------------------ */

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *where) {
    (void)info, (void)kind, (void)where;
    remove(path);
    return 0;
}

/* A git that was killed may have had helpers that still write for a moment. */
static void remove_tree(const char *path) {
    for (int i = 0; i < REMOVAL_ATTEMPTS; i++) {
        nftw(path, remove_entry, OPEN_DIRECTORIES, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
        if (access(path, F_OK) && errno == ENOENT) return;
        usleep(20000);
    }
}

void remote_cache_free(remote_cache *cache) {
    if (!cache) return;
    for (const repository_clone *c = cache->clones; c; c = c->next)
        if (!c->is_foreign) remove_tree(c->directory.data);
    http_client_free(cache->http);
    pthread_mutex_destroy(&cache->lock);
    arena_free(&cache->arena);
    cache->from->release(cache, cache->from->user);
}

/* A directory of our own, as a real path. It is made last, so that no failure leaves it behind. */
static strata_status make_directory(scope *sc, remote_cache *cache, origin named_at, text *out) {
    char real[PATH_MAX];
    text parent = cache->options.temporary_directory;
    char *given = text_c_string(sc->arena, parent);
    if (!given) return scope_no_memory(sc);
    if (realpath(given, real)) {
        text template = TEXT_CONCAT(&cache->arena, text_from(real), TEXT("/strata-clone-XXXXXX"));
        char *path = template.data ? text_c_string(&cache->arena, template) : NULL;
        if (!path) return scope_no_memory(sc);
        if (mkdtemp(path)) {
            *out = text_from(path);
            return STRATA_OK;
        }
    }
    return scope_fail(sc, DIAGNOSTIC_FETCH_FAILED, named_at, "no directory for a clone can be made in '%.*s': %s",
                      TEXT_ARG(parent), strerror(errno));
}

/* A provider's directory as a real path, as all roots are. */
static strata_status ask_provider(scope *sc, remote_cache *cache, const repository_url *url, origin named_at,
                                  repository_clone *out) {
    const remote_providers *providers = &cache->options.providers;
    char real[PATH_MAX];
    text directory, shown = url_for_display(sc->arena, url->raw);
    out->is_foreign = true;
    TRY(providers->clone(sc, url, named_at, &directory, providers->user));
    if (!shown.data) return scope_no_memory(sc);
    if (directory.size == 0 || directory.data[0] != '/' || !realpath(directory.data, real))
        return scope_fail(sc, DIAGNOSTIC_FETCH_FAILED, named_at,
                          "for '%.*s' a directory was given that doesn't exist, or no absolute path", TEXT_ARG(shown));
    out->directory = text_copy(&cache->arena, text_from(real));
    return out->directory.data ? STRATA_OK : scope_no_memory(sc);
}

static strata_status make_clone(scope *sc, remote_cache *cache, const repository_url *url, origin named_at,
                                repository_clone *out) {
    out->url = text_copy(&cache->arena, url->clone_url);
    out->reference = text_copy(&cache->arena, url->reference);
    out->submodules = url->submodules;
    if (!out->url.data || !out->reference.data) return scope_no_memory(sc);
    if (remote_has_clone(cache)) return ask_provider(sc, cache, url, named_at, out);
    TRY(git_check_url(sc, url, named_at));
    TRY(make_directory(sc, cache, named_at, &out->directory));
    strata_status status = git_clone(sc, url, environment_list(&cache->environment), out->directory, named_at);
    if (status != STRATA_OK) remove_tree(out->directory.data);
    return status;
}

static const repository_clone *find_clone(const remote_cache *cache, const repository_url *url) {
    const repository_clone *c = cache->clones;
    while (c && !(text_equal(c->url, url->clone_url) && text_equal(c->reference, url->reference) &&
                  c->submodules == url->submodules))
        c = c->next;
    return c;
}

static strata_status find_or_clone(scope *sc, remote_cache *cache, const repository_url *url, origin named_at,
                                   text *out, bool *fresh) {
    const repository_clone *known = find_clone(cache, url);
    *fresh = !known;
    if (!known) {
        repository_clone *made = ARENA_NEW(&cache->arena, repository_clone);
        if (!made) return scope_no_memory(sc);
        TRY(make_clone(sc, cache, url, named_at, made));
        made->next = cache->clones;
        cache->clones = made;
        known = made;
    }
    *out = known->directory;
    return STRATA_OK;
}

strata_status remote_clone(scope *sc, remote_cache *cache, const repository_url *url, origin named_at, text *out,
                           bool *fresh) {
    pthread_mutex_lock(&cache->lock);
    strata_status status = find_or_clone(sc, cache, url, named_at, out, fresh);
    pthread_mutex_unlock(&cache->lock);
    return status;
}

/* --- files ------------------------------------------------------------------------------------------------------- */

void remote_get(remote_cache *cache, arena *a, text url, size_t ceiling, http_response *out) {
    const remote_providers *providers = &cache->options.providers;
    *out = (http_response){.outcome = HTTP_NO_MEMORY, .bytes = TEXT_EMPTY, .detail = TEXT_EMPTY};
    if (providers->get) {
        providers->get(a, url, ceiling, out, providers->user);
        return;
    }
    pthread_mutex_lock(&cache->lock);
    if (!cache->http)
        cache->http =
            http_client_new(cache->from, &cache->environment, cache->options.http_timeout_ms, cache->options.stop);
    if (cache->http) http_get(cache->http, a, url, ceiling, out);
    pthread_mutex_unlock(&cache->lock);
}
