/*
 * source/glob.h: names with wildcards, after Go's filepath.Match and filepath.Glob and kustomize's filesys.Glob.
 *
 * `*` is any run of characters but '/', `?` one of them, `[a-z]` and `[^a-z]` one of a set, and a backslash takes the
 * next character as it is. Cost: matching takes at most the product of both lengths.
 */
#ifndef SOURCE_GLOB_H
#define SOURCE_GLOB_H

#include "source/filesystem.h"

/* Whether the pattern matches the whole name; *valid is false when it is no pattern ("[a"), and nothing matches then.
 */
bool glob_match(text pattern, text name, bool *valid);

/*
 * Adds the paths of the tree that match, in the order in which filepath.Glob gives them: relative to
 * `working_directory` when the pattern is. Names that begin with a dot are left out unless the last part of the pattern
 * begins with one. A pattern without wildcards gives itself when there is something of that name. *valid as above.
 */
strata_status glob_expand(scope *sc, const filesystem *fs, text working_directory, text pattern, bool *valid,
                          text_list *out);

#endif
