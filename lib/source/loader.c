/*
 * source/loader.c: roots: the target, its bases, and who referred to whom; see loader.h.
 * Follows kustomize's api/internal/loader/fileloader.go and kyaml/filesys ConfirmDir.
 */
#include "source/loader.h"

#include "source/loader_inside.h"
#include "source/path.h"
#include "source/repository_url.h"
#include "source/url.h"

text loader_root(const loader *l) { return l->root; }
text loader_repository(const loader *l) { return l->clone ? l->clone->repository->clone_url : TEXT_EMPTY; }
text loader_reference(const loader *l) { return l->clone ? l->clone->repository->reference : TEXT_EMPTY; }

text loader_clone_directory(const loader *l) { return l->clone_directory; }

/* A file in a clone, without the temporary directory: "https://host/repository//path?ref=v1". */
static text display_in_clone(scope *sc, const loader *l, text full) {
    text url = url_for_display(sc->arena, loader_repository(l)), reference = loader_reference(l);
    text path = path_relative(sc->arena, l->clone_directory, full);
    if (!url.data || !path.data) return text_of(NULL, 0);
    if (text_is(path, ".")) path = TEXT_EMPTY;
    return TEXT_CONCAT(sc->arena, url, path.size ? TEXT("//") : TEXT_EMPTY, path,
                       reference.size ? TEXT("?ref=") : TEXT_EMPTY, reference);
}

text loader_display(scope *sc, const loader *l, text path) {
    if (url_is_remote_file(path)) return url_for_display(sc->arena, path);
    text full = path_is_absolute(path) ? path_clean(sc->arena, path) : path_join(sc->arena, l->root, path);
    if (!full.data) return full;
    if (l->clone && path_has_prefix(full, l->clone_directory)) return display_in_clone(sc, l, full);
    text relative = path_relative(sc->arena, l->tree->working_directory, full);
    return !relative.data || relative.size < full.size ? relative : full;
}

/* The error for a base or target that is no directory, whatever stands in its place. */
static strata_status fail_no_directory(scope *sc, const loader *l, file_outcome outcome, text path, text full,
                                       origin named_at) {
    text shown = loader_display(sc, l, full);
    if (!shown.data || outcome == FILE_NO_MEMORY) return scope_no_memory(sc);
    switch (outcome) {
    case FILE_DONE:
        return scope_fail(sc, DIAGNOSTIC_BASE_INVALID, named_at,
                          "'%.*s' is a file; a directory with a kustomization file is needed here", TEXT_ARG(shown));
    case FILE_DENIED:
        return scope_fail(sc, DIAGNOSTIC_FILE_DENIED, named_at, "no permission to look into '%.*s'", TEXT_ARG(shown));
    case FILE_ABSENT:
        return scope_fail_hint(sc, DIAGNOSTIC_BASE_MISSING, named_at, loader_hint(sc, l, full),
                               "there is no directory '%.*s'", TEXT_ARG(shown));
    default:
        return scope_fail(sc, DIAGNOSTIC_FILE_IO, named_at, "the directory '%.*s' can't be looked up", TEXT_ARG(path));
    }
}

/* The real path of a directory; `l` only serves the error. */
static strata_status confirm_directory(scope *sc, const loader *l, text path, text full, origin named_at, text *out) {
    file_kind kind = FILE_MISSING;
    file_outcome outcome = l->files->real_path(l->files, sc->arena, full, out, &kind);
    if (outcome == FILE_DONE && kind == FILE_DIRECTORY) return STRATA_OK;
    return fail_no_directory(sc, l, outcome, path, full, named_at);
}

static loader *make_loader(scope *sc, loader_tree *tree, loader *referrer) {
    loader *l = ARENA_NEW(sc->arena, loader);
    if (!l) return NULL;
    l->tree = tree;
    l->referrer = referrer;
    l->files = referrer ? referrer->files : tree->options->files;
    l->restriction = referrer ? referrer->restriction : tree->options->restriction;
    l->depth = referrer ? referrer->depth + 1 : 0;
    l->clone = referrer ? referrer->clone : NULL;
    l->clone_directory = referrer ? referrer->clone_directory : TEXT_EMPTY;
    return l;
}

