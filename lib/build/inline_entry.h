/*
 * build/inline_entry.h: entries that are either YAML themselves or name a file: those of generators, transformers,
 * validators and patchesStrategicMerge.
 */
#ifndef BUILD_INLINE_ENTRY_H
#define BUILD_INLINE_ENTRY_H

#include "build/target.h"
#include "model/resource_reader.h"

/*
 * kustomize takes an entry for a path as soon as it doesn't read as resources, whatever the reason, and so it complains
 * of malformed YAML as a file that is missing. Here *is_inline says which it is, and *out holds the resources; what
 * looks like YAML and is no file's name fails with what is wrong in it.
 */
strata_status inline_entry_read(target *t, const located *entry, bool *is_inline, resource_list *out);

#endif
