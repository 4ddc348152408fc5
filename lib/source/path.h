/*
 * source/path.h: file paths as text, after Go's path/filepath. Nothing here looks at a disk.
 */
#ifndef SOURCE_PATH_H
#define SOURCE_PATH_H

#include "core/text.h"

/* filepath.Clean: the shortest equal path; "" becomes ".". data is NULL when memory is out. */
text path_clean(arena *a, text path);
/* filepath.Join of two: cleaned; empty parts are left out. */
text path_join(arena *a, text directory, text name);
bool path_is_absolute(text path);
text path_directory(text path); /* filepath.Dir of a clean path: a slice, or "." or "/" */
text path_base(text path);      /* filepath.Base: the last element */
text path_extension(text path); /* filepath.Ext: from the last '.' of the last element, or "" */
/* Whether a clean absolute path is the root or lies below it (kustomize's ConfirmedDir.HasPrefix). */
bool path_has_prefix(text path, text root);
/* filepath.Rel of two clean absolute paths. */
text path_relative(arena *a, text from, text to);

#endif