/* The directories of the options as real paths. */
static strata_status open_tree(scope *sc, loader_tree *tree, const loader *l) {
    const loader_options *options = tree->options;
    text jail = path_join(sc->arena, options->working_directory, options->root_jail);
    if (path_is_absolute(options->root_jail)) jail = path_clean(sc->arena, options->root_jail);
    if (!jail.data) return scope_no_memory(sc);
    if (options->root_jail.size) TRY(confirm_directory(sc, l, options->root_jail, jail, ORIGIN_UNKNOWN, &tree->jail));
    /* A memory filesystem need not have a working directory: it is then only a name to be relative to. */
    text real;
    file_kind kind;
    file_outcome outcome = l->files->real_path(l->files, sc->arena, options->working_directory, &real, &kind);
    if (outcome == FILE_NO_MEMORY) return scope_no_memory(sc);
    if (outcome == FILE_DONE) tree->working_directory = real;
    return STRATA_OK;
}

/* Under --root no kustomization may lie outside, but for what the caller allows to be fetched. */
static strata_status check_jail(scope *sc, const loader *l, text path, origin named_at) {
    text jail = l->tree->jail;
    if (jail.size == 0 || l->clone || path_has_prefix(l->root, jail)) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_FILE_OUTSIDE, named_at,
                      "'%.*s' lies outside of '%.*s', and --root allows nothing outside of that", TEXT_ARG(path),
                      TEXT_ARG(l->tree->options->root_jail));
}

/* --- repositories ------------------------------------------------------------------------------------------------ */

strata_status loader_count_fetch(scope *sc, loader_tree *tree, origin named_at) {
    if (tree->fetches >= sc->limits->fetches)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, named_at, "the build fetches more than %u URLs (limit fetches)",
                          sc->limits->fetches);
    tree->fetches++;
    return STRATA_OK;
}

/* kustomize compares texts: a URL is a circle when one that led here begins with it. */
static strata_status check_repository_circle(scope *sc, const loader *from, const repository_url *url,
                                             origin named_at) {
    for (const loader *l = from; l; l = l->referrer) {
        if (!l->repository || !text_starts(l->repository->raw, url->raw)) continue;
        text shown = url_for_display(sc->arena, url->raw), earlier = url_for_display(sc->arena, l->repository->raw);
        if (!shown.data || !earlier.data) return scope_no_memory(sc);
        return scope_fail(sc, DIAGNOSTIC_BASE_CIRCLE, named_at,
                          "the repository '%.*s' closes a circle: '%.*s' led here", TEXT_ARG(shown), TEXT_ARG(earlier));
    }
    return STRATA_OK;
}

static strata_status warn_of_url(scope *sc, const repository_url *url, origin named_at) {
    text shown = url_for_display(sc->arena, url->raw);
    if (!shown.data) return scope_no_memory(sc);
    if (url->forced_git)
        TRY(scope_warn(sc, DIAGNOSTIC_URL_IGNORED, named_at, "the prefix 'git::' of '%.*s' has no effect: remove it",
                       TEXT_ARG(shown)));
    if (!url->query_dropped) return STRATA_OK;
    return scope_warn(sc, DIAGNOSTIC_URL_IGNORED, named_at,
                      "the query of '%.*s' is malformed, so all of it is ignored, a ref too", TEXT_ARG(shown));
}

/* Whether a repository may be fetched from here. */
static strata_status check_repository(scope *sc, const loader *l, const repository_url *url, origin named_at) {
    text shown = url_for_display(sc->arena, url->raw);
    if (!shown.data) return scope_no_memory(sc);
    if (l->referrer) TRY(check_repository_circle(sc, l->referrer, url, named_at));
    const loader_options *options = l->tree->options;
    if (!options->remote || !(options->allow_fetch || remote_has_clone(options->remote)))
        return scope_fail(sc, DIAGNOSTIC_FETCH_CLOSED, named_at,
                          "'%.*s' is a remote repository, and fetching is switched off", TEXT_ARG(shown));
    /* Else a repository could put the user's own files into what is built. */
    if (url->is_file && l->clone)
        return scope_fail(sc, DIAGNOSTIC_FETCH_REFUSED, named_at,
                          "'%.*s' names a repository on this machine, which a remote repository must not",
                          TEXT_ARG(shown));
    return warn_of_url(sc, url, named_at);
}

