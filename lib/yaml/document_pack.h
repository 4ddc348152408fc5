/*
 * yaml/document_pack.h: the documents of one resource file, in memory of their own and apart from any build, so that
 * builds can share them and threads can read files ahead of a build.
 *
 * A pack that is shared never changes and may be used by many threads at once. It has references: who makes it or is
 * given it has one, and document_pack_release gives it back.
 *
 * Only texts that are read without a failure and without a warning have a pack: everything else is left to the ordinary
 * way of reading, which says what is wrong. So no failure is described here.
 *
 * Cost: making one is reading the text; taking its documents into a build is one pass over their nodes.
 */
#ifndef YAML_DOCUMENT_PACK_H
#define YAML_DOCUMENT_PACK_H

#include "yaml/reader.h"

typedef struct document_pack document_pack;

/* NULL when the text has to be read in the ordinary way, or memory is out. The bytes are copied. */
document_pack *document_pack_new(const allocator *from, const limits *bounds, text bytes);
/*
 * The same for a part of a file (yaml_read_part says which are). The bytes are not copied: they must live as long as
 * the pack.
 */
document_pack *document_pack_new_part(const allocator *from, const limits *bounds, text whole, size_t begin,
                                      size_t end);
/* One reference more; gives the pack. */
document_pack *document_pack_share(document_pack *pack);
void document_pack_release(document_pack *pack);

/* The bytes that it was made of. */
text document_pack_source(const document_pack *pack);
/* How many pieces the text has. */
size_t document_pack_pieces(const document_pack *pack);
/* The memory that it takes. */
size_t document_pack_size(const document_pack *pack);

/*
 * Gives the build of the scope the documents, as yaml_read gives them for the same bytes, and takes the caller's
 * reference, also when it fails. Nobody else has the pack: then its nodes become the build's; else they are copied. The
 * scope's arena holds the pack until it ends, as the texts are the pack's.
 */
strata_status document_pack_take(scope *sc, document_pack *pack, text name, origin included_from, node_list *out);

/* The same for a part of a file that is in the scope's origins from `first` on; documents are added to the list. */
strata_status document_pack_take_part(scope *sc, document_pack *pack, origin first, node_list *out);

#endif
