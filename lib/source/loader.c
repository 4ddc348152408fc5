/*
 * source/loader.c: roots: the target, its bases, and who referred to whom; see loader.h.
 * Follows kustomize's api/internal/loader/fileloader.go and kyaml/filesys ConfirmDir.
 */
#include "source/loader.h"

#include "source/loader_inside.h"
#include "source/path.h"

text loader_root(const loader *l) { return l->root; }
text loader_repository(const loader *l) {
    (void)l;
    return TEXT_EMPTY;
}
text loader_reference(const loader *l) {
    (void)l;
    return TEXT_EMPTY;
}

text loader_display(scope *sc, const loader *l, text path) {
    text full = path_is_absolute(path) ? path_clean(sc->arena, path) : path_join(sc->arena, l->root, path);
    if (!full.data) return full;
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

/* Under --root no kustomization may lie outside. */
static strata_status check_jail(scope *sc, const loader *l, text path, origin named_at) {
    text jail = l->tree->jail;
    if (jail.size == 0 || path_has_prefix(l->root, jail)) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_FILE_OUTSIDE, named_at,
                      "'%.*s' lies outside of '%.*s', and --root allows nothing outside of that", TEXT_ARG(path),
                      TEXT_ARG(l->tree->options->root_jail));
}

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
    text full = path_is_absolute(target) ? path_clean(sc->arena, target)
                                         : path_join(sc->arena, options->working_directory, target);
    if (!full.data) return scope_no_memory(sc);
    TRY(confirm_directory(sc, l, target, full, ORIGIN_UNKNOWN, &l->root));
    TRY(check_jail(sc, l, target, ORIGIN_UNKNOWN));
    *out = l;
    return STRATA_OK;
}

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

/* A base that is, or contains, a root on the way from the target to here would lead back to itself. */
static strata_status check_circle(scope *sc, const loader *from, text root, text path, origin named_at) {
    for (const loader *l = from; l; l = l->referrer) {
        if (!path_has_prefix(l->root, root)) continue;
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

strata_status loader_new(scope *sc, loader *from, text path, origin named_at, loader **out) {
    if (from->depth >= sc->limits->base_depth)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, named_at, "bases are nested more than %u deep (limit base_depth)",
                          sc->limits->base_depth);
    TRY(check_base_path(sc, path, named_at));
    text full = path_join(sc->arena, from->root, path);
    loader *l = make_loader(sc, from->tree, from);
    if (!full.data || !l) return scope_no_memory(sc);
    TRY(confirm_directory(sc, from, path, full, named_at, &l->root));
    TRY(check_jail(sc, l, path, named_at));
    TRY(check_circle(sc, from, l->root, path, named_at));
    *out = l;
    return STRATA_OK;
}

bool loader_may_be_base(scope *sc, const loader *l, text path) {
    text full = path_is_absolute(path) ? path_clean(sc->arena, path) : path_join(sc->arena, l->root, path);
    return full.data && l->files->stat(l->files, full) == FILE_DIRECTORY;
}

void loader_close(loader *l) { (void)l; }
