/*
 * package/write_package.h: resources back into the files that they came from; after kyaml's LocalPackageReadWriter.
 */
#ifndef PACKAGE_WRITE_PACKAGE_H
#define PACKAGE_WRITE_PACKAGE_H

#include "package/package_files.h"

/* The paths of the resources' files, each once. */
strata_status package_list_files(work *w, const node_list *resources, text_list *out);

/*
 * Writes the resources to the files that their annotations name, below the directory at `root` or beside the file
 * there; those without get a file of their kind and name. Files of `before` that no resource names any more are
 * removed. All is checked before anything is written.
 */
strata_status package_write(work *w, text root, node_list *resources, const text_list *before);

#endif
