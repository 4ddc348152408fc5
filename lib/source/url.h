/*
 * source/url.h: URLs as text, after Go's net/url, as far as kustomize lets it decide: what counts as the URL of a file,
 * what is asked for, and the parameters of a repository's URL.
 */
#ifndef SOURCE_URL_H
#define SOURCE_URL_H

#include "core/text.h"

/* Whether a kustomization's path is fetched by HTTP: Go's url.Parse accepts it, and its scheme is http or https. */
bool url_is_remote_file(text path);
/*
 * The URL as Go's client sends it: url.ParseRequestURI, and the text of that. Scheme in lower case; a path with
 * characters that no path may contain, a space or '#', is escaped. data is NULL when memory is out.
 */
text url_of_request(arena *a, text path);
/* The host of an http(s) URL without its port: a slice, empty when there is none. */
text url_host(text url);
/* The URL as a message may show it: users and passwords of http(s) URLs become "***". data is NULL when memory is out.
 */
text url_for_display(arena *a, text url);

/*
 * Go's url.ParseQuery: keys and values decoded, the first value of a key kept. *valid is false when anything in it is
 * malformed, a ';' for example; kustomize then drops all of it. False when memory is out.
 */
bool url_parse_query(arena *a, text query, text_map *out, bool *valid);

#endif
