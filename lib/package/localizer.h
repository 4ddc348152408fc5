/*
 * package/localizer.h: one kustomization root that is being localized, and the copies that this makes; after
 * kustomize's api/internal/localizer.
 *
 * Copies are gathered in memory (localizer_add) and written once all are there. Order: fill in a localization and a
 * localizer for the target, localize_root, localization_write.
 */
#ifndef PACKAGE_LOCALIZER_H
#define PACKAGE_LOCALIZER_H

#include "package/work.h"

typedef struct localized_file {
    text path; /* below the destination */
    text bytes;
} localized_file;

typedef struct localization {
    work *work;
    text scope; /* the real path of the directory that local roots must lie in */
    localized_file *files;
    size_t count;
    size_t capacity;
    text_list directories;
    table known; /* paths of files and directories */
} localization;

/* A root, and where its copy stands below the destination. */
typedef struct localizer {
    localization *all;
    loader *loader;
    text root;
    text place;
    bool local; /* it and all that led to it are local: the scope holds */
} localizer;

/* Localizes the kustomization of a root with all below it. `named_at` is the place that named it. */
strata_status localize_root(localizer *l, origin named_at);

/* Writes all copies below a directory, which is made. */
strata_status localization_write(localization *all, text destination);

/*
 * Each makes the copies of what a path names, and gives the path to them from this root's copy. An empty path gives
 * itself.
 */
strata_status localize_file(localizer *l, text path, origin named_at, text *out);
strata_status localize_file_source(localizer *l, text source, origin named_at, text *out); /* "path" or "key=path" */
strata_status localize_base(localizer *l, text path, origin named_at, text *out);
strata_status localize_resource(localizer *l, text path, origin named_at, text *out); /* a file or a base */
strata_status localize_chart_home(localizer *l, text path, origin named_at, text *out);
/* A file with a patch, or a patch, which stays. */
strata_status localize_patch(localizer *l, text entry, origin named_at, text *out);

/* Enters the copy of a file that the path names, with these bytes. */
strata_status localize_bytes(localizer *l, text path, text bytes, origin named_at, text *out);

/* localize_fields.c: the paths in a kustomization file's tree; localize_plugins.c: those in configurations of plugins.
 */
strata_status localize_fields(localizer *l, node *tree);
strata_status localize_plugins(localizer *l, node *tree);

/* Applies one of the functions above to a text, or to all texts of a list. */
typedef strata_status (*localize_function)(localizer *l, text path, origin named_at, text *out);
strata_status localize_value(localizer *l, node *value, localize_function localize);

/* Where a mapping has paths. */
typedef struct path_field {
    const char *field;
    const char *item_field; /* of each item of the list in the field; NULL: the field itself */
    localize_function localize;
} path_field;
strata_status localize_path_field(localizer *l, const node *tree, const path_field *row);

/* Whether an entry is resources by itself; else it is the path of a file. */
strata_status localize_try_inline(scope *sc, text entry, origin named_at, resource_list *list, bool *is_inline);
/* The error about a repository without a ref, which may be another one tomorrow. */
strata_status localize_without_reference(scope *sc, text path, origin named_at);

#endif
