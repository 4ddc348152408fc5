/*
 * tests/fuzz/fuzz.h: what the fuzz targets share.
 *
 * A target is one file with a fuzz_one. entry.c gives it a fresh scope for each input, and afterwards holds it to what
 * every call of the library promises: a failure is described, in one line, and nothing is left over. The limits are
 * lower than those of a build, so that what they don't stop shows up as slow or large.
 *
 * An input that stands for several texts has a line "==== NAME" before each:
 *
 *     ==== app/kustomization.yaml
 *     namePrefix: a-
 *     ==== app/service.yaml
 *     kind: Service
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include "core/scope.h"
#include "model/resource_set.h"
#include "yaml/reader.h"

/* The target: one input, of exactly that size. What it returns is compared with the error of the scope. */
strata_status fuzz_one(scope *sc, text input);

/* Ends the program with a message unless `holds`: the input breaks a promise. */
void fuzz_require(bool holds, const char *promise);
/* The same, and shows the two texts that should be equal. */
void fuzz_require_equal(text a, text b, const char *promise);

typedef struct fuzz_part {
    text name;
    text bytes; /* a copy of its own, so that a read past its end is seen */
} fuzz_part;

enum { FUZZ_MOST_PARTS = 12 };

/* Cuts the input into parts; a text before the first line "==== NAME" is a part without a name. */
size_t fuzz_parts(scope *sc, text input, fuzz_part out[FUZZ_MOST_PARTS]);

/* The first document of a text, NULL when there is none. */
strata_status fuzz_read(scope *sc, text bytes, yaml_dialect dialect, node **out);
/* The resources of a text in a set of their own. */
strata_status fuzz_read_set(scope *sc, text bytes, resource_set *out);
/* Writes all resources as a stream and forgets it. */
strata_status fuzz_write_set(scope *sc, const resource_set *set);

#endif
