/*
 * edit/editing.h: what an operation works with: the file's draft, the arguments, the files beside it.
 *
 * An operation checks its arguments, asks for the draft (editing_begin), which reads the kustomization file, and
 * changes it (edit/canonical.h). It says so with editing_change; a draft that is not said to be changed is forgotten.
 * To add an operation: a value in strata/edit.h, a function here, and a row in operations.c.
 */
#ifndef EDIT_EDITING_H
#define EDIT_EDITING_H

#include "build/api.h"
#include "edit/document.h"
#include "strata/edit.h"

/* A file beside the kustomization that an operation changes. */
typedef struct changed_file {
    text path; /* absolute */
    text bytes;
} changed_file;

typedef struct changed_files {
    changed_file *items;
    size_t count;
    size_t capacity;
} changed_files;

struct strata_edit {
    allocator from;
    limits limits;
    meter meter; /* in front of `from`, for all but the object itself */
    stop end;    /* of the call at hand */
    arena memory;
    origin_table origins;
    const strata_renderer *renderer;
    text directory; /* absolute, clean */
    text path;      /* of the kustomization file; empty until it is read */
    text file_name;
    document file;
    text original; /* its bytes as they were read or saved */
    changed_files others;
};

typedef struct editing {
    scope *sc;
    strata_edit *edit;
    const strata_edit_arguments *given;
    node *draft;
    bool changed;
    changed_files others; /* what this operation changes */
} editing;

/* Reads the file, if that has not been done. */
strata_status editing_read(editing *e);
/* The same, and makes the draft. */
strata_status editing_begin(editing *e);
/* The same, and notes that the draft will be changed. */
strata_status editing_change(editing *e);
/*
 * A loader for the directory, as builds have it, with the doors to the network that the renderer opens. Close it with
 * editing_close, whatever happened.
 */
typedef struct editing_source {
    loader_options options;
    loader *loader;
} editing_source;
strata_status editing_open(editing *e, editing_source *out);
void editing_close(editing_source *source);
/* An absolute path of a text that is relative to the directory; data is NULL when memory is out. */
text editing_path(editing *e, text path);
const filesystem *editing_files(const editing *e);
/* The files that a pattern names, none outside of the renderer's root; fails for what is no pattern. */
strata_status editing_find(editing *e, text pattern, text_list *out);
/* Tells that there was nothing to do. */
strata_status editing_notice(editing *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Fails for arguments that the operation doesn't take. */
strata_status editing_refuse(editing *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

static inline text editing_value(const editing *e, size_t i) { return text_from(e->given->values[i]); }
/* The parts of a text between commas. */
strata_status editing_split(editing *e, text list, text_list *out);

strata_status edit_add_annotations(editing *e);
strata_status edit_add_labels(editing *e);
strata_status edit_set_annotations(editing *e);
strata_status edit_set_labels(editing *e);
strata_status edit_remove_annotations(editing *e);
strata_status edit_remove_labels(editing *e);

strata_status edit_add_bases(editing *e);
strata_status edit_add_resources(editing *e);
strata_status edit_add_components(editing *e);
strata_status edit_add_configurations(editing *e);
strata_status edit_add_generators(editing *e);
strata_status edit_add_transformers(editing *e);
strata_status edit_remove_resources(editing *e);
strata_status edit_remove_components(editing *e);
strata_status edit_remove_transformers(editing *e);

strata_status edit_add_build_metadata(editing *e);
strata_status edit_set_build_metadata(editing *e);
strata_status edit_remove_build_metadata(editing *e);

strata_status edit_set_name_prefix(editing *e);
strata_status edit_set_name_suffix(editing *e);
strata_status edit_set_namespace(editing *e);
strata_status edit_set_images(editing *e);
strata_status edit_set_replicas(editing *e);

strata_status edit_add_patch(editing *e);
strata_status edit_remove_patch(editing *e);

strata_status edit_add_config_map(editing *e);
strata_status edit_add_secret(editing *e);
strata_status edit_set_config_map(editing *e);
strata_status edit_set_secret(editing *e);
strata_status edit_remove_config_maps(editing *e);
strata_status edit_remove_secrets(editing *e);

strata_status edit_fix(editing *e);
/* vars_fix.c: turns the draft's vars into replacements. */
strata_status edit_fix_vars(editing *e);

#endif
