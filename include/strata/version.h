/*
 * strata/version.h: which strata this is, and which kustomize it follows.
 *
 * The macros are the version of the headers that a program was compiled with, the functions that of the library it runs
 * with. While the soname is the same (before 1.0: in one minor version, then in one major version) a newer library
 * serves programs compiled with older headers; docs/abi.md says what that rests on. The build reads its own version
 * from this file, so the two can't disagree.
 */
#ifndef STRATA_VERSION_H
#define STRATA_VERSION_H

#include "strata/export.h"

#ifdef __cplusplus
extern "C" {
#endif

#define STRATA_VERSION_MAJOR 0
#define STRATA_VERSION_MINOR 1
#define STRATA_VERSION_PATCH 0
#define STRATA_VERSION_STRING "0.1.0"
/* The release of kustomize whose output is reproduced. */
#define STRATA_VERSION_REFERENCE "v5.8.2"

/* "0.1.0". A constant; never NULL; any thread. */
STRATA_API const char *strata_version(void);
/* STRATA_VERSION_REFERENCE of the library. A constant; never NULL; any thread. */
STRATA_API const char *strata_version_reference(void);

#ifdef __cplusplus
}
#endif
#endif