/* Puts a loader into a clone that lies in its clone_directory. Links may lead about in the clone, but not out of it. */
static strata_status enter_clone(scope *sc, loader *l, origin named_at) {
    const repository_url *url = l->repository;
    text full = path_join(sc->arena, l->clone_directory, url->directory);
    l->root = l->clone_directory;
    if (!full.data) return scope_no_memory(sc);
    TRY(confirm_directory(sc, l, url->directory, full, named_at, &l->root));
    if (path_has_prefix(l->root, l->clone_directory)) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_FILE_OUTSIDE, named_at, "'%.*s' leads out of the repository '%.*s'",
                      TEXT_ARG(url->directory), TEXT_ARG(url->clone_url));
}

/* Roots a fresh loader in the repository that `path` names; *cloned is false when it names none. */
static strata_status open_repository(scope *sc, loader *l, text path, origin named_at, bool *cloned) {
    repository_url *url = ARENA_NEW(sc->arena, repository_url);
    if (!url) return scope_no_memory(sc);
    TRY(repository_url_parse(sc, path, cloned, url));
    if (!*cloned) return STRATA_OK;
    TRY(check_repository(sc, l, url, named_at));
    text directory;
    bool fresh;
    TRY(scope_progress(sc, STRATA_STAGE_FETCH, url_for_display(sc->arena, url->raw)));
    TRY(remote_clone(sc, l->tree->options->remote, url, named_at, &directory, &fresh));
    if (fresh) TRY(loader_count_fetch(sc, l->tree, named_at));
    l->repository = url;
    l->clone = l;
    l->clone_directory = directory;
    l->files = &filesystem_disk;
    l->restriction = LOAD_ROOT_ONLY; /* whatever the build allows elsewhere */
    return enter_clone(sc, l, named_at);
}

/* --- the target -------------------------------------------------------------------------------------------------- */

strata_status loader_open(scope *sc, const loader_options *options, text target, loader **out) {
    loader_tree *tree = ARENA_NEW(sc->arena, loader_tree);
    if (!tree) return scope_no_memory(sc);
    tree->options = options;
    tree->working_directory = options->working_directory;
    loader *l = make_loader(sc, tree, NULL);
    if (!l) return scope_no_memory(sc);
    l->root = options->working_directory;
    TRY(open_tree(sc, tree, l));
    if (target.size == 0)
        return scope_fail(sc, DIAGNOSTIC_BASE_INVALID, ORIGIN_UNKNOWN, "the directory to build must not be empty");
    bool cloned;
    TRY(open_repository(sc, l, target, ORIGIN_UNKNOWN, &cloned));
    *out = l;
    if (cloned) return STRATA_OK;
    text full = path_is_absolute(target) ? path_clean(sc->arena, target)
                                         : path_join(sc->arena, options->working_directory, target);
    if (!full.data) return scope_no_memory(sc);
    TRY(confirm_directory(sc, l, target, full, ORIGIN_UNKNOWN, &l->root));
    return check_jail(sc, l, target, ORIGIN_UNKNOWN);
}

/* --- bases ------------------------------------------------------------------------------------------------------- */

/* What a base's path must not look like, before anybody looks at the disk. */
static strata_status check_base_path(scope *sc, text path, origin named_at) {
    if (path.size == 0)
        return scope_fail(sc, DIAGNOSTIC_BASE_INVALID, named_at, "the path of a base must not be empty");
    if (path_is_absolute(path))
        return scope_fail(sc, DIAGNOSTIC_BASE_INVALID, named_at,
                          "the base '%.*s' must not be an absolute path: write it relative to this kustomization",
                          TEXT_ARG(path));
    if (!path_is_ambiguous(path)) return STRATA_OK;
    text clean = path_clean(sc->arena, path);
    if (!clean.data) return scope_no_memory(sc);
    return scope_fail_hint(sc, DIAGNOSTIC_BASE_INVALID, named_at,
                           TEXT("check the indentation: two entries of the list may have become one"),
                           "the base '%.*s' is ambiguous: '..' inside of a name, and the path would lead to '%.*s'",
                           TEXT_ARG(path), TEXT_ARG(clean));
}

