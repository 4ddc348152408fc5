/*
 * yaml/path.h: paths of fields inside a document, as kyaml reads and follows them.
 *
 * A path is cut into parts first (path_split for "spec/template", path_split_bracketed for
 * "spec.containers.[name=web].image"), then followed. A part is the name of a field, a number (the place in a
 * sequence),
 * "[field=value]" or "[=value]" (the elements that match), and, depending on the function, "-" (the last element) or
 * "*" (all elements). Functions fail where kyaml fails: a scalar where a mapping is wanted, a bad index. What they
 * don't find is no failure: the caller decides.
 *
 * Cost: the length of what is walked over. Nothing recurses deeper than the path is long or the limits allow.
 */
#ifndef YAML_PATH_H
#define YAML_PATH_H

#include "core/scope.h"
#include "yaml/node.h"
#include "yaml/reader.h"

/*
 * Cuts at each delimiter that has no backslash before it; the backslash goes (kyaml's PathSplitter). One delimiter at
 * the start is ignored. There is always at least one part, maybe an empty one.
 */
strata_status path_split(scope *sc, text path, char delimiter, text_list *out);
/*
 * The same, but keeps "[a.b=c.d]" in one piece, and makes "[a.b]", without '=', the plain name a.b
 * (SmarterPathSplitter).
 */
strata_status path_split_bracketed(scope *sc, text path, char delimiter, text_list *out);

/* A name from a letter to a letter, as most are: what stands for a field, and for nothing else. */
bool path_part_is_plain(text part);
/* Whether Go's strconv.Atoi reads the part as a number, and which. */
bool path_part_number(text part, int64_t *out);
/* "[...]": selects elements of a sequence. */
bool path_part_is_element(text part);
/* "[name=value]" as name and value; false when there is no '='. */
bool path_part_split_element(text part, text *name, text *value);

/*
 * Follows one path to one node (kyaml's Lookup, PathGetter): parts are trimmed and empty ones skipped, "-" is the last
 * element, "[a=b]" the first that matches. *out is NULL when something on the way is missing or null. With `create`
 * what is missing is made on the way, the node at the end with that kind; created nodes have no tag.
 */
strata_status path_get(scope *sc, node *root, const text *parts, size_t count, const node_kind *create, node **out);

/*
 * Follows a path to all nodes that it leads to (kyaml's PathMatcher): "*" and "[a=regexp]" lead to several. A path that
 * goes on into a scalar reads that as YAML: the nodes found there are not part of the document. Adds to *out.
 */
strata_status path_match(scope *sc, node *root, const text *parts, size_t count, const node_kind *create,
                         node_list *out);

#endif
