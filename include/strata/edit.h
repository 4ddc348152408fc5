/*
 * strata/edit.h: changes a kustomization file and keeps every byte that it need not touch.
 *
 * What the file means afterwards is what `kustomize edit` makes of it, the deprecated fields that it moves included;
 * comments, order, indentation, quotes, brackets and line ends stay as they are. An edit is opened for a directory,
 * takes any number of operations, and is then saved, or its text is taken from memory:
 *
 *     const char *images[] = {"registry.example/shop:1.5.0"};
 *     strata_edit_arguments arguments;
 *     strata_edit_arguments_init(&arguments);
 *     arguments.values = images;
 *     arguments.value_count = 1;
 *     strata_edit *edit = NULL;
 *     if (strata_edit_open(&edit, renderer, "overlays/production", error) != STRATA_OK ||
 *         strata_edit_apply(edit, STRATA_EDIT_SET_IMAGE, &arguments, error) != STRATA_OK ||
 *         strata_edit_save(edit, error) != STRATA_OK)
 *         fprintf(stderr, "%s\n", strata_error_message(error));
 *     strata_edit_free(edit);
 *
 * An operation that fails leaves the text as it was before it, and the edit can be used on. Nothing is written but by
 * strata_edit_save.
 * Threads: an edit may be used by one thread at a time; any number of edits may share a renderer.
 */
#ifndef STRATA_EDIT_H
#define STRATA_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "strata/error.h"
#include "strata/export.h"
#include "strata/renderer.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_edit strata_edit;

/* The operations: the commands of `kustomize edit`. The comment says what `values` are. */
typedef enum strata_edit_operation {
    STRATA_EDIT_ADD_ANNOTATION = 1,   /* KEY:VALUE of commonAnnotations; `force` */
    STRATA_EDIT_ADD_BASE,             /* one text: directories, separated by commas */
    STRATA_EDIT_ADD_BUILDMETADATA,    /* one text: options, separated by commas */
    STRATA_EDIT_ADD_COMPONENT,        /* paths, patterns or URLs */
    STRATA_EDIT_ADD_CONFIGMAP,        /* one name; what it is made of, see below */
    STRATA_EDIT_ADD_CONFIGURATION,    /* paths or patterns */
    STRATA_EDIT_ADD_GENERATOR,        /* paths or patterns */
    STRATA_EDIT_ADD_LABEL,            /* KEY:VALUE; `force`, `without_selector`, `include_templates` */
    STRATA_EDIT_ADD_PATCH,            /* none; the fields of a patch, see below */
    STRATA_EDIT_ADD_RESOURCE,         /* paths, patterns or URLs; `no_verify` */
    STRATA_EDIT_ADD_SECRET,           /* one name; what it is made of, and `type` */
    STRATA_EDIT_ADD_TRANSFORMER,      /* paths or patterns */
    STRATA_EDIT_SET_ANNOTATION,       /* KEY:VALUE of commonAnnotations */
    STRATA_EDIT_SET_BUILDMETADATA,    /* one text: options, separated by commas */
    STRATA_EDIT_SET_CONFIGMAP,        /* one name; `literals`, `name_space`, `new_namespace` */
    STRATA_EDIT_SET_IMAGE,            /* NAME=NEWNAME:TAG@DIGEST and its parts; * keeps what the file has */
    STRATA_EDIT_SET_LABEL,            /* KEY:VALUE of commonLabels */
    STRATA_EDIT_SET_NAMEPREFIX,       /* one text; "" removes the field */
    STRATA_EDIT_SET_NAMESPACE,        /* one text; "" removes the field */
    STRATA_EDIT_SET_NAMESUFFIX,       /* one text; "" removes the field */
    STRATA_EDIT_SET_REPLICAS,         /* NAME=COUNT */
    STRATA_EDIT_SET_SECRET,           /* one name; `literals`, `name_space`, `new_namespace` */
    STRATA_EDIT_REMOVE_ANNOTATION,    /* one text: keys, separated by commas; `ignore_missing` */
    STRATA_EDIT_REMOVE_BUILDMETADATA, /* one text: options, separated by commas */
    STRATA_EDIT_REMOVE_COMPONENT,     /* entries or patterns that match them */
    STRATA_EDIT_REMOVE_CONFIGMAP,     /* one text: names, separated by commas; `name_space` */
    STRATA_EDIT_REMOVE_LABEL,         /* one text: keys, separated by commas; `ignore_missing` */
    STRATA_EDIT_REMOVE_PATCH,         /* none; the fields of the patch */
    STRATA_EDIT_REMOVE_RESOURCE,      /* entries or patterns that match them */
    STRATA_EDIT_REMOVE_SECRET,        /* one text: names, separated by commas; `name_space` */
    STRATA_EDIT_REMOVE_TRANSFORMER,   /* entries or patterns that match them */
    STRATA_EDIT_FIX                   /* none; deprecated fields move to their successors; `vars` */
} strata_edit_operation;