/* The roots from the one that closes the circle down to the referrer, and back: "a -> b -> a". */
static text circle_text(scope *sc, const loader *from, const loader *visited, text candidate) {
    text chain = loader_display(sc, from, candidate);
    size_t shown = 0;
    for (const loader *l = from; chain.data && l; l = l->referrer) {
        text name = shown == 8 ? TEXT("...") : loader_display(sc, l, l->root);
        if (!name.data) return name;
        if (shown <= 8 || l == visited) chain = TEXT_CONCAT(sc->arena, name, TEXT(" -> "), chain);
        shown++;
        if (l == visited) break;
    }
    return chain;
}

/*
 * A base that is, or contains, a root on the way from the target to here would lead back to itself. Each use of a
 * repository counts as a clone of its own, also where it shares one.
 */
static strata_status check_circle(scope *sc, const loader *from, text root, text path, origin named_at) {
    for (const loader *l = from; l; l = l->referrer) {
        if (l->clone != from->clone || !path_has_prefix(l->root, root)) continue;
        text chain = circle_text(sc, from, l, root);
        if (!chain.data) return scope_no_memory(sc);
        if (text_equal(l->root, root))
            return scope_fail(sc, DIAGNOSTIC_BASE_CIRCLE, named_at, "the base '%.*s' closes a circle: %.*s",
                              TEXT_ARG(path), TEXT_ARG(chain));
        text inner = loader_display(sc, l, l->root);
        if (!inner.data) return scope_no_memory(sc);
        return scope_fail(sc, DIAGNOSTIC_BASE_CIRCLE, named_at,
                          "the base '%.*s' contains '%.*s', from which it was reached: %.*s", TEXT_ARG(path),
                          TEXT_ARG(inner), TEXT_ARG(chain));
    }
    return STRATA_OK;
}

static strata_status check_containment(scope *sc, const loader *l, text path, origin named_at) {
    if (!l->clone || path_has_prefix(l->root, l->clone_directory)) return STRATA_OK;
    text url = url_for_display(sc->arena, loader_repository(l));
    if (!url.data) return scope_no_memory(sc);
    return scope_fail(sc, DIAGNOSTIC_FILE_OUTSIDE, named_at,
                      "the base '%.*s' lies outside of the repository '%.*s' that names it", TEXT_ARG(path),
                      TEXT_ARG(url));
}

strata_status loader_new(scope *sc, loader *from, text path, origin named_at, loader **out) {
    if (from->depth >= sc->limits->base_depth)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, named_at, "bases are nested more than %u deep (limit base_depth)",
                          sc->limits->base_depth);
    loader *l = make_loader(sc, from->tree, from);
    if (!l) return scope_no_memory(sc);
    bool cloned;
    TRY(open_repository(sc, l, path, named_at, &cloned));
    *out = l;
    if (cloned) return STRATA_OK;
    TRY(check_base_path(sc, path, named_at));
    text full = path_join(sc->arena, from->root, path);
    if (!full.data) return scope_no_memory(sc);
    TRY(confirm_directory(sc, from, path, full, named_at, &l->root));
    TRY(check_jail(sc, l, path, named_at));
    TRY(check_containment(sc, l, path, named_at));
    return check_circle(sc, from, l->root, path, named_at);
}

strata_status loader_may_be_base(scope *sc, const loader *l, text path, bool *out) {
    repository_url url;
    TRY(repository_url_parse(sc, path, out, &url));
    if (*out) return STRATA_OK;
    text full = path_is_absolute(path) ? path_clean(sc->arena, path) : path_join(sc->arena, l->root, path);
    if (!full.data) return scope_no_memory(sc);
    *out = l->files->stat(l->files, full) == FILE_DIRECTORY;
    return STRATA_OK;
}

void loader_close(loader *l) { (void)l; }
