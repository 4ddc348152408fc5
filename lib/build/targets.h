/*
 * build/targets.h: the directories of a tree that are there to be built (strata/targets.h says which).
 *
 * Cost: one listing for each directory, one look at each name in it, and one reading of each kustomization file.
 */
#ifndef BUILD_TARGETS_H
#define BUILD_TARGETS_H

#include "build/build.h"

/* *out gets the ways from `directory` to the targets, in byte order; "." is the directory itself. */
strata_status targets_find(scope *sc, const build_options *options, text directory, text_list *out);

#endif
