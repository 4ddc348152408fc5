/*
 * yaml/document_cache.h: files that were parsed for one build and serve others.
 *
 * What a file means depends on its bytes alone (and on the limits, which all builds of a renderer share), so it is
 * looked up by their XXH3-128; the bytes are then compared, as a stranger may have chosen both files. Files are read
 * anew for each build: nothing is assumed about what is on the disk.
 *
 * The cache keeps the packs that were used last, within its room. A pack that leaves it lives on while a build has it.
 * Threads: all functions but new and free may be called at once; reading a file holds up nobody.
 */
#ifndef YAML_DOCUMENT_CACHE_H
#define YAML_DOCUMENT_CACHE_H

#include "yaml/document_pack.h"

/* Room for `size` bytes. `from` and `bounds` must outlive it; NULL when memory is out. */
document_cache *document_cache_new(const allocator *from, const limits *bounds, size_t size);
void document_cache_free(document_cache *cache);

/*
 * The documents of a resource file. They are read when the cache doesn't have them. The reference is the caller's; NULL
 * when the text has to be read in the ordinary way: also when a small file is asked for the first time.
 */
document_pack *document_cache_get(document_cache *cache, text bytes);

/* How many bytes it keeps. */
size_t document_cache_size(document_cache *cache);

#endif
