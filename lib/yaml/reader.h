/*
 * yaml/reader.h: from bytes to documents.
 *
 * Bytes go through four steps, each in a file of its own: pieces.h cuts a resource file into documents, dialect.h
 * refuses or rewrites what libfyaml would read otherwise than go-yaml, reader.c builds nodes from libfyaml's events,
 * and resolve.h says what a plain scalar means. This header joins them for the inputs that a build has.
 *
 * Aliases and merge keys come out expanded. Duplicate keys are kept: they matter only where the reference looks.
 */
#ifndef YAML_READER_H
#define YAML_READER_H

#include "core/scope.h"
#include "yaml/node.h"

/* Which of the reference's readers an input goes through. */
typedef enum yaml_dialect {
    YAML_RESOURCE, /* kyaml's kio.ByteReader: go-yaml v3 nodes, every document of the file, cut on text */
    YAML_V3,       /* go-yaml v3, the first document of the text: a value inside a scalar, node values */
    YAML_V2        /* sigs.k8s.io/yaml over go-yaml v2: kustomization files, JSON patches, configurations. YAML 1.1
                      types (yes is true), the first document only, other documents are not even parsed */
} yaml_dialect;

typedef struct yaml_options {
    yaml_dialect dialect;
    bool keep_comments;         /* store comments in the nodes' extras */
    bool refuse_duplicate_keys; /* sy.UnmarshalStrict: an error that names both places */
    bool keep_empty;            /* of YAML_RESOURCE, `{}` and `[]`, which kyaml's reader keeps and kustomize's drops */
    bool keep_aliases;          /* aliases and merge keys stay in the tree, see yaml/tree.h; yaml/expand.h ends that */
} yaml_options;

typedef struct node_list {
    node **items;
    size_t count;
    size_t capacity;
    size_t pieces; /* of yaml_read: how many documents the text had before empty ones were dropped */
} node_list;
bool node_list_add(arena *a, node_list *list, node *n);

/*
 * Reads a text. `name` is how messages name it; `bytes` must live as long as the scope's arena. `included_from` is the
 * place that named it. *out gets the documents in order, without those that the reference drops (comments only, null,
 * {}) for YAML_RESOURCE; one document, NULL when the text holds none, for the others.
 */
strata_status yaml_read(scope *sc, text name, text bytes, origin included_from, const yaml_options *options,
                        node_list *out);

/*
 * The same for a text that lies inside another (an inline patch: a block scalar of the kustomization file), the value
 * of the scalar at `where`: messages name the places in the file around it. Of a text that was made of something else,
 * not taken from a scalar, they name `where`.
 */
strata_status yaml_read_inline(scope *sc, origin where, text bytes, const yaml_options *options, node_list *out);

/*
 * Reads a part of a resource file, a text without "\r\n" that is in the scope's origins from `first` on: bytes `from`
 * to `to`, where pieces.h allows to cut it. The parts of a file one after the other have its documents; each part but
 * the last counts an empty piece more.
 */
strata_status yaml_read_part(scope *sc, text whole, size_t from, size_t to, origin first, node_list *out);

#endif
