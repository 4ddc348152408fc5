/* core/diagnostics.c: the table made of the rows in diagnostics.def. */
#include "core/diagnostics.h"

const diagnostic_row diagnostic_rows[] = {
#define DIAGNOSTIC(number, id, name, status, severity, explanation)                                                    \
    {(diagnostic)(number), name, status, severity, explanation},
#include "core/diagnostics.def"
#undef DIAGNOSTIC
};

const size_t diagnostic_row_count = sizeof diagnostic_rows / sizeof diagnostic_rows[0];

const diagnostic_row *diagnostic_find(diagnostic code) {
    for (size_t i = 0; i < diagnostic_row_count; i++)
        if (diagnostic_rows[i].code == code) return &diagnostic_rows[i];
    return diagnostic_find(DIAGNOSTIC_INTERNAL);
}
