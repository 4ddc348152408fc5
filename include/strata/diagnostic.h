/*
 * strata/diagnostic.h: the list of everything that strata can complain about.
 *
 * An error or a warning has a stable number and a stable short name (strata_error_code, strata_error_name); this is
 * where their explanations are. The same list is docs/diagnostics.md. All of it is constant data: any thread, nothing
 * to free.
 */
#ifndef STRATA_DIAGNOSTIC_H
#define STRATA_DIAGNOSTIC_H

#include <stddef.h>

#include "strata/error.h"
#include "strata/export.h"
#include "strata/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strata_diagnostic {
    int code;
    const char *name;
    strata_status status;
    strata_severity severity;
    const char *explanation; /* a few lines of text */
} strata_diagnostic;

/* How many there are. */
STRATA_API size_t strata_diagnostic_count(void);
/* The diagnostic with number `index` in the order of the codes; all zero when there is none. */
STRATA_API strata_diagnostic strata_diagnostic_at(size_t index);

#ifdef __cplusplus
}
#endif
#endif
