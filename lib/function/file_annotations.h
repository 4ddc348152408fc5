/*
 * function/file_annotations.h: the annotations by which a function's documents are told apart: path, index and id,
 * each in two spellings, one with the prefix internal.config.kubernetes.io/ and an older one.
 *
 * Both spellings are kept in step: a function may know or change only one of them. Order: file_annotations_number
 * before a call, file_annotations_prepare for each document that goes in, file_annotations_default_path and
 * file_annotations_reconcile for each that comes out. After kyaml's kio/kio.go and kio/kioutil.
 */
#ifndef FUNCTION_FILE_ANNOTATIONS_H
#define FUNCTION_FILE_ANNOTATIONS_H

#include "core/scope.h"
#include "yaml/node.h"

/* What a document said about itself when it went in. */
typedef struct file_annotations {
    text path;
    text index;
} file_annotations;

/* As kyaml's reader does: brings the spellings in step and sets the index to `number`. */
strata_status file_annotations_number(scope *sc, node *root, size_t number);
/* The same for a document of a file: sets its path, too, in the order in which kyaml's reader of packages does. */
strata_status file_annotations_locate(scope *sc, node *root, size_t number, text path);
/* Which spellings of path, index or id the document has. */
void file_annotations_spellings(const node *root, bool *internal, bool *legacy);
/* Takes path, index and id away in the spellings that are not wanted. */
void file_annotations_clear(node *root, bool internal, bool legacy);
/* Takes the index, with that of indentation, or the path away, in both spellings. */
void file_annotations_drop(node *root, bool index, bool path);
/* Marks the document as number `number` of those that go in, and notes what it says. */
strata_status file_annotations_prepare(scope *sc, node *root, size_t number, file_annotations *out);
/* The ids under which kyaml finds a document again, counted from 1. */
strata_status file_annotations_set_id(scope *sc, node *root, size_t id);
/* Takes the id away if it is one of 1 to `count`. */
void file_annotations_take_id(node *root, size_t count);
/* The path of a document or function config; "" when it has none. */
text file_annotations_path(const node *root);
/* Its index, and its id (see above), the same way. */
text file_annotations_index(const node *root);
text file_annotations_id(const node *root);
/* A path below `directory` made of namespace, kind and name, for a document that has none. */
strata_status file_annotations_default_path(scope *sc, node *root, text directory);
/* Carries what the function changed in one spelling over to the other; fails when it changed both, differently. */
strata_status file_annotations_reconcile(scope *sc, node *root, const file_annotations *before, size_t count);
/* Takes the index away, as kyaml's writer does. */
strata_status file_annotations_finish(scope *sc, node *root);

#endif
