/*
 * source/loader.h: reads the files that one kustomization names, under the rules for its place.
 *
 * A loader stands for one kustomization root and remembers who referred to it, for the checks against circles and the
 * restriction to the root (kustomize's api/internal/loader). Roots are real paths.
 *
 * Order: loader_open for the build's target, loader_new for each base, component or repository, and loader_close for
 * each. Loaders live in the scope's arena. The loader of the target ends the tree: close it last.
 *
 * Cost: a file is one open, fstat and read; the circle check of loader_new is linear in the depth of the base.
 */
#ifndef SOURCE_LOADER_H
#define SOURCE_LOADER_H

#include "source/filesystem.h"

typedef enum load_restriction {
    LOAD_ROOT_ONLY, /* LoadRestrictionsRootOnly: files must lie in or below the kustomization's root */
    LOAD_ANYWHERE   /* LoadRestrictionsNone */
} load_restriction;

typedef struct loader loader;
typedef struct remote_cache remote_cache; /* source/remote.h */

/*
 * Changes a file between reading and parsing. *changed says whether *out, in the arena of the scope and followed by a
 * NUL, takes the place of `bytes`; it may have `ceiling` bytes.
 */
typedef struct load_filter {
    strata_status (*apply)(scope *sc, text path, text bytes, size_t ceiling, origin named_at, bool *changed, text *out,
                           void *user); /* NULL: none */
    void *user;
} load_filter;

/* What a build may reach; each door is closed unless its field is set. Texts live as long as the build. */
typedef struct loader_options {
    const filesystem *files;
    load_restriction restriction;
    text root_jail;         /* --root DIR: nothing outside it is read; empty: no jail */
    bool allow_fetch;       /* by git and HTTP; needs `remote` */
    text working_directory; /* absolute: what relative targets and messages are relative to */
    remote_cache *remote;   /* what the run has fetched; NULL: nothing can be fetched */
    load_filter filter;
} loader_options;

/* The loader of the build's target: a directory (or a remote repository's URL). */
strata_status loader_open(scope *sc, const loader_options *options, text target, loader **out);
/*
 * The loader of a base, component or repository that this one's kustomization names at `named_at`. Fails when the path
 * is absolute, is no directory, closes a circle, or leaves a clone. A path that reads as the URL of a repository is
 * cloned, whatever lies on the disk; DIAGNOSTIC_FETCH_TIMEOUT tells that there is a repository that didn't answer in
 * time.
 */
strata_status loader_new(scope *sc, loader *from, text path, origin named_at, loader **out);
/* Ends the use of a loader; what was read stays, and clones stay until the remote_cache is freed. NULL is fine. */
void loader_close(loader *l);

/* The real path of the kustomization's root. */
text loader_root(const loader *l);
/*
 * How messages name a file: relative to the working directory where that is shorter. `path` is absolute, relative to
 * the root, or a URL, which stays as it is. data is NULL when memory is out.
 */
text loader_display(scope *sc, const loader *l, text path);
/* The repository's URL and ref when the root lies in a clone, else "": of the clone that contains it. */
text loader_repository(const loader *l);
text loader_reference(const loader *l);
/* The real path of that clone. */
text loader_clone_directory(const loader *l);

/* How an attempt to read ended. */
typedef enum load_outcome {
    LOAD_DONE,
    LOAD_MISSING,
    LOAD_IS_DIRECTORY,
    LOAD_SPECIAL,     /* a FIFO, socket or device */
    LOAD_OUTSIDE,     /* outside the root that it has to lie in */
    LOAD_DENIED,      /* permission denied */
    LOAD_FAILED,      /* any other failure of the system */
    LOAD_CLOSED,      /* a URL, and fetching isn't allowed */
    LOAD_UNREACHABLE, /* no answer: connection, name, TLS, redirects, a URL that can't be asked for */
    LOAD_TIMEOUT,     /* no answer in time */
    LOAD_BAD_STATUS,  /* an HTTP status outside 200-299, and the URL can't be a repository: nothing else to try */
    LOAD_REPOSITORY   /* the same, but the URL reads as a repository's: loader_new may clone it */
} load_outcome;

typedef struct loaded {
    load_outcome outcome;
    text bytes;  /* when LOAD_DONE: in the arena, followed by a readable NUL */
    text detail; /* what went wrong, when it is known */
} loaded;

/*
 * Tries to read `path`: relative to the root, absolute, or an http(s) URL. Not being there is no failure: it fails only
 * when a limit is reached or memory is out. loader_explain makes the error of an outcome other than LOAD_DONE, with a
 * hint at a similar name; so an entry that may be a file or a directory costs no error object while it is being tried.
 */
strata_status loader_load(scope *sc, loader *l, text path, origin named_at, loaded *out);
strata_status loader_explain(scope *sc, loader *l, text path, origin named_at, const loaded *what);

/* A name in the loader's root that resembles `name`, for a hint; else the empty text. */
text loader_similar_name(scope *sc, const loader *l, text name);

/*
 * For reading on other threads what a loader will be asked for: where it reads, and by which rules. The texts live as
 * long as the loader. load_place_path gives the path that the filesystem is asked for, load_place_within the directory
 * that it has to lie in (both as filesystem.read takes them); data is NULL when memory is out.
 */
typedef struct load_place {
    const filesystem *files;
    text root;
    text jail;
    bool root_only;
} load_place;
load_place loader_place(const loader *l);
text load_place_path(arena *a, const load_place *place, text path);
text load_place_within(const load_place *place);
/* What loader_load would have given for `path`, had it read these bytes. */
strata_status loader_accept(scope *sc, loader *l, text path, origin named_at, text bytes, loaded *out);

/* Whether loader_new could succeed: the path leads to a directory, or reads as the URL of a repository. */
strata_status loader_may_be_base(scope *sc, const loader *l, text path, bool *out);

/* A file's bytes, or the error that says why not. */
strata_status loader_read(scope *sc, loader *l, text path, origin named_at, text *out);

/*
 * What a path leads to, for programs that read it themselves: the load restriction does not count, as kustomize lets
 * helm read anything, but under --root nothing outside may be looked at, or made.
 */
strata_status loader_look(scope *sc, const loader *l, text path, origin named_at, file_kind *out);
/*
 * The same for a directory that a program is to read with all that is in it: under --root, and in a clone, nothing
 * there may be a link that leads out, or a special file. Linear in the files that are there.
 */
strata_status loader_look_through(scope *sc, const loader *l, text path, origin named_at);
/* Whether files are changed between reading and parsing. */
bool loader_has_filter(const loader *l);
/* Whether other programs can see what this loader reads. */
bool loader_is_on_disk(const loader *l);

#endif
