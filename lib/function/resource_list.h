/*
 * function/resource_list.h: what goes into a function and what comes out: documents as a ResourceList.
 *
 *     resource_list_write(sc, items, count, config, &input)     all documents, numbered, and the function's config
 *     ... the function reads the input and prints its output ...
 *     resource_list_read(sc, name, output, where, &printed)     the documents that it printed
 *
 * Both work on nodes; function_call.h says which annotations they carry. After kyaml's kio/byteio_writer.go and
 * byteio_reader.go, which write compact sequences and lines of any length and keep the styles of scalars. Cost: linear.
 */
#ifndef FUNCTION_RESOURCE_LIST_H
#define FUNCTION_RESOURCE_LIST_H

#include "core/scope.h"
#include "yaml/reader.h"

/* The text lives in the scope's arena. */
strata_status resource_list_write(scope *sc, node *const *items, size_t count, node *config, text *out);

/*
 * The documents of an output: the items of a lone ResourceList or List, or bare documents, which get an index. `name`
 * is how messages name the output, `where` the place of the function's configuration.
 */
strata_status resource_list_read(scope *sc, text name, text output, origin where, node_list *out);

/* The documents as a stream, "---" between them, as kyaml writes it. */
strata_status resource_list_write_stream(scope *sc, node *const *items, size_t count, text *out);

#endif
