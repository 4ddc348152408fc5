/*
 * yaml/mapping_index.h: finds keys in mappings of any size while these are being changed.
 *
 * node_find goes over the pairs, which is best for the mappings that manifests have. Whoever sets or gets many keys one
 * after the other, in mappings that may have thousands, asks a mapping_index instead: it gives the same answers, and
 * indexes a large mapping once it has been asked often enough for that to pay. Between two calls pairs may be added at
 * the end and values exchanged; whoever does anything else to a mapping calls mapping_index_forget.
 *
 * An all-zero index is ready. Its memory is the arena's. Cost: constant time on average for each key.
 */
#ifndef YAML_MAPPING_INDEX_H
#define YAML_MAPPING_INDEX_H

#include "core/table.h"
#include "yaml/node.h"

typedef struct mapping_index {
    table mappings; /* node → what is known of it */
} mapping_index;

/* *at as from node_find; false when memory is out. */
bool mapping_index_find(arena *a, mapping_index *index, const node *mapping, text key, size_t *at);
void mapping_index_forget(mapping_index *index, const node *mapping);

#endif
