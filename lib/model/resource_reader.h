/*
 * model/resource_reader.h: the resources in a text: a resource file, an inline patch, the output of a function or
 * chart.
 *
 * After kustomize's resource.Factory.SliceFromBytes: documents that are empty are dropped, each must have a kind and
 * (unless its kind ends in List) a name; a List is unwrapped, and any kind that ends in List and has items gives way to
 * them. History that the annotations carry takes effect.
 */
#ifndef MODEL_RESOURCE_READER_H
#define MODEL_RESOURCE_READER_H

#include "model/resource_set.h"
#include "yaml/reader.h"

/* A file: `name` is how messages name it, `named_at` the place that named it. */
strata_status resources_read(scope *sc, text name, text bytes, origin named_at, resource_list *out);
/* The same when its documents have been read already (yaml_read); of some the bytes are needed, too. */
strata_status resources_of_documents(scope *sc, text name, text bytes, const node_list *documents, origin named_at,
                                     resource_list *out);
/* A text inside another one, whose place is `where`. */
strata_status resources_read_inline(scope *sc, origin where, text bytes, resource_list *out);

/*
 * A file whose lists stay as they are, and without resources for local use only (config.kubernetes.io/local-config is
 * there and isn't "false"), as kustomize's Factory.ResourcesFromRNodes takes them.
 */
strata_status resources_read_as_listed(scope *sc, text name, text bytes, origin named_at, resource_list *out);

/* Fails unless the resource has a kind and a name (GetValidatedMetadata). */
strata_status resource_check_metadata(scope *sc, const node *root);

#endif
