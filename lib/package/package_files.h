/*
 * package/package_files.h: the resources of a directory, as kyaml's LocalPackageReader reads them.
 *
 * A package is a directory with a file Krmfile; what lies in a package below belongs to that one alone. Files named
 * *.yaml and *.yml count (and *.json when asked for), hidden ones too, in the order of walk.h; .krmignore leaves some
 * out. Documents keep comments and styles, are the caller's to change, and carry the annotations that say where they
 * come from. Aliases and merge keys stay.
 */
#ifndef PACKAGE_PACKAGE_FILES_H
#define PACKAGE_PACKAGE_FILES_H

#include "package/work.h"
#include "yaml/reader.h"

/*
 * The packages at and below `root`, the root itself first when it is none: as paths from the working directory, in the
 * caller's own writing. `recurse`: those below, too.
 */
strata_status package_find_all(work *w, text root, bool recurse, text_list *out);

typedef struct package_reading {
    bool json;             /* *.json, too */
    bool own_files_only;   /* leaves out the packages below */
    bool ignore_in_nested; /* packages below have a .krmignore of their own */
    bool bare;             /* without the annotations */
} package_reading;

/* Reads a directory or a single file. Each path in an annotation is relative to that directory. */
strata_status package_read(work *w, text root, const package_reading *how, node_list *out);

/*
 * Reads a stream, which messages call `name`; the items of a lone List or ResourceList stand for it. *results, unless
 * it is NULL, gets that list's field `results`.
 */
strata_status package_read_stream(work *w, text name, text bytes, node_list *out, node **results);

#endif
