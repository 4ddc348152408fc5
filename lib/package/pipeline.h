/*
 * package/pipeline.h: what kyaml's pipeline does to resources around each of its filters, and how it writes them.
 *
 * Path and index stand in two spellings of annotations. Around a filter both are there; afterwards resources have what
 * they had before, with what the filter changed. After kyaml's kio/kio.go and byteio_writer.go.
 */
#ifndef PACKAGE_PIPELINE_H
#define PACKAGE_PIPELINE_H

#include "function/file_annotations.h"
#include "package/work.h"
#include "yaml/reader.h"

typedef struct pipeline_step {
    file_annotations *before; /* of each resource */
    size_t count;
    bool internal; /* which spellings were there */
    bool legacy;
} pipeline_step;

/* Before a filter. Fails when the spellings disagree, or some resources have one and some the other. */
strata_status pipeline_begin(work *w, const node_list *resources, pipeline_step *out);
/* After it, for what it left. */
strata_status pipeline_end(work *w, const node_list *resources, const pipeline_step *step);

/* Leaves only the resources for local use, only the others, both or none: see strata_package_options. */
strata_status pipeline_choose_local(work *w, node_list *resources, bool include_local, bool exclude_non_local);

typedef struct pipeline_writing {
    bool keep_index; /* the annotations of index and path stay */
    bool keep_path;
    bool flow; /* the documents in flow style, with their tag */
    bool tagged;
    const char *wrap_kind; /* a list of this kind around all; NULL: none */
    const char *wrap_version;
    node *function_config; /* in that list; NULL: none */
} pipeline_writing;

/* Appends the resources as a stream, which changes them. A lone one from a *.json file is written as JSON. */
strata_status pipeline_write(work *w, const node_list *resources, const pipeline_writing *how, buffer *out);

#endif
