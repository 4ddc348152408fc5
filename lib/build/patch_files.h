/*
 * build/patch_files.h: the texts of patches and replacements, inline or out of the files that a kustomization names.
 */
#ifndef BUILD_PATCH_FILES_H
#define BUILD_PATCH_FILES_H

#include "build/target.h"
#include "transform/transform.h"

/* A `patches` or `patchesJson6902` entry; `trimmed`: white space alone counts as no inline patch. */
strata_status patch_file_of(target *t, const patch *p, bool trimmed, patch_source *out);
/* A `patchesStrategicMerge` entry: a patch itself if it reads as one, else a path. */
strata_status patch_file_of_entry(target *t, const located *entry, patch_source *out);
/* A `replacements` entry: itself, or those in the file that it names. */
strata_status replacements_of_entry(target *t, replacement *entry, replacement_list *out);

#endif
