/*
 * core/diagnostics.h: the list of everything that strata can complain about.
 *
 * One row a diagnostic: its stable number, its identifier, its short name as printed in brackets, the status that it
 * fails with, its severity, and the text that `strata help SHORT-NAME` prints. Numbers never change their meaning.
 * Each room has a hundred numbers; add a row at the end of your room's part, and nothing else is needed.
 */
#ifndef CORE_DIAGNOSTICS_H
#define CORE_DIAGNOSTICS_H

#include "core/text.h"
#include "strata/status.h"

typedef enum severity { SEVERITY_ERROR, SEVERITY_WARNING } severity;

typedef enum diagnostic {
#define DIAGNOSTIC(number, id, name, status, severity, explanation) DIAGNOSTIC_##id = (number),
#include "core/diagnostics.def"
#undef DIAGNOSTIC
} diagnostic;

typedef struct diagnostic_row {
    diagnostic code;
    const char *name;
    strata_status status;
    severity severity;
    const char *explanation;
} diagnostic_row;

/* The rows in the order of their numbers. */
extern const diagnostic_row diagnostic_rows[];
extern const size_t diagnostic_row_count;

/* Never NULL: an unknown code gives the row of DIAGNOSTIC_INTERNAL. */
const diagnostic_row *diagnostic_find(diagnostic code);

#endif
