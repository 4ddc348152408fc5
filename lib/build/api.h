/*
 * build/api.h: the insides of the public objects, and helpers that their functions share.
 */
#ifndef BUILD_API_H
#define BUILD_API_H

#include "build/build.h"
#include "core/error.h"
#include "strata/strata.h"
#include "yaml/document_cache.h"

struct strata_filesystem {
    filesystem files;
    void (*release)(void *user); /* gets files.user when the tree is freed; NULL: nothing to do */
    arena memory;
};

struct strata_sink {
    arena *memory;
    buffer bytes;
    text_list *names; /* when each write is a name in a list; else NULL */
    text explanation;
    bool is_written;
};

/* api_sink.c: free sink->bytes. A ceiling of 0 means none. */
void api_sink_init(strata_sink *sink, arena *memory, size_t ceiling);

/* api_filesystem.c: a tree that `make` fills in, out of the arena of the scope. */
typedef strata_status (*filesystem_maker)(scope *sc, const void *arguments, strata_filesystem *out);
strata_status api_filesystem_make(strata_filesystem **out, filesystem_maker make, const void *arguments,
                                  strata_error *error);

struct strata_cancellation {
    atomic_bool requested; /* lock-free wherever there are signals to handle */
};

struct strata_renderer {
    allocator from;
    limits limits;
    arena memory; /* the copied strings of the options */
    build_options options;
    strata_fetch_functions fetch;
    bool strict;
    strata_warning_function warning;
    void *warning_user;
    document_cache *documents;               /* NULL: nothing is kept */
    const strata_cancellation *cancellation; /* NULL: none */
};

/* A text that is made when it is asked for. */
typedef struct api_text {
    buffer bytes; /* followed by a NUL once it is made */
    bool is_made;
} api_text;

struct strata_result {
    allocator from; /* the renderer's */
    limits limits;
    meter meter; /* in front of it: everything but the object itself is allocated from here */
    arena memory;
    origin_table origins;
    input_log inputs;
    table warned;
    resource_set set;
    api_text stream;
    strata_resource **resources; /* one for each of the set, made when asked for; NULL: none was */
    const char **digests;        /* the same, for each input */
    const char **images;
    size_t image_count;
    bool has_images;
    strata_error *warnings; /* room for all that are kept; NULL: none */
    size_t warning_count;
};

struct strata_resource {
    strata_result *owner;
    const resource *inside;
    const char *group, *version, *kind, *name, *name_space, *file;
    uint32_t line, column;
    api_text yaml, json;
};

/* A failed call without a build: fills in `error`, which may be NULL, and returns the diagnostic's status. */
strata_status api_fail(strata_error *error, diagnostic code, const char *message);

/*
 * api_struct.c: public structs begin with the size that they have for the caller, which may be compiled with older or
 * newer headers (docs/abi.md). _init writes what fits of `fresh`, whose size is already the caller's. _take overlays
 * *out, which holds defaults, with what the caller gave; false for a size that no _init writes, and when the caller
 * sets something that this library doesn't know. The struct of the caller may be NULL for _init.
 */
void api_struct_init(void *given, size_t size, const void *fresh, size_t fresh_size);
bool api_struct_take(void *out, size_t out_size, const void *given);

/* api_functions.c: what functions and plugins may do, copied out of the renderer's options. */
strata_status api_function_options(scope *sc, const strata_renderer_options *given, function_options *out);

/* api_helm.c: the same for Helm charts. */
strata_status api_helm_options(scope *sc, const strata_renderer_options *given, helm_options *out);

/* api_resource.c */
void api_resources_free(strata_result *result);

/* api_warnings.c: keeps a warning of the build that makes `result`, as long as there is room. */
void api_warning_keep(strata_result *result, const strata_error *warning);
void api_warnings_free(strata_result *result);

/* Ends the making of a text: gives it its NUL, or tells why it could not be made. */
strata_status api_text_finish(scope *sc, api_text *t);

/* api_cancellation.c: what ends work of the renderer that begins now; `own` is the work's own and may be NULL. */
stop api_stop(const strata_renderer *renderer, const strata_cancellation *own);
/* The end that the time limit sets for a call that begins now. */
int64_t api_deadline(const limits *l);

/* api_fetch.c: `functions` must live as long as *out. */
void api_fetch_options(const strata_fetch_functions *functions, build_options *out);

/* api_hooks.c: the filter of build options as a load_filter, whose user are those; and their visitor. */
strata_status api_filter_apply(scope *sc, text path, text bytes, size_t ceiling, origin where, bool *changed, text *out,
                               void *user);
strata_status api_visit(scope *sc, strata_result *result, const strata_build_options *options);

/* The scope for further work on a result, with `error` (which may be NULL) to describe failures. */
scope api_result_scope(strata_result *result, strata_error *error);

#endif
