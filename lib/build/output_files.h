/*
 * build/output_files.h: writing what a build made.
 */
#ifndef BUILD_OUTPUT_FILES_H
#define BUILD_OUTPUT_FILES_H

#include "model/resource_set.h"

/*
 * One file a resource in a directory that exists, named as kustomize names them (commands/build/writer.go): all are
 * written to memory first, so that nothing is changed when one can't be. Each replaces its old file as a whole.
 */
strata_status output_write_directory(scope *sc, const resource_set *set, text directory);

#endif
