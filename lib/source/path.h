/*
 * source/path.h: file paths as text, after Go's path/filepath. Nothing here looks at a disk.
 *
 * Functions that take an arena give a text followed by a NUL, or one whose data is NULL when memory is out; the others
 * give a slice of their argument. All take time linear in the length of their arguments.
 */
#ifndef SOURCE_PATH_H
#define SOURCE_PATH_H

#include "core/text.h"

/* filepath.Clean: the shortest equal path; "" becomes ".". */
text path_clean(arena *a, text path);
/* filepath.Join of two: cleaned; empty parts are left out, and two of them give "". */
text path_join(arena *a, text directory, text name);
bool path_is_absolute(text path);
text path_directory(text path); /* filepath.Dir of a clean path: a slice, or "." or "/" */
text path_base(text path);      /* filepath.Base: the last element, "." of an empty path */
text path_extension(text path); /* filepath.Ext: from the last '.' of the last element, or "" */
/* Whether a clean absolute path is the root or lies below it (kustomize's ConfirmedDir.HasPrefix). */
bool path_has_prefix(text path, text root);
/* filepath.Rel of two clean absolute paths: how to get from the directory `from` to `to`. */
text path_relative(arena *a, text from, text to);
/*
 * Whether a segment contains ".." without being it. Such a path comes from a mis-indented list, two entries of which
 * became one scalar ("../base - ../other"), and cleaning would hide that; kustomize refuses it as a base.
 */
bool path_is_ambiguous(text path);

#endif