/* What an operation is given. Those that an operation has no use for are not looked at. NULL and "" are the same. */
typedef struct strata_edit_arguments {
    size_t size; /* sizeof(strata_edit_arguments), set by strata_edit_arguments_init */
    const char *const *values;
    size_t value_count;

    bool force;             /* a key that is there gets the new value */
    bool without_selector;  /* the label goes to `labels` and not into selectors */
    bool include_templates; /* but into templates; needs without_selector */
    bool ignore_missing;    /* a key that isn't there is no error */
    bool no_verify;         /* the resources are added as they are given, without a look at them */
    bool vars;              /* fix turns vars into replacements, and changes the files that use them */

    /* A ConfigMap or Secret. */
    const char *const *literals; /* NULL-terminated KEY=VALUE; NULL: none */
    const char *const *files;    /* NULL-terminated PATH or KEY=PATH, paths may be patterns; NULL: none */
    const char *env_file;        /* excludes literals and files */
    const char *behavior;        /* create, merge or replace; ConfigMaps only */
    const char *type;            /* of a new Secret; NULL: Opaque, "": none */
    const char *name_space;      /* of the generator, and of a patch's target */
    const char *new_namespace;
    bool disable_name_suffix_hash;

    /* A patch: its path or its text, and its target. */
    const char *path;
    const char *patch;
    const char *group;
    const char *version;
    const char *kind;
    const char *name;
    const char *annotation_selector;
    const char *label_selector;
} strata_edit_arguments;

/* All empty; the second for callers that can't call inline functions. NULL is fine. Any thread. */
STRATA_API void strata_edit_arguments_init_size(strata_edit_arguments *out, size_t size);
static inline void strata_edit_arguments_init(strata_edit_arguments *out) {
    strata_edit_arguments_init_size(out, sizeof *out);
}

/*
 * An edit of the kustomization file in `directory`, absolute or relative to the renderer's working directory. Files are
 * read through the renderer, with its restrictions; what was to be added and is there already is told to its warning
 * function. The renderer must outlive the edit.
 * The file itself is read by the first operation that needs it, after a look at its arguments.
 * *out is the caller's (strata_edit_free); it is NULL after a failure.
 * Fails with STRATA_NOT_FOUND when there is no such directory in the renderer's root, STRATA_NO_MEMORY, and
 * STRATA_USAGE when `out`, `renderer` or `directory` is NULL. `error` may be NULL.
 */
STRATA_API strata_status strata_edit_open(strata_edit **out, const strata_renderer *renderer, const char *directory,
                                          strata_error *error);

/*
 * Does one operation in memory. `arguments` are not kept; NULL stands for empty ones.
 * Fails with STRATA_INVALID for arguments that the operation doesn't take or a file that isn't a kustomization,
 * STRATA_NOT_FOUND and STRATA_CONFLICT for what is missing or there already, any status of a build where files have to
 * be read for it, and STRATA_USAGE when there is no such operation. `error` may be NULL.
 */
STRATA_API strata_status strata_edit_apply(strata_edit *edit, strata_edit_operation operation,
                                           const strata_edit_arguments *arguments, strata_error *error);

/*
 * The kustomization file as it is now: *data are *size bytes of the edit's, valid until its next operation.
 * Fails when the file can't be read or isn't a kustomization; `error` may be NULL.
 */
STRATA_API strata_status strata_edit_text(const char **data, size_t *size, strata_edit *edit, strata_error *error);

/* How many files an edit has changed: none, the kustomization file, or, after a fix of vars, others before it. */
STRATA_API size_t strata_edit_file_count(const strata_edit *edit);
/* The file with number `index`: an absolute path and its new bytes, the edit's until its next operation; all zero when
 * there is none. */
STRATA_API strata_file strata_edit_file_at(const strata_edit *edit, size_t index);

/*
 * Writes the files that have changed. Each is written beside the old one, with its mode, and renamed when all are
 * there; a symbolic link is followed, and where the directory takes no new file it is written in place. Without a
 * change nothing is written. Fails with STRATA_IO, and with STRATA_REFUSED when the renderer reads a tree in memory.
 * `error` may be NULL.
 */
STRATA_API strata_status strata_edit_save(strata_edit *edit, strata_error *error);

/* Frees it; what was not saved is lost. NULL is fine. */
STRATA_API void strata_edit_free(strata_edit *edit);

#ifdef __cplusplus
}
#endif
#endif
